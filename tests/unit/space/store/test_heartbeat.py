from datetime import UTC, datetime, timedelta

from space.store.heartbeat import Heartbeat, RunResult, beat, heartbeats, last_sync
from tests.support.store.stores import memory_store

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)


def test_heartbeats_when_nothing_ran_are_none() -> None:
    assert heartbeats(memory_store()) == ()


def test_beat_when_a_task_ran_again_takes_the_place_of_its_last() -> None:
    store = memory_store()
    beat(store, Heartbeat("sync", NOW, RunResult.PROBLEM))
    watching = Heartbeat("watch", NOW, RunResult.FINE, timedelta(seconds=20))
    beat(store, watching)
    beat(store, Heartbeat("calendar", NOW, RunResult.FINE))
    later = Heartbeat("sync", NOW + timedelta(minutes=10), RunResult.LATER)
    beat(store, later)
    calendar = Heartbeat("calendar", NOW, RunResult.FINE)
    assert heartbeats(store) == (later, watching, calendar)


def test_last_sync_when_the_newest_one_came_to_no_end_is_not_known() -> None:
    store = memory_store()
    assert last_sync(store) is None
    beat(store, Heartbeat("sync", NOW, RunResult.PROBLEM))
    beat(store, Heartbeat("calendar", NOW + timedelta(hours=1), RunResult.FINE))
    assert last_sync(store) == NOW
    beat(store, Heartbeat("sync", NOW + timedelta(minutes=10), RunResult.LATER))
    assert last_sync(store) is None
