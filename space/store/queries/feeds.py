"""Queries of feeds and of the fragments that they are made of."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Engine, exists, select

from space.publication.filters import Filter
from space.store.queries.index_snapshot import IndexSnapshot, Summaries, Summary
from space.store.queries.sql.conditions import is_published
from space.store.tables.tables import fragments, records


class Feeds:
    """The feeds of a store; it remembers summaries as long as nothing changes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._summaries = Summaries()

    @contextmanager
    def snapshot(self) -> Iterator[IndexSnapshot]:
        """One view of feeds for as long as the context lasts."""
        with self._engine.connect() as connection:
            yield IndexSnapshot(connection, self._summaries)

    def summary(self, form: str, criteria: Filter, today: date) -> Summary:
        """The summary of `fragments` for equal arguments."""
        with self.snapshot() as view:
            return view.summary(form, criteria, today)

    def fragments(
        self, form: str, criteria: Filter, today: date, *, limit: int | None = None
    ) -> Iterator[str]:
        """The texts of a feed: events by page id, posts newest first.

        In a calendar the overrides of its series follow.
        """
        with self.snapshot() as view:
            yield from view.fragments(form, criteria, today, limit=limit)

    def fragment(self, form: str, page_id: int) -> str | None:
        """One page's text in a feed, None when it has none."""
        query = select(fragments.c.text).where(
            fragments.c.page_id == page_id, fragments.c.form == form
        )
        with self._engine.connect() as connection:
            return connection.scalar(query)

    def unrendered(
        self, form: str, kind: str, among: Collection[int] | None = None
    ) -> tuple[int, ...]:
        """Ids of pages of a kind that are published but have no text in a feed.

        Of all pages if `among` is None.
        """
        own = fragments.c.page_id == records.c.page_id
        rendered = exists().where(own, fragments.c.form == form)
        query = (
            select(records.c.page_id)
            .where(is_published(Filter(kind)), ~rendered)
            .order_by(records.c.page_id)
        )
        if among is not None:
            query = query.where(records.c.page_id.in_(among))
        with self._engine.connect() as connection:
            return tuple(connection.scalars(query))
