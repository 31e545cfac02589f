"""Queries of records: all pages that sync knows, published or not."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select

from space.publication.filters import Filter
from space.publication.registered import FIRST_ID
from space.review.record import Record
from space.store.queries.sql.conditions import Condition
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import to_record
from space.store.tables.tables import records, terms
from space.text.folding import fold
from space.wiki.values import batches

BATCH = 500
"""How many titles one query asks for."""


_OF_PAGES = records.c.page_id < FIRST_ID


class Records:
    """The records of a store; their publications come without the body.

    Those of registered events, which are no pages, are asked for by id or all together.
    """

    def __init__(self, engine: Engine, condition: Condition) -> None:
        self._engine = engine
        self._condition = condition

    def get(self, page_id: int) -> Record | None:
        """The record of a page; None when there is none."""
        return self._one(records.c.page_id == page_id)

    def find(self, page_title: str) -> Record | None:
        """The record of the page of a full title; None when there is none."""
        return self._one(_OF_PAGES & (records.c.page_title == page_title))

    def of(
        self, page_ids: Iterable[int] = (), page_titles: Iterable[str] = ()
    ) -> dict[int, Record]:
        """The records of pages with these ids or full titles, by page id."""
        found: dict[int, Record] = {}
        for column, wanted in (
            (records.c.page_id, sorted(set(page_ids))),
            (records.c.page_title, sorted(set(page_titles))),
        ):
            for batch in batches(wanted, BATCH):
                rows = self._read(_OF_PAGES, column.in_(batch))
                found |= {record.page_id: record for record in rows}
        return found

    def published_by(self, creators: Iterable[str]) -> dict[str, int]:
        """How many pages of each of some accounts are published; absent for none."""
        return self._by_creator(creators, func.count(), records.c.revision.is_not(None))

    def first_by(self, creators: Iterable[str]) -> dict[str, int]:
        """The lowest page id of each of some accounts; absent for none."""
        return self._by_creator(creators, func.min(records.c.page_id))

    def of_translation(self, page_id: int) -> Record | None:
        """The event that a page is a translation of; None for one of no event."""
        lead = select(records.c.lead).where(
            records.c.page_id == page_id, records.c.kind == "translation"
        )
        return self._one(records.c.page_id == lead.scalar_subquery())

    def all(
        self,
        *,
        kind: str | None = None,
        states: Iterable[str] | None = None,
        creator: str | None = None,
    ) -> Iterator[Record]:
        """All records, or those of a kind, of states, of an account; by page id."""
        conditions: list[ColumnElement[bool]] = [_OF_PAGES]
        if kind is not None:
            conditions.append(records.c.kind == kind)
        if states is not None:
            conditions.append(records.c.state.in_(tuple(states)))
        if creator is not None:
            conditions.append(records.c.creator == creator)
        return self._read(*conditions)

    def registered(self) -> Iterator[Record]:
        """The records of registered events, by id."""
        return self._read(~_OF_PAGES)

    def registered_with_problems(self) -> Iterator[Record]:
        """The records of registered events that reviewers are asked about, by id."""
        return self._read(~_OF_PAGES & (records.c.problems != "[]"))

    def registered_ids(self) -> tuple[int, ...]:
        """The ids of registered events, in order."""
        query = select(records.c.page_id).where(~_OF_PAGES)
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query.order_by(records.c.page_id)))

    def naming(self, fields: Iterable[str], name: str) -> Iterator[Record]:
        """Records that are published with a name in one of some indexed fields.

        By page id; names that fold alike are one.
        """
        having = select(terms.c.page_id).where(
            terms.c.field.in_(tuple(fields)), terms.c.term == fold(name)
        )
        return self._read(records.c.page_id.in_(having))

    def pending(self, kind: str | None = None) -> Iterator[Record]:
        """Records with a revision that waits for a verdict, the longest wait first."""
        conditions: list[ColumnElement[bool]] = [
            records.c.pending_revision.is_not(None)
        ]
        if kind is not None:
            conditions.append(records.c.kind == kind)
        order = records.c.pending_since, records.c.page_id
        return self._read(*conditions, order=order)

    def with_problems(self) -> Iterator[Record]:
        """Records whose newest text has problems, by page id."""
        return self._read(records.c.problems != "[]")

    def newest_revisions(self) -> dict[int, int]:
        """Page id → newest revision that was read, of every record."""
        query = select(records.c.page_id, records.c.latest).where(_OF_PAGES)
        with self._engine.connect() as connection:
            return {row.page_id: row.latest for row in connection.execute(query)}

    def among(self, page_titles: Iterable[str]) -> frozenset[str]:
        """Those of some full titles that are pages of records."""
        found: set[str] = set()
        with self._engine.connect() as connection:
            for batch in batches(sorted(set(page_titles)), BATCH):
                own = _OF_PAGES & records.c.page_title.in_(batch)
                found.update(
                    connection.scalars(select(records.c.page_title).where(own))
                )
        return frozenset(found)

    def count(self, criteria: Filter) -> int:
        """How many published records a filter lets through."""
        query = (
            select(func.count()).select_from(records).where(self._condition(criteria))
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    def _by_creator(
        self,
        creators: Iterable[str],
        value: ColumnElement[Any],
        *conditions: ColumnElement[bool],
    ) -> dict[str, int]:
        """A value of the pages of each account that have a title, by its name."""
        found: dict[str, int] = {}
        with self._engine.connect() as connection:
            for batch in batches(sorted(set(creators)), BATCH):
                own = records.c.creator.in_(batch) & (records.c.page_title != "")
                query = select(records.c.creator, value).where(own, *conditions)
                rows = connection.execute(query.group_by(records.c.creator))
                found |= {row[0]: row[1] for row in rows}
        return found

    def _one(self, condition: ColumnElement[bool]) -> Record | None:
        return next(iter(list(self._read(condition))), None)

    def _read(
        self,
        *conditions: ColumnElement[bool],
        order: tuple[ColumnElement[Any], ...] = (records.c.page_id,),
    ) -> Iterator[Record]:
        query = select(records).where(*conditions).order_by(*order)
        return map(to_record, stream(self._engine, query))
