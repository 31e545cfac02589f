from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pymysql
import pytest
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

from space.store.tables.engine import open_engine
from space.store.tables.transactions import TRIES, in_transaction
from tool.signin.sessions import Session, Sessions
from tool.wiki.renderings import Renderings, StoredHtml

PASSING = [1020, 1205, 1213]
"""What MariaDB says of a transaction that is to be begun again."""

LASTING = [1040, 1290, 2013]
"""Too many connections, read only, connection lost: the same again would not help."""

NEW = StoredHtml("<p>new</p>", is_fresh=True)


class Trouble:
    """Fails the first `times` statements that write, as MariaDB would."""

    def __init__(self, engine: Engine) -> None:
        self.code = self.times = self.failed = 0
        event.listen(engine, "before_cursor_execute", self.perhaps)

    def perhaps(self, _connection: object, _cursor: object, sql: str, *_: Any) -> None:
        if sql.startswith(("INSERT", "UPDATE", "DELETE")) and self.failed < self.times:
            self.failed += 1
            problem = pymysql.err.OperationalError(self.code, "try again")
            raise OperationalError(sql, None, problem)


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(f"sqlite:///{tmp_path / 'space.sqlite'}")


@pytest.fixture
def trouble(engine: Engine) -> Trouble:
    return Trouble(engine)


TOKEN = {"access_token": "old"}


def now() -> datetime:
    return datetime(2026, 11, 22, tzinfo=UTC)


def user_of(sessions: Sessions, key: str) -> str | None:
    session = sessions.get(key)
    return session.user if session else None


Write = Callable[[Sessions, Renderings, str], object]
Done = Callable[[Sessions, Renderings, str], bool]

WRITES: list[tuple[Write, Done]] = [
    (
        lambda sessions, _, key: sessions.change(key, lambda _: Session(user="Ana")),
        lambda sessions, _, key: user_of(sessions, key) == "Ana",
    ),
    (
        lambda sessions, _, key: sessions.put_token(key, {"access_token": "new"}),
        lambda sessions, _, key: sessions.token(key) == {"access_token": "new"},
    ),
    (
        lambda sessions, _, key: sessions.lease(key),
        lambda sessions, _, key: not sessions.lease(key),
    ),
    (
        lambda sessions, _, key: sessions.remove(key),
        lambda sessions, _, key: sessions.get(key) is None,
    ),
    (
        lambda _, renderings, __: renderings.put(1, "en", "<p>new</p>"),
        lambda _, renderings, __: (
            renderings.get(1, "en") == StoredHtml("<p>new</p>", is_fresh=True)
        ),
    ),
]
"""What the web tool writes for somebody who reads or signs in, and whether it did."""


@pytest.mark.parametrize(("write", "is_done"), WRITES)
@pytest.mark.parametrize(
    "given_up", [(code, times) for code in PASSING for times in (1, TRIES - 1)]
)
def test_write_when_the_database_gives_it_up_then_is_done_again(
    engine: Engine,
    trouble: Trouble,
    write: Write,
    is_done: Done,
    given_up: tuple[int, int],
) -> None:
    sessions, renderings = Sessions(engine, "s" * 32, now), Renderings(engine, now)
    for table in (sessions, renderings):
        table.create_tables()
    key = sessions.add(Session(), TOKEN)
    trouble.code, trouble.times = given_up
    write(sessions, renderings, key)
    assert trouble.failed == trouble.times
    assert is_done(sessions, renderings, key)


@pytest.mark.parametrize("code", PASSING)
def test_session_when_the_database_gives_it_up_then_is_begun_again(
    engine: Engine, trouble: Trouble, code: int
) -> None:
    sessions = Sessions(engine, "s" * 32, now)
    sessions.create_tables()
    trouble.code, trouble.times = code, 1
    assert sessions.get(sessions.add(Session(user="Ana"), TOKEN)) is not None
    assert trouble.failed == 1


@pytest.mark.parametrize("code", PASSING + LASTING)
def test_rendering_when_it_cannot_be_kept_then_the_reader_has_it_all_the_same(
    engine: Engine, trouble: Trouble, code: int
) -> None:
    renderings = Renderings(engine, now)
    renderings.create_tables()
    trouble.code, trouble.times = code, 99
    renderings.put(1, "en", "<p>new</p>")
    assert renderings.get(1, "en") is None
    assert trouble.failed == (TRIES if code in PASSING else 1)


@pytest.mark.parametrize("code", LASTING)
def test_transaction_when_it_cannot_be_done_then_is_tried_once(
    engine: Engine, trouble: Trouble, code: int
) -> None:
    trouble.code, trouble.times = code, 1

    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO missing VALUES (1)"))

    with pytest.raises(OperationalError, match=str(code)):
        in_transaction(engine, work)
    assert trouble.failed == 1


def test_transaction_when_given_up_then_leaves_nothing_of_its_first_try(
    engine: Engine, trouble: Trouble
) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE one (n INTEGER)"))
    tries = []

    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO one VALUES (1)"))
        tries.append(1)
        if len(tries) == 1:
            trouble.code, trouble.times = 1213, 1
        connection.execute(text("INSERT INTO one VALUES (2)"))

    in_transaction(engine, work)
    with engine.connect() as connection:
        assert connection.scalars(text("SELECT n FROM one")).all() == [1, 2]
