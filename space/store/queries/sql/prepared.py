"""Queries that are put into words once for a database, for what every page asks.

SQLAlchemy takes longer to word a query than a database to answer one of these.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import (
    BindParameter,
    Connection,
    Dialect,
    Engine,
    Integer,
    PoolProxiedConnection,
    Select,
    bindparam,
)

FEW = 8  # rows
_SOME_ID = -(2**53)  # which no page has


def given(name: str) -> BindParameter[Any]:
    """Stands for a value that `Prepared.rows` takes by this name."""
    return bindparam(name, None, required=False)


def any_id() -> BindParameter[Any]:
    """Stands for the numbers that `Prepared.rows` takes as `ids`."""
    return bindparam(
        None, [_SOME_ID], expanding=True, literal_execute=True, type_=Integer
    )


@dataclass(frozen=True, slots=True)
class _Worded:
    """A query in the words of a database.

    `order` are the names of its parameters where the driver takes them by position;
    `known` are those that the query has itself.
    """

    text: str
    order: tuple[str, ...] | None
    known: Mapping[str, Any]

    @classmethod
    def of(cls, query: Select[*tuple[Any, ...]], dialect: Dialect) -> Self:
        compiled = query.compile(
            dialect=dialect, compile_kwargs={"render_postcompile": True}
        )
        names = compiled.positiontup
        order = None if names is None else tuple(names)
        return cls(str(compiled), order, compiled.params)

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """All parameters, as the driver takes them."""
        given = {**self.known, **values}
        if self.order is None:
            return given
        return tuple(given[name] for name in self.order)


class Prepared:
    """A query of numbers and texts, with `given` for each value that differs."""

    def __init__(self, query: Select[*tuple[Any, ...]]) -> None:
        self._query = query
        self._worded: dict[str, _Worded] = {}

    def rows(
        self, connection: Connection, ids: Iterable[int] = (), **values: Any
    ) -> list[tuple[Any, ...]]:
        """The rows for some values."""
        text, parameters = self._asking(connection.dialect, ids, values)
        if not connection.in_transaction():
            connection.begin()
        try:
            return _rows(connection.connection, text, parameters)
        except connection.dialect.loaded_dbapi.Error:
            # Asked like this, SQLAlchemy tells what is wrong as it always does.
            return list(map(tuple, connection.exec_driver_sql(text, parameters)))

    def streamed(
        self, connection: Connection, **values: Any
    ) -> Iterator[tuple[Any, ...]]:
        """The rows for some values, of which a few are in memory at a time."""
        text, parameters = self._asking(connection.dialect, (), values)
        if connection.dialect.supports_server_side_cursors:
            # A cursor of this driver would read all of them before the first.
            some = connection.execution_options(stream_results=True, yield_per=FEW)
            yield from map(tuple, some.exec_driver_sql(text, parameters))
            return
        if not connection.in_transaction():
            connection.begin()
        with closing(connection.connection.cursor()) as cursor:
            cursor.execute(text, parameters)
            while (row := cursor.fetchone()) is not None:
                yield row

    def alone(
        self, engine: Engine, ids: Iterable[int] = (), **values: Any
    ) -> list[tuple[Any, ...]]:
        """The same by a connection of its own, for what needs no transaction."""
        ids = tuple(ids)
        text, parameters = self._asking(engine.dialect, ids, values)
        try:
            connection = engine.raw_connection()
            try:
                return _rows(connection, text, parameters)
            finally:
                connection.close()
        except engine.dialect.loaded_dbapi.Error:
            with engine.connect() as other:
                return self.rows(other, ids, **values)

    def _asking(
        self, dialect: Dialect, ids: Iterable[int], values: Mapping[str, Any]
    ) -> tuple[str, Any]:
        """The query in words, and its parameters, as a driver takes them."""
        worded = self._worded.get(dialect.name)
        if worded is None:
            worded = self._worded[dialect.name] = _Worded.of(self._query, dialect)
        listed = ", ".join(map(str, ids)) or "NULL"
        text = worded.text.replace(str(_SOME_ID), listed)
        return text, worded.parameters(values)


def _rows(
    connection: PoolProxiedConnection, text: str, parameters: Any
) -> list[tuple[Any, ...]]:
    """What the driver alone finds: what SQLAlchemy adds takes as long once more."""
    cursor = connection.cursor()
    try:
        cursor.execute(text, parameters)
        return list(cursor.fetchall())
    finally:
        cursor.close()
