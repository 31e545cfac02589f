import base64
import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from space.errors import ConsumerRefusedError, SpaceError, WikiUnavailableError
from space.settings.environment import ToolConfig
from tool.signin.oauth import SignIn, SignInFailedError, allow_loopback
from tool.signin.sessions import PendingSignIn
from tool.upstream.call_limits import CallLimits

CONFIG = ToolConfig(
    wiki_url="https://meta.wikimedia.org/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url="https://space.example.org",
    secret_key="k" * 32,
    oauth_client_id="client",
    oauth_client_secret="client-secret",
)
SIGN_IN = SignIn(CONFIG, "Space/0.1 (https://space.example.org)", CallLimits())
PENDING = PendingSignIn("the-state", "the-verifier", "/mine")
TOKEN = {"access_token": "a1", "refresh_token": "r1", "token_type": "Bearer"}

Wire = dict[str, tuple[int, object]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Callable[[Wire], list[Any]]:
    """Answers by the end of the path; returns the requests that were sent."""

    def answer_with(wire: Wire) -> list[Any]:
        requests_sent: list[Any] = []

        def send(_: requests.Session, request: Any, **__: object) -> requests.Response:
            requests_sent.append(request)
            status, body = wire[urlsplit(request.url).path.rpartition("/")[2]]
            if isinstance(body, Exception):
                raise body
            response = requests.Response()
            response.status_code = status
            response.headers["Content-Type"] = "application/json"
            response._content = json.dumps(body).encode()
            response.request = request
            response.url = request.url
            return response

        monkeypatch.setattr(requests.Session, "send", send)
        return requests_sent

    return answer_with


def test_begin_when_called_then_sends_state_and_challenge_but_no_verifier() -> None:
    address, pending = SIGN_IN.begin("/write/event")
    parts = urlsplit(address)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert parts.netloc == "meta.wikimedia.org"
    assert parts.path == "/w/rest.php/oauth2/authorize"
    assert query["state"] == pending.state
    assert query["redirect_uri"] == "https://space.example.org/oauth-callback"
    digest = hashlib.sha256(pending.verifier.encode()).digest()
    expected = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert query["code_challenge"] == expected
    assert query["code_challenge_method"] == "S256"
    assert pending.verifier not in address
    assert 43 <= len(pending.verifier) <= 128
    assert SIGN_IN.begin("/")[1].state != pending.state


def test_finish_when_all_is_well_then_gives_name_and_token(
    sent: Callable[[Wire], list[Any]],
) -> None:
    requests_sent = sent(
        {"access_token": (200, TOKEN), "profile": (200, {"username": "Ana"})}
    )
    user, token = SIGN_IN.finish(PENDING, {"code": "c", "state": "the-state"})
    assert user == "Ana"
    assert token["refresh_token"] == "r1"
    body = parse_qs(requests_sent[0].body)
    assert body["code_verifier"] == ["the-verifier"]
    assert body["client_secret"] == ["client-secret"]
    assert requests_sent[1].headers["Authorization"] == "Bearer a1"
    assert requests_sent[1].headers["User-Agent"].startswith("Space/")


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"state": "the-state"},
        {"code": "c"},
        {"code": "c", "state": "another"},
        {"code": "c", "state": "thé-state"},
        {"error": "access_denied", "state": "the-state"},
    ],
)
def test_finish_when_the_callback_is_not_ours_then_asks_the_wiki_nothing(
    answer: dict[str, str], sent: Callable[[Wire], list[Any]]
) -> None:
    requests_sent = sent({})
    with pytest.raises(SignInFailedError):
        SIGN_IN.finish(PENDING, answer)
    assert requests_sent == []


@pytest.mark.parametrize("status", [401, 403])
def test_finish_when_the_profile_is_refused_then_signing_in_failed(
    status: int, sent: Callable[[Wire], list[Any]]
) -> None:
    sent({"access_token": (200, TOKEN), "profile": (status, {})})
    with pytest.raises(SignInFailedError):
        SIGN_IN.finish(PENDING, {"code": "c", "state": "the-state"})


