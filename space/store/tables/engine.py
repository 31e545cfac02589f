"""Engines: SQLite in one file by default, MariaDB on Toolforge (ToolsDB)."""

import os
import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from space.store.tables.damage import tell_damage
from space.store.tables.scopes import ScopedPool

BUSY_TIMEOUT = 30  # seconds that a writer of SQLite waits for another one
SWITCHES = 100
PAGE_SIZE = 2**14
"""Octets of a page of a new file of SQLite.

It reads what is long, such as parts of feeds, in half of the time that its own 4 kB
take (sqlite.org/intern-v-extern-blob.html).
"""
PRIMARY = 0xFF  # bits of an extended error code that say its kind
_BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
_WRITING = {"space_writing": True}
# The server may have ended one meanwhile, such as while the request asked a slow wiki.
_SCOPED: dict[str, Any] = {"poolclass": ScopedPool, "pool_pre_ping": True}
_FILE = "space file"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


def open_engine(
    address: str | URL,
    connect: Callable[[], Any] | None = None,
    *,
    scoped: bool = False,
) -> Engine:
    """An engine for a database address of SQLAlchemy (`SPACE_DATABASE_URL`).

    `connect` makes DB-API connections where an address is not enough, as
    `toolforge.toolsdb` does. MariaDB connections are not kept: ToolsDB allows no idle
    ones (phabricator.wikimedia.org/T320657). With `scoped` they are, as long as a
    scope of `space.store.tables.scopes` lasts.
    """
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url)
    url = url.set(drivername="mysql+pymysql").update_query_dict({"charset": "utf8mb4"})
    creator = {"creator": connect} if connect else {}
    # For TLS the driver reads all certificates of the system, for each connection.
    local = "unix_socket" in url.query or url.host in _LOCAL
    arguments = {"ssl_disabled": True} if local else {}
    pool = _SCOPED if scoped else {"poolclass": NullPool}
    return create_engine(url, connect_args=arguments, **pool, **creator)


def writing(engine: Engine) -> Engine:
    """An engine of the same pool whose transactions write.

    SQLite refuses a transaction that read first when it comes to write after
    another one did, so it has to be told at the beginning.
    """
    return engine.execution_options(**_WRITING)


def is_writing(connection: Connection) -> bool:
    """Whether a connection is of an engine of `writing`."""
    return _WRITING.items() <= connection.get_execution_options().items()


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT})
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "checkout", _on_checkout)
    event.listen(engine, "begin", _on_begin)
    tell_damage(engine)
    return engine


def _on_connect(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin too late to give a reader one view of the
    # data (docs.sqlalchemy.org, "Serializable isolation / Savepoints").
    connection.isolation_level = None
    connection.execute(f"PRAGMA page_size = {PAGE_SIZE}")
    _write_ahead(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    ((_, _, path),) = connection.execute("PRAGMA database_list")
    record.info[_FILE] = (path, _file(path))


def _on_checkout(
    _connection: object, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Leave a connection whose file was deleted, or replaced by another one."""
    path, file = record.info[_FILE]
    if _file(path) != file:
        raise DisconnectionError("the database's file is another one")


def _file(path: str) -> tuple[int, int] | None:
    """What tells a file from others that had its path; None where there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a Path takes longer, and this is often
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch the file to write-ahead logging, once for all connections.

    SQLite does not wait for a lock here as it does elsewhere, so a connection that
    finds another one at it waits by an empty transaction.
    """
    for _ in range(SWITCHES):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & PRIMARY != sqlite3.SQLITE_BUSY:
                raise
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("COMMIT")
        else:
            return
    raise sqlite3.OperationalError("database is locked")


def _on_begin(connection: Connection) -> None:
    if is_writing(connection):
        connection.exec_driver_sql(_BEGIN_TO_WRITE)
    else:  # which waits for nobody
        connection.connection.cursor().execute("BEGIN")
