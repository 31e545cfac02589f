"""Query of the stored texts of pages that every sync reads."""

from collections.abc import Sequence

from sqlalchemy import Engine, select

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

    def below(self, title: str) -> frozenset[str]:
        """Titles of the copies of subpages of a page."""
        own = page_copies.c.title.startswith(f"{title}/", autoescape=True)
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(select(page_copies.c.title).where(own)))
