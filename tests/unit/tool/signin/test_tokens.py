from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from space.errors import WikiBusyError, WikiUnavailableError
from tool.signin.sessions import Token
from tool.signin.tokens import Tokens
from tool.upstream.call_limits import CallLimits
from tool.upstream.deadline import within

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FRESH = {"access_token": "new", "expires_at": NOW.timestamp() + 4 * 3600}
OLD = {"access_token": "old", "expires_at": NOW.timestamp() + 60}


@dataclass
class FakeSessions:
    kept: Token | None
    leased: bool = False
    puts: list[Token | None] = field(default_factory=list)

    def token(self, _: str) -> Token | None:
        return self.kept

    def lease(self, _: str) -> bool:
        won, self.leased = not self.leased, True
        return won

    def put_token(self, _: str, token: Token | None) -> None:
        self.kept, self.leased = token, False
        self.puts.append(token)


@dataclass
class FakeSignIn:
    answer: Callable[[], Token | None]
    refreshed: int = 0

    def refresh(self, _: Token) -> Token | None:
        self.refreshed += 1
        return self.answer()


def tokens(
    sessions: FakeSessions,
    answer: Callable[[], Token | None] = lambda: FRESH,
    pause: Callable[[float], None] = lambda _: None,
    bounds: CallLimits | None = None,
) -> tuple[Tokens, FakeSignIn]:
    sign_in = FakeSignIn(answer)
    return Tokens(
        sessions, sign_in, lambda: NOW, bounds or CallLimits(), pause
    ), sign_in  # type: ignore[arg-type]


@pytest.mark.parametrize("kept", [FRESH, None])
def test_current_when_fresh_or_absent_then_asks_nobody(kept: Token | None) -> None:
    keeper, sign_in = tokens(FakeSessions(kept))
    assert keeper.current("key") == kept
    assert sign_in.refreshed == 0


def test_current_when_it_ends_soon_then_is_refreshed_and_kept() -> None:
    sessions = FakeSessions(OLD)
    keeper, _ = tokens(sessions)
    assert keeper.current("key") == FRESH
    assert (sessions.kept, sessions.leased) == (FRESH, False)


def test_current_when_another_request_refreshes_then_waits_for_its_token() -> None:
    sessions = FakeSessions(OLD, leased=True)
    keeper, sign_in = tokens(sessions, pause=lambda _: sessions.put_token("key", FRESH))
    assert keeper.current("key") == FRESH
    assert sign_in.refreshed == 0


def test_current_when_another_was_just_faster_then_refreshes_no_second_time() -> None:
    class Faster(FakeSessions):
        def lease(self, key: str) -> bool:
            self.kept = FRESH
            return super().lease(key)

    sessions = Faster(OLD)
    keeper, sign_in = tokens(sessions)
    assert keeper.current("key") == FRESH
    assert sign_in.refreshed == 0
    assert not sessions.leased


def test_current_when_the_other_never_ends_then_says_the_wiki_is_away() -> None:
    keeper, _ = tokens(FakeSessions(OLD, leased=True))
    with pytest.raises(WikiUnavailableError):
        keeper.current("key")


def test_current_when_the_deadline_is_over_then_waits_no_longer() -> None:
    pauses: list[float] = []
    keeper, _ = tokens(FakeSessions(OLD, leased=True), pause=pauses.append)
    with within(0), pytest.raises(WikiUnavailableError):
        keeper.current("key")
    assert pauses == []


def test_current_when_too_many_wait_for_the_wiki_then_is_busy() -> None:
    keeper, sign_in = tokens(FakeSessions(OLD), bounds=CallLimits(waiters=0))
    with pytest.raises(WikiBusyError):
        keeper.current("key")
    assert sign_in.refreshed == 0


def test_current_when_refused_then_there_is_none_any_more() -> None:
    sessions = FakeSessions(OLD)
    keeper, _ = tokens(sessions, answer=lambda: None)
    assert keeper.current("key") is None
    assert sessions.kept is None


def test_current_when_the_wiki_is_away_then_the_old_token_stays() -> None:
    def away() -> Token | None:
        raise WikiUnavailableError

    sessions = FakeSessions(OLD)
    keeper, _ = tokens(sessions, answer=away)
    with pytest.raises(WikiUnavailableError):
        keeper.current("key")
    assert (sessions.kept, sessions.leased) == (OLD, False)


def test_current_when_the_wiki_refused_it_then_is_refreshed_all_the_same() -> None:
    sessions = FakeSessions({**FRESH, "access_token": "revoked"})
    keeper, sign_in = tokens(sessions)
    assert keeper.current("key", sessions.kept) == FRESH
    assert sign_in.refreshed == 1
    assert keeper.current("key", {"access_token": "revoked"}) == FRESH
    assert sign_in.refreshed == 1
