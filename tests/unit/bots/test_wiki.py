from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests

from bots.wiki import (
    ATTEMPTS,
    FLAGGED_DELAY,
    RETRY_WAIT,
    TIMEOUT,
    WRITE_DELAY,
    PywikibotTransport,
    _sign_in,
    _site,
    connect,
)
from sandbox.accounts import BOT_CONSUMER
from sandbox.gateway.consumers import Consumers
from sandbox.gateway.signatures import Signatures
from space.errors import SignedOutError, WikiUnavailableError
from space.settings.environment import BotConfig
from space.wiki.values import Account
from tests.support.corpus.hostile_json import SHORT
from tests.support.wiki.http import Prepared

READ = {"action": "query", "meta": "siteinfo"}
WRITE = {"action": "edit", "title": "X", "text": "t"}
GOOD = (200, '{"query": {}}', {})
LAGGED = (200, '{"error": {"code": "maxlag", "lag": 6}}', {"Retry-After": "7"})

TOKEN = (200, '{"query": {"tokens": {"logintoken": "t"}, "userinfo": {"id": 0}}}', {})

Answers = tuple[int, str, dict[str, str]] | Exception
Open = Callable[..., tuple[PywikibotTransport, Prepared, list[float]]]


CONFIG = BotConfig(
    wiki_url="http://bots.test:8080/w/api.php",
    root="Space",
    database_url="sqlite://",
    public_url="https://space.example.org",
    bot_user="SpaceBot",
    bot_password="space@secret",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return _site(CONFIG, tmp_path_factory.mktemp("home"), 0)


@pytest.fixture
def signing(site: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A site that signs by OAuth 1.0a; its host is its own, as pywikibot's keys are."""
    import pywikibot

    config = replace(
        CONFIG,
        wiki_url="http://signed.test/w/api.php",
        bot_password=None,
        bot_oauth=tuple(BOT_CONSUMER.setting.split()),
    )
    made = _site(config, Path(pywikibot.config.base_dir), 0)
    monkeypatch.setattr(made.throttle, "wait", lambda _: None)
    assert site
    return made


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


@pytest.mark.parametrize("name", SHORT)
def test_call_when_the_answer_is_hostile_then_it_is_none(
    opened: Open, name: str
) -> None:
    transport, _, _ = opened((200, SHORT[name], {}))
    with pytest.raises(WikiUnavailableError, match="no JSON object"):
        transport.call(WRITE, write=True)


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
        requests.ConnectionError(request=requests.Request("POST", CONFIG.wiki_url)),
        requests.ConnectionError("NameResolutionError: [Errno -2]"),
    ],
)
def test_call_when_writing_fails_is_sent_once(
    opened: Open, problem: Answers, capsys: pytest.CaptureFixture[str]
) -> None:
    transport, prepared, _ = opened(problem, GOOD)
    with pytest.raises(WikiUnavailableError):
        transport.call(WRITE, write=True)
    assert len(prepared.sent) == 1
    assert capsys.readouterr() == ("", "")  # the report says it


def test_call_when_the_answer_redirects_then_is_not_followed(opened: Open) -> None:
    elsewhere = {"Location": "http://elsewhere.test/w/api.php"}
    transport, prepared, _ = opened((302, "", elsewhere), GOOD)
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


@pytest.mark.parametrize("write", [False, True])
@pytest.mark.parametrize("text", ["short", "much longer than an address " * 100])
def test_call_when_there_is_a_consumer_is_signed_as_the_gateway_wants_it(
    opened: Open,
    signing: Any,
    tmp_path: Path,
    *,
    write: bool,
    text: str,
) -> None:
    _, prepared, _ = opened(GOOD)
    gateway = Signatures((BOT_CONSUMER,), Consumers(tmp_path / "gateway.sqlite"))
    PywikibotTransport(signing).call({**READ, "titles": f"लेखन {text}"}, write=write)
    (sent,) = prepared.sent
    headers = {
        name: value.decode() if isinstance(value, bytes) else value
        for name, value in sent.headers.items()
    }
    assert ("Content-Type" in headers) == (sent.method == "POST")
    body = sent.body or b""
    consumer = gateway.check(
        sent.url or "",
        sent.method or "",
        body.encode() if isinstance(body, str) else body,
        headers,
    )
    assert consumer is BOT_CONSUMER


