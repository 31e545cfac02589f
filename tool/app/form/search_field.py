"""Search fields of a form that query another wiki, for places or pictures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from space.errors import WikiUnavailableError

T = TypeVar("T")

MOST_TEXT = 250  # characters that are searched for; the field keeps all of them


@dataclass(frozen=True, slots=True)
class SearchField(Generic[T]):
    """A search field: its text, its results, and the result that was chosen.

    `results` is None before a search, and empty when nothing matches.
    """

    text: str = ""
    results: tuple[T, ...] | None = None
    unavailable: bool = False
    chosen: T | None = None


def search(name: str, ask: Callable[[str], tuple[T, ...]]) -> SearchField[T]:
    """Search for the text of the input `name`."""
    text = request.form.get(name, "").strip()
    try:
        return SearchField(text, ask(text[:MOST_TEXT]))
    except WikiUnavailableError:
        return SearchField(text, unavailable=True)


def choose(name: str, look_up: Callable[[], T | None]) -> SearchField[T]:
    """The search field after a result was chosen; its text stays."""
    text = request.form.get(name, "").strip()
    try:
        chosen = look_up()
    except WikiUnavailableError:
        return SearchField(text, unavailable=True)
    return SearchField(text, () if chosen is None else None, chosen=chosen)
