from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import Engine, NullPool, text

from space.store.tables.engine import open_engine, writing
from space.store.tables.scopes import scoped_pool


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'space.sqlite'}"


def value(engine: Engine, query: str) -> object:
    with engine.connect() as connection:
        return connection.scalar(text(query))


def test_open_engine_when_it_is_sqlite_then_readers_and_a_writer_get_along(
    address: str,
) -> None:
    engine = open_engine(address)
    assert value(engine, "PRAGMA journal_mode") == "wal"
    with writing(engine).begin() as connection:
        connection.execute(text("CREATE TABLE one (n INTEGER)"))
    with writing(engine).begin() as writer, engine.connect() as reader:
        writer.execute(text("INSERT INTO one VALUES (1)"))
        assert reader.scalar(text("SELECT count(*) FROM one")) == 0
    assert value(engine, "SELECT count(*) FROM one") == 1
    engine.dispose()


def test_writing_when_another_writes_then_waits_and_loses_nothing(
    address: str,
) -> None:
    first, second = open_engine(address), open_engine(address)
    with writing(first).begin() as connection:
        connection.execute(text("CREATE TABLE one (n INTEGER)"))
    begun = Event()

    def add() -> None:
        begun.set()
        with writing(second).begin() as connection:
            seen = connection.scalar(text("SELECT count(*) FROM one"))
            connection.execute(text("INSERT INTO one VALUES (:n)"), {"n": seen})

    other = Thread(target=add)
    with writing(first).begin() as connection:
        other.start()
        begun.wait()
        connection.execute(text("INSERT INTO one VALUES (10)"))
    other.join()
    assert value(first, "SELECT group_concat(n) FROM one") == "10,1"
    first.dispose()
    second.dispose()


@pytest.mark.parametrize("scheme", ["mysql", "mariadb", "mariadb+pymysql"])
def test_open_engine_when_it_is_mariadb_then_no_connection_stays_open(
    scheme: str,
) -> None:
    engine = open_engine(f"{scheme}://user:secret@db.example.org/s1__space")
    assert isinstance(engine.pool, NullPool)
    assert engine.url.drivername == "mysql+pymysql"
    assert engine.url.query["charset"] == "utf8mb4"


def test_open_engine_when_sqlite_is_scoped_then_its_memory_stays() -> None:
    engine = open_engine("sqlite://", scoped=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE one (n INTEGER)"))
    assert scoped_pool(engine) is None
    assert value(engine, "SELECT count(*) FROM one") == 0
    engine.dispose()


def test_open_engine_when_connections_are_made_elsewhere_then_those_are_used() -> None:
    class UsedError(Exception):
        pass

    def connect() -> object:
        raise UsedError

    engine = open_engine("mysql://db.example.org/s1__space", connect)
    with pytest.raises(UsedError):
        engine.connect()
