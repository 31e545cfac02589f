"""Queries of published events: lists and counts of a stretch of time, likeness."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Engine,
    Select,
    Subquery,
    and_,
    case,
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
        """Events with occurrences that touch [start, end), each event once."""
        wanted = criteria or Filter("event")
        touching = between(seconds(start), seconds(end))
        numbered = _numbered(self._condition(wanted), touching, int(start.timestamp()))
        number, ongoing = numbered.c.number, numbered.c.ongoing
        page = and_(ongoing == 0, number > offset, number <= offset + limit)
        aside = and_(ongoing == 1, number <= MOST_ONGOING)
        query = select(numbered).where(or_(page, aside)).order_by(ongoing, number)
        with self._engine.connect() as connection:
            found = [_Listed(**row) for row in connection.execute(query).mappings()]
        if not found:
            events = self.count_between(start, end, wanted) if offset else 0
            dates = self.count_occurrences(start, end, wanted) if offset else 0
            return EventList(events=events, dates=dates)
        page_ids = [row.page_id for row in found]
        times = self._first_times(page_ids, touching, 1 + LATER)
        rows, campaigns = (
            tuple(
                ListedEvent(first, row.dates, tuple(later))
                for row in found
                if row.ongoing == kind
                for first, *later in [times[row.page_id]]
            )
            for kind in (0, 1)
        )
        return EventList(rows, campaigns, found[0].events, int(found[0].all_dates))

    def coming(
        self, page_ids: Collection[int], since: datetime
    ) -> dict[int, Occurrence]:
        """The next occurrence of some events, by page id; absent if over."""
        if not page_ids:
            return {}
        touching = between(seconds(since), None)
        times = self._first_times(page_ids, touching, 1)
        return {page_id: found[0] for page_id, found in times.items()}

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

    def count_between(
        self, start: datetime | None, end: datetime | None, criteria: Filter
    ) -> int:
        """How many events touch [start, end): a series counts once."""
        return self._count(records.c.page_id.distinct(), start, end, criteria)

    def count_occurrences(
        self, start: datetime | None, end: datetime | None, criteria: Filter
    ) -> int:
        """How many occurrences touch [start, end)."""
        return self._count(records.c.page_id, start, end, criteria)

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

    def _count(
        self,
        pages: ColumnElement[int],
        start: datetime | None,
        end: datetime | None,
        criteria: Filter,
    ) -> int:
        query = (
            select(func.count(pages))
            .select_from(records)
            .join(occurrences, occurrences.c.page_id == records.c.page_id)
            .where(self._condition(criteria), between(seconds(start), seconds(end)))
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def _first_times(
        self, page_ids: Collection[int], touching: ColumnElement[bool], most: int
    ) -> dict[int, list[Occurrence]]:
        """The first occurrences of some events, by page id, in order."""
        number = func.row_number().over(
            partition_by=occurrences.c.page_id, order_by=occurrences.c.starts
        )
        own = occurrences.c.page_id.in_(page_ids)
        numbered = select(occurrences, number.label("number")).where(own, touching)
        times = numbered.subquery("occurrence")
        query = (
            select(
                records,
                times.c.start.label("wall_start"),
                times.c.end.label("wall_end"),
                times.c.starts.label("begins"),
                times.c.ends.label("finishes"),
            )
            .join(times, times.c.page_id == records.c.page_id)
            .where(times.c.number <= most)
            .order_by(times.c.starts)
        )
        found: dict[int, list[Occurrence]] = {}
        for occurrence in self._read(query):
            found.setdefault(occurrence.publication.page_id, []).append(occurrence)
        return found

    def _read(self, query: Select[Any]) -> Iterator[Occurrence]:
        publications: dict[int, Publication] = {}
        for row in stream(self._engine, query):
            page_id = row["page_id"]
            if page_id not in publications:
                publications[page_id] = to_listed(row)
            yield Occurrence(
                publications[page_id],
                row["wall_start"],
                row["wall_end"],
                known_moment(row["begins"]),
                known_moment(row["finishes"]),
            )


def _occurrences(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(records, *_OCCURRENCE)
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(*conditions)
        .order_by(occurrences.c.starts, records.c.page_id)
    )


@dataclass(frozen=True, slots=True)
class _Listed:
    """A row of `_numbered`."""

    page_id: int
    begins: int
    dates: int
    ongoing: int
    number: int
    events: int
    all_dates: int


def _numbered(
    condition: ColumnElement[bool], touching: ColumnElement[bool], start: int
) -> Subquery:
    """Events with how many occurrences they have, numbered from 1 by the first.

    Those that are `ongoing`, campaigns that had begun at a Unix time, by themselves.
    """
    length = occurrences.c.ends - occurrences.c.starts
    campaign = and_(
        occurrences.c.starts < start, length >= int(CAMPAIGN.total_seconds())
    )
    grouped = (
        select(
            records.c.page_id,
            func.min(occurrences.c.starts).label("begins"),
            func.count().label("dates"),
            func.max(case((campaign, 1), else_=0)).label("ongoing"),
        )
        .select_from(records)
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(condition, touching)
        .group_by(records.c.page_id)
        .subquery("event")
    )
    number = func.row_number().over(
        partition_by=grouped.c.ongoing, order_by=(grouped.c.begins, grouped.c.page_id)
    )
    return select(
        grouped,
        number.label("number"),
        func.count().over().label("events"),
        func.sum(grouped.c.dates).over().label("all_dates"),
    ).subquery("numbered")
