"""Sessions in each of the databases: what is stored, how much, and how long."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, text

from tool.signin.sessions import (
    ANONYMOUS,
    LONGEST_DRAFTS,
    OF_ACCOUNT,
    SIGNED_IN,
    WAITING,
    PendingSignIn,
    Session,
    Sessions,
    metadata,
    short_enough,
)

SECRET = "s" * 32
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN = {"access_token": "access"}
DRAFT = {"body": ["Tea at four."], "return_to": ["/write/event"]}
OLD_TABLE = """CREATE TABLE tool_session (
    id VARCHAR(64) PRIMARY KEY, data BLOB NOT NULL, token BLOB,
    lease BIGINT NOT NULL, expires BIGINT NOT NULL)"""


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(database: Engine, clock: Clock) -> Iterator[Sessions]:
    made = Sessions(database, SECRET, clock)
    made.create_tables()
    yield made
    metadata.drop_all(database)


def rows(database: Engine) -> int:
    with database.connect() as connection:
        count = connection.execute(text("SELECT count(*) FROM tool_session")).scalar()
        return int(count or 0)


def test_session_when_nothing_has_to_be_kept_then_is_no_row(
    sessions: Sessions, database: Engine, clock: Clock
) -> None:
    key = sessions.add(Session())
    begun = sessions.change(key, lambda s: s.began(PendingSignIn("s", "v", "/mine")))
    assert begun is not None
    later, session = begun
    assert sessions.get(later) == session
    assert session.awaited("s") is not None
    assert rows(database) == 0
    sessions.remove(later)
    clock.now += ANONYMOUS + timedelta(seconds=1)
    assert sessions.get(later) is None


def test_session_when_the_cookie_was_made_elsewhere_then_is_none(
    sessions: Sessions, database: Engine, clock: Clock
) -> None:
    foreign = Sessions(database, "another" * 8, clock).add(Session(user="Ana"))
    sealed = sessions.add(Session())
    for key in (foreign, sealed.swapcase(), sealed[:-9], "~", "~ü", "~" * 5000):
        assert sessions.get(key) is None
        assert sessions.change(key, lambda session: session) is None


def test_draft_when_left_then_is_a_row_until_it_ends(
    sessions: Sessions, database: Engine, clock: Clock
) -> None:
    left = sessions.change(sessions.add(Session()), lambda s: s.with_draft("d", DRAFT))
    assert left is not None
    assert sessions.get(left[0]) == left[1]
    assert rows(database) == 1
    clock.now += ANONYMOUS + timedelta(seconds=1)
    Sessions(database, SECRET, clock).create_tables()  # as a worker does that starts
    assert rows(database) == 0


@pytest.mark.parametrize("letter", ["x", "ü", "🎉", "\ud800"])
def test_draft_when_as_long_as_may_be_then_comes_back_whole(
    sessions: Sessions, letter: str
) -> None:
    wide = len(letter.encode(errors="replace"))
    most = {"body": [letter * ((LONGEST_DRAFTS - 99) // wide)]}
    assert short_enough(most)
    assert not short_enough({"body": [letter * (LONGEST_DRAFTS // wide + 1)]})
    key = sessions.add(Session(drafts={"d": most}))
    kept = sessions.get(key)
    assert kept is not None
    assert len(kept.drafts["d"]["body"][0]) == len(most["body"][0])


def test_drafts_when_as_many_as_may_be_wait_then_there_is_no_room_until_they_end(
    sessions: Sessions, database: Engine, clock: Clock
) -> None:
    for _ in range(WAITING):
        assert sessions.has_room()
        sessions.add(Session(drafts={"d": DRAFT}))
    assert not sessions.has_room()
    sessions.add(Session(user="Ana"), TOKEN)  # who signs in is not kept out
    assert rows(database) == WAITING + 1
    clock.now += ANONYMOUS + timedelta(seconds=1)
    assert sessions.has_room()


def test_account_when_it_signs_in_again_and_again_then_its_oldest_session_ends(
    sessions: Sessions, database: Engine, clock: Clock
) -> None:
    others = sessions.add(Session(user="Olu"), TOKEN)
    keys = []
    for _ in range(OF_ACCOUNT + 2):
        clock.now += timedelta(seconds=1)
        keys.append(sessions.add(Session(user="Ana"), TOKEN))
    assert [sessions.get(key) is None for key in keys[:3]] == [True, True, False]
    assert sessions.get(keys[-1]) is not None
    assert sessions.get(others) is not None
    assert rows(database) == OF_ACCOUNT + 1
    clock.now += SIGNED_IN
    sessions.add(Session(user="Ana"), TOKEN)
    assert rows(database) == 2


def test_table_when_an_older_version_made_it_then_is_made_anew(
    sessions: Sessions, database: Engine
) -> None:
    metadata.drop_all(database)
    with database.begin() as connection:
        connection.execute(text(OLD_TABLE))
    sessions.create_tables()
    assert sessions.get(sessions.add(Session(user="Ana"), TOKEN)) is not None
    sessions.create_tables()
    assert rows(database) == 1
