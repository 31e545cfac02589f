from collections.abc import Iterator

import pytest
import requests
from oauthlib.oauth2 import TokenExpiredError

from space.errors import SignedOutError, WikiUnavailableError
from tests.support.corpus.hostile_json import SHORT
from tests.support.wiki.http import Prepared
from tool.wiki.client import MwclientTransport

API = "http://wiki.test:8080/w/api.php"
READ = {"action": "query", "meta": "siteinfo"}
WRITE = {"action": "edit", "title": "X", "text": "t"}
GOOD = (200, '{"query": {}}', {})


@pytest.fixture
def pool() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def transport(pool: requests.Session, prepared: Prepared) -> MwclientTransport:
    pool.mount("http://", prepared)
    return MwclientTransport(API, pool)


def test_call_when_reading_uses_get(pool: requests.Session) -> None:
    prepared = Prepared(GOOD)
    assert transport(pool, prepared).call(READ) == {"query": {}}
    (sent,) = prepared.sent
    assert sent.method == "GET"
    assert sent.url is not None
    assert sent.url.startswith(f"{API}?")


def test_call_when_question_is_long_uses_post(pool: requests.Session) -> None:
    prepared = Prepared(GOOD)
    transport(pool, prepared).call({**READ, "titles": "क" * 1_000})
    assert prepared.sent[0].method == "POST"


@pytest.mark.parametrize(
    "problem",
    [(503, "busy", {}), requests.ConnectionError(), requests.ReadTimeout()],
)
def test_call_when_reading_fails_once_is_repeated(
    pool: requests.Session, problem: tuple[int, str, dict[str, str]] | Exception
) -> None:
    prepared = Prepared(problem, GOOD)
    assert transport(pool, prepared).call(READ) == {"query": {}}


@pytest.mark.parametrize(
    "problem",
    [
        (503, "busy", {}),
        (504, "", {}),
        (404, "", {}),
        (200, "<html>", {}),
        (200, "[]", {}),
        requests.ConnectionError(),
        requests.ReadTimeout(),
    ],
)
def test_call_when_writing_fails_is_sent_once(
    pool: requests.Session, problem: tuple[int, str, dict[str, str]] | Exception
) -> None:
    prepared = Prepared(problem, GOOD)
    with pytest.raises(WikiUnavailableError):
        transport(pool, prepared).call(WRITE, write=True)
    assert len(prepared.sent) == 1


@pytest.mark.parametrize("name", SHORT)
def test_call_when_the_answer_is_hostile_then_it_is_none(
    pool: requests.Session, name: str
) -> None:
    prepared = Prepared((200, SHORT[name], {}))
    with pytest.raises(WikiUnavailableError, match="no JSON object"):
        transport(pool, prepared).call(WRITE, write=True)


def test_call_when_an_edit_is_sent_then_its_token_is_last(
    pool: requests.Session,
) -> None:
    prepared = Prepared(GOOD)
    params = {"action": "edit", "token": "t+", "text": "t", "format": "json"}
    transport(pool, prepared).call(params, write=True)
    assert str(prepared.sent[0].body).endswith("&token=t%2B")


def test_call_when_too_many_requests_is_rate_limited(pool: requests.Session) -> None:
    prepared = Prepared((429, "slow down", {"Retry-After": "17"}))
    error = transport(pool, prepared).call(WRITE, write=True)["error"]
    assert (error["code"], error["retryafter"]) == ("ratelimited", 17)


def test_call_when_token_is_refused_is_signed_out(pool: requests.Session) -> None:
    prepared = Prepared((401, "no", {}))
    error = transport(pool, prepared).call(READ)["error"]
    assert error["code"] == "mwoauth-invalid-authorization"


def test_call_when_token_cannot_be_refreshed_is_signed_out(
    pool: requests.Session,
) -> None:
    with pytest.raises(SignedOutError):
        transport(pool, Prepared(TokenExpiredError())).call(READ)


def test_call_when_public_sends_neither_cookie_nor_token(
    pool: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = Prepared(GOOD)
    monkeypatch.setattr(
        requests.Session, "get_adapter", lambda *_args, **_kwargs: prepared
    )
    pool.headers.update({"User-Agent": "space", "Authorization": "Bearer secret"})
    pool.cookies.set("session", "secret")
    MwclientTransport(API, pool).call(READ, public=True)
    (sent,) = prepared.sent
    assert sent.headers["User-Agent"] == "space"
    assert not {"Authorization", "Cookie"} & set(sent.headers)
