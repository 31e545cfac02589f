"""The parts of whole feeds, made anew with the pages in them.

A change makes those parts anew that have its pages, so a feed can be sent as it is, at
once after each change. Between two ids there are pages of one part only; it is cut in
two when it has grown to twice `LEAST`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Self

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    and_,
    delete,
    insert,
    select,
)

from space.publication.filters import Filter
from space.store.keys import feed_facts
from space.store.queries.sql.conditions import is_published, struck_out
from space.store.queries.sql.feed_rows import (
    OCTETS,
    Sections,
    facts_from,
    facts_query,
    is_calendar,
    of_calendar,
    of_feed,
    told,
)
from space.store.queries.sql.prepared import Prepared, given
from space.store.tables.feed_parts import KEPT, FeedFacts, FeedPart, facts_of_parts
from space.store.tables.key_values import read_value, write_value
from space.store.tables.tables import feed_parts, fragments, records
from space.store.tables.whole_feeds import PIECE

LEAST = 2 * PIECE - 2**11
"""Octets of a part: with the page that makes it whole most have two rows."""

_FIRST, _END = 0, 2**62
"""Below all page ids, and above them."""

_EVENTS = Filter("event")

_Number = int | BindParameter[Any]


_LEAST, _BEHIND = given("least"), given("behind")
_OF_FORM, _OF_NUMBER = given("form"), given("section")
_IS_FIRST_ROW = and_(
    feed_parts.c.form == _OF_FORM,
    feed_parts.c.section == _OF_NUMBER,
    feed_parts.c.number == 0,
)
_FIRSTS = Prepared(
    select(feed_parts.c.first).where(_IS_FIRST_ROW).order_by(feed_parts.c.first)
)
_FACTS = Prepared(
    select(feed_parts.c.facts).where(_IS_FIRST_ROW, feed_parts.c.first == _LEAST)
)


@dataclass(frozen=True, slots=True)
class _Section:
    """A section of a feed, and what is asked of its pages from `least` to `behind`.

    `facts` has the rows of `facts_query`, `octets` ids of pages and octets by id.
    """

    form: str
    number: int
    condition: ColumnElement[bool]
    facts: Prepared
    octets: Prepared

    @classmethod
    def of(cls, form: str, number: int, condition: ColumnElement[bool]) -> Self:
        """The section of this number and condition."""
        own = and_(condition, _pages(_LEAST, _BEHIND))
        octets = of_feed(own, records.c.page_id, fragments.c.octets)
        return cls(
            form,
            number,
            condition,
            Prepared(facts_query(own)),
            Prepared(octets.order_by(records.c.page_id)),
        )


@lru_cache(maxsize=2 * len(KEPT))
def _sections(form: str, today: date) -> tuple[_Section, ...]:
    """The sections of the feed of all events on a UTC day (`IndexSnapshot`).

    To make their queries takes longer than to ask them.
    """
    conditions: Sections = (and_(told(form), is_published(_EVENTS)),)
    if is_calendar(form):
        shown = is_published(_EVENTS) | struck_out(today)
        conditions = of_calendar(form, shown, lambda of: is_published(_EVENTS, of))
    return tuple(_Section.of(form, *each) for each in enumerate(conditions))


@dataclass(frozen=True, slots=True)
class FeedUpkeep:
    """The parts as of a UTC day, within the transaction that changes fragments."""

    connection: Connection
    today: date

    def has_parts(self) -> bool:
        """Whether there are parts, which tables that were copied may lack."""
        found = [read_value(self.connection, feed_facts(form)) for form in KEPT]
        return None not in found

    def refresh(self, page_ids: Collection[int]) -> None:
        """Make the parts anew that some pages are in, come into or have left."""
        for form in KEPT if page_ids else ():
            changes = [
                change
                for section in _sections(form, self.today)
                for change in self._refresh(section, page_ids)
            ]
            self._sum_up(form, changes)

    def rebuild(self) -> None:
        """Make all parts anew."""
        for form in KEPT:
            for section in _sections(form, self.today):
                self._make(section, _FIRST, _END)
            self._sum_up(form)

    def _refresh(
        self, section: _Section, page_ids: Collection[int]
    ) -> Iterator[tuple[FeedFacts, FeedFacts]]:
        """Make parts of a section anew; the facts of each that changed, and the new."""
        rows = _FIRSTS.rows(self.connection, form=section.form, section=section.number)
        firsts = [first for (first,) in rows]
        for place in _places(firsts, page_ids):
            least, behind = _range(firsts, place)
            before = self._known(section, firsts[place]) if firsts else FeedFacts()
            now = self._facts(section, least, behind)
            if now != before:
                self._make(section, least, behind, now)
                yield before, now

    def _known(self, section: _Section, first: int) -> FeedFacts:
        """The facts of the part that begins with this id."""
        ((text,),) = _FACTS.rows(
            self.connection, form=section.form, section=section.number, least=first
        )
        return FeedFacts.of(text)

    def _facts(self, section: _Section, least: int, behind: int) -> FeedFacts:
        """What the fragments of a section's pages in a range are together."""
        return facts_from(
            section.facts.rows(self.connection, least=least, behind=behind)
        )

    def _make(
        self, section: _Section, least: int, behind: int, facts: FeedFacts | None = None
    ) -> None:
        """Make the parts of the pages of a range anew, whose facts may be known."""
        old = and_(
            feed_parts.c.form == section.form,
            feed_parts.c.section == section.number,
            _between(feed_parts.c.first, least, behind),
        )
        self.connection.execute(delete(feed_parts).where(old))
        rows = section.octets.rows(self.connection, least=least, behind=behind)
        parts = list(_cut(rows))
        for pages in parts:
            first, end = pages[0], pages[-1] + 1
            known = facts if len(parts) == 1 else None
            texts = of_feed(and_(section.condition, _pages(first, end)), OCTETS)
            made = FeedPart(
                section.form,
                section.number,
                first,
                known or self._facts(section, first, end),
                b"".join(
                    self.connection.scalars(texts.order_by(records.c.page_id)),
                ),
            )
            self.connection.execute(insert(feed_parts), made.rows())

    def _sum_up(
        self, form: str, changes: Iterable[tuple[FeedFacts, FeedFacts]] | None = None
    ) -> None:
        """Store what all parts of a feed are together, after all `changes` of them.

        All parts are looked at where that is not known of these, or is of another day.
        """
        stored = read_value(self.connection, feed_facts(form))
        facts = None
        if changes is not None and stored and stored["day"] == f"{self.today}":
            facts = FeedFacts.of(stored["facts"])
            for before, now in changes:
                facts = facts and facts.with_change(before, now)
        if facts is None:
            facts = facts_of_parts(self.connection, form)
        value = {"day": f"{self.today}", "facts": facts.text()}
        if value != stored:
            write_value(self.connection, feed_facts(form), value)


