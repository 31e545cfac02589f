"""Queries of the values that publications have in indexed fields."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from sqlalchemy import Engine, func, select

from space.store.queries.candidates import terms_in_use
from space.store.queries.sql.streaming import stream
from space.store.tables.tables import terms

T = TypeVar("T")
Used = Mapping[str, tuple[str, ...]]
"""Field → the values that publications have, those that most pages have first."""


class Terms:
    """The indexed values of a store, folded (`space.text.folding.fold`).

    To know all values of a field, as forms offer them, takes a look at every page, so
    it is done once a `version` of the publications.
    """

    def __init__(self, engine: Engine, version: Callable[[], str | None]) -> None:
        self._engine = engine
        self._version = version
        self._used: dict[tuple[str, ...], tuple[str, Used]] = {}
        self._together: dict[tuple[str, ...], tuple[str, frozenset[str]]] = {}

    def of_kind(self, kind: str, *fields: str) -> Used:
        """The values by which filters find publications of a kind."""
        return self._once(
            self._used, (kind, *fields), lambda: self._of_kind(kind, *fields)
        )

    def of_fields(self, *fields: str) -> frozenset[str]:
        """The values of some fields together, of whatever kind."""
        return self._once(self._together, fields, lambda: self._of_fields(*fields))

    def in_use(self, field: str, values: tuple[str, ...]) -> frozenset[str]:
        """Which of some values of a field publications have."""
        rows = stream(self._engine, terms_in_use(field, values))
        return frozenset(row["term"] for row in rows)

    def _once(
        self,
        kept: dict[tuple[str, ...], tuple[str, T]],
        key: tuple[str, ...],
        read: Callable[[], T],
    ) -> T:
        """What was read of this version; the version is asked for before anything."""
        version = self._version()
        if version is None:
            return read()
        found = kept.get(key)
        if found is None or found[0] != version:
            found = kept[key] = (version, read())
        return found[1]

    def _of_kind(self, kind: str, *fields: str) -> Used:
        query = (
            select(terms.c.field, terms.c.term)
            .where(terms.c.kind == kind, terms.c.field.in_(fields))
            .group_by(terms.c.field, terms.c.term)
            .order_by(terms.c.field, func.count().desc(), terms.c.term)
        )
        values: dict[str, list[str]] = {}
        with self._engine.connect() as connection:
            for field, term in connection.execute(query):
                values.setdefault(field, []).append(term)
        return {field: tuple(found) for field, found in values.items()}

    def _of_fields(self, *fields: str) -> frozenset[str]:
        query = select(terms.c.term).where(terms.c.field.in_(fields)).distinct()
        with self._engine.connect() as connection:
            return frozenset(connection.scalars(query))
