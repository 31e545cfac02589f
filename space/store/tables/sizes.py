"""How much a database holds: of the index, of other layouts, of what versions share."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, inspect, select, table, text

from space.store.tables.layouts import layout_of

_OF_SQLITE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
_OF_MARIADB = """SELECT SUM(data_length + index_length) FROM information_schema.tables
    WHERE table_schema = DATABASE()"""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Octets of a whole database, names of its layouts, and rows by table of the rest.

    The rest is what all versions share: sessions, caches, the bots' lease.
    """

    octets: int
    layouts: frozenset[str]
    rows: Mapping[str, int]


def sizes(engine: Engine) -> Sizes:
    """The sizes of a database now."""
    with engine.connect() as connection:
        names = inspect(connection).get_table_names()
        shared = [name for name in names if layout_of(name) is None]
        return Sizes(
            _octets(connection),
            frozenset(filter(None, map(layout_of, names))),
            {name: _rows(connection, name) for name in sorted(shared)},
        )


def _rows(connection: Connection, name: str) -> int:
    query = select(func.count()).select_from(table(name))
    return int(connection.scalar(query) or 0)


def _octets(connection: Connection) -> int:
    is_mariadb = connection.dialect.name == "mysql"
    query = text(_OF_MARIADB if is_mariadb else _OF_SQLITE)
    return int(connection.scalar(query) or 0)