def _range(firsts: Sequence[int], place: int) -> tuple[int, int]:
    """The least page id of a part, and the end of its ids."""
    least = firsts[place] if place else _FIRST
    return least, firsts[place + 1] if place + 1 < len(firsts) else _END


def _pages(least: _Number, end: _Number) -> ColumnElement[bool]:
    """Pages of a range; of both tables, so that each is read by its own key."""
    columns = (records.c.page_id, fragments.c.page_id)
    return and_(*(_between(column, least, end) for column in columns))


def _between(
    column: ColumnElement[int], least: _Number, end: _Number
) -> ColumnElement[bool]:
    return and_(column >= least, column < end)


def _places(firsts: Sequence[int], page_ids: Iterable[int]) -> list[int]:
    """The places of the parts that some pages are in, by the least ids of all parts.

    What comes before all of them is in the first.
    """
    return sorted({max(bisect_right(firsts, page) - 1, 0) for page in page_ids})


def _cut(rows: Iterable[Sequence[int]]) -> Iterator[list[int]]:
    """The ids of pages by part: each of at least `LEAST` octets, and of few more.

    `rows` are ids and octets.
    """
    whole: list[int] = []
    begun: list[int] = []
    size = 0
    for page_id, octets in rows:
        begun.append(page_id)
        size += octets
        if size >= LEAST:
            if whole:
                yield whole
            whole, begun, size = begun, [], 0
    if rest := whole + begun:
        yield rest
