"""Wikidata's places for the form: asked by the server, never by a visitor's browser."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import requests

from space import gazetteer
from space.gazetteer import Place
from space.wiki import WikiUnavailableError
from tool.sessions import Clock
from tool.wiki import MwclientTransport

KEPT = timedelta(days=1)
MOST_KEPT = 500  # searches
MOST_ASKED = 60  # searches a minute that are not kept, in one process
_MINUTE = timedelta(minutes=1)

Key = tuple[str, str, str]


class Gazetteer:
    """Searches for places, each kept for a day.

    Whoever fills in a form may search, signed in or not, so what goes out is limited.
    """

    def __init__(self, api_url: str, user_agent: str, clock: Clock) -> None:
        self._api_url = api_url
        self._user_agent = user_agent
        self._clock = clock
        self._known: OrderedDict[Key, tuple[datetime, tuple[Place, ...]]] = (
            OrderedDict()
        )
        self._asked: list[datetime] = []
        self._lock = Lock()

    def search(self, text: str, language: str) -> tuple[Place, ...]:
        """Places called so; `WikiUnavailableError` when none can be had now."""
        return self._kept(
            ("search", " ".join(text.split()).casefold(), language),
            lambda: gazetteer.search(self._ask, text, language),
        )

    def look_up(self, item: str, language: str) -> Place | None:
        """The place of an item, None for none; raises as `search`."""

        def look() -> tuple[Place, ...]:
            found = gazetteer.look_up(self._ask, item, language)
            return (found,) if found else ()

        return next(iter(self._kept(("item", item, language), look)), None)

    def _kept(
        self, key: Key, make: Callable[[], tuple[Place, ...]]
    ) -> tuple[Place, ...]:
        now = self._clock()
        with self._lock:
            known = self._known.get(key)
            if known and now - known[0] < KEPT:
                return known[1]
            self._asked = [at for at in self._asked if now - at < _MINUTE]
            if len(self._asked) >= MOST_ASKED:
                raise WikiUnavailableError("too many searches for places at once")
            self._asked.append(now)
        made = make()
        with self._lock:
            self._known[key] = now, made
            self._known.move_to_end(key)
            if len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
        return made

    def _ask(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        with requests.Session() as pool:
            pool.headers["User-Agent"] = self._user_agent
            transport = MwclientTransport(self._api_url, pool)
            answer = transport.call({**params, "formatversion": "2"})
        if "error" in answer:
            raise WikiUnavailableError(str(answer["error"]))
        return answer
