from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from bots.wiki import (
    ATTEMPTS,
    RETRY_WAIT,
    TIMEOUT,
    PywikibotTransport,
    _sign_in,
    _site,
)
from space.config import BotConfig
from space.wiki import SignedOutError, WikiUnavailableError
from tests.support.http import Prepared

READ = {"action": "query", "meta": "siteinfo"}
WRITE = {"action": "edit", "title": "X", "text": "t"}
GOOD = (200, '{"query": {}}', {})
LAGGED = (200, '{"error": {"code": "maxlag", "lag": 6}}', {"Retry-After": "7"})

Answers = tuple[int, str, dict[str, str]] | Exception
Open = Callable[..., tuple[PywikibotTransport, Prepared, list[float]]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    config = BotConfig(
        wiki_url="http://bots.test:8080/w/api.php",
        root="Space",
        database_url="sqlite://",
        public_url="https://space.example.org",
        bot_user="SpaceBot",
        bot_password="space@secret",
    )
    return _site(config, tmp_path_factory.mktemp("home"), 0)


@pytest.fixture
def opened(site: Any, monkeypatch: pytest.MonkeyPatch) -> Open:
    def open_with(
        *answers: Answers,
    ) -> tuple[PywikibotTransport, Prepared, list[float]]:
        prepared = Prepared(*answers)
        monkeypatch.setattr(
            requests.Session, "get_adapter", lambda *_args, **_kwargs: prepared
        )
        waited: list[float] = []
        monkeypatch.setattr(site.throttle, "wait", waited.append)
        return PywikibotTransport(site, waited.append), prepared, waited

    return open_with


def test_site_when_opened_keeps_its_files_in_its_home(site: Any) -> None:
    import pywikibot

    home = Path(pywikibot.config.base_dir)
    assert home.stat().st_mode & 0o777 == 0o700
    assert not Path("throttle.ctrl").exists()
    assert site.base_url(site.apipath()) == "http://bots.test:8080/w/api.php"


def test_call_when_reading_names_the_bot_and_asks_for_maxlag(opened: Open) -> None:
    transport, prepared, _ = opened(GOOD)
    assert transport.call(READ) == {"query": {}}
    (sent,) = prepared.sent
    assert sent.method == "GET"
    assert sent.url is not None
    assert "maxlag=5" in sent.url
    assert "https://space.example.org" in sent.headers["User-Agent"]
    assert prepared.timeout == TIMEOUT


def test_call_when_wiki_lags_waits_as_long_as_it_says(opened: Open) -> None:
    transport, prepared, waited = opened(LAGGED, GOOD)
    assert transport.call(WRITE, write=True) == {"query": {}}
    assert len(prepared.sent) == 2
    assert 7 in waited


def test_call_when_wiki_lags_on_gives_up_with_its_error(opened: Open) -> None:
    transport, prepared, _ = opened(*[LAGGED] * ATTEMPTS)
    assert transport.call(READ)["error"]["code"] == "maxlag"
    assert prepared.answers == []


@pytest.mark.parametrize(
    "problem",
    [(503, "", {}), (200, "<html>", {}), requests.ReadTimeout()],
)
def test_call_when_reading_fails_is_repeated_after_a_while(
    opened: Open, problem: Answers
) -> None:
    transport, _, waited = opened(problem, GOOD)
    assert transport.call(READ) == {"query": {}}
    assert RETRY_WAIT in waited


@pytest.mark.parametrize(
    "problem",
    [
        (503, "", {}),
        (504, "", {}),
        (200, "[]", {}),
        requests.ReadTimeout(),
        requests.ConnectionError(),
        requests.ConnectionError("NameResolutionError: [Errno -2]"),
    ],
)
def test_call_when_writing_fails_is_sent_once(opened: Open, problem: Answers) -> None:
    transport, prepared, _ = opened(problem, GOOD)
    with pytest.raises(WikiUnavailableError):
        transport.call(WRITE, write=True)
    assert len(prepared.sent) == 1


def test_call_when_wiki_is_read_only_returns_at_once(opened: Open) -> None:
    answer = '{"error": {"code": "readonly", "readonlyreason": "moving"}}'
    transport, prepared, _ = opened((200, answer, {}))
    error = transport.call(WRITE, write=True)["error"]
    assert error["readonlyreason"] == "moving"
    assert len(prepared.sent) == 1


def test_call_when_too_many_requests_is_rate_limited(opened: Open) -> None:
    transport, _, _ = opened((429, "slow down", {"Retry-After": "17"}))
    assert transport.call(WRITE, write=True)["error"]["code"] == "ratelimited"


def test_call_when_public_sends_no_cookie(opened: Open) -> None:
    from pywikibot.comms import http

    transport, prepared, _ = opened(GOOD, GOOD)
    cookie = requests.cookies.create_cookie("session", "secret", domain="bots.test")
    http.session.cookies.set_cookie(cookie)
    try:
        transport.call(READ, public=True)
        transport.call(READ)
    finally:
        http.session.cookies.clear()
    public, own = prepared.sent
    assert "Cookie" not in public.headers
    assert "Cookie" in own.headers
    assert public.headers["User-Agent"] == own.headers["User-Agent"]


def test_sign_in_when_wiki_refuses_says_why(opened: Open) -> None:
    token = '{"query": {"tokens": {"logintoken": "t"}}}'
    refused = '{"login": {"result": "Failed", "reason": "wrong password"}}'
    transport, prepared, _ = opened((200, token, {}), (200, refused, {}))
    with pytest.raises(SignedOutError, match="wrong password"):
        _sign_in(transport, "SpaceBot", "space@secret")
    body = str(prepared.sent[1].body)
    assert "lgname=SpaceBot%40space" in body
    assert "lgpassword=secret" in body
