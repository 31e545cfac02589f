"""Responses of the OAuth 2.0 token endpoint, and their effect on a session."""

import json
from collections.abc import Callable

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from space.errors import ConsumerRefusedError, SpaceError, WikiUnavailableError
from tests.support.corpus.hostile_json import SHORT
from tests.unit.tool.signin.test_oauth import PENDING, SIGN_IN, TOKEN
from tool.signin.oauth import SignInFailedError
from tool.signin.token_answers import GrantOverError, check_token

OVER = "over"  # signed out: a new sign-in helps
REFUSED = "refused"  # nobody can sign in: the maintainers have to act
SILENT = "silent"  # the wiki does not answer: the session stays, try again
GOOD = "good"

HTML = "<!DOCTYPE html><title>Wikimedia Error</title>"
CUT = '{"access_token": "a2", "refre'
WHOLE = json.dumps(TOKEN)


def error(code: object, **more: object) -> str:
    """An error of the League's OAuth2 server."""
    return json.dumps({"error": code, "error_description": "words", **more})


def token(**changed: object) -> str:
    return json.dumps({**TOKEN, **changed})


ANSWERS: list[tuple[str, int, str]] = [
    # The grant: what was once good is over.
    (OVER, 401, error("invalid_grant")),
    (OVER, 400, error("invalid_grant", hint="Token has been revoked")),
    (OVER, 401, error("invalid_request", message="The refresh token is invalid.")),
    (OVER, 400, error("invalid_request")),
    (OVER, 200, error("invalid_grant")),
    (OVER, 400, error("something_new")),
    (OVER, 403, error("something_new")),
    # The consumer: disabled, with another secret, without this grant.
    (REFUSED, 401, error("access_denied", hint="Client x is not usable by user 1")),
    (REFUSED, 400, error("access_denied")),
    (REFUSED, 401, error("invalid_client")),
    (REFUSED, 400, error("invalid_client")),
    (REFUSED, 400, error("unauthorized_client")),
    (REFUSED, 400, error("unsupported_grant_type")),
    (REFUSED, 400, error("invalid_scope")),
    (REFUSED, 401, error("something_new")),
    (REFUSED, 401, ""),
    (REFUSED, 401, HTML),
    (REFUSED, 401, "[]"),
    (REFUSED, 401, '{"httpCode":401,"httpReason":"Unauthorized"}'),
    # No answer: it passes, or is not the protocol's.
    (SILENT, 400, error("server_error")),
    (SILENT, 400, error("temporarily_unavailable")),
    (SILENT, 500, error("server_error")),
    (SILENT, 500, error("access_denied")),
    (SILENT, 503, HTML),
    (SILENT, 502, ""),
    (SILENT, 504, WHOLE),
    (SILENT, 429, "too many requests"),
    (SILENT, 429, error("invalid_grant")),
    (SILENT, 408, ""),
    (SILENT, 404, '{"httpCode":404,"httpReason":"Not Found"}'),
    (SILENT, 403, HTML),
    (SILENT, 403, WHOLE),
    (SILENT, 400, '{"error": {"code": "readonly"}}'),
    (SILENT, 400, '{"error": ""}'),
    (SILENT, 200, "[]"),
    (SILENT, 200, "null"),
    (SILENT, 200, '"a token"'),
    (SILENT, 200, "0"),
    (SILENT, 200, "true"),
    (SILENT, 200, f"[{WHOLE}]"),
    (SILENT, 200, "{}"),
    (SILENT, 200, ""),
    (SILENT, 200, HTML),
    (SILENT, 200, CUT),
    (SILENT, 200, "access_token=a2&refresh_token=r2"),
    (SILENT, 200, '{"refresh_token": "r2"}'),
    *(
        (SILENT, 200, token(access_token=value))
        for value in (None, "", 0, True, [], {}, ["a2"])
    ),
    *((SILENT, 200, token(refresh_token=value)) for value in (None, "", 0, [])),
    *((SILENT, 200, token(token_type=value)) for value in (None, "", "mac", 0, [])),
    *(
        (SILENT, 200, token(expires_in=value))
        for value in (None, "soon", "", [], {}, True, -1, 0, 1e300)
    ),
    *((SILENT, 200, token(scope=value)) for value in (None, [], {}, 0)),
    (
        SILENT,
        200,
        '{"access_token": "a2", "token_type": "Bearer", "expires_in": 1e999}',
    ),
    *((SILENT, 200, text) for text in SHORT.values()),
    # A token.
    (GOOD, 200, WHOLE),
    (GOOD, 200, token(expires_in=14400)),
    (GOOD, 200, token(expires_in=14400.0, scope="basic editpage")),
    (GOOD, 200, token(token_type="bearer")),
    (GOOD, 200, '{"access_token": "a2"}'),
    (GOOD, 200, token(more=["fields"])),
]
TROUBLE = [
    requests.ConnectTimeout(),
    requests.ReadTimeout(),
    requests.ConnectionError("reset by peer"),
    requests.exceptions.ChunkedEncodingError(),
    requests.exceptions.ContentDecodingError(),
    requests.exceptions.SSLError(),
    requests.TooManyRedirects(),
]

