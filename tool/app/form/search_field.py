"""A search inside a form: what was looked for elsewhere, and what came of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from space.errors import WikiUnavailableError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SearchField(Generic[T]):
    """What was looked for, and what came of it.

    `results` is None while nothing was looked for; `chosen` is what filled the form.
    """

    text: str = ""
    results: tuple[T, ...] | None = None
    unavailable: bool = False
    chosen: T | None = None


def search(name: str, ask: Callable[[str], tuple[T, ...]]) -> SearchField[T]:
    """The search for what stands in the input of a name."""
    text = request.form.get(name, "").strip()
    try:
        return SearchField(text, ask(text))
    except WikiUnavailableError:
        return SearchField(text, unavailable=True)


def choose(name: str, look_up: Callable[[], T | None]) -> SearchField[T]:
    """The choice among what was found; the input of the search is kept."""
    text = request.form.get(name, "").strip()
    try:
        chosen = look_up()
    except WikiUnavailableError:
        return SearchField(text, unavailable=True)
    return SearchField(text, () if chosen is None else None, chosen=chosen)