def test_call_when_public_is_not_signed(opened: Open, signing: Any) -> None:
    _, prepared, _ = opened(GOOD)
    PywikibotTransport(signing).call(READ, public=True)
    assert "Authorization" not in prepared.sent[0].headers


def test_call_when_the_time_to_wait_is_a_date_is_tried_again(opened: Open) -> None:
    date = {"Retry-After": "Sun, 29 Nov 2026 01:00:00 GMT"}
    transport, prepared, waited = opened((503, "", date), (200, "{}", date), GOOD)
    assert transport.call(READ) == {"query": {}}
    assert waited.count(RETRY_WAIT) == 2
    assert prepared.answers == []


def test_sign_in_when_wiki_refuses_says_why(opened: Open) -> None:
    refused = '{"login": {"result": "Failed", "reason": "wrong password"}}'
    transport, prepared, _ = opened(TOKEN, (200, refused, {}))
    with pytest.raises(SignedOutError, match=r"bots\.test:8080: wrong password"):
        _sign_in(transport, "SpaceBot", "space@secret")
    body = str(prepared.sent[1].body)
    assert "lgname=SpaceBot%40space" in body
    assert "lgpassword=secret" in body


def test_sign_in_when_the_host_has_signed_the_bot_in_already_sends_no_password(
    opened: Open,
) -> None:
    query = '{"query": {"tokens": {"logintoken": "t"}, "userinfo": {"id": 2}}}'
    transport, prepared, _ = opened((200, query, {}))
    _sign_in(transport, "SpaceBot", "space@secret")
    assert len(prepared.sent) == 1


@pytest.mark.parametrize(
    "answers",
    [
        [LAGGED] * ATTEMPTS,
        [(200, '{"error": {"code": "readonly", "readonlyreason": "moving"}}', {})],
        [(200, '{"batchcomplete": true, "query": {"pages": []}}', {})],
        [(200, "{}", {})],
        [(429, "slow down", {})],
        [TOKEN, (200, '{"error": {"code": "readonly", "info": "moving"}}', {})],
        [TOKEN, (200, '{"error": {"code": "internal_api_error_DBQueryError"}}', {})],
        [TOKEN, (429, "slow down", {})],
        [TOKEN, (503, "", {})],
        [TOKEN, *[LAGGED] * ATTEMPTS],
        *(
            [TOKEN, (200, f'{{"login": {{"result": "{result}"}}}}', {})]
            for result in ("NeedToken", "Throttled", "WrongToken")
        ),
    ],
    ids=str,
)
def test_sign_in_when_the_wiki_cannot_just_now_does_not_blame_the_password(
    opened: Open, answers: list[Answers]
) -> None:
    transport, _, _ = opened(*answers)
    with pytest.raises(WikiUnavailableError) as raised:
        _sign_in(transport, "SpaceBot", "space@secret")
    assert not isinstance(raised.value, SignedOutError)


@pytest.mark.parametrize(
    ("groups", "seconds"), [("bot", FLAGGED_DELAY), ("user", WRITE_DELAY)]
)
def test_connect_when_the_account_has_a_flag_then_edits_follow_closer(
    groups: str, seconds: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account(name="SpaceBot", exists=True, groups=frozenset({groups}))
    monkeypatch.setattr("bots.wiki._sign_in", lambda *_: None)
    monkeypatch.setattr("bots.wiki.ApiWiki.whoami", lambda _: account)
    found: list[PywikibotTransport] = []
    make = PywikibotTransport

    def remembered(site: Any) -> PywikibotTransport:
        found.append(make(site))
        return found[0]

    monkeypatch.setattr("bots.wiki.PywikibotTransport", remembered)
    connect(CONFIG, tmp_path)
    assert found[0]._site.throttle.get_delay(write=True) == seconds
