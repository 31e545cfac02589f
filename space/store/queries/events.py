"""Queries of published events: lists and counts of a stretch of time, likeness."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
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
from space.publication.publication import Publication
from space.publication.series_date import cancelled_on
from space.publication.similar_events import Candidate, Plan, UnpublishedEvent
from space.store.queries.candidates import starting_near, waiting_events
from space.store.queries.sql.conditions import (
    DROPPED,
    HELD,
    Condition,
    between,
    is_published,
    window,
)
from space.store.queries.sql.paging import Position
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import (
    OF_PUBLICATION,
    known_moment,
    seconds,
    to_listed,
    to_publication,
)
from space.store.tables.tables import occurrences, records
from space.text.folding import fold
from space.wiki.values import batches

_OCCURRENCE = (
    records.c.recurs,
    occurrences.c.start.label("wall_start"),
    occurrences.c.end.label("wall_end"),
    occurrences.c.starts.label("begins"),
    occurrences.c.ends.label("finishes"),
    occurrences.c.dropped.label("is_dropped"),
)
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
        return self._read(query.limit(limit).offset(offset))

    def with_dropped(
        self,
        start: datetime | None,
        end: datetime | None,
        criteria: Filter | None = None,
    ) -> Iterator[Occurrence]:
        """Occurrences as `between`, and those that series dropped, by start."""
        return self._read(self._touching(start, end, criteria))

    def of(self, page_ids: Collection[int]) -> Iterator[Occurrence]:
        """All occurrences of some events, and those that they dropped, by start."""
        for batch in batches(sorted(page_ids), _AT_ONCE):
            own = records.c.page_id.in_(batch)
            yield from self._read(_occurrences(self._passing(Filter("event")), own))

    def wall_spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """When something takes place or was to, touching [start, end).

        By the clocks of each event, whose zone is not told: these are in UTC.
        """
        columns = (occurrences.c.start, occurrences.c.end)
        touching = between(seconds(start), seconds(end))
        for row in stream(self._engine, select(*columns).where(touching)):
            yield Span.derived(row["start"], row["end"], "UTC")

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
        touching = between(seconds(start), seconds(end))
        times = self._times(
            criteria or Filter("event"),
            *(occurrences.c[name] for name in ("page_id", "starts", "ends", "dropped")),
        )
        in_order = times.where(touching).order_by(
            occurrences.c.starts, occurrences.c.page_id
        )
        enough = offset + limit
        seen = stream(self._engine, in_order, chunk=enough)
        rows, ongoing = _first_seen(seen, start, enough)
        page = rows[offset : offset + limit]
        listed = [*page, *ongoing]
        events = self._with_dates([p for p, dropped in listed if not dropped], touching)
        apart = self._dropped(listed)
        found = {each: apart.get(each) or events[each[0]] for each in listed}
        return EventList(
            tuple(found[each] for each in page), tuple(found[each] for each in ongoing)
        )

    def coming(
        self, page_ids: Collection[int], since: datetime
    ) -> dict[int, Occurrence]:
        """The next occurrence of some events, by page id; absent if over."""
        if not page_ids:
            return {}
        events = self._with_dates(page_ids, between(seconds(since), None))
        return {page_id: event.first for page_id, event in events.items()}

    def after(
        self, criteria: Filter, position: Position | None, limit: int
    ) -> Iterator[Occurrence]:
        """Occurrences that touch a filter's days, from the one after a position on."""
        query = _occurrences(self._passing(criteria), between(*window(criteria)))
        if position is not None:
            place = tuple_(occurrences.c.starts, records.c.page_id)
            query = query.where(place > tuple_(*map(literal, position)))
        return self._read(query.limit(limit))

    def occurrences(self, page_id: int, criteria: Filter) -> Iterator[Occurrence]:
        """Occurrences of one event that touch a filter's days, by start."""
        own = records.c.page_id == page_id
        touching = between(*window(criteria))
        published = is_published(Filter("event"))
        return self._read(_occurrences(published, own, touching, HELD))

    def count(
        self, start: datetime | None, end: datetime | None, criteria: Filter
    ) -> tuple[int, int]:
        """How many events touch [start, end), and on how many occurrences.

        Each date that a series dropped is an event and an occurrence.
        """
        touching = between(seconds(start), seconds(end))
        query = self._times(criteria, func.count().label("dates")).where(touching)
        by_event = query.where(HELD).group_by(occurrences.c.page_id).subquery()
        held = select(func.count(), func.coalesce(func.sum(by_event.c.dates), 0))
        with self._engine.connect() as connection:
            events, dates = connection.execute(held.select_from(by_event)).one()
            dropped = connection.scalar(query.where(DROPPED)) or 0
        return events + dropped, int(dates) + dropped

    def next_change(self, now: datetime) -> datetime | None:
        """When an occurrence begins or ends next; None when none will."""
        moment = seconds(now)
        columns = (occurrences.c.starts, occurrences.c.ends)
        queries = [select(func.min(c)).where(c > moment) for c in columns]
        with self._engine.connect() as connection:
            found = [connection.scalar(query) for query in queries]
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
        return _occurrences(self._passing(criteria or Filter("event")), touching)

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
        own = tuple_(occurrences.c.page_id, occurrences.c.starts)
        found = self._read(_occurrences(own.in_(apart), DROPPED))
        return {
            (row.publication.page_id, seconds(row.begins)): ListedEvent(row)
            for row in found
        }

    def _with_dates(
        self, page_ids: Collection[int], touching: ColumnElement[bool]
    ) -> dict[int, ListedEvent]:
        """Some events by page id, with how many occurrences they have."""
        own = occurrences.c.page_id
        number = func.row_number().over(partition_by=own, order_by=occurrences.c.starts)
        numbered = select(
            occurrences,
            func.count().over(partition_by=own).label("dates"),
            number.label("number"),
        ).where(own.in_(page_ids), touching, HELD)
        times = numbered.subquery("occurrence")
        query = (
            select(
                *OF_PUBLICATION,
                records.c.recurs,
                times.c.start.label("wall_start"),
                times.c.end.label("wall_end"),
                times.c.starts.label("begins"),
                times.c.ends.label("finishes"),
                times.c.dropped.label("is_dropped"),
                times.c.dates,
            )
            .join(times, times.c.page_id == records.c.page_id)
            .where(times.c.number <= 1 + LATER)
            .order_by(times.c.starts)
        )
        found: dict[int, list[Occurrence]] = {}
        dates: dict[int, int] = {}
        for row, occurrence in self._rows(query):
            found.setdefault(row["page_id"], []).append(occurrence)
            dates[row["page_id"]] = row["dates"]
        return {
            page_id: ListedEvent(first, dates[page_id], tuple(later))
            for page_id, (first, *later) in found.items()
        }

    def _read(self, query: Select[Any]) -> Iterator[Occurrence]:
        return (occurrence for _, occurrence in self._rows(query))

    def _rows(
        self, query: Select[Any]
    ) -> Iterator[tuple[Mapping[str, Any], Occurrence]]:
        publications: dict[int, Publication] = {}
        for row in stream(self._engine, query):
            page_id = row["page_id"]
            if page_id not in publications:
                publications[page_id] = to_listed(row)
            publication = publications[page_id]
            if row["is_dropped"]:
                publication = cancelled_on(publication, row["wall_start"])
            yield (
                row,
                Occurrence(
                    publication,
                    row["wall_start"],
                    row["wall_end"],
                    known_moment(row["begins"]),
                    known_moment(row["finishes"]),
                    bool(row["is_dropped"]),
                    bool(row["recurs"]),
                ),
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
    times: Iterable[Mapping[str, Any]], start: datetime, limit: int
) -> tuple[list[_LISTED], list[_LISTED]]:
    """The first events by their first occurrence, and the campaigns before them.

    `times` are in order, and no more of them are read than it takes.
    """
    began, longest = int(start.timestamp()), int(CAMPAIGN.total_seconds())
    rows: dict[_LISTED, None] = {}
    ongoing: dict[_LISTED, None] = {}
    for row in times:
        begins = row["starts"]
        listed = (row["page_id"], begins if row["dropped"] else None)
        if begins >= began and len(rows) >= limit:
            break
        if listed in rows or listed in ongoing:
            continue
        is_campaign = begins < began and row["ends"] - begins >= longest
        (ongoing if is_campaign else rows)[listed] = None
    return list(rows), list(ongoing)[:MOST_ONGOING]


def _occurrences(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(*OF_PUBLICATION, *_OCCURRENCE)
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(*conditions)
        .order_by(occurrences.c.starts, records.c.page_id)
    )
