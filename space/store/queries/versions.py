"""The versions of a store, by which an answer that was stored is known to be current.

They are asked for at each request that such an answer would do for, so each is one row
read without a transaction.
"""

from sqlalchemy import Engine

from space.store.keys import GENERATION, PAGES_VERSION
from space.store.queries.sql.prepared import Prepared
from space.store.tables.key_values import select_value

_FEEDS, _PAGES = (Prepared(select_value(key)) for key in (GENERATION, PAGES_VERSION))


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

    def _value(self, query: Prepared) -> str | None:
        rows = query.alone(self._engine)
        return str(rows[0][0]) if rows else None
