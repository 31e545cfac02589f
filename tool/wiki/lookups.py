"""Searches in other wikis, made by the server: browsers contact no third site."""

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

import requests

from space.errors import WikiUnavailableError
from space.wiki.action_api import well_formed
from space.wiki.query import Ask
from tool.signin.sessions import Clock
from tool.upstream.deadline import ASIDE, within
from tool.wiki.answers import Answers
from tool.wiki.client import MwclientTransport

T = TypeVar("T")


class Lookups(Generic[T]):
    """Cached searches in one wiki; methods raise `WikiUnavailableError`."""

    def __init__(
        self,
        search: Callable[[Ask, str, str], tuple[T, ...]],
        look_up: Callable[[Ask, str, str], T | None],
        ask: Ask,
        clock: Clock,
    ) -> None:
        """Use functions like `search` and `look_up` of `space.authoring.gazetteer`."""
        self._search = search
        self._look_up = look_up
        self._ask = ask
        self._answers: Answers[tuple[T, ...]] = Answers(clock)

    def search(self, text: str, language: str) -> tuple[T, ...]:
        """Results for a text, best first."""
        same = " ".join(text.split()).casefold()

        def find() -> tuple[T, ...]:
            with well_formed():
                return self._search(self._ask, text, language)

        return self._answers.get(("search", same, language), find)

    def look_up(self, name: str, language: str) -> T | None:
        """The result with an item id or file name, None without one."""

        def look() -> tuple[T, ...]:
            with well_formed():
                result = self._look_up(self._ask, name, language)
            return () if result is None else (result,)

        return next(iter(self._answers.get(_named(name, language), look)), None)

    def known(self, name: str, language: str) -> tuple[T, ...] | None:
        """What `look_up` found, as none or one; None where nobody looked."""
        return self._answers.known(_named(name, language))


def _named(name: str, language: str) -> tuple[str, str, str]:
    return "name", name, language


def asking(api_url: str, session: Callable[[], requests.Session]) -> Ask:
    """Queries to an API, logged out; they raise `WikiUnavailableError` on errors.

    `session` makes sessions within bounds. A wiki that hangs keeps no thread for long,
    as the pages' own wiki needs it.
    """

    def ask(params: Mapping[str, str]) -> Mapping[str, Any]:
        with within(ASIDE), session() as pool:
            transport = MwclientTransport(api_url, pool)
            answer = transport.call({**params, "formatversion": "2"})
        if "error" in answer:
            raise WikiUnavailableError(str(answer["error"]))
        return answer

    return ask
