"""Client of Wikimedia OAuth 2.0: authorization code grant with PKCE and state.

https://www.mediawiki.org/wiki/OAuth/For_Developers, RFC 6749, RFC 7636. The
endpoints follow from the API's URL: `…/w/api.php` has `…/w/rest.php/oauth2/`.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from space.errors import SpaceError, WikiUnavailableError
from space.settings.environment import ToolConfig
from space.text.json_object import read_object
from space.text.languages import is_code
from tool.signin.sessions import PendingSignIn, Token
from tool.signin.token_answers import GrantOverError, check_redirect, check_token
from tool.upstream.adapter import bounded
from tool.upstream.call_limits import CallLimits


class SignInFailedError(SpaceError):
    """The person or the wiki did not confirm the sign-in; another try may succeed."""


def allow_loopback(config: ToolConfig) -> None:
    """Let oauthlib use plain http if the settings do.

    The settings allow it for loopback addresses only (`space.settings.environment`);
    oauthlib refuses these, too, unless this environment variable is set.
    """
    if urlsplit(config.wiki_url).scheme == "http":
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"


@dataclass(frozen=True, slots=True)
class SignIn:
    """The client of the wiki's OAuth 2.0 server."""

    config: ToolConfig
    user_agent: str
    bounds: CallLimits

    @property
    def callback(self) -> str:
        """Redirect URI, registered with the consumer."""
        return f"{self.config.public_url}/oauth-callback"

    def _endpoint(self, name: str) -> str:
        return self.config.wiki_url.removesuffix("api.php") + f"rest.php/oauth2/{name}"

    def session(self, token: Token | None = None) -> OAuth2Session:
        """An HTTP session within bounds, with the token and the tool's User-Agent."""
        session = OAuth2Session(
            self.config.oauth_client_id, token=token, redirect_uri=self.callback
        )
        for answer in ("access_token_response", "refresh_token_response"):
            session.register_compliance_hook(answer, check_token)
        return bounded(session, self.bounds, self.user_agent)

    def begin(self, return_to: str) -> tuple[str, PendingSignIn]:
        """The authorization URL for the person, and the pending sign-in to store."""
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
        """The account's name and token, from the parameters of the redirect.

        Raises `SignInFailedError`, also for another state than that of `pending`,
        `WikiUnavailableError`, or `ConsumerRefusedError` if nobody can sign in.
        """
        state, code = answer.get("state", ""), answer.get("code", "")
        if not hmac.compare_digest(state.encode(), pending.state.encode()):
            raise SignInFailedError("the state of another sign-in")
        check_redirect(answer.get("error", ""))
        if not code:
            raise SignInFailedError(answer.get("error", "no code"))
        session = self.session()
        try:
            token = _asked(
                lambda: session.fetch_token(
                    self._endpoint("access_token"),
                    code=code,
                    code_verifier=pending.verifier,
                    client_secret=self.config.oauth_client_secret,
                    include_client_id=True,
                )
            )
        except GrantOverError as error:
            raise SignInFailedError(str(error)) from error
        return self._name(session), token

    def _name(self, session: OAuth2Session) -> str:
        """The name of the account to which the session's token belongs."""
        address = self._endpoint("resource/profile")
        response = _asked(lambda: session.get(address, allow_redirects=False))
        if response.status_code in {401, 403}:
            raise SignInFailedError(f"HTTP {response.status_code} for the profile")
        profile = read_object(response.content) if response.ok else None
        name = profile.get("username") if profile else None
        if not name or not isinstance(name, str):
            raise WikiUnavailableError(f"HTTP {response.status_code}, no profile")
        return name

    def language(self, token: Token) -> str | None:
        """The code of the language that an account prefers, None where nobody says.

        Signing in does not depend on it, so trouble is an answer, too.
        https://www.mediawiki.org/wiki/API:Userinfo
        """
        query = {
            "action": "query",
            "meta": "userinfo",
            "uiprop": "options",
            "format": "json",
            "formatversion": "2",
        }
        session = self.session(token)
        try:
            response = _asked(
                lambda: session.get(
                    self.config.wiki_url, params=query, allow_redirects=False
                )
            )
        except WikiUnavailableError:
            return None
        found: Any = read_object(response.content) if response.ok else None
        for name in ("query", "userinfo", "options", "language"):
            found = found.get(name) if isinstance(found, dict) else None
        return found if isinstance(found, str) and is_code(found) else None

    def refresh(self, token: Token) -> Token | None:
        """A new token by the refresh token grant; None if only a new sign-in helps.

        Raises `WikiUnavailableError`, after which the old refresh token may still be
        valid; its subclass `ConsumerRefusedError` says that a sign-in would fail, too.
        """
        if not token.get("refresh_token"):
            return None
        session = self.session(token)
        try:
            fresh: Token = _asked(
                lambda: session.refresh_token(
                    self._endpoint("access_token"),
                    refresh_token=token["refresh_token"],
                    client_id=self.config.oauth_client_id,
                    client_secret=self.config.oauth_client_secret,
                )
            )
        except GrantOverError:
            return None
        return fresh


def _asked(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (OAuth2Error, requests.RequestException) as error:
        raise WikiUnavailableError(type(error).__name__) from error
