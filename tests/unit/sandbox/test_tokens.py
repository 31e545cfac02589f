from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from sandbox.gateway.tokens import Grant, TokenStore

OLU = Grant(user="Olu", client="client")
START = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> TokenStore:
    return TokenStore(tmp_path / "gateway.sqlite")


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def test_code_when_taken_is_gone(tokens: TokenStore) -> None:
    grant = Grant("Olu", "client", "http://127.0.0.1/cb", "challenge", "S256")
    tokens.add_code("code", grant)
    assert tokens.take_code("code") == grant
    assert tokens.take_code("code") is None


def test_code_when_ten_minutes_old_is_refused(
    tokens: TokenStore, clock: time_machine.Traveller
) -> None:
    tokens.add_code("code", OLU)
    clock.shift(timedelta(minutes=10))
    assert tokens.take_code("code") is None


def test_pair_when_in_time_speaks_for_its_person(
    tokens: TokenStore, clock: time_machine.Traveller
) -> None:
    tokens.add_pair("access", "refresh", OLU)
    clock.shift(timedelta(hours=4) - timedelta(seconds=1))
    assert tokens.access("access") == OLU
    clock.shift(timedelta(seconds=1))
    assert tokens.access("access") is None
    assert tokens.refresh("refresh") == OLU


def test_token_when_of_the_other_kind_is_refused(tokens: TokenStore) -> None:
    tokens.add_pair("access", "refresh", OLU)
    assert tokens.access("refresh") is None
    assert tokens.refresh("access") is None
    assert tokens.take_code("access") is None


def test_pair_when_retired_loses_access_at_once_and_refresh_after_grace(
    tokens: TokenStore, clock: time_machine.Traveller
) -> None:
    tokens.add_pair("access", "refresh", OLU)
    tokens.retire("refresh")
    assert tokens.access("access") is None
    clock.shift(timedelta(minutes=10) - timedelta(seconds=1))
    assert tokens.refresh("refresh") == OLU
    tokens.retire("refresh")  # used once more: the grace does not begin again
    clock.shift(timedelta(seconds=1))
    assert tokens.refresh("refresh") is None


def test_tokens_when_revoked_are_those_of_one_person(tokens: TokenStore) -> None:
    tokens.add_pair("olu", "olu-refresh", OLU)
    tokens.add_pair("lena", "lena-refresh", Grant("Lena", "client"))
    tokens.revoke("Olu")
    assert tokens.access("olu") is None
    assert tokens.refresh("olu-refresh") is None
    assert tokens.access("lena") == Grant("Lena", "client")


def test_access_when_expired_by_hand_leaves_the_refresh_token(
    tokens: TokenStore,
) -> None:
    tokens.add_pair("access", "refresh", OLU)
    tokens.expire_access()
    assert tokens.access("access") is None
    assert tokens.refresh("refresh") == OLU
