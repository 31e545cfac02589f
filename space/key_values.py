"""Small texts that are kept between runs, by name."""

import json
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from space.serialize import from_json, to_json

T = TypeVar("T")


class StoredValues(Protocol):
    """Where texts are kept between runs: `space.store.StoreReader`."""

    def note(self, name: str) -> str | None:
        """What was noted under a name of at most 64 characters."""
        ...


class KeyValues(StoredValues, Protocol):
    """Where texts are put to be kept between runs: `space.store.Store`."""

    def set_note(self, name: str, value: str | None) -> None:
        """Note something; None forgets it."""
        ...


def store_values(notes: KeyValues, name: str, values: Iterable[Any]) -> None:
    """Keep dataclasses under a name, if they are others than before."""
    data = to_json(tuple(values))
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if text != notes.note(name):
        notes.set_note(name, text)


def stored_values(notes: StoredValues, name: str, kind: type[T]) -> tuple[T, ...]:
    """The dataclasses that were kept under a name; none if nothing was."""
    return tuple(from_json(kind, each) for each in json.loads(notes.note(name) or "[]"))
