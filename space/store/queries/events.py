"""Queries of published events: occurrences in a stretch of time, counts, likeness."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, func, literal, select, tuple_

from space.dates.moments import Span
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
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
