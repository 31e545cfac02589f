"""Signatures in a line of a talk page: whose, and where they begin and end.

A signature is a link to a user's page, talk page or contributions and, after it, the
time as the wiki writes it (https://www.mediawiki.org/wiki/Help:Signatures).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from space.codec.entities import decode
from space.codec.values.links import normal_target
from space.text.folding import capitalize
from space.wiki.talk.timestamps import stamps
from space.wiki.values import Site

_SCAN = 100
"""Characters of text between a time and its link, as DiscussionTools looks back."""
_SCAN_RAW = 1_000
"""The same with labels and tags: no wiki's signatures are longer than 255."""

_UNSIGNED = re.compile(
    r"\{\{\s*+(?:subst:\s*+)?unsigned[^{}|\n]*+\|\s*+(?:1\s*+=\s*+)?"
    r"(?P<name>[^{}|\n]++)\|\s*+(?:2\s*+=\s*+)?(?P<time>[^{}|\n]++)"
    r"(?:\|[^{}\n]*+)?\}\}",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\[\[[^\[\]|]*\|?|\]\]|<[^<>]*>|'''?")


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed when; `start` and `end` are offsets in the text."""

    start: int
    end: int
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Signs:
    """Finds signatures as one wiki writes them."""

    links: re.Pattern[str]
    language: str
    zone: str

    @classmethod
    def of(cls, site: Site) -> "Signs":
        """For a wiki's namespaces, language and zone."""
        return cls(user_links(site), site.language, site.timezone)

    def find(self, text: str) -> Signature | None:
        """The first signature of a text (masked), which is the comment's."""
        links = list(self.links.finditer(text))
        ends = [link.end() for link in links]
        for stamp in stamps(text, self.language, self.zone):
            place = bisect_right(ends, stamp.start)
            if not place:
                continue
            last = links[place - 1]
            if stamp.start - last.end() > _SCAN_RAW:
                continue
            between = _LABEL.sub("", text[last.end() : stamp.start])
            author = account_of(last)
            if author and len(between) <= _SCAN:
                start = _beginning(links[:place], author)
                return Signature(start, stamp.end, author, stamp.at)
        return None

    def unsigned(self, text: str) -> str:
        """The text with templates for unsigned comments as what they show."""
        return _UNSIGNED.sub(
            lambda m: f"[[User:{m['name'].strip()}]] {m['time'].strip()}", text
        )


def user_links(site: Site) -> re.Pattern[str]:
    """Matches a link that signs: to a user's page, talk page or contributions.

    Not one to a subpage. `account_of` reads a match; its group `contributions` is
    empty for a page.
    """
    users = _alternatives(*site.namespaces[2], *site.namespaces[3])
    special = _alternatives(*site.namespaces.get(-1, ()), "Special")
    pattern = (
        rf"\[\[[ _]*+(?::[ _]*+)?(?:(?:{users})[ _]*+:"
        rf"|(?P<contributions>(?:{special})[ _]*+:[ _]*+contributions/))"
        r"(?P<name>[^\[\]|/\n]++)(?:\|[^\[\]\n]*+)?\]\]"
    )
    return re.compile(pattern, re.IGNORECASE)


def account_of(link: re.Match[str]) -> str:
    """The account that a match of `user_links` names; empty for no possible name."""
    name = normal_target(decode(link["name"]).partition("#")[0])
    return capitalize(name) if name else ""


def _alternatives(*names: str) -> str:
    written = sorted({name for name in names if name}, key=len, reverse=True)
    return "|".join(re.escape(name).replace(r"\ ", "[ _]++") for name in written)


def _beginning(links: list[re.Match[str]], author: str) -> int:
    """Where the run of links to one user begins that ends at the last link."""
    start = links[-1].start()
    for link in reversed(links[:-1]):
        if account_of(link) != author or start - link.end() > _SCAN:
            break
        start = link.start()
    return start
