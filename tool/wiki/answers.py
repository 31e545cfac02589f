"""Cache and rate limit of requests that people cause while they fill in a form."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from space.errors import WikiUnavailableError
from tool.signin.sessions import Clock

MAX_AGE = timedelta(days=1)
MAX_ANSWERS = 500  # answers
MAX_REQUESTS = 60  # requests a minute, in one process
_MINUTE = timedelta(minutes=1)

T = TypeVar("T")
_Key = tuple[str, ...]


class Answers(Generic[T]):
    """LRU cache of answers, each for a day, with a limit of requests a minute.

    The limit is there because people use forms without signing in.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stored: OrderedDict[_Key, tuple[datetime, T]] = OrderedDict()
        self._asked: list[datetime] = []
        self._lock = Lock()

    def known(self, key: _Key) -> T | None:
        """The cached answer for a key, None without one."""
        stored = self._stored.get(key)
        return stored[1] if stored and self._clock() - stored[0] < MAX_AGE else None

    def get(self, key: _Key, ask: Callable[[], T]) -> T:
        """The cached answer for a key, else the one of `ask`.

        Raises `WikiUnavailableError` above the limit, as `ask` may.
        """
        now = self._clock()
        with self._lock:
            stored = self._stored.get(key)
            if stored and now - stored[0] < MAX_AGE:
                return stored[1]
            self._asked = [at for at in self._asked if now - at < _MINUTE]
            if len(self._asked) >= MAX_REQUESTS:
                raise WikiUnavailableError("too many searches at once")
            self._asked.append(now)
        answer = ask()
        with self._lock:
            self._stored[key] = now, answer
            self._stored.move_to_end(key)
            if len(self._stored) > MAX_ANSWERS:
                self._stored.popitem(last=False)
        return answer
