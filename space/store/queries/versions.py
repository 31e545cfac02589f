"""The versions of a store, by which an answer that was stored is known to be current.

They are asked for at each request that such an answer would do for, so each is one row
read without a transaction.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from space.store.keys import GENERATION, PAGES_VERSION, Key
from space.store.tables.key_values import select_value


def _query(key: Key[str]) -> str:
    return str(select_value(key).compile(compile_kwargs={"literal_binds": True}))


_FEEDS, _PAGES = _query(GENERATION), _query(PAGES_VERSION)


class Versions:
    """The versions of a store: random tokens, None while nothing is stored."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def feeds(self) -> str | None:
        """The token of what feeds are made of, that of `IndexVersion`."""
        value = self._value(_FEEDS)
        return value.partition(" ")[2] if value else None

    def pages(self) -> str | None:
        """The token of all that pages of the tool show, feeds and talk pages too."""
        return self._value(_PAGES)

    def _value(self, query: str) -> str | None:
        driver = self._engine.dialect.loaded_dbapi.Error
        try:
            row = self._row(query)
        except driver as error:  # as all other queries raise it
            raise DBAPIError.instance(query, None, error, driver) from error
        return str(row[0]) if row else None

    def _row(self, query: str) -> Sequence[Any] | None:
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(query)
            row: Sequence[Any] | None = cursor.fetchone()
            cursor.close()
        finally:
            connection.close()
        return row
