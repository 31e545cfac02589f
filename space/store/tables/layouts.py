"""The tables of several versions of the program, side by side in one database.

Each version reads and writes tables of its own layout (`space.store.tables.tables`).
Whoever comes first makes them, and copies into them what fits of the layout that bots
used last: so web tool and bots may be replaced in any order, and readers see that until
the bots of the new version have read the wiki again. The layout before stays as the
way back, until nobody has used it for `KEPT`.
"""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Table,
    column,
    delete,
    insert,
    inspect,
    literal,
    null,
    select,
    table,
)
from sqlalchemy.exc import DBAPIError

from space.store.keys import COMPLETE, LAYOUT, USED
from space.store.tables import tables
from space.store.tables.key_values import read_value, write_value
from space.store.tables.tables import DERIVED, LAYOUT_NAME, key_values, layout_prefix
from space.store.tables.transactions import changing_tables

_LOG = logging.getLogger(__name__)

KEPT = timedelta(days=14)
"""How long nobody may have used the layout before, the way back, until it is swept."""
_SETTLED = timedelta(days=1)
"""The same of layouts before that one."""

_TABLE = re.compile(r"space_([0-9a-f]{8})_\w+")


def make_tables(engine: Engine, now: datetime) -> None:
    """Make the tables of this layout, with what fits of the one used last.

    `now` is aware. Raises `TimeoutError` if another process makes tables for too long.
    """
    with changing_tables(engine) as connection:
        tables.metadata.create_all(connection, tables=(key_values, *tables.CACHES))
        if read_value(connection, LAYOUT) == tables.layout():
            return
        # Without its layout a store that was left half made is made again.
        tables.metadata.drop_all(connection, tables=(key_values, *DERIVED))
        tables.metadata.create_all(connection, tables=(key_values, *DERIVED))
        write_value(connection, USED, now)
        before = _used_last(connection)
        if before and tables.KEEPS_ROWS:
            _copy(connection, before)
        write_value(connection, LAYOUT, tables.layout())


def sweep_layouts(engine: Engine, now: datetime) -> None:
    """Drop the tables of layouts that no version has used for long enough."""
    with engine.connect() as connection:
        if not _abandoned(connection, now):
            return
    with changing_tables(engine) as connection:
        for name in _abandoned(connection, now):
            _LOG.info("dropping the tables of layout %s", name)
            _drop(connection, name)


def layout_of(table_name: str) -> str | None:
    """The name of the layout that a table is of; None for what all layouts share."""
    match = _TABLE.fullmatch(table_name)
    return match[1] if match else None


def _others(connection: Connection) -> dict[str, dict[str, str]]:
    """Name → values by key, of all other layouts, the one that bots used last first."""
    names = filter(None, map(layout_of, inspect(connection).get_table_names()))
    others = set(names) - {LAYOUT_NAME}
    values = {name: _values(connection, name) for name in sorted(others)}
    used = sorted(values, key=lambda name: values[name].get(USED.name, ""))
    return {name: values[name] for name in reversed(used)}


def _values(connection: Connection, name: str) -> dict[str, str]:
    """The values of a layout by their keys; none of one that was left half made."""
    found = table(_of(name, key_values), column("name"), column("value"))
    if not inspect(connection).has_table(found.name):
        return {}
    return {row.name: row.value for row in connection.execute(select(found))}


def _used_last(connection: Connection) -> str | None:
    """The complete layout that bots used last; None where there is no other."""
    others = _others(connection).items()
    return next((name for name, values in others if COMPLETE.name in values), None)


def _abandoned(connection: Connection, now: datetime) -> list[str]:
    """The layouts to drop: all that were not used for a while."""
    before, names = _used_last(connection), []
    for name, values in _others(connection).items():
        used = values.get(USED.name)
        kept = KEPT if name == before else _SETTLED
        if used is None or USED.load(used) < now - kept:
            names.append(name)
    return names


def _copy(connection: Connection, before: str) -> None:
    """Copy the rows of another layout, in the columns that both have.

    Where they do not fit, nothing is copied, and this layout is filled by its bots.
    """
    try:
        with connection.begin_nested():
            connection.execute(delete(key_values))
            for target in (key_values, *DERIVED):
                _copy_table(connection, target, _of(before, target))
    except DBAPIError as error:
        _LOG.warning("rows of layout %s do not fit: %s", before, error.orig)
    else:
        _LOG.info("copied what is shown from layout %s", before)


def _copy_table(connection: Connection, target: Table, name: str) -> None:
    there = inspect(connection)
    if not there.has_table(name):
        return
    names = {str(each["name"]) for each in there.get_columns(name)}
    source = table(name, *map(column, sorted(names)))
    values = [
        source.c[each.name] if each.name in names else _empty(each)
        for each in target.columns
    ]
    rows = select(*values).select_from(source)
    connection.execute(insert(target).from_select(target.columns.keys(), rows))


def _empty(missing: Column[Any]) -> ColumnElement[Any]:
    """What a column has that the layout before did not have."""
    if missing.nullable:
        return null()
    if isinstance(missing.type, String):
        return literal("")
    return literal(b"" if isinstance(missing.type, LargeBinary) else 0)


def _drop(connection: Connection, name: str) -> None:
    """Drop all tables of a layout, whatever its version had."""
    for found in inspect(connection).get_table_names():
        if found.startswith(layout_prefix(name)):
            # SQLite's table of words takes its own tables with it.
            Table(found, MetaData()).drop(connection, checkfirst=True)


def _of(name: str, ours: Table) -> str:
    """The name that one of our tables has in another layout."""
    return ours.name.replace(layout_prefix(), layout_prefix(name), 1)
