"""Access tokens that are good for some minutes more."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from space.wiki import WikiUnavailableError
from tool.oauth import SignIn
from tool.sessions import Clock, Sessions, Token

_EARLY = timedelta(minutes=2)
_TRIES = 40
_PAUSE = 0.25  # seconds; with the tries, longer than a slow answer of the wiki


@dataclass(frozen=True, slots=True)
class Tokens:
    """Keeps the tokens of sessions fresh, one refresh at a time for each."""

    sessions: Sessions
    sign_in: SignIn
    clock: Clock
    pause: Callable[[float], None] = time.sleep

    def current(self, key: str) -> Token | None:
        """The session's token, refreshed if need be; None means signing in again.

        Raises `WikiUnavailableError` when the wiki does not answer in time.
        """
        for _ in range(_TRIES):
            token = self.sessions.token(key)
            if token is None or not self._ends_soon(token):
                return token
            if self.sessions.lease(key):
                return self._refresh(key)
            self.pause(_PAUSE)
        raise WikiUnavailableError("another request has not refreshed the token")

    def _ends_soon(self, token: Token) -> bool:
        ends = float(token.get("expires_at", 0))
        return ends < (self.clock() + _EARLY).timestamp()

    def _refresh(self, key: str) -> Token | None:
        """With the lease held: another request may have been here just before."""
        token = self.sessions.token(key)
        if token is not None and self._ends_soon(token):
            try:
                token = self.sign_in.refresh(token)
            except WikiUnavailableError:
                self.sessions.put_token(key, token)
                raise
        self.sessions.put_token(key, token)
        return token
