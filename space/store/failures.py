"""Tasks of the bots that failed in each of their last runs, and who was told of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from space.store.heartbeat import Heartbeat, RunResult
from space.store.keys import FAILURES, HEARD, TOLD
from space.store.reader import StoreReader
from space.store.store import Store

MANY = 3
DAILY = timedelta(days=1)
PATIENCE = timedelta(hours=1)
"""How long what passes by itself, such as a wiki that is read-only, may last."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A task that failed so many `times` in a row, since an aware time."""

    task: str
    times: int
    since: datetime
    ending: RunResult

    def lasts(self, now: datetime) -> bool:
        """Whether a person is needed: it will not pass by itself."""
        passes = self.ending is RunResult.LATER and now - self.since < PATIENCE
        return self.times >= MANY and not passes


@dataclass(frozen=True, slots=True)
class Told:
    """Of which failing tasks the maintainers know, and when they were last told."""

    tasks: frozenset[str]
    at: datetime | None


def count_failure(store: Store, run: Heartbeat) -> None:
    """Count a run that failed; one that went well ends the count of its task.

    A run that somebody stopped says nothing.
    """
    rows = store.value(FAILURES) or {}
    if run.ending is RunResult.FINE and run.task in rows:
        store.set_value(FAILURES, {t: r for t, r in rows.items() if t != run.task})
    elif run.ending in {RunResult.PROBLEM, RunResult.LATER}:
        times, since, _ = rows.get(run.task, (0, run.at.isoformat(), ""))
        row = [times + 1, since, run.ending]
        store.set_value(FAILURES, {**rows, run.task: row})


def failing(store: StoreReader) -> tuple[Failing, ...]:
    """The tasks whose last run failed, in the order in which that began."""
    rows = store.value(FAILURES) or {}
    return tuple(
        Failing(task, times, datetime.fromisoformat(since), RunResult(ending))
        for task, (times, since, ending) in rows.items()
    )


def told(store: StoreReader) -> Told:
    """What the maintainers were told last."""
    row = store.value(TOLD)
    if not row:
        return Told(frozenset(), None)
    return Told(frozenset(row["tasks"]), datetime.fromisoformat(row["at"]))


def is_news(store: Store, task: str, now: datetime) -> bool:
    """Whether those who get mails should hear of a task: once it lasts, then daily.

    An answer of True is remembered.
    """
    lasting = {row.task for row in failing(store) if row.lasts(now)}
    heard = store.value(HEARD) or {}
    last = heard.get(task)
    if task not in lasting or (last and now - datetime.fromisoformat(last) < DAILY):
        return False
    store.set_value(HEARD, {**heard, task: now.isoformat()})
    return True


def set_told(store: Store, tasks: Collection[str], at: datetime) -> None:
    """Store that the maintainers were told of these tasks, and of no others."""
    store.set_value(TOLD, {"tasks": sorted(tasks), "at": at.isoformat()})
