"""The queue between syncs: kept among the store's notes, read by tool and bots."""

import json
from collections.abc import Iterable
from functools import lru_cache

from space.notes import Notes, keep
from space.queue.rows import Row
from space.review.json_values import from_json

NAME = "queue"


def keep_rows(notes: Notes, rows: Iterable[Row]) -> None:
    """Keep the queue."""
    keep(notes, NAME, rows)


def kept_rows(notes: Notes) -> tuple[Row, ...]:
    """The queue as of the last sync."""
    return _rows(notes.note(NAME) or "[]")


@lru_cache(maxsize=2)
def _rows(text: str) -> tuple[Row, ...]:
    """The rows of a text; the same one is read again with every look at the queue."""
    return tuple(from_json(Row, row) for row in json.loads(text))
