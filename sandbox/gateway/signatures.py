"""OAuth 1.0a of the gateway: signed requests of owner-only consumers (RFC 5849).

oauthlib's server side checks signatures (HMAC-SHA1), times and nonces; errors are
those of MediaWiki's OAuth extension, in its words and in the order of its checks. The
grants of a consumer limit its rights. Not imitated: the handshake, which owner-only
consumers cannot do anyway; registration; RSA-SHA1; consumers for some addresses or for
one wiki only; locked accounts; signed requests to pages other than api.php and
rest.php, which the extension takes as nobody's and the gateway refuses.
"""

import time
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from oauthlib.common import Request
from oauthlib.oauth1 import (
    SIGNATURE_HMAC_SHA1,
    RequestValidator,
    ResourceEndpoint,
)

from sandbox.accounts import OwnerOnlyConsumer
from sandbox.gateway.consumers import NONCE_LIFE, Consumers

INVALID = "mwoauth-invalid-authorization"
NOT_APPROVED = f"{INVALID}-not-approved"
VERSION = "1.0"
_NONCE = "nonce"


class ErrorAnswer(NamedTuple):
    """An error of the API: its code and its text."""

    code: str
    info: str


class Signatures:
    """Says which consumer has signed a request."""

    def __init__(
        self, owner_only: Iterable[OwnerOnlyConsumer], consumers: Consumers
    ) -> None:
        self._consumers = consumers
        self._rules = SignatureValidator(owner_only, consumers)
        self._endpoint = ResourceEndpoint(self._rules)

    def check(
        self, url: str, method: str, body: bytes, headers: Mapping[str, str]
    ) -> OwnerOnlyConsumer | ErrorAnswer:
        """The consumer of a request to `url`, as its sender wrote it, or the error."""
        try:
            valid, request = self._endpoint.validate_protected_resource_request(
                url, method, body.decode("utf-8", "replace"), dict(headers)
            )
        except ValueError:  # what is no form cannot have been signed
            return _invalid("Invalid signature")
        sent: Mapping[str, str] = request.oauth_params if request else {}
        consumer = self._rules.consumers.get(sent.get("oauth_consumer_key", ""))
        if not valid or consumer is None:
            replayed = bool(request) and request.validator_log.get(_NONCE) is False
            return _invalid(_reason(sent, consumer, replayed=replayed))
        if self._consumers.is_disabled(consumer.consumer_key):
            return ErrorAnswer(
                NOT_APPROVED,
                "The app that you are trying to connect seems to be set up incorrectly."
                f' Contact the author of "{consumer.name}" for help.',
            )
        return consumer


class SignatureValidator(RequestValidator):  # type: ignore[misc]  # oauthlib has no types
    """The rules of OAuth 1.0a for consumers, tokens and nonces.

    Names, arguments and answers are those of oauthlib's `RequestValidator`.
    """

    enforce_ssl = False  # loopback only, see `Gateway`
    timestamp_lifetime = NONCE_LIFE
    allowed_signature_methods = (SIGNATURE_HMAC_SHA1,)
    dummy_client = dummy_access_token = "nobody"  # noqa: S105 - no secret

    def __init__(
        self, owner_only: Iterable[OwnerOnlyConsumer], state: Consumers
    ) -> None:
        super().__init__()
        self.consumers = {row.consumer_key: row for row in owner_only}
        self._state = state

    def check_client_key(self, client_key: str) -> bool:
        """True for any key of some length; its form is not checked."""
        return bool(client_key)

    def check_access_token(self, request_token: str) -> bool:
        """True for any token of some length; its form is not checked."""
        return bool(request_token)

    def check_nonce(self, nonce: str) -> bool:
        """True for any nonce of some length; its form is not checked."""
        return bool(nonce)

    def validate_timestamp_and_nonce(  # noqa: PLR0913, PLR0917 - oauthlib's
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: Request,
        request_token: str | None = None,
        access_token: str | None = None,
    ) -> bool:
        """Whether the nonce is new; oauthlib has looked at the time before."""
        del request_token
        fresh = self._state.use(client_key, access_token or "", nonce, int(timestamp))
        request.validator_log[_NONCE] = fresh
        return fresh

    def validate_client_key(self, client_key: str, _request: Request) -> bool:
        """Whether a consumer has this key."""
        return client_key in self.consumers

    def validate_access_token(
        self, client_key: str, token: str, _request: Request
    ) -> bool:
        """Whether the token is the one of this consumer."""
        consumer = self.consumers.get(client_key)
        return consumer is not None and consumer.access_token == token

    def validate_realms(self, *_: object, **__: object) -> bool:
        """Any: they mean nothing."""
        return True

    def get_client_secret(self, client_key: str, _request: Request) -> str:
        """The consumer's secret, or a useless one."""
        consumer = self.consumers.get(client_key)
        return consumer.consumer_secret if consumer else self.dummy_client

    def get_access_token_secret(
        self, client_key: str, _token: str, _request: Request
    ) -> str:
        """The secret of the consumer's token, or a useless one."""
        consumer = self.consumers.get(client_key)
        return consumer.access_secret if consumer else self.dummy_access_token


def _invalid(reason: str) -> ErrorAnswer:
    info = f"The authorization headers in your request are not valid: {reason}"
    return ErrorAnswer(INVALID, info)


def _reason(
    sent: Mapping[str, str], consumer: OwnerOnlyConsumer | None, *, replayed: bool
) -> str:
    """The extension's first objection to refused parameters."""
    version = sent.get("oauth_version") or VERSION
    stamp, nonce = sent.get("oauth_timestamp", ""), sent.get("oauth_nonce", "")
    method = sent.get("oauth_signature_method", "")
    now = int(time.time())
    complaints = {
        f"OAuth version '{version}' not supported": version != VERSION,
        "Invalid consumer key": not sent.get("oauth_consumer_key"),
        "Invalid consumer": consumer is None,
        "No approved grant was found for that authorization token.": (
            consumer is not None and sent.get("oauth_token") != consumer.access_token
        ),
        "Missing timestamp parameter. The parameter is required": not stamp,
        f"Expired timestamp, yours {stamp}, ours {now}": not _is_near(stamp, now),
        "Missing nonce parameter. The parameter is required": not nonce,
        f"Nonce already used: {nonce}": replayed,
        "No signature method parameter. This parameter is required": not method,
        f"Signature method '{method}' not supported try one of the following: "
        f"{SIGNATURE_HMAC_SHA1}": method != SIGNATURE_HMAC_SHA1,
        "Invalid signature": True,
    }
    return next(text for text, holds in complaints.items() if holds)


def _is_near(stamp: str, now: int) -> bool:
    return stamp.isdecimal() and abs(now - int(stamp)) <= NONCE_LIFE
