from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import pytest
import time_machine

from tool.rates import CROWD, EVERYBODY, SAVE, SEARCH, Caller, Rates

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def machine() -> Iterator[time_machine.Traveller]:
    """Time that passes only when a test says so."""
    with time_machine.travel(NOW, tick=False) as machine:
        yield machine


@pytest.fixture
def rates(clock: Clock) -> Rates:
    return Rates(clock)


def allowed(rates: Rates, *callers: Caller) -> int:
    """How often callers in turn may search before one has to wait."""
    turns = (callers[turn % len(callers)] for turn in range(10_000))
    return len(list(takewhile(lambda caller: not rates.wait(SEARCH, caller), turns)))


@pytest.mark.parametrize(
    ("callers", "times"),
    [
        ([Caller("Ana", "s", "8.8.8.8")], 1),
        ([Caller("Ana", "s", "8.8.8.8"), Caller("Ana", "t", "9.9.9.9")], 1),
        ([Caller("Ana", "", "8.8.8.8"), Caller("Olu", "", "8.8.8.8")], 2),
        ([Caller("", "s", "8.8.8.8")], 1),
        ([Caller("", str(n), "8.8.8.8") for n in range(500)], CROWD),
        ([Caller(address="8.8.8.8")], CROWD),
        ([Caller(address="8.8.8.8"), Caller(address="::ffff:808:808")], CROWD),
        ([Caller(address=f"2600:1:2:3::{n}") for n in range(500)], CROWD),
        ([Caller(address="2600:1:2:3::1"), Caller(address="2600:1:2:4::1")], 2 * CROWD),
        ([Caller(address=f"192.168.0.{n}") for n in range(9)], EVERYBODY),
        ([Caller(), Caller(address="127.0.0.1"), Caller(address="?")], EVERYBODY),
    ],
)
def test_rate_when_callers_take_turns_then_holds_for_an_account_or_a_network(
    rates: Rates, callers: list[Caller], times: int
) -> None:
    assert allowed(rates, *callers) == SEARCH.each * times


def test_rate_when_one_is_used_up_then_another_is_not(rates: Rates) -> None:
    caller = Caller("Ana")
    allowed(rates, caller)
    assert rates.wait(SEARCH, caller) > 0
    assert rates.wait(SAVE, caller) == 0


def test_wait_when_it_is_over_then_may_go_on(
    rates: Rates, machine: time_machine.Traveller
) -> None:
    caller = Caller("Ana")
    allowed(rates, caller)
    seconds = rates.wait(SEARCH, caller)
    assert 1 <= seconds <= 60
    machine.shift(timedelta(seconds=120))
    assert rates.wait(SEARCH, caller) == 0


def test_counts_when_looked_at_then_name_nobody(rates: Rates, clock: Clock) -> None:
    caller = Caller("", "the-session", "8.8.8.8")
    allowed(rates, caller, Caller("Ana"))
    storage = rates._limiter.storage
    first = set(storage.storage)
    for secret in ("the-session", "8.8.8.8", "Ana"):
        assert not any(secret in key for key in first)
    clock.now += timedelta(days=1)  # another salt: nobody is recognised
    assert rates.wait(SEARCH, caller) == 0
    assert len(storage.storage) > len(first)
