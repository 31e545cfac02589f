"""Databases in memory, which are gone with their last connection.

Making a store's tables takes ten times as long as copying a database that has them.
"""

import sqlite3
from contextlib import closing
from functools import cache

from sqlalchemy import Engine

from space.store import open_engine
from space.store.tables.layouts import make_tables
from tests.support.feeds.publications import NOW


def memory_engine() -> Engine:
    """An engine as the bots have it, of a database with a store's empty tables."""
    return with_tables(open_engine("sqlite://"))


def with_tables(engine: Engine) -> Engine:
    """Replace an engine's database in memory by one with a store's empty tables."""
    with closing(engine.raw_connection()) as connection:
        _driver(connection.driver_connection).deserialize(_empty_store())
    return engine


@cache
def _empty_store() -> bytes:
    """SQLite's file of a store that was never prepared for any build or day."""
    engine = open_engine("sqlite://")
    make_tables(engine, NOW)
    with closing(engine.raw_connection()) as connection:
        content = _driver(connection.driver_connection).serialize()
    engine.dispose()
    return content


def _driver(connection: object) -> sqlite3.Connection:
    assert isinstance(connection, sqlite3.Connection)
    return connection
