"""Imported description as a summary and wikitext.

The wikitext has no active markup and nothing private: links for joining a meeting and
e-mail addresses are removed (`space.imports.private`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from space.codec.writers import escape
from space.imports.calendar.html import plain_text
from space.imports.private import without_private
from space.imports.web_addresses import addresses, is_meeting

MAX_LENGTH = 20_000  # characters
SUMMARY = 500  # characters, as in the schema
_RULER = re.compile(r"[-:~_=*. ]{5,}")
_BULLET = re.compile(r"\s{0,8}[*\u2022\u00b7-]\s+(?=\S)")
_PARAGRAPHS = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Description:
    """Summary and wikitext of a description.

    `meeting` is its link for joining, else empty. `had_mail` and `had_joining` tell
    that e-mail addresses or ways into a meeting were removed, `cut` that it was too
    long.
    """

    summary: str
    body: str
    meeting: str = ""
    had_mail: bool = False
    had_joining: bool = False
    cut: bool = False


def read_description(
    text: str, website: str = "", meeting: str = "", *, is_plain: bool = False
) -> Description:
    """Read a description without `website` and `meeting`, which have their own fields.

    A text that `is_plain` is not read as HTML.
    """
    cut = len(text) > MAX_LENGTH
    shown = text[:MAX_LENGTH] if is_plain else plain_text(text[:MAX_LENGTH])
    meetings = [link for link in addresses(shown) if is_meeting(link)]
    link = meeting or (meetings[0] if meetings else "")
    public = without_private(shown, link)
    lines = _lines(public.text, frozenset((website, link)) - {""})
    paragraphs = _PARAGRAPHS.split("\n".join(lines).strip("\n"))
    first = " ".join(paragraphs[0].split())
    bulleted = any(map(_BULLET.match, paragraphs[0].split("\n")))
    if len(first) > SUMMARY or bulleted:
        first = ""
    rest = paragraphs[1:] if first else paragraphs
    return Description(
        first,
        "\n\n".join(map(_wikitext, rest)).strip("\n"),
        meetings[0] if meetings else "",
        had_mail=public.had_mail,
        had_joining=public.had_joining,
        cut=cut,
    )


def _lines(text: str, links: frozenset[str]) -> Iterator[str]:
    for line in text.split("\n"):
        bare = line.strip()
        if bare not in links and not _RULER.fullmatch(bare):
            yield line.rstrip()


def _wikitext(paragraph: str) -> str:
    """Wikitext of a paragraph that keeps its lines; bullets become a list."""
    pieces: list[str] = []
    listed = False
    for line in paragraph.split("\n"):
        bullet = _BULLET.match(line)
        words = " ".join(line[bullet.end() if bullet else 0 :].split())
        if not words:
            continue
        if pieces:
            pieces.append("\n" if bullet and listed else "\n\n")
        pieces.append(f"* {escape(words)}" if bullet else escape(words))
        listed = bullet is not None
    return "".join(pieces)
