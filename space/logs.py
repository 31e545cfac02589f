"""Logs of tool and bots: one line for a record, and few lines for one trouble.

Readers of these lines are people and programs: docs/runbook.md tells how.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from re import compile as pattern
from threading import Lock
from time import monotonic
from typing import TextIO

from sqlalchemy.exc import DBAPIError

from space.text.clean import one_line
from space.text.logfmt import escaped, line, without_secrets

WINDOW = 60.0
"""Seconds in which records of one kind are counted."""
_KINDS = 500
"""Kinds of records that are counted at a time."""
_LONGEST = 500  # characters of a value
_FRAMES = 8  # innermost places of a traceback in the project's own code
_TREE = Path(__file__).resolve().parent.parent
_ROOMS = frozenset({"bots", "sandbox", "space", "tool"})
_PAIR = pattern(r"\b([a-z_]+)=%[.0-9]{0,8}[sdr]")

_request: ContextVar[str] = ContextVar("request", default="")

Kind = tuple[object, ...]


def current_request() -> str:
    """The id of the visitor's request for which this thread works; empty for none."""
    return _request.get()


@contextmanager
def for_request(request: str) -> Iterator[None]:
    """A block in this thread whose records name a visitor's request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


class LineFormatter(logging.Formatter):
    """Time, level, logger, message and values of a record as one line of logfmt.

    What stands in a message as `name=%s` becomes a pair. An exception is told by its
    kind and words, and by its innermost places in the project's own code, each in a
    line that begins with spaces.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The lines of a record."""
        time = datetime.fromtimestamp(record.created, UTC)
        words, pairs = _parts(record)
        request, repeats = current_request(), getattr(record, "repeats", 0)
        error = record.exc_info[1] if record.exc_info else None
        told = [
            ("time", f"{time:%Y-%m-%dT%H:%M:%SZ}"),
            ("level", record.levelname.lower()),
            ("from", record.name),
            ("msg", words),
            *([("request", request)] if request else []),
            *pairs,
            *([("repeats", repeats)] if repeats else []),
            *([("exception", _words(error))] if error else []),
        ]
        safe = [(n, without_secrets(str(_said(v)))[:_LONGEST]) for n, v in told]
        places = [] if repeats or error is None else _places(error)
        return "\n".join([line(safe), *(f"    {escaped(place)}" for place in places)])


def _parts(record: logging.LogRecord) -> tuple[str, list[tuple[str, object]]]:
    """The words of a record's message, and the pairs at its end."""
    template, values = str(record.msg), record.args
    names = _PAIR.findall(template)
    if not isinstance(values, tuple) or not len(values) == len(names) > 0:
        return one_line(record.getMessage()), []
    words = one_line(_PAIR.sub("", template)).rstrip(" :")
    return words, list(zip(names, values, strict=False))


def _words(error: BaseException) -> str:
    """The kind and the words of an exception."""
    return one_line(f"{type(error).__name__}: {_said(error)}")


def _said(value: object) -> object:
    """A value; of an error of the database without the query and what it asks for."""
    return value.orig if isinstance(value, DBAPIError) else value


def _places(error: BaseException) -> list[str]:
    places = [
        f"{path.relative_to(_TREE)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if (path := Path(frame.filename)).is_relative_to(_TREE)
        if path.relative_to(_TREE).parts[0] in _ROOMS
    ]
    return places[-_FRAMES:]


class CountingHandler(logging.StreamHandler[TextIO]):
    """Writes records of one kind once a minute, and tells then how many there were.

    Within the minute the tenth, the hundredth and so on are written, too, as one line
    each. Kinds are those of a message's template and of an exception's type.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = monotonic) -> None:
        """Write to a stream in logfmt; `clock` counts seconds."""
        super().__init__(stream)
        self.setFormatter(LineFormatter())
        self._clock = clock
        self._counts: dict[Kind, tuple[float, int]] = {}
        self._counting = Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or count it."""
        if record.levelno < logging.WARNING:
            super().emit(record)
            return
        repeats = self._repeats(record)
        if repeats is not None:
            record.repeats = repeats
            super().emit(record)

    def _repeats(self, record: logging.LogRecord) -> int | None:
        """How many records of a kind to tell, 0 for the first; None for no line."""
        error = record.exc_info[0] if record.exc_info else None
        kind = (record.name, record.levelno, record.msg, error)
        now = self._clock()
        with self._counting:
            since, count = self._counts.pop(kind, (now, 0))
            is_over = count and now - since >= WINDOW
            if is_over:
                since, count, before = now, 0, count
            self._counts[kind] = since, count + 1
            if len(self._counts) > _KINDS:
                self._counts.pop(next(iter(self._counts)))
        if is_over:
            return before if before > 1 else 0
        if count == 0:
            return 0
        return count + 1 if _is_power_of_ten(count + 1) else None


def _is_power_of_ten(number: int) -> bool:
    return number >= 10 and str(number).strip("0") == "1"


def log_to(stream: TextIO) -> None:
    """Write all records of this process from level INFO on to a stream."""
    logging.basicConfig(handlers=[CountingHandler(stream)], level=logging.INFO)
