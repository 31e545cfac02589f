"""On-wiki settings, template names and reviewers, cached for some minutes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from space.errors import WikiUnavailableError
from space.review.judge import rights_of
from space.review.policy import Policy
from space.settings.onwiki import Settings
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from tool.signin.sessions import Clock
from tool.upstream.deadline import BRIEFLY, within
from tool.wiki.background import Later

log = logging.getLogger(__name__)

MAX_AGE = timedelta(minutes=10)
_PAUSE = timedelta(minutes=1)  # after a failed request
_MAX_ANSWERS = 1000  # cached answers

T = TypeVar("T")


class _Cache(Generic[T]):
    """Cache of answers by name, each valid for `MAX_AGE`.

    Only the first request for a name waits for the wiki, and not for long; later
    ones have an answer that may be older and is asked for again in the background.
    """

    def __init__(
        self, ask: Callable[[str], T], otherwise: T, clock: Clock, later: Later
    ) -> None:
        self._ask = ask
        self._otherwise = otherwise
        self._clock = clock
        self._later = later
        self._lock = Lock()
        self._answers: dict[str, tuple[datetime, T]] = {}

    def get(self, name: str) -> T:
        """The answer; an older one or the default while the wiki is unavailable."""
        now = self._clock()
        with self._lock:
            known = self._answers.get(name)
            if known and now < known[0]:
                return known[1]
            if len(self._answers) >= _MAX_ANSWERS:
                self._answers.clear()
            # Nobody else asks meanwhile, or soon after a failure.
            answer = known[1] if known else self._otherwise
            self._answers[name] = now + _PAUSE, answer
        if known:
            self._later(lambda: self._refresh(name))
        else:
            with within(BRIEFLY):
                self._refresh(name)
        with self._lock:
            return self._answers.get(name, (now, answer))[1]

    def _refresh(self, name: str) -> None:
        try:
            answer = self._ask(name)
        except WikiUnavailableError as error:
            log.warning("no answer of the wiki error=%s", error)
            return
        with self._lock:
            self._answers[name] = self._clock() + MAX_AGE, answer


class CommunitySettings:
    """Settings, record templates and reviewers of the wiki.

    Cached answers decide which links are shown; an action is checked without the cache.
    """

    def __init__(
        self,
        stored: Callable[[], Settings],
        reader: Callable[[], WikiReader],
        clock: Clock,
        later: Later,
    ) -> None:
        """Settings from `stored`, as sync found that they count; others of the wiki."""
        self._stored = stored
        self._reader = reader
        self._later = later
        self._settings = _Cache(lambda _: stored(), Settings.of(), clock, later)
        self._templates = _Cache(
            lambda _: Templates.read(reader()), Templates.plain(), clock, later
        )
        self._reviewers = _Cache(self.reviews_now, False, clock, later)

    def warm_up(self) -> None:
        """Ask in the background for what pages need, so that none has to wait."""
        self._later(self.settings)
        self._later(self.templates)

    def settings(self) -> Settings:
        """The settings that count, or the defaults."""
        return self._settings.get("")

    def settings_now(self) -> Settings:
        """The settings without the cache."""
        return self._stored()

    def templates(self) -> Templates:
        """Names of record templates; no redirects while the wiki is unavailable."""
        return self._templates.get("")

    def reviews(self, user: str | None) -> bool:
        """Whether an account is a reviewer; False for None."""
        return user is not None and self._reviewers.get(user)

    def reviews_now(self, user: str) -> bool:
        """`reviews` without the cache. Raises `WikiUnavailableError`."""
        policy = Policy.of_settings(self.settings_now())
        return rights_of(self._reader().accounts([user])[user], policy).reviews
