"""Turns: of all threads that would make the same answer, one does, and others wait.

They find it stored then, so what a long page takes of memory and the processor while
it is made is taken once after a change, however many ask for it.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Lock

from tool.upstream.deadline import when_begun


class Turns:
    """Who makes what at the moment."""

    def __init__(self) -> None:
        self._taken: dict[Hashable, Event] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, key: Hashable) -> Iterator[None]:
        """A block in which one thread is for a key; others wait until it ends.

        It ends early for one that asks a wiki, as that may take long.
        """
        over = Event()
        while (taken := self._take(key, over)) is not over:
            taken.wait()
        end = partial(self._end, key, over)
        when_begun(end)
        try:
            yield
        finally:
            end()

    def _take(self, key: Hashable, over: Event) -> Event:
        """What says when the turn of a key is over: the given one if it was free."""
        with self._lock:
            return self._taken.setdefault(key, over)

    def _end(self, key: Hashable, over: Event) -> None:
        with self._lock:
            if self._taken.get(key) is over:
                del self._taken[key]
        over.set()
