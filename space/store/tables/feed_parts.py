"""Whole feeds in parts: the texts of the pages between two ids, one after the other.

They are of the same transaction as the fragments that they are made of
(`space.store.writing.feed_upkeep`), and of a UTC day.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from sqlalchemy import Connection, and_, select

from space.feeds.fragments import CSV, ICS
from space.store.tables.tables import feed_parts
from space.store.tables.whole_feeds import pieces

KEPT = (ICS, CSV)
"""Forms of feeds whose parts are kept: of all events, by page id."""


@dataclass(frozen=True, slots=True)
class FeedFacts:
    """What some fragments are together, in octets of UTF-8 and Unix seconds.

    `newest` is when the last of them changed, None without fragments; `zones` are the
    time zones that they name, with their first and last moment in each.
    """

    count: int = 0
    octets: int = 0
    newest: int | None = None
    digests: int = 0
    zones: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    def text(self) -> str:
        """The facts as they are stored."""
        zones = dict(sorted(self.zones.items()))
        parts = (self.count, self.octets, self.newest, self.digests, zones)
        return json.dumps(parts, separators=(",", ":"))

    @classmethod
    def of(cls, text: str) -> Self:
        """The facts of such a text."""
        count, octets, newest, digests, zones = json.loads(text)
        moments = {tzid: (first, last) for tzid, (first, last) in zones.items()}
        return cls(count, octets, newest, digests, moments)


@dataclass(frozen=True, slots=True)
class FeedPart:
    """A part of a section of a feed, by the least page id that it may have."""

    form: str
    section: int
    first: int
    facts: FeedFacts
    text: bytes

    def rows(self) -> list[dict[str, Any]]:
        """The part in the database."""
        return [
            {
                "form": self.form,
                "section": self.section,
                "first": self.first,
                "number": number,
                "facts": "" if number else self.facts.text(),
                "text": piece,
            }
            for number, piece in enumerate(pieces(self.text))
        ]


def facts_of_parts(connection: Connection, form: str) -> FeedFacts:
    """What all fragments in a feed's parts are together."""
    own = and_(feed_parts.c.form == form, feed_parts.c.number == 0)
    facts = connection.scalars(select(feed_parts.c.facts).where(own))
    return together(map(FeedFacts.of, facts))


def together(several: Iterable[FeedFacts]) -> FeedFacts:
    """What the fragments of several facts are together."""
    count = octets = digests = 0
    newest: int | None = None
    zones: dict[str, tuple[int, int]] = {}
    for facts in several:
        count += facts.count
        octets += facts.octets
        digests += facts.digests
        if newest is None or (facts.newest or newest) > newest:
            newest = facts.newest
        for tzid, (first, last) in facts.zones.items():
            before = zones.get(tzid, (first, last))
            zones[tzid] = (min(before[0], first), max(before[1], last))
    return FeedFacts(count, octets, newest, digests, zones)
