"""Answers of other services to what people ask while they fill in a form."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from space.errors import WikiUnavailableError
from tool.signin.sessions import Clock

KEPT = timedelta(days=1)
MOST_KEPT = 500  # answers
MOST_ASKED = 60  # questions a minute whose answer is not kept, in one process
_MINUTE = timedelta(minutes=1)

T = TypeVar("T")
_Key = tuple[str, ...]


class Answers(Generic[T]):
    """Keeps each answer for a day.

    Whoever fills in a form may ask, signed in or not, so what goes out is limited.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: OrderedDict[_Key, tuple[datetime, T]] = OrderedDict()
        self._asked: list[datetime] = []
        self._lock = Lock()

    def get(self, key: _Key, ask: Callable[[], T]) -> T:
        """What was answered for a key within a day, or is now.

        Raises `WikiUnavailableError` when nothing can be had now.
        """
        now = self._clock()
        with self._lock:
            stored = self._known.get(key)
            if stored and now - stored[0] < KEPT:
                return stored[1]
            self._asked = [at for at in self._asked if now - at < _MINUTE]
            if len(self._asked) >= MOST_ASKED:
                raise WikiUnavailableError("too many searches at once")
            self._asked.append(now)
        answer = ask()
        with self._lock:
            self._known[key] = now, answer
            self._known.move_to_end(key)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return answer
