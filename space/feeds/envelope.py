"""A feed round its fragments: its head, and its text before, between and after them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from space.feeds.timezones import ZoneUse


@dataclass(frozen=True, slots=True)
class FeedHead:
    """The properties of a feed as a whole; a format writes those it has a place for."""

    title: str
    source: str
    """The feed's own URL."""
    page: str
    """The URL of the page for people that lists the same."""
    updated: datetime | None
    """When its newest fragment changed, UTC and aware; None without fragments."""
    about: str = ""
    """A sentence."""
    author: str = ""
    """Stands for entries that name nobody (RFC 4287 §4.1.1 asks for one)."""
    zones: tuple[ZoneUse, ...] = ()
    """The time zones that its fragments name."""
    language: str = ""
    """The code of the language of its texts; empty for the usual one, English."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The text before, after and between the fragments of a feed."""

    before: str
    after: str
    between: str = ""

    def around(self, texts: Iterable[str]) -> Iterator[str]:
        """The pieces of a feed of these fragments, in their order."""
        yield self.before
        parting = ""
        for text in texts:
            yield f"{parting}{text}"
            parting = self.between
        yield self.after

    def length(self, count: int, octets: int) -> int:
        """The octets of a feed of `count` fragments that have `octets` together."""
        before, after, between = (
            len(text.encode()) for text in (self.before, self.after, self.between)
        )
        return before + octets + between * max(0, count - 1) + after
