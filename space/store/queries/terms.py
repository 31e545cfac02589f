"""Queries of the values that publications have in indexed fields."""

from sqlalchemy import Engine, func, literal, select

from space.publication.filters import Filter
from space.store.queries.candidates import terms_in_use
from space.store.queries.sql.conditions import passing
from space.store.queries.sql.streaming import stream
from space.store.tables.tables import records, terms


class Terms:
    """The indexed values of a store, folded (`space.text.folding.fold`)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of_kind(self, kind: str, *fields: str) -> dict[str, list[str]]:
        """Field → the values by which filters find publications of a kind.

        Those that most pages have come first.
        """
        # First each value once, by the index alone, then whether some page has it.
        every = (
            select(terms.c.field, terms.c.term, func.count().label("pages"))
            .where(terms.c.field.in_(fields))
            .group_by(terms.c.field, terms.c.term)
            .subquery()
        )
        own = (terms.c.field == every.c.field, terms.c.term == every.c.term)
        page = records.c.page_id == terms.c.page_id
        # MariaDB makes a table of all pages of "exists", but not of what has a limit.
        having = select(literal(1)).where(*own, page, passing(Filter(kind))).limit(1)
        query = (
            select(every.c.field, every.c.term)
            .where(having.scalar_subquery().is_not(None))
            .order_by(every.c.field, every.c.pages.desc(), every.c.term)
        )
        values: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for field, term in connection.execute(query):
                values.setdefault(field, []).append(term)
        return values

    def of_fields(self, *fields: str) -> frozenset[str]:
        """The values of some fields together, of whatever kind."""
        query = select(terms.c.term).where(terms.c.field.in_(fields)).distinct()
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))

    def in_use(self, field: str, values: tuple[str, ...]) -> frozenset[str]:
        """Which of some values of a field publications have."""
        rows = stream(self._engine, terms_in_use(field, values))
        return frozenset(row["term"] for row in rows)
