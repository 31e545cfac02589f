"""Threads that ask a wiki for what readers see, who wait briefly or not at all."""

import logging
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from threading import RLock
from time import monotonic
from typing import Any, TypeVar

from space.errors import WikiBusyError, WikiUnavailableError
from space.logs import current_request, for_request
from space.settings.environment import WIKI_SECONDS
from tool.upstream.call_limits import CallLimits, in_place_of_others
from tool.upstream.deadline import has_deadline, remaining, within

log = logging.getLogger(__name__)

THREADS = 2
MOST = 16
"""Questions that are asked or wait to be asked; more of them are refused."""
PAUSE = 180
"""Seconds in which nobody waits, after an answer that was not there in time."""
PROMPT = 2
"""Seconds within which a wiki answers for which it is worth to wait."""

T = TypeVar("T")


class ReaderPool:
    """A pool of `THREADS` that ask one wiki; a question is asked to its end.

    Readers wait only for a wiki that is known to answer: not in a process that has just
    started, and after an answer that was late not for `PAUSE`, or until a prompt one
    came. What is asked meanwhile is there for the next reader.
    """

    def __init__(
        self,
        limits: CallLimits,
        seconds: float = WIKI_SECONDS,
        executor: Executor | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        """`limits` bounds how many readers wait; a question may take `seconds`."""
        self._limits = limits
        self._seconds = seconds
        self._executor = executor or ThreadPoolExecutor(THREADS, "reader-pool")
        self._clock = clock
        self._lock = RLock()  # a question may ask others
        self._asked: dict[Hashable, Future[Any]] = {}
        self._patient_from = clock() + PAUSE

    @property
    def asked(self) -> frozenset[Hashable]:
        """The keys of the questions that have no answer yet."""
        return frozenset(self._asked)

    def get(self, key: Hashable, ask: Callable[[], T], seconds: float) -> T:
        """The answer of `ask`, for which `key` stands, if it is there within `seconds`.

        With no seconds it is asked for without waiting. Raises `WikiUnavailableError`
        where no answer is there in time, as `ask` may.
        """
        if has_deadline():
            seconds = min(seconds, remaining())
        future = self._submit(key, ask)
        if future.done():
            return future.result()
        if seconds <= 0 or self._clock() < self._patient_from:
            raise WikiBusyError("nobody waits for this wiki now")
        with self._limits.waiting():
            try:
                return future.result(seconds)
            except TimeoutError as error:
                self._patient_from = self._clock() + PAUSE
                raise WikiUnavailableError("no answer in time") from error

    def _submit(self, key: Hashable, ask: Callable[[], T]) -> "Future[T]":
        """Ask soon, without waiting; once for all who ask the same meanwhile.

        Raises `WikiBusyError` while too much is asked.
        """
        with self._lock:
            future = self._asked.get(key)
            if future is not None:
                return future
            if len(self._asked) >= MOST:
                raise WikiBusyError("too many questions wait for this wiki")
            future = self._executor.submit(self._answered, ask, current_request())
            self._asked[key] = future
        future.add_done_callback(lambda _: self._asked.pop(key, None))
        return future

    def _answered(self, ask: Callable[[], T], request: str) -> T:
        began = self._clock()
        with in_place_of_others(), within(self._seconds), for_request(request):
            try:
                answer = ask()
            except WikiUnavailableError as error:
                log.warning("no answer for readers error=%s", error)
                raise
            except Exception:
                log.exception("a question for readers failed")
                raise
        if self._clock() - began <= PROMPT:
            self._patient_from = 0.0
        return answer
