"""A wiki's public REST interface, asked as a stranger and not too often."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import requests

from bots.answer_size import sized
from bots.time_limit import within
from bots.wiki import LONGEST, TIMEOUT
from space.errors import WikiUnavailableError
from space.sources.source import SourceAnswer

PER_MINUTE = 60
"""How many requests of a minute a source gets at most."""
ATTEMPTS = 3
LATER = frozenset({429, 502, 503, 504})
"""Statuses of servers that want to be asked later; the sources hear of all others."""
LONGEST_WAIT = 60.0
"""Seconds between two attempts at most, whatever a server asks for."""


@dataclass(slots=True)
class RestReader:
    """Reads paths below a wiki's rest.php.

    It sends neither cookies nor a sign-in, and follows no redirect. `agent` tells who
    asks, `pause` are the seconds between two requests, `wait` lets time pass.
    """

    url: str
    agent: str
    pause: float = 60 / PER_MINUTE
    wait: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    _next: float = field(default=0.0, init=False)

    @classmethod
    def of(cls, wiki_url: str, agent: str, pause: float | None = None) -> "RestReader":
        """The reader of the wiki whose api.php has this address."""
        url = wiki_url.removesuffix("api.php") + "rest.php"
        return cls(url, agent) if pause is None else cls(url, agent, pause)

    def ask(self, path: str) -> SourceAnswer:
        """The answer for a path, in its turn.

        Raises `WikiUnavailableError` where there is none, and after several that ask
        to come later.
        """
        trouble = ""
        for attempt in range(ATTEMPTS):
            self._wait_for_turn()
            try:
                answer = within(LONGEST, lambda: self._get(path))
            except (requests.RequestException, OSError) as error:
                trouble, pause = type(error).__name__, self.pause
            else:
                if answer.status_code not in LATER:
                    return SourceAnswer(answer.status_code, answer.content)
                trouble, pause = f"status {answer.status_code}", _seconds(answer)
            if attempt + 1 < ATTEMPTS:
                self.wait(min(pause, LONGEST_WAIT))
        raise WikiUnavailableError(f"{self.url}/{path}: {trouble}")

    def _get(self, path: str) -> requests.Response:
        with sized(requests.Session()) as session:
            return session.get(
                f"{self.url}/{path}",
                headers={"User-Agent": self.agent, "Accept": "application/json"},
                timeout=TIMEOUT,
                allow_redirects=False,
            )

    def _wait_for_turn(self) -> None:
        now = self.clock()
        if now < self._next:
            self.wait(self._next - now)
        self._next = max(now, self._next) + self.pause


def _seconds(answer: requests.Response) -> float:
    """How long a server asks to wait; ten seconds where it does not say."""
    text = answer.headers.get("Retry-After", "")
    return float(text) if text.isdecimal() else 10.0
