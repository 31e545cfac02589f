"""Queries of the stored texts of pages that every sync reads."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Engine, select

from space.store.tables.tables import page_copies
from space.wiki.values import PageCopy, batches

_AT_ONCE = 500


class PageCopies:
    """The stored texts of pages."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def get(self, titles: Sequence[str]) -> dict[str, PageCopy]:
        """Copies by title, as old as they are; pages without one are absent."""
        copies: dict[str, PageCopy] = {}
        with self._engine.connect() as connection:
            for batch in batches(titles, _AT_ONCE):
                query = select(page_copies).where(page_copies.c.title.in_(batch))
                for row in connection.execute(query).mappings():
                    copies[row["title"]] = PageCopy(**row)
        return copies

    def revisions(self, titles: Sequence[str]) -> dict[str, int]:
        """Of which revisions the copies are, by title."""
        found: dict[str, int] = {}
        columns = select(page_copies.c.title, page_copies.c.latest)
        with self._engine.connect() as connection:
            for batch in batches(titles, _AT_ONCE):
                query = columns.where(page_copies.c.title.in_(batch))
                found.update(map(tuple, connection.execute(query)))
        return found

    def below(self, title: str) -> frozenset[str]:
        """Titles of the copies of subpages of a page."""
        query = select(page_copies.c.title).where(_is_below(title))
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def holding(self, title: str, words: str) -> list[PageCopy]:
        """The copies of subpages of a page in whose text these words stand, by title.

        A database may take capital and small letters for the same.
        """
        holds = page_copies.c.text.contains(words, autoescape=True)
        query = select(page_copies).where(_is_below(title), holds)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(page_copies.c.title)).mappings()
            return [PageCopy(**row) for row in rows]


def _is_below(title: str) -> ColumnElement[bool]:
    return page_copies.c.title.startswith(f"{title}/", autoescape=True)
