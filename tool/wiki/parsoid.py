"""Client of the wiki's Parsoid, which converts HTML to wikitext.

https://www.mediawiki.org/wiki/API:REST_API/Reference#Transform, used without an
account, as it writes nothing.
"""

from collections.abc import Callable
from hashlib import sha256

import requests

from space.authoring.pasting import MAX_REDUCED
from space.errors import WikiUnavailableError
from tool.signin.sessions import Clock
from tool.wiki.answers import Answers

_PATH = "rest.php/v1/transform/html/to/wikitext"


class Parsoid:
    """Cached and rate-limited conversion of HTML to wikitext."""

    def __init__(
        self, api_url: str, session: Callable[[], requests.Session], clock: Clock
    ) -> None:
        """Parsoid of a wiki's API; `session` makes sessions within bounds."""
        self._address = api_url.removesuffix("api.php") + _PATH
        self._session = session
        self._answers: Answers[str] = Answers(clock)

    def wikitext(self, html: str) -> str:
        """Wikitext of HTML, at most `MAX_REDUCED` characters.

        Raises `WikiUnavailableError` if the wiki has no Parsoid or does not answer.
        """
        key = (sha256(html.encode()).hexdigest(),)
        return self._answers.get(key, lambda: self._ask(html))

    def _ask(self, html: str) -> str:
        try:
            with self._session() as session:
                answer = session.post(
                    self._address, json={"html": html}, allow_redirects=False
                )
        except requests.RequestException as error:
            raise WikiUnavailableError(str(error)) from error
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith("text/plain"):
            raise WikiUnavailableError(f"HTTP {answer.status_code}, {kind}")
        answer.encoding = "utf-8"
        return answer.text[:MAX_REDUCED]
