"""Processes that write to a real MariaDB server at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import URL, Connection, Engine, inspect, text

from space.store import Store, open_engine
from space.store.tables.tables import DERIVED, renderings
from space.store.tables.transactions import changing_tables, in_transaction
from tests.support.feeds.publications import ADDRESSES, TODAY
from tool.signin import sessions
from tool.signin.sessions import PendingSignIn, Session, Sessions
from tool.wiki.renderings import MAX_AGE, Renderings, StoredHtml

pytestmark = pytest.mark.mariadb

ROUNDS = 12
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECRET = "s" * 32
TOKEN = {"access_token": "access"}
WRITERS = 8
Make = Callable[[Engine], object]


def clock() -> datetime:
    return NOW


@pytest.fixture
def own(server: URL) -> Iterator[URL]:
    """A database that no other test uses."""
    admin = open_engine(server)
    with admin.begin() as connection:
        connection.exec_driver_sql("CREATE DATABASE own CHARACTER SET utf8mb4")
    yield server.set(database="own")
    with admin.begin() as connection:
        connection.exec_driver_sql("DROP DATABASE own")


def start_tool(engine: Engine) -> None:
    """What `tool.wsgi` makes at its start."""
    Sessions(engine, SECRET, clock).create_tables()
    Renderings(engine, clock).create_tables()


def start_bots(engine: Engine) -> None:
    Store(engine, ADDRESSES).prepare("key", TODAY)


@pytest.mark.parametrize(
    ("start", "rounds"), [(start_tool, ROUNDS), (start_bots, ROUNDS // 4)]
)
def test_tables_when_two_processes_start_in_step_are_made_once(
    own: URL, start: Make, rounds: int
) -> None:
    engine = open_engine(own)
    together = Barrier(2, timeout=20)

    def begin(_: int) -> None:
        together.wait()
        start(open_engine(own))

    with ThreadPoolExecutor(2) as processes:
        for _ in range(rounds):
            list(processes.map(begin, range(2)))
            made = inspect(engine).get_table_names()
            with engine.begin() as connection:
                for name in made:
                    connection.exec_driver_sql(f"DROP TABLE {name}")
    wanted = (
        {*sessions.metadata.tables, renderings.name}
        if start is start_tool
        else {table.name for table in DERIVED}
    )
    assert wanted <= set(made)


def test_changing_tables_when_it_fails_then_the_next_may(own: URL) -> None:
    engine = open_engine(own)

    def fail() -> None:
        with changing_tables(engine) as connection:
            connection.exec_driver_sql("CREATE TABLE half (n INT)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with changing_tables(engine) as connection:
        assert inspect(connection).get_table_names() == ["half"]


def test_renderings_when_many_are_kept_at_once_then_no_reader_gets_an_error(
    own: URL,
) -> None:
    engine = open_engine(own)
    kept = Renderings(engine, clock)
    kept.create_tables()
    old = Renderings(engine, lambda: NOW - timedelta(seconds=MAX_AGE + 9))
    together = Barrier(WRITERS, timeout=20)

    def keep(writer: int) -> None:
        for turn in range(20):
            together.wait()
            old.put(1000 + turn * WRITERS + writer, "en", "<p>old</p>")
            kept.put(turn * WRITERS - writer, "en", "<p>new</p>")

    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(keep, range(WRITERS)))
    assert kept.get(0, "en") == StoredHtml("<p>new</p>", is_fresh=True)


def test_sessions_when_many_begin_at_once_then_all_are_kept(own: URL) -> None:
    engine = open_engine(own)
    made = Sessions(engine, SECRET, clock)
    made.create_tables()
    over = Sessions(engine, SECRET, lambda: NOW - timedelta(days=40))
    together = Barrier(WRITERS, timeout=20)

    def begin(writer: int) -> bool:
        keys = []
        for _ in range(10):
            together.wait()
            over.add(Session(), TOKEN)
            keys.append(made.add(Session(user=str(writer)), TOKEN))
        return all(made.get(key) for key in keys)

    with ThreadPoolExecutor(WRITERS) as writers:
        assert all(writers.map(begin, range(WRITERS)))


def test_session_when_several_tabs_change_it_at_once_then_no_change_is_lost(
    own: URL,
) -> None:
    made = Sessions(open_engine(own), SECRET, clock)
    made.create_tables()
    key = made.add(Session(), TOKEN)
    together = Barrier(WRITERS, timeout=20)

    def sign_in(tab: int) -> None:
        pending = PendingSignIn(str(tab), "verifier", "/")
        together.wait()
        made.change(key, lambda session: session.began(pending))

    with ThreadPoolExecutor(WRITERS) as tabs:
        list(tabs.map(sign_in, range(WRITERS)))
    session = made.get(key)
    assert session is not None
    assert {each.state for each in session.pending} == set(map(str, range(WRITERS)))


def test_transaction_when_it_loses_a_deadlock_then_is_done_again(own: URL) -> None:
    engine, other = open_engine(own), open_engine(own)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE one (n INT PRIMARY KEY, v INT)")
        connection.exec_driver_sql("INSERT INTO one VALUES (1, 0), (2, 0)")
    second = text("UPDATE one SET v = v + 1 WHERE n = 2")
    first = text("UPDATE one SET v = v + 1 WHERE n = 1")
    crossing = Barrier(2, timeout=20)
    tries = []

    def lose(connection: Connection) -> None:
        connection.execute(first)
        if not tries:
            tries.append("once")
            crossing.wait()
        else:
            tries.append("again")
        connection.execute(second)

    def win() -> None:
        with other.begin() as connection:
            # Whoever has changed less is given up.
            connection.exec_driver_sql(
                "INSERT INTO one SELECT seq + 9, 0 FROM seq_1_to_999"
            )
            connection.execute(second)
            crossing.wait()
            connection.execute(first)

    with ThreadPoolExecutor(2) as both:
        done = [both.submit(win), both.submit(in_transaction, engine, lose)]
        for each in done:
            each.result()
    assert tries == ["once", "again"]
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT v FROM one WHERE n < 9").scalars()
        assert list(rows) == [2, 2]
