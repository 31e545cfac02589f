"""The parts of whole feeds, made anew with the pages in them.

A change makes those parts anew that have its pages, so a feed can be sent as it is, at
once after each change. Between two ids there are pages of one part only; it is cut in
two when it has grown to twice `LEAST`.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from space.publication.filters import Filter
from space.store.keys import feed_facts
from space.store.queries.sql.conditions import is_published, struck_out
from space.store.queries.sql.feed_rows import (
    OCTETS,
    Sections,
    facts_of,
    is_calendar,
    of_calendar,
    of_feed,
    told,
)
from space.store.tables.feed_parts import KEPT, FeedFacts, FeedPart, facts_of_parts
from space.store.tables.key_values import change_value, read_value
from space.store.tables.tables import feed_parts, fragments, records
from space.store.tables.whole_feeds import PIECE

LEAST = 2 * PIECE - 2**11
"""Octets of a part: with the page that makes it whole most have two rows."""

_FIRST, _END = 0, 2**62
"""Below all page ids, and above them."""

_EVENTS = Filter("event")
_NOTHING = FeedFacts().text()


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
            for number, section in enumerate(self._sections(form)):
                known = self._known(form, number)
                firsts = list(known)
                for place in _places(firsts, page_ids):
                    least, end = _range(firsts, place)
                    before = known[firsts[place]] if firsts else _NOTHING
                    now = facts_of(self.connection, [section & _pages(least, end)])
                    if now.text() != before:
                        self._make(form, number, section, least, end)
            self._sum_up(form)

    def rebuild(self) -> None:
        """Make all parts anew."""
        for form in KEPT:
            for number, section in enumerate(self._sections(form)):
                self._make(form, number, section)
            self._sum_up(form)

    def _known(self, form: str, number: int) -> dict[int, str]:
        """The least id of each part, in their order, and its facts."""
        query = select(feed_parts.c.first, feed_parts.c.facts)
        firsts = _of_section(form, number) & (feed_parts.c.number == 0)
        own = query.where(firsts).order_by(feed_parts.c.first)
        return dict(map(tuple, self.connection.execute(own)))

    def _sections(self, form: str) -> Sections:
        """The conditions of the feed of all events (`IndexSnapshot`)."""
        if not is_calendar(form):
            return (and_(told(form), is_published(_EVENTS)),)
        shown = is_published(_EVENTS) | struck_out(self.today)
        return of_calendar(form, shown, lambda of: is_published(_EVENTS, of))

    def _make(
        self,
        form: str,
        number: int,
        section: ColumnElement[bool],
        least: int = _FIRST,
        end: int = _END,
    ) -> None:
        """Make the parts of the pages of a range anew."""
        old = _of_section(form, number) & _between(feed_parts.c.first, least, end)
        self.connection.execute(delete(feed_parts).where(old))
        own = and_(section, _pages(least, end))
        query = of_feed(own, records.c.page_id, fragments.c.octets)
        rows = self.connection.execute(query.order_by(records.c.page_id))
        for pages in list(_cut(rows)):
            part = and_(section, _pages(pages[0], pages[-1] + 1))
            texts = of_feed(part, OCTETS).order_by(records.c.page_id)
            made = FeedPart(
                form,
                number,
                pages[0],
                facts_of(self.connection, [part]),
                b"".join(self.connection.scalars(texts)),
            )
            self.connection.execute(insert(feed_parts), made.rows())

    def _sum_up(self, form: str) -> None:
        facts = facts_of_parts(self.connection, form)
        value = {"day": f"{self.today}", "facts": facts.text()}
        change_value(self.connection, feed_facts(form), value)


def _of_section(form: str, number: int) -> ColumnElement[bool]:
    return and_(feed_parts.c.form == form, feed_parts.c.section == number)


def _range(firsts: Sequence[int], place: int) -> tuple[int, int]:
    """The least page id of a part, and the end of its ids."""
    least = firsts[place] if place else _FIRST
    return least, firsts[place + 1] if place + 1 < len(firsts) else _END


def _pages(least: int, end: int) -> ColumnElement[bool]:
    """Pages of a range; of both tables, so that each is read by its own key."""
    columns = (records.c.page_id, fragments.c.page_id)
    return and_(*(_between(column, least, end) for column in columns))


def _between(column: ColumnElement[int], least: int, end: int) -> ColumnElement[bool]:
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
