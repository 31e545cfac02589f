"""Facts of the wiki (`siteinfo`), read from the store once in a process."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy.exc import DBAPIError

from space.errors import WikiUnavailableError
from space.settings.environment import Config
from space.text.messages import SOURCE
from space.wiki.port import WikiReader
from space.wiki.urls import Urls
from space.wiki.values import Site
from tool.signin.sessions import Clock
from tool.upstream.deadline import BRIEFLY
from tool.upstream.reader_pool import ReaderPool

log = logging.getLogger(__name__)

_PAUSE = timedelta(minutes=1)  # after a failed request


class SiteFacts:
    """The wiki's `Site`, and URLs and titles derived from it."""

    def __init__(
        self,
        config: Config,
        stored: Callable[[], Site | None],
        reader: Callable[[], WikiReader],
        clock: Clock,
        pool: ReaderPool,
    ) -> None:
        """Facts from `stored`, which sync writes, else from the wiki."""
        self._config = config
        self._stored = stored
        self._reader = reader
        self._clock = clock
        self._pool = pool
        self._lock = Lock()
        self._site: Site | None = None
        self._silent_until: datetime | None = None

    def site(self) -> Site:
        """The wiki's facts. Raises `WikiUnavailableError` while they are unknown.

        Every page needs the facts, so the wiki is asked by one thread at a time, not
        for long, and after a failure not for `_PAUSE`; others go without meanwhile.
        """
        if self._site is None:
            self._site = self._read() or self._ask()
        return self._site

    def _read(self) -> Site | None:
        """What is stored; None while the database is away, too."""
        try:
            return self._stored()
        except DBAPIError as error:
            log.warning("no stored facts of the wiki error=%s", error.orig)
            return None

    def _ask(self) -> Site:
        with self._lock:
            if self._silent_until and self._clock() < self._silent_until:
                raise WikiUnavailableError("the wiki has not answered yet")
            self._silent_until = self._clock() + _PAUSE
        return self._pool.get("site", lambda: self._reader().site(), BRIEFLY)

    def addresses(self) -> Urls:
        """URLs of the wiki; those of `guess` while the wiki is unavailable."""
        try:
            site = self.site()
        except WikiUnavailableError as error:
            log.warning("no facts of the wiki error=%s", error)
            return self.guess()
        config = self._config
        return Urls.of(
            site, public_url=config.public_url, commons_url=config.commons_url
        )

    def guess(self) -> Urls:
        """URLs from the settings alone: index.php works without short URLs."""
        config = self._config
        return Urls.guessed(
            config.wiki_url,
            public_url=config.public_url,
            commons_url=config.commons_url,
        )

    def talk_title(self, title: str) -> str:
        """The title of the talk page; the page's own while the wiki is unavailable."""
        try:
            return self.site().talk_title(title)
        except WikiUnavailableError:
            return title

    def has_extension(self, name: str) -> bool:
        """Whether the wiki has an extension; false while the wiki is unavailable."""
        try:
            return name in self.site().extensions
        except WikiUnavailableError:
            return False

    def language(self) -> str:
        """The content language of the wiki; English while the wiki is unavailable."""
        try:
            return self.site().language
        except WikiUnavailableError:
            return SOURCE
