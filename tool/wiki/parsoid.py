"""Client of the wiki's Parsoid, which converts HTML to wikitext.

https://www.mediawiki.org/wiki/API:REST_API/Reference#Transform, used without an
account, as it writes nothing.
"""

from hashlib import sha256

import requests

from space.authoring.pasting import MAX_REDUCED
from space.errors import WikiUnavailableError
from tool.signin.sessions import Clock
from tool.wiki.answers import Answers
from tool.wiki.client import TIMEOUT

_PATH = "rest.php/v1/transform/html/to/wikitext"


class Parsoid:
    """Cached and rate-limited conversion of HTML to wikitext."""

    def __init__(self, api_url: str, user_agent: str, clock: Clock) -> None:
        self._address = api_url.removesuffix("api.php") + _PATH
        self._user_agent = user_agent
        self._answers: Answers[str] = Answers(clock)

    def wikitext(self, html: str) -> str:
        """Wikitext of HTML, at most `MAX_REDUCED` characters.

        Raises `WikiUnavailableError` if the wiki has no Parsoid or does not answer.
        """
        key = (sha256(html.encode()).hexdigest(),)
        return self._answers.get(key, lambda: self._ask(html))

    def _ask(self, html: str) -> str:
        try:
            answer = requests.post(
                self._address,
                json={"html": html},
                headers={"User-Agent": self._user_agent},
                timeout=TIMEOUT,
            )
        except requests.RequestException as error:
            raise WikiUnavailableError(str(error)) from error
        kind = answer.headers.get("Content-Type", "")
        if answer.status_code != 200 or not kind.startswith("text/plain"):
            raise WikiUnavailableError(f"HTTP {answer.status_code}, {kind}")
        answer.encoding = "utf-8"
        return answer.text[:MAX_REDUCED]
