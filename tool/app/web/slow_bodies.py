"""Bodies of requests that come slowly: few at a time, and not for ever.

A server's thread waits for a body. Who sends one slowly takes one of few slots for
that, or is cut off, so that most threads answer others meanwhile.
"""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Event, Lock, Thread

GRACE = 0.25  # seconds in which a body arrives that takes no slot
DEADLINE = 30.0  # seconds more for one that has a slot
SLOW = 1  # slots of a process, a quarter of its threads (`gunicorn.conf.py`)

Connection = socket.socket | None


class SlowBodies:
    """The slots of a process for bodies that come slowly."""

    def __init__(self) -> None:
        self._slots = BoundedSemaphore(SLOW)

    @contextmanager
    def arriving(self, connection: Connection) -> Iterator[Callable[[], bool]]:
        """A context in which a body is read, or cut off when it takes too long.

        Yields what tells whether it was. `connection` is the client's; None, of a
        server that does not tell it, is waited for.
        """
        lock, done, cut = Lock(), Event(), Event()

        def cut_off() -> None:
            with lock:  # once it is done, the connection is another request's
                if connection is not None and not done.is_set():
                    cut.set()
                    stop_reading(connection)

        if connection is not None:
            Thread(target=self._watch, args=(done, cut_off), daemon=True).start()
        try:
            yield cut.is_set
        finally:
            with lock:
                done.set()

    def _watch(self, done: Event, cut_off: Callable[[], None]) -> None:
        if done.wait(GRACE):
            return
        if not self._slots.acquire(blocking=False):
            cut_off()
            return
        try:
            if not done.wait(DEADLINE):
                cut_off()
        finally:
            self._slots.release()


def stop_reading(connection: socket.socket) -> None:
    """End the reading side: whoever waits for more hears that there is none."""
    with suppress(OSError):  # closed already
        connection.shutdown(socket.SHUT_RD)