@pytest.mark.parametrize(
    "profile",
    [
        (200, {"message": "no name"}),
        (200, {"username": None}),
        (200, {"username": ""}),
        (200, {"username": ["Ana"]}),
        (200, ["no", "object"]),
        (200, []),
        (200, None),
        (404, {"httpCode": 404}),
        (500, "oops"),
        (0, requests.ConnectionError()),
    ],
)
def test_finish_when_the_profile_cannot_be_read_then_the_wiki_is_unavailable(
    profile: tuple[int, object], sent: Callable[[Wire], list[Any]]
) -> None:
    sent({"access_token": (200, TOKEN), "profile": profile})
    with pytest.raises(WikiUnavailableError):
        SIGN_IN.finish(PENDING, {"code": "c", "state": "the-state"})


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("access_denied", SignInFailedError),  # "Cancel" at the wiki
        ("something_new", SignInFailedError),
        ("invalid_scope", ConsumerRefusedError),
        ("unauthorized_client", ConsumerRefusedError),
        ("server_error", WikiUnavailableError),
        ("temporarily_unavailable", WikiUnavailableError),
    ],
)
def test_finish_when_the_person_comes_back_with_an_error_then_says_whose_it_is(
    error: str, expected: type[Exception], sent: Callable[[Wire], list[Any]]
) -> None:
    requests_sent = sent({})
    with pytest.raises(SpaceError) as caught:
        SIGN_IN.finish(PENDING, {"error": error, "state": "the-state"})
    assert type(caught.value) is expected
    assert requests_sent == []


def test_refresh_when_granted_then_gives_the_rotated_token(
    sent: Callable[[Wire], list[Any]],
) -> None:
    requests_sent = sent(
        {"access_token": (200, TOKEN | {"access_token": "a2", "refresh_token": "r2"})}
    )
    token = SIGN_IN.refresh(TOKEN)
    assert token is not None
    assert (token["access_token"], token["refresh_token"]) == ("a2", "r2")
    assert parse_qs(requests_sent[0].body)["refresh_token"] == ["r1"]


def test_refresh_when_there_is_no_refresh_token_then_asks_nobody(
    sent: Callable[[Wire], list[Any]],
) -> None:
    requests_sent = sent({})
    assert SIGN_IN.refresh({"access_token": "a1"}) is None
    assert requests_sent == []


@pytest.mark.parametrize(
    ("wiki", "allowed"),
    [
        ("http://127.0.0.1:18700/w/api.php", True),
        ("HTTP://localhost/w/api.php", True),
        ("https://meta.wikimedia.org/w/api.php", False),
    ],
)
def test_sign_in_when_the_wiki_is_on_this_machine_then_plain_http_will_do(
    monkeypatch: pytest.MonkeyPatch, wiki: str, *, allowed: bool
) -> None:
    switch = "OAUTHLIB_INSECURE_TRANSPORT"
    monkeypatch.setenv(switch, "to be restored")
    monkeypatch.delenv(switch)
    config = replace(CONFIG, wiki_url=wiki)
    allow_loopback(config)
    address, _ = SignIn(config, "Space/0.1", CallLimits()).begin("/")
    assert address.startswith(wiki.removesuffix("api.php").lower())
    assert (switch in os.environ) == allowed


@pytest.mark.parametrize(
    ("status", "options", "language"),
    [
        (200, {"language": "pt-br"}, "pt-br"),
        (200, {"language": "<b>"}, None),
        (200, [], None),
        (503, {"language": "de"}, None),
        (200, requests.ConnectionError(), None),
    ],
)
def test_language_when_asked_then_is_the_accounts_or_none(
    sent: Callable[[Wire], list[Any]], status: int, options: Any, language: str | None
) -> None:
    told = {"query": {"userinfo": {"name": "Olu", "options": options}}}
    asked = sent(
        {"api.php": (status, options if isinstance(options, Exception) else told)}
    )
    assert SIGN_IN.language(TOKEN) == language
    assert asked[0].headers["Authorization"] == "Bearer a1"
