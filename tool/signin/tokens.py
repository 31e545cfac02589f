"""Access tokens of sessions, refreshed before they expire."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from space.errors import WikiUnavailableError
from tool.signin.oauth import SignIn
from tool.signin.sessions import Clock, Sessions, Token
from tool.upstream.call_limits import CallLimits
from tool.upstream.deadline import has_deadline, remaining

_EARLY = timedelta(minutes=2)  # before a token expires
_TRIES = 40
_PAUSE = 0.25  # seconds; all tries together outlast the deadline of a refresh


@dataclass(frozen=True, slots=True)
class Tokens:
    """Refreshes the tokens of sessions, one request at a time for each session."""

    sessions: Sessions
    sign_in: SignIn
    clock: Clock
    bounds: CallLimits
    pause: Callable[[float], None] = time.sleep

    def current(self, key: str, refused: Token | None = None) -> Token | None:
        """The session's token, refreshed if necessary; None if only a sign-in helps.

        `refused` is a token that the wiki refused although it has not expired. Raises
        `WikiUnavailableError` if the wiki does not answer in time, or too many threads
        wait for it.
        """
        token = self.sessions.token(key)
        if token is None or self._is_good(token, refused):
            return token
        with self.bounds.waiting():  # also who waits for another's refresh
            return self._refreshed(key, refused)

    def _refreshed(self, key: str, refused: Token | None) -> Token | None:
        for _ in range(_TRIES):
            token = self.sessions.token(key)
            if token is None or self._is_good(token, refused):
                return token
            if self.sessions.lease(key):
                return self._refresh(key, refused)
            if has_deadline() and remaining() <= _PAUSE:
                break
            self.pause(_PAUSE)
        raise WikiUnavailableError("another request has not refreshed the token")

    def _is_good(self, token: Token, refused: Token | None) -> bool:
        if refused and token["access_token"] == refused["access_token"]:
            return False
        ends = float(token.get("expires_at", 0))
        return ends >= (self.clock() + _EARLY).timestamp()

    def _refresh(self, key: str, refused: Token | None) -> Token | None:
        """Refresh the token under the lease, unless another request just did."""
        token = self.sessions.token(key)
        if token is not None and not self._is_good(token, refused):
            try:
                token = self.sign_in.refresh(token)
            except WikiUnavailableError:
                self.sessions.put_token(key, token)
                raise
        self.sessions.put_token(key, token)
        return token
