"""Whether what readers see is as old as it may be, and which tasks are overdue."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from space.store.heartbeat import Heartbeat, RunResult, heartbeats, starts
from space.store.keys import SYNCED
from space.store.reader import StoreReader

OVERDUE = timedelta(hours=3)
"""Without news the bots read the wiki once an hour; twice may fail."""
_WHEN_NEEDED = frozenset({"deploy_templates"})
"""Tasks that somebody starts when there is something to do."""
_EITHER = ("run", "watch")
"""Tasks of which a deployment keeps one going."""


class Age(StrEnum):
    """How old the index is."""

    FRESH = "fresh"
    STALE = "stale"
    NEVER = "never"
    """The wiki was never read as a whole."""


@dataclass(frozen=True, slots=True)
class TaskHealth:
    """A task's last run; `started` is a later start that has no result, None for none.

    `is_overdue` where it should have begun again since. `ending` is None where there
    never was a result, and `at` then the start. `lag` is how far a task that goes on
    was behind the wiki, None for all others.
    """

    task: str
    at: datetime
    ending: RunResult | None
    started: datetime | None
    is_overdue: bool
    lag: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """The index and the tasks at a time; `synced` is up to when the wiki was read.

    Perhaps by another version, whose records are shown until this one has read all.
    """

    age: Age
    synced: datetime | None
    tasks: tuple[TaskHealth, ...]

    @classmethod
    def of(cls, store: StoreReader, now: datetime) -> Self:
        """The health of a store at an aware time."""
        synced = store.value(SYNCED)
        ended = {run.task: run for run in heartbeats(store)}
        began = starts(store)
        tasks = [
            _task(name, ended.get(name), began.get(name), now)
            for name in dict.fromkeys((*ended, *began))
        ]
        older = _outdated(tasks)
        kept = tuple(row for row in tasks if row.task != older)
        return cls(_age(synced, now), synced, kept)


def _age(synced: datetime | None, now: datetime) -> Age:
    if synced is None:
        return Age.NEVER
    return Age.STALE if now - synced > OVERDUE else Age.FRESH


def _task(
    name: str, run: Heartbeat | None, start: datetime | None, now: datetime
) -> TaskHealth:
    open_start = start if start and (run is None or start > run.at) else None
    times = [time for time in (run and run.at, open_start) if time]
    overdue = name not in _WHEN_NEEDED and now - max(times) > OVERDUE
    ending, lag = (run.ending, run.lag) if run else (None, None)
    return TaskHealth(name, min(times), ending, open_start, overdue, lag)


def _outdated(tasks: list[TaskHealth]) -> str:
    """The one of two ways to keep the bots going that is not used any more."""
    ways = [row for row in tasks if row.task in _EITHER]
    if len(ways) < len(_EITHER):
        return ""
    return min(ways, key=lambda row: row.started or row.at).task
