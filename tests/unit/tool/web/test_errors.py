import logging
import re
from collections.abc import Iterator
from html import unescape
from io import StringIO

import pytest
from sqlalchemy.exc import OperationalError

from space.errors import WikiBusyError, WikiUnavailableError
from space.logs import CountingHandler
from space.store.keys import COMPLETE
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp


def fail_with(tool: ToolApp, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(type(tool.store.posts), "page", fail)


def test_page_when_we_have_a_bug_then_tells_nothing_of_it(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(tool, monkeypatch, ZeroDivisionError("secret detail"))
    response = tool.get("/blog")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    for word in ("secret detail", "Traceback", "ZeroDivision", ".py"):
        assert word not in response.text


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What the log of errors has, as it is written to the output."""
    out, logger = StringIO(), logging.getLogger("tool.app.web.errors")
    handler = CountingHandler(out)
    logger.addHandler(handler)
    yield out
    logger.removeHandler(handler)


def test_page_when_we_have_a_bug_then_shows_the_number_that_the_log_has(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    fail_with(tool, monkeypatch, ZeroDivisionError())
    page = tool.get("/blog").text
    (number,) = re.findall(r"this is its number: <bdi>([0-9a-f]{10})</bdi><", page)
    first = log.getvalue().splitlines()[0]
    assert f" request={number} path=/blog exception=ZeroDivisionError:" in first
    monkeypatch.setattr(type(tool.store.posts), "after", type(tool.store.posts).page)
    problem = tool.get("/api/v1/posts").json
    assert problem
    assert problem["request"] not in {"", number}
    assert "its number" not in tool.get("/nothing").text


def test_log_when_every_page_fails_then_stays_short(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch, log: StringIO
) -> None:
    gone = OperationalError("SELECT 1", {}, RuntimeError("gone"))
    fail_with(tool, monkeypatch, gone)
    for _ in range(100):
        assert tool.get("/blog").status_code >= 500
    assert len(log.getvalue()) < 5_000


def test_page_when_the_wiki_is_away_then_says_to_come_back(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(tool, monkeypatch, WikiUnavailableError("host detail"))
    response = tool.get("/blog")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "host detail" not in response.text


def test_page_when_too_many_wait_for_the_wiki_then_says_so(
    tool: ToolApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_with(tool, monkeypatch, WikiBusyError("host detail"))
    response = tool.get("/blog")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert "Too many people are using the wiki" in response.text
    assert "host detail" not in response.text


def test_page_when_the_method_is_wrong_then_says_which_are_right(
    tool: ToolApp,
) -> None:
    response = tool.client.post("/events", base_url="https://space.example.org")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_error_when_read_in_another_language_then_its_links_keep_it(
    tool: ToolApp,
) -> None:
    response = tool.get("/nothing?uselang=ar")
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl"' in response.text
    assert 'href="/?uselang=ar"' in response.text


def test_healthz_when_everything_is_down_then_says_that_we_live(
    tool: ToolApp,
) -> None:
    tool.down = True
    tool.store.set_value(COMPLETE, None)
    response = tool.get("/healthz", headers={"Cookie": "__Host-space=x"})
    assert (response.status_code, response.text) == (200, "ok")
    assert "Set-Cookie" not in response.headers


def test_page_when_there_is_none_then_offers_to_search_for_its_words(
    tool: ToolApp,
) -> None:
    page = tool.get("/blog/999-what-we_learned")
    assert page.status_code == 404
    assert 'name="q" value="what we learned"' in page.text
    assert 'action="/search"' in page.text


def test_page_when_a_form_was_sent_then_keeps_it_to_be_sent_again(
    tool: ToolApp,
) -> None:
    tool.publish(event(12))
    tool.sign_in()
    sent = {"csrf": "t", "what": "withdraw", "reason": "It <b>is</b> off for good."}
    tool.down = True
    response = tool.post_raw("/retract/12?uselang=en", **sent)
    assert response.status_code == 503
    page = unescape(response.text)
    assert 'action="/retract/12?uselang=en"' in page
    for name, value in sent.items():
        assert f'type="hidden" name="{name}" value="{value}"' in page
    assert "<b>is" not in response.text
    assert page.count("<textarea") == 1


@pytest.mark.parametrize("path", ["/review/12", "/retract/12"])
def test_page_when_it_is_gone_before_a_form_comes_then_what_was_typed_is_kept(
    tool: ToolApp, path: str
) -> None:
    tool.sign_in()
    response = tool.post_raw(path, csrf="t", reason="It <b>is</b> off for good.")
    assert response.status_code == 404
    assert "It <b>is</b> off for good.</textarea>" in unescape(response.text)
