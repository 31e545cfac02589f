"""Access tokens that are good for some minutes more."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from space.errors import WikiUnavailableError
from tool.signin.oauth import SignIn
from tool.signin.sessions import Clock, Sessions, Token

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

    def current(self, key: str, refused: Token | None = None) -> Token | None:
        """The session's token, refreshed if need be; None means signing in again.

        `refused` is a token that the wiki did not take, whatever its date says.
        Raises `WikiUnavailableError` when the wiki does not answer in time.
        """
        for _ in range(_TRIES):
            token = self.sessions.token(key)
            if token is None or self._is_good(token, refused):
                return token
            if self.sessions.lease(key):
                return self._refresh(key, refused)
            self.pause(_PAUSE)
        raise WikiUnavailableError("another request has not refreshed the token")

    def _is_good(self, token: Token, refused: Token | None) -> bool:
        if refused and token["access_token"] == refused["access_token"]:
            return False
        ends = float(token.get("expires_at", 0))
        return ends >= (self.clock() + _EARLY).timestamp()

    def _refresh(self, key: str, refused: Token | None) -> Token | None:
        """With the lease held: another request may have been here just before."""
        token = self.sessions.token(key)
        if token is not None and not self._is_good(token, refused):
            try:
                token = self.sign_in.refresh(token)
            except WikiUnavailableError:
                self.sessions.put_token(key, token)
                raise
        self.sessions.put_token(key, token)
        return token
