"""Queries of published events: lists and counts of a stretch of time, likeness."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    FromClause,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from space.dates.moments import Span
from space.publication.filters import Filter
from space.publication.occurrence import (
    CAMPAIGN,
    EventList,
    ListedEvent,
    Occurrence,
)
from space.publication.series_date import cancelled_on
from space.publication.similar_events import Candidate, Plan, UnpublishedEvent
from space.store.queries.candidates import starting_near, waiting_events
from space.store.queries.publications import Publications
from space.store.queries.sql.conditions import (
    DROPPED,
    HELD,
    Condition,
    between,
    long_before,
    window,
)
from space.store.queries.sql.paging import Position
from space.store.queries.sql.prepared import Prepared, any_id, given
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import known_moment, seconds, to_publication
from space.store.tables.tables import LONG, occurrences, records
from space.text.folding import fold
from space.wiki.values import batches

_OWN = occurrences.c.page_id
_TIME = (
    *(_OWN, occurrences.c.start, occurrences.c.end),
    *(occurrences.c.starts, occurrences.c.ends, occurrences.c.dropped),
)
_IN_ORDER = (occurrences.c.starts, _OWN)
_Time = tuple[int, str, str | None, int, int, int]
"""A row of `_TIME`."""
_SEEN = (_OWN, occurrences.c.starts, occurrences.c.ends, occurrences.c.dropped)
_SINCE = or_(
    occurrences.c.ends > given("since"),
    occurrences.c.starts >= given("since"),
)
_TOUCHING = and_(_SINCE, occurrences.c.starts < given("until"))
_EVER = 2**40  # a Unix time after all that is dated
_BEGUN_LATELY = occurrences.c.starts >= given("since") - LONG
_LONG_BEGUN = and_(long_before(given("since")), occurrences.c.starts < given("until"))
_SEEN_OF_LONG = Prepared(select(*_SEEN).where(_LONG_BEGUN))
_SEEN_OF_ALL = Prepared(
    select(*_SEEN)
    .where(_BEGUN_LATELY, _TOUCHING)
    .order_by(*_IN_ORDER)
    .limit(given("most"))
    .offset(given("skipped"))
)
_TIMES_OF_ALL = Prepared(
    select(*_TIME).where(or_(and_(_BEGUN_LATELY, _TOUCHING), _LONG_BEGUN))
)
_DATES = Prepared(
    select(*_TIME).where(_OWN.in_(any_id()), _TOUCHING, HELD).order_by(*_IN_ORDER)
)


def _number(of: FromClause, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows there are, for a query of several figures."""
    return select(func.count()).select_from(of).where(*conditions).scalar_subquery()


_JUST_THEN = (occurrences.c.starts == given("since"), HELD)
"""What begins at a time; where it ends then, too, it has no length."""
_ENDS_THEN = occurrences.c.ends == given("since")
# What begins and ends just then touches it, but does not end after it.
_COUNT_FROM = Prepared(
    select(
        _number(records, records.c.held_until > given("since"))
        + _number(occurrences, DROPPED, _SINCE)
        + _number(
            records.join(occurrences, records.c.page_id == _OWN),
            *_JUST_THEN,
            _ENDS_THEN,
            records.c.held_until == given("since"),
        ),
        _number(occurrences, occurrences.c.ends > given("since"))
        + _number(occurrences, *_JUST_THEN, _ENDS_THEN)
        + _number(occurrences, DROPPED, _SINCE, occurrences.c.ends <= given("since")),
    )
)
_NEXT = Prepared(
    select(
        *(
            select(func.min(column)).where(column > given("now")).scalar_subquery()
            for column in (occurrences.c.starts, occurrences.c.ends)
        )
    )
)
_PORTION = 2000  # occurrences that are read at a time
_LISTED = tuple[int, int | None]
"""A row of a list: a page id, and the start of a date that it dropped, or None."""
LATER = 5
"""The most occurrences that a listed event has after its first."""
_CANCELLED = "cancelled"
_AT_ONCE = 500
MOST_ONGOING = 50
"""The most campaigns that a list puts aside."""


