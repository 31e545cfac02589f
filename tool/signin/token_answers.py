"""Checks of responses of the wiki's OAuth 2.0 token endpoint (RFC 6749 §5).

oauthlib ignores the HTTP status, reads text other than JSON as a form and fails on JSON
other than an object, so each response is checked before oauthlib parses it.

Error codes have the meaning that the OAuth extension and the League's OAuth2 server, on
which it is built, give them (`OAuthServerException`).
"""

import logging
from http import HTTPStatus
from typing import Any

import requests

from space.errors import ConsumerRefusedError, SpaceError, WikiUnavailableError
from space.text.json_object import read_object

log = logging.getLogger(__name__)

_OVER = frozenset({"invalid_grant", "invalid_request"})
"""Codes for a grant that is expired, used, revoked or of another client. The League's
server returned `invalid_request` for these before its version 9."""

_OF_THE_CONSUMER = frozenset(
    {
        "access_denied",  # disabled, or not approved yet
        "invalid_client",  # unknown, or another secret
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)
"""Codes for a consumer that the wiki refuses for every person."""

_PASSING = frozenset({"server_error", "slow_down", "temporarily_unavailable"})

_LONGEST_LIFE = 10 * 366 * 24 * 3600  # seconds; longer than any token's


class GrantOverError(SpaceError):
    """The authorization code or refresh token is invalid; a new sign-in helps."""


def check_token(response: requests.Response) -> requests.Response:
    """Return a response with a token.

    Raises `GrantOverError`, `ConsumerRefusedError`, or `WikiUnavailableError` for
    a response that does not follow the protocol.
    """
    # oauthlib reads the text again, and has to read the same.
    response.encoding = "utf-8"
    answer = read_object(response.content)
    code = answer.get("error") if answer else None
    error = code if isinstance(code, str) else ""
    status = response.status_code
    over_loaded = status == HTTPStatus.TOO_MANY_REQUESTS
    if over_loaded or status >= HTTPStatus.INTERNAL_SERVER_ERROR or error in _PASSING:
        raise WikiUnavailableError(f"HTTP {status} {error}")
    unauthorized = status == HTTPStatus.UNAUTHORIZED and error not in _OVER
    if unauthorized or error in _OF_THE_CONSUMER:
        raise _refused(error or f"HTTP {status}")
    if error:
        raise GrantOverError(error)
    if not response.ok or not _is_token(answer):
        raise WikiUnavailableError(f"HTTP {status}, no token")
    return response


def check_redirect(error: str) -> None:
    """Check the error of a redirect (RFC 6749 §4.1.2.1), empty for none.

    Raises `WikiUnavailableError` for a temporary error and `ConsumerRefusedError` for
    a refusal of the tool. `access_denied` means that the person pressed "Cancel".
    """
    if error in _PASSING:
        raise WikiUnavailableError(error)
    if error in _OF_THE_CONSUMER and error != "access_denied":
        raise _refused(error)


def log_refusal(error: str) -> None:
    """Log a refusal of the consumer for the maintainers (docs/deploying.md)."""
    log.error("the wiki refuses the tool's OAuth consumer error=%.200r", error)


def _refused(error: str) -> ConsumerRefusedError:
    log_refusal(error)
    return ConsumerRefusedError(error)


def _is_token(answer: dict[str, Any] | None) -> bool:
    """Whether an answer has valid token fields of the right types (RFC 6749 §5.1)."""
    if answer is None:
        return False
    kind = answer.get("token_type", "Bearer")
    texts = (answer.get("access_token"), answer.get("refresh_token", "none"), kind)
    return (
        all(isinstance(text, str) and text for text in texts)
        and kind.casefold() == "bearer"
        and isinstance(answer.get("scope", ""), str)
        and _is_lifetime(answer.get("expires_in", 1))
    )


def _is_lifetime(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and 0 < value <= _LONGEST_LIFE
    )
