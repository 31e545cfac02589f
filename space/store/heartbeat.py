"""Heartbeats: when each task of the bots last ran and how it ended, for `/status`.

Losing them costs nothing but one run's news.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from space.store.keys import HEARTBEATS
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
    """The last run of one task; `at` is its start, aware."""

    task: str
    at: datetime
    ending: RunResult


def beat(store: Store, run: Heartbeat) -> None:
    """Store a task's run in place of its last one."""
    runs = store.value(HEARTBEATS) or {}
    store.set_value(HEARTBEATS, {**runs, run.task: [run.at.isoformat(), run.ending]})


def last_sync(store: StoreReader) -> datetime | None:
    """When the sync began whose outcome is stored; None where that is not known."""
    read = (run for run in heartbeats(store) if run.task == SYNC and run.ending.done)
    return next((run.at for run in read), None)


def heartbeats(store: StoreReader) -> tuple[Heartbeat, ...]:
    """The last run of every task, in the order of their first ones."""
    runs = store.value(HEARTBEATS) or {}
    return tuple(
        Heartbeat(task, datetime.fromisoformat(at), RunResult(ending))
        for task, (at, ending) in runs.items()
    )
