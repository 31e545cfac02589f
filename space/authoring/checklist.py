"""Checklist of a post against the writing guidelines; advice that blocks no saving."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

import mwparserfromhell
from mwparserfromhell.nodes import Text, Wikilink

from space.schema.kinds import Values
from space.text.from_wikitext import plain_text
from space.text.reading_time import reading_minutes
from space.text.urls import addresses_in

SHORT, LONG = 2, 6  # minutes of reading; some 300 and 1,200 words

MOST_PICTURES = 12  # checked in a text
LONGEST_PICTURE = 1_000  # characters; parsing takes quadratic time

_PICTURE = re.compile(
    r"\[\[[^\[\]:|]{1,40}:[^\[\]|]*\.(?:jpe?g|png|svg|gif|webp|tiff?)\s*(?=[|\]])",
    re.IGNORECASE,
)
_ALT = re.compile(r"\s*+(?:alt|alternativtext|alternative)\s*+=\s*+\S", re.IGNORECASE)
_NAMELESS = re.compile(r"\[\[\s*+(?:File|Image)\s*+:\s*+[|\]]", re.IGNORECASE)
_HALF = re.compile(r"\[(?:www\.[^\s\]]+|https?:/?(?!/)[^\s\]]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Check:
    """A line of the checklist; `params` belong to its message."""

    name: str
    done: bool
    params: tuple[str, ...] = ()

    @property
    def message_key(self) -> str:
        """Key of the message of the line."""
        return f"tool-check-{self.name}-{'done' if self.done else 'todo'}"


@dataclass(frozen=True, slots=True)
class LinkFindings:
    """Bad links of a text, as far as only the wiki can tell.

    `spam` are URLs on the spam blocklist, `red` are texts of links to missing pages.
    """

    spam: tuple[str, ...] = ()
    red: tuple[str, ...] = ()


_UNKNOWN = LinkFindings()


def checks(
    values: Values, body: str, links: LinkFindings = _UNKNOWN
) -> tuple[Check, ...]:
    """The checklist of a post, in the order of its form."""
    lines = [Check("summary", bool(str(values.get("summary", "")).strip()))]
    pictures = tuple(islice(_pictures(body), MOST_PICTURES))
    if pictures or "image" in values:
        described = "image" not in values or "image_alt" in values
        lines.append(Check("alt", described and all(map(_is_described, pictures))))
    if _NAMELESS.search(body):
        lines.append(Check("picture", done=False))
    lines += _of_links(body, links)
    minutes = reading_minutes(plain_text(body))
    lines.append(Check("length", SHORT <= minutes <= LONG, (str(minutes),)))
    return tuple(lines)


def _pictures(body: str) -> Iterator[Wikilink]:
    """Wikilinks that embed a picture, by file extension; unclosed ones are text."""
    for match in _PICTURE.finditer(body):
        piece = body[match.start() : match.start() + LONGEST_PICTURE]
        first = mwparserfromhell.parse(piece).nodes[0]
        if isinstance(first, Wikilink):
            yield first


def _is_described(picture: Wikilink) -> bool:
    """Whether an option of the embedded picture, outside of other markup, is `alt=`."""
    if picture.text is None:
        return False
    options = "".join(
        str(node) if isinstance(node, Text) else "x" for node in picture.text.nodes
    )
    return any(map(_ALT.match, options.split("|")))


def _of_links(body: str, links: LinkFindings) -> Iterable[Check]:
    half = _HALF.search(body)
    broken = [address for address in addresses_in(body) if not _has_host(address)]
    if half or broken:
        yield Check("address", done=False, params=(half[0][1:] if half else broken[0],))
    if links.spam:
        yield Check("spam", done=False, params=(links.spam[0],))
    if links.red:
        yield Check("red", done=False, params=(", ".join(links.red[:3]),))
    if not (half or broken or links.spam or links.red) and _has_links(body):
        yield Check("links", done=True)


def _has_links(body: str) -> bool:
    return "[[" in body or bool(addresses_in(body))


def _has_host(address: str) -> bool:
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return "." in host.strip(".") and ".." not in host
