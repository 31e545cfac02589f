"""Answers of other wikis to what people search in a form, kept for a while."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Generic, TypeVar

import requests

from space.wiki import WikiUnavailableError
from tool.sessions import Clock
from tool.wiki import MwclientTransport

KEPT = timedelta(days=1)
MOST_KEPT = 500  # answers
MOST_ASKED = 60  # questions a minute whose answer is not kept, in one process
_MINUTE = timedelta(minutes=1)

T = TypeVar("T")
Key = tuple[str, ...]


class Lookups(Generic[T]):
    """Asks one API with the tool's user agent, and keeps each answer for a day.

    Whoever fills in a form may search, signed in or not, so what goes out is limited.
    """

    def __init__(self, api_url: str, user_agent: str, clock: Clock) -> None:
        self._api_url = api_url
        self._user_agent = user_agent
        self._clock = clock
        self._known: OrderedDict[Key, tuple[datetime, tuple[T, ...]]] = OrderedDict()
        self._asked: list[datetime] = []
        self._lock = Lock()

    def answer(self, key: Key, make: Callable[[], tuple[T, ...]]) -> tuple[T, ...]:
        """What was made for a key within a day, or is made now.

        Raises `WikiUnavailableError` when nothing can be had now.
        """
        now = self._clock()
        with self._lock:
            known = self._known.get(key)
            if known and now - known[0] < KEPT:
                return known[1]
            self._asked = [at for at in self._asked if now - at < _MINUTE]
            if len(self._asked) >= MOST_ASKED:
                raise WikiUnavailableError("too many searches at once")
            self._asked.append(now)
        made = make()
        with self._lock:
            self._known[key] = now, made
            self._known.move_to_end(key)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return made

    def ask(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        """One request; raises `WikiUnavailableError`, also where it was refused."""
        with requests.Session() as pool:
            pool.headers["User-Agent"] = self._user_agent
            transport = MwclientTransport(self._api_url, pool)
            answer = transport.call({**params, "formatversion": "2"})
        if "error" in answer:
            raise WikiUnavailableError(str(answer["error"]))
        return answer


def same(text: str) -> str:
    """What makes two searches one."""
    return " ".join(text.split()).casefold()
