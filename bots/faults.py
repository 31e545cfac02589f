"""Exceptions that nobody expected, told to who runs the bots."""

import traceback
from pathlib import Path

from space.text.clean import one_line

_TREE = Path(__file__).resolve().parent.parent
_ROOMS = frozenset({"bots", "space"})
_LONGEST = 200
"""Characters of an exception's own words, which may quote a page."""


def fault_of(error: BaseException) -> tuple[str, str, str]:
    """An exception's kind, its place in the project's own code, and its words.

    The place is the innermost one, as file and line; the words are on one line.
    """
    words = one_line(str(error))[:_LONGEST]
    return type(error).__name__, _place(error), words or "no message"


def _place(error: BaseException) -> str:
    place = "an unknown place"
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(_TREE):
            own = path.relative_to(_TREE)
            if own.parts[0] in _ROOMS:
                place = f"{own}, line {frame.lineno}"
    return place
