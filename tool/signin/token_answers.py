"""Answers of the wiki's OAuth 2.0 token endpoint: a token, a refusal, or none at all.

RFC 6749 §5. oauthlib looks at no status, reads text that is no JSON as a form and
breaks on JSON that is no object, so each answer is checked before oauthlib has it.

What the codes mean is what the OAuth extension and the League's OAuth2 server, on
which it is built, use them for (`OAuthServerException`).
"""

import logging
from http import HTTPStatus
from typing import Any

import requests

from space.errors import ConsumerRefusedError, SpaceError, WikiUnavailableError

log = logging.getLogger(__name__)

_OVER = frozenset({"invalid_grant", "invalid_request"})
"""The code or the refresh token is over, used up, revoked or not for us. The League's
server said `invalid_request` for that before its version 9."""

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
"""The wiki does not serve this tool, whoever asks."""

_PASSING = frozenset({"server_error", "slow_down", "temporarily_unavailable"})

_LONGEST_LIFE = 10 * 366 * 24 * 3600  # seconds; longer than any token's


class GrantOverError(SpaceError):
    """The code or the refresh token is good no more; a new sign-in helps."""


def check_token(response: requests.Response) -> requests.Response:
    """The answer, if it holds a token.

    Raises `GrantOverError`, `ConsumerRefusedError`, or `WikiUnavailableError` where it
    is not what the protocol wants.
    """
    try:
        answer = response.json()
    except ValueError:
        answer = None
    told = answer.get("error") if isinstance(answer, dict) else None
    error = told if isinstance(told, str) else ""
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
    """Look at the error with which a person was sent back (§4.1.2.1), if there is one.

    Raises `WikiUnavailableError` if it passes and `ConsumerRefusedError` if it is of
    the tool. Here `access_denied` says that the person pressed "Cancel".
    """
    if error in _PASSING:
        raise WikiUnavailableError(error)
    if error in _OF_THE_CONSUMER and error != "access_denied":
        raise _refused(error)


def log_refusal(error: str) -> None:
    """Tell the maintainers, who alone can help (docs/deploying.md)."""
    log.error("the wiki refuses the tool's OAuth consumer error=%.200r", error)


def _refused(error: str) -> ConsumerRefusedError:
    log_refusal(error)
    return ConsumerRefusedError(error)


def _is_token(answer: Any) -> bool:
    """Whether it has what requests with the token need, each of its type (§5.1)."""
    if not isinstance(answer, dict):
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
