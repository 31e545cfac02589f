"""Wikilinks in canonical inline values: `[[target]]` and `[[target|label]]`.

Only a link in its normal form is one: every other bracket is plain text. So a value
can hold any text at all and still says which of its parts are links.
https://www.mediawiki.org/wiki/Manual:Page_title
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from space.text.clean import one_line

_BLANK = re.compile(
    r"[ _\u00A0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+"
)
_SPACE = re.compile(r"[ \t\r\n]+")
_UNSEEN = re.compile(r"[\u200E\u200F\u202A-\u202E]")
_FORBIDDEN = re.compile(r"[\[\]{}|<>\x00-\x1f\x7f\ufffd]|~~~|^:|^$")
_LINK = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]+))?\]\]")


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the wiki; `target` may begin with an interwiki prefix."""

    target: str
    label: str

    def __str__(self) -> str:
        if self.label == self.target:
            return f"[[{self.target}]]"
        return f"[[{self.target}|{self.label}]]"

    @property
    def namespace(self) -> str:
        """The prefix before the first colon, in lower case; "" without a colon."""
        prefix, colon, _ = self.target.partition(":")
        return prefix.strip().lower() if colon else ""

    @property
    def name(self) -> str:
        """The target without what stands before its first colon."""
        return self.target.partition(":")[2].strip() if self.namespace else self.target


def blanked(title: str) -> str:
    """A title in single spaces, without marks of direction, as the wiki has titles."""
    return _BLANK.sub(" ", _UNSEEN.sub("", title)).strip(" \t\r\n")


def normal_target(written: str) -> str | None:
    """A link's target in normal form, without a colon before it; None if it is none."""
    target = blanked(written).removeprefix(":").strip(" ")
    return None if _FORBIDDEN.search(target) else target


def make_link(target: str, label: str) -> Link | None:
    """A link in normal form; None where target or label cannot be one's."""
    normal = normal_target(target)
    if normal is None:
        return None
    link = Link(normal, _SPACE.sub(" ", label).strip(" ") or normal)
    return link if _LINK.fullmatch(str(link)) else None


def split_links(value: str) -> list[str | Link]:
    """An inline value as its texts and links, in order."""
    if "[[" not in value:
        return [value] if value else []
    pieces: list[str | Link] = []
    end = 0
    for match in _LINK.finditer(value):
        link = make_link(match[1], match[2] or match[1])
        if link and str(link) == match[0]:
            pieces += [value[end : match.start()], link]
            end = match.end()
    pieces.append(value[end:])
    return [piece for piece in pieces if piece]


@lru_cache(maxsize=2048)  # many events are in one place
def label(inline: str) -> str:
    """An inline value on one line, with labels in place of links."""
    return one_line(plain(inline))


def plain(value: str) -> str:
    """The value's text, with labels in place of links."""
    pieces = split_links(value)
    return "".join(piece if isinstance(piece, str) else piece.label for piece in pieces)
