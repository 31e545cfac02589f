"""Transactions that several processes may begin at the same moment."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from space.store.tables.engine import writing

T = TypeVar("T")

TRIES = 5
TABLES_TIMEOUT = 60
"""Seconds to wait for another process that creates tables."""

_CHANGED = 1020  # ER_CHECKREAD: the row changed since this transaction read it
_WAITED = 1205  # ER_LOCK_WAIT_TIMEOUT
_DEADLOCK = 1213  # ER_LOCK_DEADLOCK
_PASSING = frozenset({_CHANGED, _WAITED, _DEADLOCK})
"""Errors after which MariaDB asks to begin the transaction again."""

# MariaDB has one name space of locks for all databases of a server.
_NAME = "CONCAT('space-', SHA1(DATABASE()))"
_LOCK = text(f"SELECT GET_LOCK({_NAME}, {TABLES_TIMEOUT})")
_UNLOCK = text(f"SELECT RELEASE_LOCK({_NAME})")


def in_transaction(engine: Engine, work: Callable[[Connection], T]) -> T:
    """Do `work` in a transaction that writes, and return its result.

    `work` is done again from the beginning where MariaDB gave the transaction up
    in favour of another one, up to `TRIES` times in all; then the error is raised.
    """
    for _ in range(TRIES - 1):
        try:
            return _once(engine, work)
        except DBAPIError as error:
            if not _passes(error):
                raise
    return _once(engine, work)


def _once(engine: Engine, work: Callable[[Connection], T]) -> T:
    with writing(engine).begin() as connection:
        return work(connection)


def _passes(error: DBAPIError) -> bool:
    arguments: tuple[object, ...] = getattr(error.orig, "args", ())
    return bool(_PASSING.intersection(arguments[:1]))


@contextmanager
def changing_tables(engine: Engine) -> Iterator[Connection]:
    """A connection with which to create or drop tables while no other process does.

    Between the question whether a table is there and its making another process could
    make it. SQLite's transaction that writes keeps others out; MariaDB ends a
    transaction at each table, so there it is a lock with a name. Raises `TimeoutError`
    if that cannot be had within `TABLES_TIMEOUT`.
    """
    with writing(engine).connect() as connection:
        locks = connection.dialect.name == "mysql"
        if locks and connection.scalar(_LOCK) != 1:
            raise TimeoutError("another process has been making tables for too long")
        try:
            yield connection
            connection.commit()  # before others see what is there
        finally:
            connection.rollback()
            if locks:
                connection.scalar(_UNLOCK)
