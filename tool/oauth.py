"""Signing in with Wikimedia OAuth 2.0: authorization code with PKCE and state.

https://www.mediawiki.org/wiki/OAuth/For_Developers, RFC 6749, RFC 7636. The addresses
follow from the wiki's: `…/w/api.php` has `…/w/rest.php/oauth2/` beside it.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from space.config import ToolConfig
from space.wiki import SpaceError, WikiUnavailableError
from tool.sessions import PendingSignIn, Token

TIMEOUT = 15
# What the token endpoint says of a refresh token that is over, used up or revoked.
_OVER = frozenset({"invalid_grant", "invalid_request"})
# What comes of an answer that is none, or has not the shape the protocol wants.
_NO_ANSWER = (
    OAuth2Error,
    requests.RequestException,
    KeyError,
    TypeError,
    ValueError,
)


class SignInFailedError(SpaceError):
    """The wiki or the callback did not bring what signing in needs; try again."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """The client of the wiki's OAuth 2.0 server."""

    config: ToolConfig
    user_agent: str

    @property
    def callback(self) -> str:
        """Where the wiki sends people back to; registered with the consumer."""
        return f"{self.config.public_url}/oauth-callback"

    def _endpoint(self, name: str) -> str:
        return self.config.wiki_url.removesuffix("api.php") + f"rest.php/oauth2/{name}"

    def session(self, token: Token | None = None) -> OAuth2Session:
        """An HTTP session that carries the token, with our name in its headers."""
        session = OAuth2Session(
            self.config.oauth_client_id, token=token, redirect_uri=self.callback
        )
        session.headers["User-Agent"] = self.user_agent
        return session

    def begin(self, return_to: str) -> tuple[str, PendingSignIn]:
        """The wiki's address to send the person to, and what to remember until then."""
        pending = PendingSignIn(
            state=secrets.token_urlsafe(),
            verifier=secrets.token_urlsafe(64),
            return_to=return_to,
        )
        digest = hashlib.sha256(pending.verifier.encode()).digest()
        address, _ = self.session().authorization_url(
            self._endpoint("authorize"),
            state=pending.state,
            code_challenge=base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            code_challenge_method="S256",
        )
        return address, pending

    def finish(
        self, pending: PendingSignIn, answer: Mapping[str, str]
    ) -> tuple[str, Token]:
        """The account's name and its token, from what the callback brought.

        Raises `SignInFailedError`, also for a state that is not the remembered one.
        """
        state, code = answer.get("state", ""), answer.get("code", "")
        if not code or not hmac.compare_digest(state.encode(), pending.state.encode()):
            raise SignInFailedError("no code, or the state of another sign-in")
        session = self.session()
        try:
            token = session.fetch_token(
                self._endpoint("access_token"),
                code=code,
                code_verifier=pending.verifier,
                client_secret=self.config.oauth_client_secret,
                include_client_id=True,
                timeout=TIMEOUT,
            )
            profile = session.get(self._endpoint("resource/profile"), timeout=TIMEOUT)
            profile.raise_for_status()
            return str(profile.json()["username"]), token
        except _NO_ANSWER as error:
            raise SignInFailedError(type(error).__name__) from error

    def refresh(self, token: Token) -> Token | None:
        """The token that follows an old one; None when only a new sign-in helps.

        Raises `WikiUnavailableError`; then the old refresh token may still be good.
        """
        try:
            fresh: Token = self.session(token).refresh_token(
                self._endpoint("access_token"),
                refresh_token=token["refresh_token"],
                client_id=self.config.oauth_client_id,
                client_secret=self.config.oauth_client_secret,
                timeout=TIMEOUT,
            )
        except OAuth2Error as error:
            if error.error in _OVER:
                return None
            raise WikiUnavailableError(str(error.error)) from error
        except _NO_ANSWER as error:
            raise WikiUnavailableError(type(error).__name__) from error
        return fresh
