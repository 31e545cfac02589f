"""Bounds that all requests of a process to wikis share."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import BoundedSemaphore

from space.errors import NotSentError, WikiBusyError
from space.settings.environment import WIKI_SECONDS
from tool.upstream.breaker import Breaker
from tool.upstream.deadline import has_deadline, remaining, within

WAITERS = 2
"""Threads of a process that may wait for wikis; it has twice as many."""

PATIENCE = 0.9
"""Seconds that a wiki must have had for its silence to count against it."""

_SPARE = 2  # seconds; a probe ends before the next one is let through

_waiting: ContextVar[bool] = ContextVar("waiting", default=False)


@contextmanager
def in_place_of_others() -> Iterator[None]:
    """A block of a thread that needs no slot: who waits for its answer has one."""
    token = _waiting.set(True)
    try:
        yield
    finally:
        _waiting.reset(token)


@dataclass(slots=True)
class UpstreamCall:
    """One request to a wiki: the seconds it may take, and whether the wiki failed."""

    seconds: float
    failed: bool = False


class CallLimits:
    """Threads that wait for wikis, and the breaker of each host.

    `seconds` is the deadline of requests that belong to no visitor's request.
    """

    def __init__(self, seconds: float = WIKI_SECONDS, waiters: int = WAITERS) -> None:
        self._seconds = seconds
        self._slots = BoundedSemaphore(waiters)
        self._breakers: defaultdict[str, Breaker] = defaultdict(
            lambda: Breaker(pause=seconds + _SPARE)
        )

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """A block in which this thread may wait for a wiki.

        Raises `WikiBusyError` at once while too many others do.
        """
        if _waiting.get():
            yield
            return
        if not self._slots.acquire(blocking=False):
            raise WikiBusyError("too many requests wait for wikis")
        try:
            with in_place_of_others():
                yield
        finally:
            self._slots.release()

    @contextmanager
    def call(self, host: str) -> Iterator[UpstreamCall]:
        """A block that sends one request to a host and reads the whole answer.

        Raises `NotSentError` at once where the time is over or the host is left
        alone, and its subclass `WikiBusyError` as `waiting` does.
        """
        with ExitStack() as stack:
            if not has_deadline():
                stack.enter_context(within(self._seconds))
            stack.enter_context(self.waiting())
            call = UpstreamCall(remaining())
            if call.seconds <= 0:
                raise NotSentError("no time is left for this request")
            breaker = self._breakers[host]
            if not breaker.admits():
                raise NotSentError(f"{host} is left alone after failures")
            try:
                yield call
            except BaseException:
                call.failed = True
                raise
            finally:
                if not call.failed:
                    breaker.succeeded()
                elif call.seconds >= PATIENCE:
                    breaker.failed()
