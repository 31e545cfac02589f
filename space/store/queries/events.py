"""Queries of published events: lists and counts of a stretch of time, likeness."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, func, literal, select, tuple_

from space.dates.moments import Span
from space.publication.filters import Filter
from space.publication.occurrence import (
    CAMPAIGN,
    EventList,
    ListedEvent,
    Occurrence,
)
from space.publication.publication import Publication
from space.publication.similar_events import Candidate, Plan, UnpublishedEvent
from space.store.queries.candidates import starting_near, waiting_events
from space.store.queries.sql.conditions import Condition, between, is_published, window
from space.store.queries.sql.paging import Position
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import (
    known_moment,
    seconds,
    to_listed,
    to_publication,
)
from space.store.tables.tables import occurrences, records

_OCCURRENCE = (
    occurrences.c.start.label("wall_start"),
    occurrences.c.end.label("wall_end"),
    occurrences.c.starts.label("begins"),
    occurrences.c.ends.label("finishes"),
)
LATER = 5
"""The most occurrences that a listed event has after its first."""
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
        query = _occurrences(
            self._condition(criteria or Filter("event")),
            between(seconds(start), seconds(end)),
        )
        return self._read(query.limit(limit).offset(offset))

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

        What it costs depends on how far the page is from the beginning of the list.
        """
        touching = between(seconds(start), seconds(end))
        condition = self._condition(criteria or Filter("event"))
        rows, ongoing = self._first_seen(condition, touching, start, offset + limit)
        page = rows[offset : offset + limit]
        events = self._with_dates([*page, *ongoing], touching)
        return EventList(
            tuple(events[page_id] for page_id in page),
            tuple(events[page_id] for page_id in ongoing),
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
        query = _occurrences(self._condition(criteria), between(*window(criteria)))
        if position is not None:
            place = tuple_(occurrences.c.starts, records.c.page_id)
            query = query.where(place > tuple_(*map(literal, position)))
        return self._read(query.limit(limit))

    def occurrences(self, page_id: int, criteria: Filter) -> Iterator[Occurrence]:
        """Occurrences of one event that touch a filter's days, by start."""
        own = records.c.page_id == page_id
        touching = between(*window(criteria))
        return self._read(_occurrences(is_published(Filter("event")), own, touching))

    def count(
        self, start: datetime | None, end: datetime | None, criteria: Filter
    ) -> tuple[int, int]:
        """How many events touch [start, end), and on how many occurrences."""
        page_id = occurrences.c.page_id
        query = (
            select(func.count(page_id.distinct()), func.count(page_id))
            .select_from(records)
            .join(occurrences, page_id == records.c.page_id)
            .where(self._condition(criteria), between(seconds(start), seconds(end)))
        )
        with self._engine.connect() as connection:
            events, dates = connection.execute(query).one()
        return events, dates

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

    def _first_seen(
        self,
        condition: ColumnElement[bool],
        touching: ColumnElement[bool],
        start: datetime,
        limit: int,
    ) -> tuple[list[int], list[int]]:
        """The first events by their first occurrence, and the campaigns before them."""
        query = (
            select(occurrences.c.page_id, occurrences.c.starts, occurrences.c.ends)
            .join(records, records.c.page_id == occurrences.c.page_id)
            .where(condition, touching)
            .order_by(occurrences.c.starts, occurrences.c.page_id)
        )
        began, longest = int(start.timestamp()), int(CAMPAIGN.total_seconds())
        rows: dict[int, None] = {}
        ongoing: dict[int, None] = {}
        for row in stream(self._engine, query):
            page_id, begins = row["page_id"], row["starts"]
            if begins >= began and len(rows) >= limit:
                break
            if page_id in rows or page_id in ongoing:
                continue
            is_campaign = begins < began and row["ends"] - begins >= longest
            (ongoing if is_campaign else rows)[page_id] = None
        return list(rows), list(ongoing)[:MOST_ONGOING]

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
        ).where(own.in_(page_ids), touching)
        times = numbered.subquery("occurrence")
        query = (
            select(
                records,
                times.c.start.label("wall_start"),
                times.c.end.label("wall_end"),
                times.c.starts.label("begins"),
                times.c.ends.label("finishes"),
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
            yield (
                row,
                Occurrence(
                    publications[page_id],
                    row["wall_start"],
                    row["wall_end"],
                    known_moment(row["begins"]),
                    known_moment(row["finishes"]),
                ),
            )


def _occurrences(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(records, *_OCCURRENCE)
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(*conditions)
        .order_by(occurrences.c.starts, records.c.page_id)
    )
