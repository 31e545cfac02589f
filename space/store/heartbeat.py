"""When each task of the bots last ran, and how it ended: what `/status` shows.

Kept among the store's notes, so losing it costs nothing but one run's news.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from space.key_values import KeyValues, StoredValues

NOTE = "heartbeats"


class RunResult(StrEnum):
    """How a run ended."""

    FINE = "fine"
    PROBLEM = "problem"
    LATER = "later"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The last run of one task; `at` is its start, aware."""

    task: str
    at: datetime
    ending: RunResult


def beat(notes: KeyValues, new: Heartbeat) -> None:
    """Keep a heartbeat in the place of the task's last one."""
    known = {each.task: each for each in heartbeats(notes)} | {new.task: new}
    rows = {task: [each.at.isoformat(), each.ending] for task, each in known.items()}
    notes.set_note(NOTE, json.dumps(rows))


def heartbeats(notes: StoredValues) -> tuple[Heartbeat, ...]:
    """The last run of every task, in the order of their first ones."""
    kept: Mapping[str, list[str]] = json.loads(notes.note(NOTE) or "{}")
    return tuple(
        Heartbeat(task, datetime.fromisoformat(at), RunResult(ending))
        for task, (at, ending) in kept.items()
    )
