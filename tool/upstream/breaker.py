"""Circuit breaker of one host: after failures it is left alone for some seconds."""

from collections.abc import Callable
from threading import Lock
from time import monotonic

FAILURES = 3
"""Failures in a row after which a host is left alone."""


class Breaker:
    """Failures in a row of one host, and when it may be asked again.

    `pause` is in seconds, and longer than a request takes.
    """

    def __init__(self, pause: float, clock: Callable[[], float] = monotonic) -> None:
        self._pause = pause
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._closed_until = 0.0

    def admits(self) -> bool:
        """Whether a request may be sent.

        After `FAILURES` only one in each pause is, which probes the host.
        """
        with self._lock:
            if self._failures < FAILURES:
                return True
            now = self._clock()
            if now < self._closed_until:
                return False
            self._closed_until = now + self._pause
            return True

    def succeeded(self) -> None:
        """Note an answer: the host may be asked freely."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Note a request without a good answer."""
        with self._lock:
            self._failures += 1
            self._closed_until = self._clock() + self._pause
