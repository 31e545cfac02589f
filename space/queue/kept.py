"""The queue between syncs: kept among the store's notes, read by tool and bots."""

from collections.abc import Iterable

from space.notes import Notes, keep, kept
from space.queue.rows import Row

NAME = "queue"


def keep_rows(notes: Notes, rows: Iterable[Row]) -> None:
    """Keep the queue."""
    keep(notes, NAME, rows)


def kept_rows(notes: Notes) -> tuple[Row, ...]:
    """The queue as of the last sync."""
    return kept(notes, NAME, Row)
