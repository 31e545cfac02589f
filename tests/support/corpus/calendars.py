"""Faulty calendars of the corpus, and what is right to take of each."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from space.serialize import to_json
from space.sources.entry import Entry

CORPUS = Path(__file__).parents[2] / "corpus" / "calendars"
_OF_THE_BOT = ("id", "calendar", "key", "seen", "changed", "sequence")


@dataclass(frozen=True, slots=True)
class FaultyCalendar:
    """A calendar with a fault; `remark` is empty where nothing is to be told."""

    name: str
    data: bytes
    entries: list[dict[str, Any]]
    remark: str


def faulty_calendars() -> tuple[FaultyCalendar, ...]:
    """All of them, by name."""
    return tuple(map(_read, sorted(CORPUS.glob("*.ics"))))


def taken(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """What was taken of events, as the corpus has it, by start and title."""
    rows = [
        {name: value for name, value in to_json(e).items() if name not in _OF_THE_BOT}
        for e in entries
    ]
    return by_start(rows)


def by_start(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries by start and title: those of one start are in no order of their own."""
    return sorted(rows, key=lambda row: (row["start"], row["title"]))


def _read(path: Path) -> FaultyCalendar:
    right = json.loads(path.with_suffix(".json").read_text("utf-8"))
    entries = by_start(right["entries"])
    return FaultyCalendar(path.stem, path.read_bytes(), entries, right["remark"])
