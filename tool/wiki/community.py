"""On-wiki settings, template names and reviewers, cached for some minutes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

from space.errors import WikiBusyError, WikiUnavailableError
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
_PAUSE = timedelta(minutes=1)  # after a request without an answer
_MAX_ANSWERS = 1000  # cached answers

T = TypeVar("T")


class _Cache(Generic[T]):
    """Cache of answers by name, each valid for `MAX_AGE`.

    Only the first request for a name waits for the wiki, and not for long; later
    ones have an answer that may be older and is asked for again in the background.
    """

    def __init__(self, ask: Callable[[str], T], clock: Clock, later: Later) -> None:
        self._ask = ask
        self._clock = clock
        self._later = later
        self._lock = Lock()
        self._answers: dict[str, T] = {}
        self._due: dict[str, datetime] = {}  # when to ask again

    def get(self, name: str) -> T | None:
        """The answer, which may be an older one; None if the wiki never gave one."""
        now = self._clock()
        with self._lock:
            due = self._due.get(name)
            if due is not None and now < due:
                return self._answers.get(name)
            if len(self._due) >= _MAX_ANSWERS:
                self._answers.clear()
                self._due.clear()
            self._due[name] = now + _PAUSE  # nobody else asks meanwhile
        if due is not None:
            self._later(lambda: self._refresh(name))
        else:
            with within(BRIEFLY):
                self._refresh(name)
        with self._lock:
            return self._answers.get(name)

    def _refresh(self, name: str) -> None:
        try:
            answer, age = {name: self._ask(name)}, MAX_AGE
        except WikiBusyError as error:
            log.warning("the wiki was not asked error=%s", error)
            answer, age = {}, timedelta(0)
        except WikiUnavailableError as error:
            log.warning("no answer of the wiki error=%s", error)
            answer, age = {}, _PAUSE
        with self._lock:
            self._answers |= answer
            self._due[name] = self._clock() + age


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
        self._settings = _Cache(lambda _: stored(), clock, later)
        self._templates = _Cache(lambda _: Templates.read(reader()), clock, later)
        self._reviewers = _Cache(self.reviews_now, clock, later)

    def warm_up(self) -> None:
        """Ask in the background for what pages need, so that none has to wait."""
        self._later(self.settings)
        self._later(self.templates)

    def settings(self) -> Settings:
        """The settings that count, or the defaults."""
        return self._settings.get("") or Settings.of()

    def settings_now(self) -> Settings:
        """The settings without the cache."""
        return self._stored()

    def templates(self) -> Templates:
        """Names of record templates; no redirects while the wiki is unavailable."""
        return self.known_templates() or Templates.plain()

    def known_templates(self) -> Templates | None:
        """Names of record templates; None while the wiki is unavailable."""
        return self._templates.get("")

    def reviews(self, user: str | None) -> bool:
        """Whether an account is a reviewer; False for None."""
        return user is not None and bool(self._reviewers.get(user))

    def reviews_now(self, user: str) -> bool:
        """`reviews` without the cache. Raises `WikiUnavailableError`."""
        policy = Policy.of_settings(self.settings_now())
        return rights_of(self._reader().accounts([user])[user], policy).reviews