class Events:
    """The published events of a store."""

    def __init__(self, engine: Engine, condition: Condition) -> None:
        self._engine = engine
        self._condition = condition
        self._publications = Publications()

    def between(
        self,
        start: datetime | None,
        end: datetime | None,
        criteria: Filter | None = None,
        *,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Occurrence]:
        """Occurrences that touch [start, end), by start, then page id."""
        query = self._touching(start, end, criteria).where(HELD)
        return self._read(query, limit, offset)

    def with_dropped(
        self,
        start: datetime | None,
        end: datetime | None,
        criteria: Filter | None = None,
    ) -> Iterator[Occurrence]:
        """Occurrences as `between`, and those that series dropped, by start."""
        if start is None or end is None or criteria not in {None, Filter("event")}:
            yield from self._read(self._touching(start, end, criteria))
            return
        with self._engine.connect() as connection:
            times = _times_of_all(connection, start, end)
            times.sort(key=lambda time: (time[3], time[0]))
            for some in batches(times, _PORTION):
                yield from self._occurrences(connection, some)

    def of(self, page_ids: Collection[int]) -> Iterator[Occurrence]:
        """All occurrences of some events, and those that they dropped, by start."""
        for batch in batches(sorted(page_ids), _AT_ONCE):
            yield from self._read(_times_in_order().where(_OWN.in_(batch)))

    def wall_spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """When something takes place or was to, touching [start, end).

        By the clocks of each event, whose zone is not told: these are in UTC.
        """
        with self._engine.connect() as connection:
            times = _times_of_all(connection, start, end)
        for _, first, last, *_ in times:
            yield Span.derived(first, last, "UTC")

    def listed(
        self,
        start: datetime,
        end: datetime | None,
        criteria: Filter | None = None,
        *,
        limit: int,
        offset: int = 0,
    ) -> EventList:
        """Events with occurrences that touch [start, end), each event once.

        Dates that series dropped are events of their own. What it costs depends on how
        far the page is from the beginning of the list.
        """
        since, until = int(start.timestamp()), seconds(end)
        criteria, enough = criteria or Filter("event"), offset + limit
        with self._engine.connect() as connection:
            if criteria == Filter("event"):
                seen = _seen_of_all(connection, since, until, chunk=2 * enough)
            else:
                touching = between(since, until)
                times = self._times(criteria, *_SEEN).where(touching)
                seen = map(tuple, connection.execute(times.order_by(*_IN_ORDER)))
            rows, ongoing = _first_seen(seen, start, enough)
            page = rows[offset : offset + limit]
            listed = [*page, *ongoing]
            held = [page_id for page_id, dropped in listed if not dropped]
            events = self._with_dates(connection, held, since, until)
        found: dict[_LISTED, ListedEvent] = self._dropped(listed)
        found |= {(page_id, None): event for page_id, event in events.items()}
        # What was taken away meanwhile is in none.
        return EventList(
            tuple(found[each] for each in page if each in found),
            tuple(found[each] for each in ongoing if each in found),
        )

    def coming(
        self, page_ids: Collection[int], since: datetime
    ) -> dict[int, Occurrence]:
        """The next occurrence of some events, by page id; absent if over."""
        if not page_ids:
            return {}
        with self._engine.connect() as connection:
            events = self._with_dates(connection, page_ids, seconds(since), None)
        return {page_id: event.first for page_id, event in events.items()}

    def published_since(self, since: datetime) -> frozenset[int]:
        """Ids of events that readers could not see before a time."""
        query = select(records.c.page_id).where(
            records.c.kind == "event",
            records.c.published >= seconds(since),
            records.c.revision.is_not(None),
        )
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def after(
        self, criteria: Filter, position: Position | None, limit: int
    ) -> Iterator[Occurrence]:
        """Occurrences that touch a filter's days, from the one after a position on."""
        query = self._in_order(criteria).where(between(*window(criteria)))
        if position is not None:
            place = tuple_(*_IN_ORDER)
            query = query.where(place > tuple_(*map(literal, position)))
        return self._read(query, limit)

    def occurrences(self, page_id: int, criteria: Filter) -> Iterator[Occurrence]:
        """Occurrences of one event that touch a filter's days, by start."""
        touching = between(*window(criteria))
        query = _times_in_order().where(_OWN.in_([page_id]), touching, HELD)
        return self._read(query)

    def count(
        self, start: datetime | None, end: datetime | None, criteria: Filter
    ) -> tuple[int, int]:
        """How many events touch [start, end), and on how many occurrences.

        Each date that a series dropped is an event and an occurrence.
        """
        if start is not None and end is None and criteria == Filter("event"):
            return self._count_from(int(start.timestamp()))
        touching = between(seconds(start), seconds(end))
        query = self._times(criteria, func.count().label("dates")).where(touching)
        by_event = query.where(HELD).group_by(occurrences.c.page_id).subquery()
        held = select(func.count(), func.coalesce(func.sum(by_event.c.dates), 0))
        with self._engine.connect() as connection:
            events, dates = connection.execute(held.select_from(by_event)).one()
            dropped = connection.scalar(query.where(DROPPED)) or 0
        return events + dropped, int(dates) + dropped

    def _count_from(self, since: int) -> tuple[int, int]:
        """`count` of all that touches a time or comes after it, by indexes alone."""
        [(events, dates)] = _COUNT_FROM.alone(self._engine, since=since)
        return events, dates

    def next_change(self, now: datetime) -> datetime | None:
        """When an occurrence begins or ends next; None when none will."""
        [found] = _NEXT.alone(self._engine, now=seconds(now))
        return min(map(known_moment, filter(None, found)), default=None)

    def candidates(self, plan: Plan) -> Iterator[Candidate]:
        """Published events near the times of a plan: neighbours or duplicates of it."""
        for stretch in plan.windows():
            for row in stream(self._engine, starting_near(stretch)):
                publication = to_publication(row)
                zone = str(publication.values["timezone"])
                span = Span.derived(row["wall_start"], row["wall_end"], zone)
                yield Candidate(publication, span)

    def unpublished(self) -> Iterator[UnpublishedEvent]:
        """The newest events that nobody has published yet."""
        for row in stream(self._engine, waiting_events()):
            yield UnpublishedEvent(row["page_id"], row["page_title"])

    def _touching(
        self, start: datetime | None, end: datetime | None, criteria: Filter | None
    ) -> Select[Any]:
        touching = between(seconds(start), seconds(end))
        return self._in_order(criteria or Filter("event")).where(touching)

    def _in_order(self, criteria: Filter) -> Select[Any]:
        return self._times(criteria, *_TIME).order_by(*_IN_ORDER)

    def _times(self, criteria: Filter, *columns: ColumnElement[Any]) -> Select[Any]:
        """Something of all occurrences of the events that a filter lets through.

        Only published events have occurrences: without a condition these are all.
        """
        query = select(*columns).select_from(occurrences)
        if criteria == Filter("event"):
            return query
        own = records.c.page_id == occurrences.c.page_id
        return query.join(records, own).where(self._passing(criteria))

    def _dropped(self, listed: Iterable[_LISTED]) -> dict[_LISTED, ListedEvent]:
        """Those of the rows of a list that are dates which series dropped."""
        apart = [each for each in listed if each[1] is not None]
        if not apart:
            return {}
        own = tuple_(_OWN, occurrences.c.starts)
        found = self._read(_times_in_order().where(own.in_(apart), DROPPED))
        return {
            (row.publication.page_id, seconds(row.begins)): ListedEvent(row)
            for row in found
        }

    def _with_dates(
        self,
        connection: Connection,
        page_ids: Collection[int],
        since: int | None,
        until: int | None,
    ) -> dict[int, ListedEvent]:
        """Some events by page id, with how many occurrences they have."""
        dates: dict[int, list[_Time]] = {}
        until = _EVER if until is None else until
        for time in _DATES.rows(connection, page_ids, since=since, until=until):
            dates.setdefault(time[0], []).append(time)
        first = [times[0] for times in dates.values()]
        found: dict[int, ListedEvent] = {}
        for each in self._occurrences(connection, first):
            times = dates[each.publication.page_id]
            later = tuple(start for _, start, *_ in times[1 : 1 + LATER])
            found[each.publication.page_id] = ListedEvent(each, len(times), later)
        return found

    def _read(
        self, query: Select[Any], limit: int | None = None, offset: int = 0
    ) -> Iterator[Occurrence]:
        """What a query of `_TIME` in order finds."""
        with self._engine.connect() as connection:
            for times in _portions(connection, query.offset(offset), limit):
                yield from self._occurrences(connection, times)

    def _occurrences(
        self, connection: Connection, times: Collection[_Time]
    ) -> Iterator[Occurrence]:
        """Occurrences at these times, without those of pages taken away meanwhile."""
        page_ids = {time[0] for time in times}
        events = self._publications.of_events(connection, page_ids)
        for page_id, start, end, starts, ends, dropped in times:
            if page_id not in events:
                continue
            publication, recurs = events[page_id]
            if dropped:
                publication = cancelled_on(publication, start)
            begins, ended = known_moment(starts), known_moment(ends)
            yield Occurrence(
                publication, start, end, begins, ended, bool(dropped), recurs
            )

    def _passing(self, criteria: Filter) -> ColumnElement[bool]:
        """Occurrences of published events that a filter lets through.

        Whatever the status of the page, a date that its series dropped is cancelled.
        """
        condition = self._condition(criteria)
        status = dict(criteria.terms).get("status")
        if status is None:
            return condition
        held = and_(HELD, condition)
        if _CANCELLED not in map(fold, status):
            return held
        others = tuple(term for term in criteria.terms if term[0] != "status")
        of_any_status = self._condition(replace(criteria, terms=others))
        return or_(held, and_(DROPPED, of_any_status))


