"""Databases in memory, which are gone with their last connection.

Making a store's tables takes ten times as long as copying a database that has them, and
putting a statement into words as long as executing it: a process does either only once.
"""

import sqlite3
from contextlib import closing
from functools import cache

from sqlalchemy import Dialect, Engine
from sqlalchemy.util import LRUCache

from space.store import open_engine
from space.store.tables.layouts import make_tables
from tests.support.feeds.publications import NOW

MOST = 2000
"""How many statements a process keeps in words."""

_statements: LRUCache[object, object] = LRUCache(MOST)


def memory_engine() -> Engine:
    """An engine as the bots have it, of a database with a store's empty tables."""
    return with_tables(open_engine("sqlite://"))


def with_tables(engine: Engine) -> Engine:
    """Replace an engine's database in memory by one with a store's empty tables."""
    return with_content(engine, _empty_store()[0])


def with_content(engine: Engine, content: bytes) -> Engine:
    """Replace an engine's database in memory by one that `content_of` gave."""
    with closing(engine.raw_connection()) as connection:
        _driver(connection.driver_connection).deserialize(content)
    engine.dialect = _empty_store()[1]  # by which statements are known
    engine.update_execution_options(compiled_cache=_statements)
    return engine


def content_of(engine: Engine) -> bytes:
    """The SQLite file that an engine's database would be."""
    with closing(engine.raw_connection()) as connection:
        return _driver(connection.driver_connection).serialize()


@cache
def _empty_store() -> tuple[bytes, Dialect]:
    """SQLite's file of a store that was never prepared for any build or day."""
    engine = open_engine("sqlite://")
    make_tables(engine, NOW)
    content = content_of(engine)
    engine.dispose()
    return content, engine.dialect


def _driver(connection: object) -> sqlite3.Connection:
    assert isinstance(connection, sqlite3.Connection)
    return connection
