"""Queries of recurring events and of the pages that override their occurrences."""

from collections.abc import Mapping

from sqlalchemy import Engine, select

from space.publication.publication import Publication
from space.store.queries.sql.streaming import stream
from space.store.tables.record_rows import (
    OF_PUBLICATION,
    to_listed,
    to_publication,
)
from space.store.tables.tables import records


class Series:
    """The series of a store and their overrides (RFC 5545, RECURRENCE-ID)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def overrides(self, page_id: int) -> Mapping[str, Publication]:
        """Starts of a series' occurrences → the pages that stand for them."""
        query = (
            select(*OF_PUBLICATION, records.c.replaces)
            .where(records.c.series_id == page_id)
            .order_by(records.c.replaces)
        )
        return {row["replaces"]: to_listed(row) for row in stream(self._engine, query)}

    def of_override(self, page_id: int) -> tuple[Publication, str] | None:
        """The series of which a page stands for an occurrence, and its start there.

        None for a page that overrides nothing.
        """
        page = records.alias("page")
        query = (
            select(*OF_PUBLICATION, page.c.replaces.label("start_there"))
            .join(page, page.c.series_id == records.c.page_id)
            .where(page.c.page_id == page_id)
        )
        for row in stream(self._engine, query):
            return to_publication(row), row["start_there"]
        return None

    def titles(self) -> tuple[str, ...]:
        """Titles of the series that are published."""
        query = (
            select(records.c.page_title)
            .where(records.c.recurs == 1)
            .order_by(records.c.page_title)
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))

    def unknown_titles(self) -> tuple[str, ...]:
        """Titles by which pages name their series, and which no record has."""
        title = records.c.series_title
        stored = select(records.c.page_title)
        query = (
            select(title)
            .where(title.is_not(None), title.not_in(stored))
            .distinct()
            .order_by(title)
        )
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))
