from datetime import UTC, datetime, timedelta

import pytest

from space.store.health import OVERDUE, Age, Health
from space.store.heartbeat import Heartbeat, RunResult, beat, begin
from tests.support.store.stores import memory_store

NOW = datetime(2026, 11, 28, 10, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=9)
JUST_NOW = NOW - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("synced", "age"),
    [
        (JUST_NOW, Age.FRESH),
        (NOW - OVERDUE, Age.FRESH),
        (NOW - OVERDUE - timedelta(seconds=1), Age.STALE),
        (LONG_AGO, Age.STALE),
    ],
)
def test_health_when_the_wiki_was_last_read_long_ago_is_stale(
    synced: datetime, age: Age
) -> None:
    store = memory_store()
    assert Health.of(store, NOW).age is Age.NEVER
    store.set_checkpoint(synced)
    assert Health.of(store, NOW).age is age


def test_health_when_another_version_begins_is_of_what_is_still_shown() -> None:
    store = memory_store()
    store.set_checkpoint(JUST_NOW)
    store.prepare("another build key", NOW.date())
    assert store.checkpoint is None
    assert Health.of(store, NOW).synced == JUST_NOW


def test_task_when_it_has_not_run_for_hours_is_overdue_however_it_ended() -> None:
    store = memory_store()
    for task in ("sync", "deploy_templates"):
        beat(store, Heartbeat(task, LONG_AGO, RunResult.FINE))
    beat(store, Heartbeat("calendar", JUST_NOW, RunResult.PROBLEM))
    rows = {row.task: row.is_overdue for row in Health.of(store, NOW).tasks}
    assert rows == {"sync": True, "calendar": False, "deploy_templates": False}


def test_task_when_it_was_killed_shows_its_start_and_its_last_result() -> None:
    store = memory_store()
    begin(store, "run", LONG_AGO)
    beat(store, Heartbeat("run", LONG_AGO, RunResult.FINE))
    assert Health.of(store, NOW).tasks[0].started is None
    begin(store, "run", JUST_NOW)
    (row,) = Health.of(store, NOW).tasks
    assert (row.at, row.ending, row.started) == (LONG_AGO, RunResult.FINE, JUST_NOW)
    assert not row.is_overdue


def test_task_when_it_never_ended_has_no_result() -> None:
    store = memory_store()
    begin(store, "run", JUST_NOW)
    (row,) = Health.of(store, NOW).tasks
    assert (row.ending, row.started) == (None, JUST_NOW)


def test_run_when_the_bots_watch_instead_is_not_told() -> None:
    store = memory_store()
    beat(store, Heartbeat("run", LONG_AGO, RunResult.FINE))
    begin(store, "watch", JUST_NOW)
    assert [row.task for row in Health.of(store, NOW).tasks] == ["watch"]
