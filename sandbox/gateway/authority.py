"""The OAuth 2.0 rules of the gateway: oauthlib's server side over `TokenStore`."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from oauthlib.common import Request
from oauthlib.oauth2 import RequestValidator, WebApplicationServer

from sandbox.accounts import OAUTH_CLIENT, OAuthClient
from sandbox.gateway.tokens import ACCESS_LIFE, Grant, TokenStore
from space.settings.environment import is_loopback


class Answer(NamedTuple):
    """An HTTP answer as oauthlib makes it."""

    headers: Mapping[str, str]
    body: str
    status: int


class Authority:
    """Gives out codes and tokens, and says whose a token is."""

    def __init__(self, tokens: TokenStore) -> None:
        self._rules = AuthorizationValidator(tokens)
        self._server = WebApplicationServer(
            self._rules,
            token_generator=_access_token,
            token_expires_in=ACCESS_LIFE,
            refresh_token_generator=_access_token,
        )

    def check(self, path: str) -> None:
        """Check a client's request before a person is asked.

        Raises oauthlib's `OAuth2Error`; after a `FatalClientError` nobody may be sent
        back to the address in the request.
        """
        self._server.validate_authorization_request(path)

    def allow(self, path: str, user: str) -> Answer:
        """The address of the client with a code. Raises like `check`."""
        return Answer(
            *self._server.create_authorization_response(
                path, scopes=[], credentials={"user": user}
            )
        )

    def token(self, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        """Tokens for a code or for a refresh token, or the error to answer."""
        return Answer(
            *self._server.create_token_response(
                path, http_method="POST", body=body, headers=dict(headers)
            )
        )

    def user_of(self, token: str) -> str | None:
        """The name of the person an access token stands for, while it is valid."""
        grant = self._rules.tokens.access(token)
        return grant.user if grant else None


def _access_token(_request: Request) -> str:
    """A token as long as Wikimedia's, which are JWTs: no cookie has room for it."""
    return ".".join(secrets.token_urlsafe(length) for length in (60, 300, 380))


class AuthorizationValidator(RequestValidator):  # type: ignore[misc]  # oauthlib has no types
    """The rules of OAuth 2.0 for one confidential client, with or without PKCE.

    Names, arguments and answers are those of oauthlib's `RequestValidator`. Scopes mean
    nothing: on Wikimedia the grants registered for the client count.
    """

    def __init__(self, tokens: TokenStore) -> None:
        super().__init__()
        self.tokens = tokens

    def validate_client_id(self, client_id: str, request: Request) -> bool:
        """Whether the client is registered."""
        request.client = OAUTH_CLIENT
        return client_id == OAUTH_CLIENT.client_id

    def authenticate_client(self, request: Request) -> bool:
        """Whether the request comes from the client: secret in the body or Basic."""
        name, secret = request.client_id or "", request.client_secret or ""
        if not secret:
            name, secret = _basic(request.headers.get("Authorization", ""))
        request.client = OAUTH_CLIENT
        request.client_id = name
        return name == OAUTH_CLIENT.client_id and hmac.compare_digest(
            secret.encode(), OAUTH_CLIENT.client_secret.encode()
        )

    def authenticate_client_id(self, *_: object) -> bool:
        """Whether a client without a secret is known: there is none."""
        return False

    def validate_redirect_uri(
        self, _client_id: str, redirect_uri: str, _request: Request
    ) -> bool:
        """Whether the callback is the registered path on this machine, any port."""
        parts = urlsplit(redirect_uri)
        return is_loopback(parts.hostname) and parts.path == OAUTH_CLIENT.callback

    def get_default_redirect_uri(self, *_: object) -> None:
        """No callback but the one asked for."""
        return

    def validate_response_type(
        self, _client_id: str, response_type: str, *_: object
    ) -> bool:
        """Only codes."""
        return response_type == "code"

    def validate_scopes(self, *_: object) -> bool:
        """Any: they mean nothing."""
        return True

    def get_default_scopes(self, *_: object) -> list[str]:
        """None."""
        return []

    def validate_grant_type(self, _client_id: str, grant_type: str, *_: object) -> bool:
        """Codes, and refreshing what came from one."""
        return grant_type in {"authorization_code", "refresh_token"}

    def save_authorization_code(
        self, client_id: str, code: Mapping[str, str], request: Request
    ) -> None:
        """Remember the code with what it was asked with."""
        grant = Grant(
            user=request.user,
            client=client_id,
            redirect_uri=request.redirect_uri,
            challenge=request.code_challenge,
            challenge_method=request.code_challenge_method,
        )
        self.tokens.add_code(code["code"], grant)

    def validate_code(
        self, client_id: str, code: str, _client: OAuthClient, request: Request
    ) -> bool:
        """Whether the code is good. It is used up by asking, right or wrong."""
        grant = self.tokens.take_code(code)
        if grant is None or grant.client != client_id:
            return False
        request.user, request.scopes, request.grant = grant.user, [], grant
        return True

    def get_code_challenge(self, _code: str, request: Request) -> str | None:
        """The PKCE challenge the code was asked with."""
        grant: Grant = request.grant
        return grant.challenge

    def get_code_challenge_method(self, _code: str, request: Request) -> str | None:
        """`S256` or `plain`."""
        grant: Grant = request.grant
        return grant.challenge_method

    def confirm_redirect_uri(
        self,
        _client_id: str,
        _code: str,
        redirect_uri: str,
        _client: OAuthClient,
        request: Request,
    ) -> bool:
        """Whether the callback is the one the code was asked with."""
        return bool(request.grant.redirect_uri == redirect_uri)

    def invalidate_authorization_code(self, *_: object) -> None:
        """Nothing to do: `validate_code` has used it up."""

    def save_bearer_token(self, token: Mapping[str, str], request: Request) -> None:
        """Remember a pair of tokens; after a refresh the earlier pair retires."""
        grant = Grant(user=request.user, client=request.client_id)
        self.tokens.add_pair(token["access_token"], token["refresh_token"], grant)
        if request.refresh_token:
            self.tokens.retire(request.refresh_token)

    def validate_refresh_token(
        self, refresh_token: str, _client: OAuthClient, request: Request
    ) -> bool:
        """Whether the refresh token is good for this client."""
        grant = self.tokens.refresh(refresh_token)
        if grant is None or grant.client != request.client_id:
            return False
        request.user = grant.user
        return True

    def get_original_scopes(self, *_: object) -> list[str]:
        """None."""
        return []


def _basic(header: str) -> tuple[str, str]:
    """Name and password of an `Authorization: Basic` header (RFC 6749, 2.3.1)."""
    kind, _, value = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, secret = base64.b64decode(value).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return unquote(name), unquote(secret)
