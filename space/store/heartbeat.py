"""Heartbeats: when each task of the bots last ran and how it ended, for `/status`.

Losing them costs nothing but one run's news.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from space.store.keys import HEARTBEATS, STARTS
from space.store.reader import StoreReader
from space.store.store import Store


class RunResult(StrEnum):
    """The result of a run."""

    FINE = "fine"
    PROBLEM = "problem"
    LATER = "later"
    STOPPED = "stopped"

    @property
    def done(self) -> bool:
        """Whether the task came to its end, with or without a problem."""
        return self in {RunResult.FINE, RunResult.PROBLEM}


SYNC = "sync"
"""The task that reads the wiki into the store."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last run of one task; `at` is its start, aware.

    Of a task that goes on it is the last round or sign of life, and `lag` how old the
    oldest change of the wiki was that it had not read; None for all others.
    """

    task: str
    at: datetime
    ending: RunResult
    lag: timedelta | None = None


def beat(store: Store, run: Heartbeat) -> None:
    """Store a task's run in place of its last one."""
    runs = store.value(HEARTBEATS) or {}
    lag = [] if run.lag is None else [int(run.lag.total_seconds())]
    row = [run.at.isoformat(), run.ending, *lag]
    store.set_value(HEARTBEATS, {**runs, run.task: row})


def begin(store: Store, task: str, at: datetime) -> None:
    """Store that a task has begun, for a run that is killed before it can tell more."""
    before = store.value(STARTS) or {}
    store.set_value(STARTS, {**before, task: at.isoformat()})


def starts(store: StoreReader) -> dict[str, datetime]:
    """Task → start of its last run, which may go on or have ended."""
    stored = store.value(STARTS) or {}
    return {task: datetime.fromisoformat(at) for task, at in stored.items()}


def last_sync(store: StoreReader) -> datetime | None:
    """When the sync began whose outcome is stored; None where that is not known."""
    read = (run for run in heartbeats(store) if run.task == SYNC and run.ending.done)
    return next((run.at for run in read), None)


def heartbeats(store: StoreReader) -> tuple[Heartbeat, ...]:
    """The last run of every task, in the order of their first ones."""
    runs = store.value(HEARTBEATS) or {}
    return tuple(
        Heartbeat(
            task,
            datetime.fromisoformat(at),
            RunResult(ending),
            timedelta(seconds=lag[0]) if lag else None,
        )
        for task, (at, ending, *lag) in runs.items()
    )
