"""The queue between syncs: kept among the store's notes, read by tool and bots."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from space.key_values import KeyValues, StoredValues, store_values
from space.review.queue.rows import Like, Row
from space.review.record import Refusal
from space.serialize import from_json

NAME = "queue"
_LISTS = frozenset(("languages", "problems", "missing", "spam"))


def store_rows(notes: KeyValues, rows: Iterable[Row]) -> None:
    """Keep the queue."""
    store_values(notes, NAME, rows)


def stored_rows(notes: StoredValues) -> tuple[Row, ...]:
    """The queue as of the last sync."""
    return _rows(notes.note(NAME) or "[]")


def forget() -> None:
    """Read the rows anew the next time, as another process would."""
    _rows.cache_clear()


@lru_cache(maxsize=2)
def _rows(text: str) -> tuple[Row, ...]:
    """The rows of a text; the same one is read again with every look at the queue."""
    return tuple(map(_row, json.loads(text)))


def _row(data: Mapping[str, Any]) -> Row:
    """What `to_json` made of a row; a queue has thousands, so this is no detour."""
    values = {**data, "since": datetime.fromisoformat(data["since"])}
    for name in _LISTS & values.keys():
        values[name] = tuple(values[name])
    if "like" in values:
        values["like"] = Like(**values["like"])
    if "refusals" in values:
        values["refusals"] = tuple(from_json(Refusal, r) for r in values["refusals"])
    return Row(**values)
