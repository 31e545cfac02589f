"""The time that all requests to wikis share which one visitor's request needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import monotonic

BRIEFLY = 1
"""Seconds that a page waits for a wiki where it can do without the answer."""

ASIDE = 3
"""Seconds that somebody waits for a search in another wiki than the pages' own."""


class Deadline:
    """A number of seconds that begins when it is first asked for.

    What comes before, such as a slow upload of a form, is not the wiki's time. A
    deadline within another one ends with it at the latest.
    """

    def __init__(self, seconds: float, outer: "Deadline | None" = None) -> None:
        self._seconds = seconds
        self._outer = outer
        self._end: float | None = None
        self._told: list[Callable[[], None]] = []

    @property
    def has_begun(self) -> bool:
        """Whether somebody asked for it."""
        return self._end is not None

    def when_begun(self, tell: Callable[[], None]) -> None:
        """Have something told when somebody first asks for it; at once if one did."""
        if self.has_begun:
            tell()
        else:
            self._told.append(tell)

    def remaining(self) -> float:
        """The seconds left; zero or less when it is over."""
        now = monotonic()
        if self._end is None:
            self._end = now + self._seconds
            for tell in self._told:
                tell()
        own = self._end - now
        return own if self._outer is None else min(own, self._outer.remaining())


_current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """A block whose requests to wikis share so many seconds, in this thread."""
    token = _current.set(Deadline(seconds, _current.get()))
    try:
        yield
    finally:
        _current.reset(token)


def has_deadline() -> bool:
    """Whether this thread is in a block of `within`."""
    return _current.get() is not None


def remaining() -> float:
    """The seconds left in this thread's block of `within`; zero or less when over."""
    deadline = _current.get()
    if deadline is None:
        raise LookupError("no deadline: a request to a wiki outside of its bounds")
    return deadline.remaining()


def time_left() -> float:
    """The seconds left, more than zero. Raises `TimeoutError` when there are none."""
    seconds = remaining()
    if seconds <= 0:
        raise TimeoutError("the deadline of the visitor's request")
    return seconds


def has_begun() -> bool:
    """Whether anything was asked of a wiki in this thread's block of `within`."""
    deadline = _current.get()
    return deadline is not None and deadline.has_begun


def when_begun(tell: Callable[[], None]) -> None:
    """Have something told when a wiki is first asked in this thread's block.

    It is told at once where that was before, and never outside of such a block.
    """
    if deadline := _current.get():
        deadline.when_begun(tell)
