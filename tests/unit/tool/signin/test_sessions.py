import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import StaticPool

from tool.signin.sessions import (
    LEASE,
    LONGEST_DRAFTS,
    SIGN_INS,
    SIGNED_IN,
    PendingSignIn,
    Session,
    Sessions,
)

SECRET = "a secret of more than thirty-two characters"
TOKEN = {"access_token": "access", "refresh_token": "refresh", "expires_at": 1.5}


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine() -> Engine:
    return create_engine("sqlite://", poolclass=StaticPool)


@pytest.fixture
def sessions(engine: Engine, clock: Clock) -> Sessions:
    table = Sessions(engine, SECRET, clock)
    table.create_tables()
    return table


def test_session_when_kept_then_comes_back_whole(sessions: Sessions) -> None:
    session = Session(
        user="नीला",
        pending=(PendingSignIn("state", "verifier", "/write/event", "d"),),
        finished={"older": "/mine"},
        drafts={"d": {"title": ["A", "B"], "return_to": ["/write/event"]}},
    )
    key = sessions.add(session, TOKEN)
    assert sessions.get(key) == session
    assert sessions.token(key) == TOKEN


def test_session_when_kept_then_the_database_reads_nothing(
    sessions: Sessions, engine: Engine
) -> None:
    key = sessions.add(
        Session(user="Ana", drafts={"d": {"title": ["secret plan"]}}), TOKEN
    )
    with engine.connect() as connection:
        row = repr(connection.execute(text("SELECT * FROM tool_session")).all())
    for secret in (key, "Ana", "secret plan", "access", "refresh"):
        assert secret not in row


def test_session_when_key_is_unknown_or_removed_then_is_none(
    sessions: Sessions,
) -> None:
    key = sessions.add(Session(), TOKEN)
    sessions.remove(key)
    for unknown in (key, "", "x" * 1000):
        assert sessions.get(unknown) is None
        assert sessions.token(unknown) is None


def test_session_when_secret_changed_then_is_none(
    sessions: Sessions, engine: Engine, clock: Clock
) -> None:
    key = sessions.add(Session(user="Ana"), TOKEN)
    other = Sessions(engine, "another secret of thirty-two characters!", clock)
    assert other.get(key) is None
    assert other.token(key) is None


def test_session_when_over_then_is_forgotten(
    sessions: Sessions, engine: Engine, clock: Clock
) -> None:
    key = sessions.add(Session(user="Ana"), TOKEN)
    clock.now += SIGNED_IN - timedelta(seconds=1)
    assert sessions.get(key) is not None
    clock.now += timedelta(seconds=2)
    assert sessions.get(key) is None
    sessions.add(Session(), TOKEN)
    with engine.connect() as connection:
        assert (
            connection.execute(text("SELECT count(*) FROM tool_session")).scalar() == 1
        )


def test_put_when_token_was_refreshed_meanwhile_then_keeps_it(
    sessions: Sessions,
) -> None:
    key = sessions.add(Session(user="Ana"), TOKEN)
    sessions.put_token(key, {"access_token": "newer"})
    drafts = {"d": {"title": ["x"]}}
    sessions.change(key, lambda session: replace(session, drafts=drafts))
    assert sessions.token(key) == {"access_token": "newer"}


def test_lease_when_held_then_nobody_else_gets_it_until_it_ends(
    sessions: Sessions, clock: Clock
) -> None:
    key = sessions.add(Session(user="Ana"), TOKEN)
    assert sessions.lease(key)
    assert not sessions.lease(key)
    clock.now += LEASE + timedelta(seconds=1)
    assert sessions.lease(key)
    sessions.put_token(key, TOKEN)
    assert sessions.lease(key)
    assert not sessions.lease("no such key")


def test_change_when_there_is_no_session_then_changes_nothing(
    sessions: Sessions,
) -> None:
    assert sessions.change("no such key", lambda session: session) is None


def test_sign_ins_when_many_are_begun_then_the_newest_are_remembered() -> None:
    session = Session()
    for number in range(SIGN_INS + 3):
        begun = PendingSignIn(str(number), "v", "/")
        session = session.began(begun)
        session = session if number % 2 else session.signed_in(begun, "Ana")
    assert session.awaited("1") is not None
    assert session.awaited(str(SIGN_INS + 1)) is not None
    assert session.awaited("0") is None
    assert len(session.finished) <= SIGN_INS


def test_drafts_when_they_are_too_long_together_then_the_oldest_goes() -> None:
    half = "x" * (LONGEST_DRAFTS // 2)
    session = Session()
    for name in ("a", "b", "c"):
        session = session.with_draft(name, {"body": [half], "return_to": ["/"]})
    assert list(session.drafts) == ["c"]
    assert session.with_draft("d", {"title": ["T"]}).drafts.keys() == {"c", "d"}


def test_session_when_a_newer_version_added_to_it_then_is_still_one() -> None:
    session = Session(user="Olu", pending=(PendingSignIn("s", "v", "/"),))
    kept = json.loads(session.to_json())
    kept["colour"] = kept["pending"][0]["colour"] = "blue"
    assert Session.from_json(json.dumps(kept).encode()) == session
