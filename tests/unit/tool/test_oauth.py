import base64
import hashlib
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests

from space.config import ToolConfig
from space.wiki import WikiUnavailableError
from tool.oauth import SignIn, SignInFailedError
from tool.sessions import PendingSignIn

CONFIG = ToolConfig(
    wiki_url="https://meta.wikimedia.org/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url="https://space.example.org",
    secret_key="k" * 32,
    oauth_client_id="client",
    oauth_client_secret="client-secret",
)
SIGN_IN = SignIn(CONFIG, "Space/0.1 (https://space.example.org)")
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


@pytest.mark.parametrize(
    "wire",
    [
        {"access_token": (400, {"error": "invalid_grant"})},
        {"access_token": (200, {"unexpected": 1})},
        {"access_token": (500, "oops")},
        {"access_token": (0, requests.ConnectionError())},
        {"access_token": (200, TOKEN), "profile": (403, {})},
        {"access_token": (200, TOKEN), "profile": (200, {"message": "no name"})},
        {"access_token": (200, TOKEN), "profile": (200, ["no", "object"])},
    ],
)
def test_finish_when_the_wiki_does_not_play_along_then_signing_in_failed(
    wire: Wire, sent: Callable[[Wire], list[Any]]
) -> None:
    sent(wire)
    with pytest.raises(SignInFailedError):
        SIGN_IN.finish(PENDING, {"code": "c", "state": "the-state"})


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


@pytest.mark.parametrize("code", ["invalid_grant", "invalid_request"])
def test_refresh_when_the_token_is_over_then_there_is_none(
    code: str, sent: Callable[[Wire], list[Any]]
) -> None:
    sent({"access_token": (401, {"error": code})})
    assert SIGN_IN.refresh(TOKEN) is None


@pytest.mark.parametrize(
    "wire",
    [
        {"access_token": (503, "busy")},
        {"access_token": (401, {"error": "invalid_client"})},
        {"access_token": (0, requests.Timeout())},
    ],
)
def test_refresh_when_the_wiki_is_in_trouble_then_the_token_may_still_be_good(
    wire: Wire, sent: Callable[[Wire], list[Any]]
) -> None:
    sent(wire)
    with pytest.raises(WikiUnavailableError):
        SIGN_IN.refresh(TOKEN)
