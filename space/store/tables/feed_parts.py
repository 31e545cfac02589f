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

    def with_change(self, before: "FeedFacts", now: "FeedFacts") -> "FeedFacts | None":
        """The facts once some of the fragments, `before`, are as they are `now`.

        None where these were the last ones, or the first, and are so no more: what is
        then only all the others tell.
        """
        newest = _farthest(self.newest, before.newest, now.newest)
        if newest is None and self.newest is not None:
            return None
        zones = dict(self.zones)
        for tzid in {*before.zones, *now.zones}:
            moments = _moments(*(f.zones.get(tzid) for f in (self, before, now)))
            if moments is None:
                return None
            zones[tzid] = moments
        return FeedFacts(
            self.count - before.count + now.count,
            self.octets - before.octets + now.octets,
            newest,
            self.digests - before.digests + now.digests,
            zones,
        )


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


_Moments = tuple[int, int]


def _moments(
    of_all: _Moments | None, before: _Moments | None, now: _Moments | None
) -> _Moments | None:
    """The first and last moment of all once those of some are others.

    None where only the others tell.
    """
    sides = zip(*(_outwards(each) for each in (of_all, before, now)), strict=True)
    first, last = (_farthest(*side) for side in sides)
    return None if first is None or last is None else (-first, last)


def _outwards(moments: _Moments | None) -> tuple[int, int] | tuple[None, None]:
    return (None, None) if moments is None else (-moments[0], moments[1])


def _farthest(of_all: int | None, before: int | None, now: int | None) -> int | None:
    """The greatest number of all once that of some is another.

    None where only the others tell, or there is none.
    """
    if now is not None and (of_all is None or now >= of_all):
        return now
    is_of_others = before is None or (of_all is not None and before < of_all)
    return of_all if is_of_others else None
