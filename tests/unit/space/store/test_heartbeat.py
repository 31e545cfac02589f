from datetime import UTC, datetime, timedelta

from space.store.heartbeat import Heartbeat, RunResult, beat, heartbeats
from tests.support.store.stores import memory_store

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


def test_heartbeats_when_nothing_ran_are_none() -> None:
    assert heartbeats(memory_store()) == ()


def test_beat_when_a_task_ran_again_takes_the_place_of_its_last() -> None:
    store = memory_store()
    beat(store, Heartbeat("sync", NOW, RunResult.PROBLEM))
    beat(store, Heartbeat("calendar", NOW, RunResult.FINE))
    later = Heartbeat("sync", NOW + timedelta(minutes=10), RunResult.LATER)
    beat(store, later)
    assert heartbeats(store) == (later, Heartbeat("calendar", NOW, RunResult.FINE))