def _first_seen(
    times: Iterable[tuple[int, int, int, int]], start: datetime, limit: int
) -> tuple[list[_LISTED], list[_LISTED]]:
    """The first events by their first occurrence, and the campaigns before them.

    `times` are of `_SEEN` in order, and no more of them are read than it takes.
    """
    began, longest = int(start.timestamp()), int(CAMPAIGN.total_seconds())
    rows: dict[_LISTED, None] = {}
    ongoing: dict[_LISTED, None] = {}
    for page_id, begins, ends, dropped in times:
        listed = (page_id, begins if dropped else None)
        if begins >= began and len(rows) >= limit:
            break
        if listed in rows or listed in ongoing:
            continue
        is_campaign = begins < began and ends - begins >= longest
        (ongoing if is_campaign else rows)[listed] = None
    return list(rows), list(ongoing)[:MOST_ONGOING]


def _seen_of_all(
    connection: Connection, since: int, until: int | None, chunk: int
) -> Iterator[tuple[Any, ...]]:
    """`_SEEN` of all events in order, a chunk of them at a time.

    Those that began long before are few, and before all others.
    """
    until = _EVER if until is None else until
    long_begun = _SEEN_OF_LONG.rows(connection, since=since, until=until)
    yield from sorted(long_begun, key=lambda time: (time[1], time[0]))
    for skipped in count(0, chunk):
        times = _SEEN_OF_ALL.rows(
            connection, since=since, until=until, most=chunk, skipped=skipped
        )
        yield from times
        if len(times) < chunk:
            return


def _times_of_all(
    connection: Connection, start: datetime, end: datetime
) -> list[tuple[Any, ...]]:
    """`_TIME` of all that touches [start, end), in no order."""
    return _TIMES_OF_ALL.rows(connection, since=seconds(start), until=seconds(end))


def _times_in_order() -> Select[Any]:
    return select(*_TIME).order_by(*_IN_ORDER)


def _portions(
    connection: Connection, query: Select[Any], limit: int | None
) -> Iterator[list[Any]]:
    """What a query of `_TIME` in order finds, up to a limit if there is one.

    Each portion is read whole, so that the database can be asked meanwhile.
    """
    if limit is not None:
        yield list(connection.execute(query.limit(limit)))
        return
    times = list(connection.execute(query.limit(_PORTION)))
    yield times
    while len(times) == _PORTION:
        page_id, starts = times[-1][0], times[-1][3]
        after = tuple_(*_IN_ORDER) > tuple_(literal(starts), literal(page_id))
        following = query.offset(None).where(occurrences.c.starts >= starts, after)
        times = list(connection.execute(following.limit(_PORTION)))
        yield times
