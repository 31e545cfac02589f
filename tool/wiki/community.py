"""On-wiki settings; template names and reviewers, cached for some minutes."""

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
from tool.upstream.reader_pool import ReaderPool

log = logging.getLogger(__name__)

MAX_AGE = timedelta(minutes=10)
_PAUSE = timedelta(minutes=1)  # after a request without an answer
_MAX_ANSWERS = 1000  # cached answers

OPENS_REGISTRATION = "campaignevents-enable-registration"
"""The right with which whoever made an event's page can open registration for it
(`PermissionChecker::userCanEnableRegistration` of CampaignEvents)."""

T = TypeVar("T")


class _Cache(Generic[T]):
    """Cache of the wiki's answers by name, each valid for `MAX_AGE`.

    An older answer stays good while it is asked for again.
    """

    def __init__(self, ask: Callable[[str], T], clock: Clock, pool: ReaderPool) -> None:
        self._ask = ask
        self._clock = clock
        self._pool = pool
        self._lock = Lock()
        self._answers: dict[str, T] = {}
        self._due: dict[str, datetime] = {}  # when to ask again

    def get(self, name: str, seconds: float = 0) -> T | None:
        """The answer, which may be an older one; None if there is none in time.

        Only who asks first for a name waits, for so many seconds.
        """
        now = self._clock()
        with self._lock:
            due = self._due.get(name)
            if due is not None and now < due:
                return self._answers.get(name)
            if len(self._due) >= _MAX_ANSWERS:
                self._answers.clear()
                self._due.clear()
            self._due[name] = now + _PAUSE  # nobody else asks meanwhile
        try:
            self._pool.get(
                (id(self), name),
                lambda: self.refresh(name),
                seconds if due is None else 0,
            )
        except WikiBusyError:
            with self._lock:
                self._due[name] = min(now, self._due[name])
        except WikiUnavailableError:
            pass  # the pool's log tells why
        with self._lock:
            return self._answers.get(name)

    def refresh(self, name: str) -> T:
        """The newest answer. Raises `WikiUnavailableError`."""
        answer = self._ask(name)
        with self._lock:
            self._answers[name] = answer
            self._due[name] = self._clock() + MAX_AGE
        return answer


class CommunitySettings:
    """Settings, record templates and reviewers of the wiki.

    Cached answers decide which links are shown; an action is checked without them.
    """

    def __init__(
        self,
        stored: Callable[[], Settings],
        reader: Callable[[], WikiReader],
        clock: Clock,
        pool: ReaderPool,
    ) -> None:
        """Settings from `stored`, as sync found that they count; others of the wiki."""
        self._reader = reader
        self._stored = stored
        self._templates = _Cache(lambda _: Templates.read(reader()), clock, pool)
        self._reviewers = _Cache(self.reviews_now, clock, pool)
        self._organizers = _Cache(self._opens_registration, clock, pool)

    def settings(self) -> Settings:
        """The settings that count, or the defaults."""
        return self._stored()

    def templates(self) -> Templates:
        """Names of record templates; no redirects while the wiki is unavailable."""
        known = self.known_templates()
        if known is not None:
            return known
        try:
            with within(BRIEFLY):
                return self._templates.refresh("")
        except WikiUnavailableError as error:
            log.warning("no answer of the wiki error=%s", error)
            return Templates.plain()

    def known_templates(self) -> Templates | None:
        """Names of record templates; None, without waiting, while they are unknown."""
        return self._templates.get("")

    def reviews(self, user: str | None) -> bool:
        """Whether an account is a reviewer; False for None."""
        return user is not None and bool(self._reviewers.get(user, BRIEFLY))

    def reviews_now(self, user: str) -> bool:
        """`reviews` without the cache. Raises `WikiUnavailableError`."""
        policy = Policy.of_settings(self.settings())
        return rights_of(self._reader().accounts([user])[user], policy).reviews

    def opens_registration(self, user: str | None) -> bool | None:
        """Whether an account may open registration; None for nobody, and if unknown."""
        return None if user is None else self._organizers.get(user, BRIEFLY)

    def _opens_registration(self, user: str) -> bool:
        return OPENS_REGISTRATION in self._reader().accounts([user])[user].rights
