"""SQLite files that are damaged, deleted or replaced while others use them."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from space.store import open_engine
from space.store.tables.damage import (
    DamagedDatabaseError,
    look_for_damage,
    put_aside,
)
from space.store.tables.engine import writing

Damage = Callable[[bytes], bytes]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    """A database with tables of the index and one of somebody else's."""
    made = open_engine(f"sqlite:///{path}")
    with writing(made).begin() as connection:
        connection.execute(text("CREATE TABLE tool_session (id TEXT PRIMARY KEY)"))
        connection.execute(text("CREATE INDEX tool_session_id ON tool_session (id)"))
        connection.execute(text("INSERT INTO tool_session VALUES ('draft')"))
        connection.execute(text("CREATE TABLE space_record (text TEXT)"))
        connection.execute(
            text("INSERT INTO space_record VALUES (:text)"),
            [{"text": "long " * 1000}] * 30,
        )
    yield made
    made.dispose()


def middle(content: bytes) -> bytes:
    noise = Random(1).randbytes(50_000)  # noqa: S311 - the same each time
    return content[:40_000] + noise + content[90_000:]


def test_put_aside_when_the_file_is_damaged_then_keeps_what_is_not_the_indexs(
    engine: Engine, path: Path
) -> None:
    engine.dispose()
    path.write_bytes(middle(path.read_bytes()))
    with pytest.raises(DamagedDatabaseError), engine.connect() as connection:
        connection.execute(text("SELECT text FROM space_record")).all()
    with pytest.raises(DamagedDatabaseError):
        look_for_damage(engine)
    engine.dispose()
    aside = put_aside(engine.url)
    look_for_damage(engine)
    assert aside == path.with_name("store.sqlite.damaged")
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT id FROM tool_session")) == "draft"
        with pytest.raises(OperationalError):
            connection.execute(text("SELECT text FROM space_record"))
    assert put_aside(engine.url) is None


@pytest.mark.parametrize(
    "damage", [lambda _: b"no database " * 500, lambda content: content[:5000]]
)
def test_put_aside_when_nothing_can_be_read_then_begins_anew(
    engine: Engine, path: Path, damage: Damage
) -> None:
    engine.dispose()
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DamagedDatabaseError), engine.connect() as connection:
        connection.execute(text("SELECT text FROM space_record")).all()
    engine.dispose()
    assert put_aside(engine.url)
    with engine.connect() as connection:
        connection.execute(text("SELECT name FROM sqlite_master")).all()


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:////nowhere/store.sqlite"])
def test_put_aside_when_there_is_no_file_then_does_nothing(address: str) -> None:
    assert put_aside(address) is None


def test_engine_when_the_file_is_another_one_then_reads_that(
    engine: Engine, path: Path
) -> None:
    """A file that was deleted would be read on as long as a connection is open."""
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT id FROM tool_session")) == "draft"
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE tool_session (id TEXT)")
        other.execute("INSERT INTO tool_session VALUES ('new')")
        other.commit()
        with engine.connect() as connection:
            assert connection.scalar(text("SELECT id FROM tool_session")) == "new"
        engine.dispose()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT id FROM tool_session")) == "new"