Wire = Callable[[int, str], None]


def answer(status: int, body: str) -> requests.Response:
    made = requests.Response()
    made.status_code = status
    made._content = body.encode()
    made.request = requests.Request("POST", "https://meta.wikimedia.org/").prepare()
    return made


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Callable[[int | Exception, str], None]:
    """Have the wiki answer so for a token, and well for a profile."""

    def set_up(status: int | Exception, body: str) -> None:
        def send(
            _: requests.Session, request: requests.PreparedRequest, **__: object
        ) -> requests.Response:
            if str(request.url).endswith("/profile"):
                return answer(200, '{"username": "Ana"}')
            if isinstance(status, Exception):
                raise status
            return answer(status, body)

        monkeypatch.setattr(requests.Session, "send", send)

    return set_up


def refreshed() -> str:
    """The outcome of refreshing a token."""
    try:
        fresh = SIGN_IN.refresh(TOKEN)
    except ConsumerRefusedError:
        return REFUSED
    except WikiUnavailableError:
        return SILENT
    return GOOD if fresh else OVER


def finished() -> str:
    """The outcome of finishing a sign-in."""
    try:
        SIGN_IN.finish(PENDING, {"code": "c", "state": "the-state"})
    except ConsumerRefusedError:
        return REFUSED
    except WikiUnavailableError:
        return SILENT
    except SignInFailedError:
        return OVER
    return GOOD


@pytest.mark.parametrize(("expected", "status", "body"), ANSWERS)
def test_token_endpoint_when_it_answers_then_it_is_clear_what_to_do(
    wire: Wire, expected: str, status: int, body: str
) -> None:
    wire(status, body)
    assert (refreshed(), finished()) == (expected, expected)


@pytest.mark.parametrize("trouble", TROUBLE, ids=lambda value: type(value).__name__)
def test_token_endpoint_when_no_answer_comes_then_the_session_stays(
    wire: Callable[[Exception, str], None], trouble: Exception
) -> None:
    wire(trouble, "")
    assert (refreshed(), finished()) == (SILENT, SILENT)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner)
        | st.dictionaries(
            st.sampled_from(["error", "access_token", "expires_in", "scope", "x"]),
            inner,
        )
    ),
    max_leaves=6,
)


@given(st.integers(200, 599), JSON.map(json.dumps) | st.text())
def test_token_answer_when_it_is_anything_then_is_let_through_or_understood(
    status: int, body: str
) -> None:
    given_ = answer(status, body)
    try:
        assert check_token(given_).json()["access_token"]
    except SpaceError as problem:
        assert isinstance(problem, WikiUnavailableError | GrantOverError)  # noqa: PT017


def test_refusal_when_logged_then_names_the_code_and_no_token(
    wire: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    wire(401, error("access_denied"))
    assert refreshed() == REFUSED
    assert "access_denied" in caplog.text
    for secret in ("r1", "client-secret"):
        assert secret not in caplog.text
