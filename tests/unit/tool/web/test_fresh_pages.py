"""Pages that are stored: whatever happens, the one sent equals the one made anew."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.moments import utc_day
from tests.support.feeds.publications import event, post
from tests.support.talk.conversations import ask, thread
from tests.support.tool.app import ToolApp
from tests.support.tool.changes import CHANGES, FEEDS, PAGES, STEPS, Change
from tests.support.tool.nothing_kept import nothing_stored
from tool.app.views.time_zone import COOKIE as ZONE
from tool.app.web.http_cache import HttpCache
from tool.app.web.stored_response import StoredResponse
from tool.app.web.visitor import COOKIE

LANGUAGES = (None, "fr", "ar, de;q=0.5", "en;q=0.5, fr;q=0")
ZONES = (None, "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati")
OF_NOBODY = {*FEEDS, *(path for path in PAGES if path.startswith("/embed"))}
"""Where nobody's session is looked for."""
SENT = (*PAGES, *FEEDS)
changes = st.lists(
    st.tuples(st.sampled_from(CHANGES), st.sampled_from(STEPS)), min_size=1, max_size=5
)
some_paths = st.lists(st.sampled_from(SENT), min_size=8, max_size=12, unique=True)


def asked(tool: ToolApp, path: str, language: str | None) -> tuple[int, bytes, str]:
    """Status, body and tag of an answer, weak or not."""
    headers = {"Accept-Language": language} if language else {}
    answer = tool.get(path, headers=headers)
    return answer.status_code, answer.data, answer.headers.get("ETag", "")


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 10)
@given(changes, some_paths, st.sampled_from(LANGUAGES), st.sampled_from(ZONES))
def test_page_when_anything_changes_then_it_is_the_one_that_is_made_anew(
    steps: list[tuple[Change, timedelta]],
    paths: list[str],
    language: str | None,
    zone: str | None,
) -> None:
    tool = ToolApp()
    if zone:
        tool.client.set_cookie(ZONE, zone, domain="space.example.org")
    for change, later in steps:
        change(tool)
        tool.store.prepare("key", utc_day(tool.now))
        for path in paths:
            asked(tool, path, language)
        tool.now += later
        tool.forget_counts()
        for path in paths:
            sent = asked(tool, path, language)
            with nothing_stored():
                assert sent == asked(tool, path, language), path


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 25)
@given(
    changes,
    some_paths,
    st.sampled_from(["Ana", "Olu", "Rita"]),
    st.sampled_from([None, "ar"]),
)
def test_page_when_its_reader_has_a_session_then_it_is_the_one_made_for_them(
    steps: list[tuple[Change, timedelta]],
    paths: list[str],
    user: str,
    language: str | None,
) -> None:
    tool = ToolApp()
    tool.sign_in(user, language=language)
    for change, later in steps:
        change(tool)
        tool.now += later
        tool.store.prepare("key", utc_day(tool.now))
        tool.forget_counts()
        for path in paths:
            served = tool.get(path)
            with patch.object(HttpCache, "_shared", lambda *_: None):
                assert served.data == tool.get(path).data, path
            if served.status_code == HTTPStatus.OK and path not in OF_NOBODY:
                assert f"<bdi>{user}</bdi>" in served.text
    tool.client = tool.new_client()
    for path in paths:
        assert 'name="csrf"' not in tool.get(path).text


def test_page_when_read_with_sessions_then_what_is_stored_has_nothing_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tool = ToolApp()
    tool.publish(event(12, organizers=("Olu",)), post(13, authors=("Ana",)))
    users = ("Olu the organizer", "Ana of Apia")
    stored: list[StoredResponse] = []
    store = HttpCache._store

    def noted(cache: HttpCache, address: Any, response: StoredResponse) -> None:
        stored.append(response)
        store(cache, address, response)

    monkeypatch.setattr(HttpCache, "_store", noted)
    for user in users:
        tool.client = tool.new_client()
        tool.sign_in(user)
        for path in PAGES:
            sent = tool.get(path)
            if path in OF_NOBODY or sent.status_code != HTTPStatus.OK:
                continue
            assert sent.headers["Cache-Control"] == "private, no-store"
            assert "ETag" not in sent.headers
    assert stored
    for response in stored:
        assert "Set-Cookie" not in response.headers
        assert isinstance(response.body, bytes)
        assert b"csrf" not in response.body
        assert not any(user.encode() in response.body for user in users)


def test_page_when_a_session_is_over_then_it_is_that_of_a_stranger() -> None:
    tool = ToolApp()
    tool.client.set_cookie(COOKIE, "over", domain="space.example.org", secure=True)
    over = tool.get("/events")
    assert over.headers["Cache-Control"] == "private, no-store"
    assert f"{COOKIE}=;" in over.headers["Set-Cookie"]
    assert over.data == tool.get("/events").data


def test_page_when_the_wiki_was_asked_in_vain_then_it_is_made_again() -> None:
    tool = ToolApp()
    tool.publish(post(13))
    tool.down = True
    assert "Stored." not in tool.get("/blog/13-post-13").text
    tool.services.renderings.put(130, "en", "<p>Stored.</p>")
    assert "Stored." in tool.get("/blog/13-post-13").text


def test_page_when_a_day_of_waiting_is_over_then_all_pages_of_a_quarter_agree() -> None:
    tool = ToolApp()
    ask(tool, thread("How?", "Newcomer", days=3.995))  # four days at 12:07
    pages = []
    for minutes in (0, 10, 5):
        tool.now += timedelta(minutes=minutes)
        pages.append(tool.get("/").data)
        with nothing_stored():
            assert tool.get("/").data == pages[-1]
    assert pages[0] == pages[1] != pages[2]


def test_page_when_a_cookie_has_two_values_then_the_first_counts() -> None:
    tool = ToolApp()
    tool.publish(event(12, mode="online"))
    tool.sign_in()
    (own,) = (each for each in tool.client._cookies.values() if each.key == COOKIE)
    zones = f"{ZONE}=Asia/Kathmandu; {ZONE}=Pacific/Auckland"
    cookies = {"Cookie": f"{zones}; {COOKIE}={own.value}"}
    tool.client = tool.app.test_client(use_cookies=False)
    served = tool.get("/events", headers=cookies)
    assert "Olu" in served.text
    with patch.object(HttpCache, "_shared", lambda *_: None):
        assert served.data == tool.get("/events", headers=cookies).data


def test_page_when_the_reader_has_it_then_it_is_not_sent_again() -> None:
    tool = ToolApp()
    tool.publish(event(12))
    first = tool.get("/events")
    assert first.headers["Cache-Control"] == "no-cache"
    again = tool.get("/events", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_page_when_somebody_is_signed_in_then_nobody_else_gets_it() -> None:
    tool = ToolApp()
    tool.publish(event(12))
    tool.sign_in()
    own = tool.get("/events")
    assert "Olu" in own.text
    assert own.headers["Cache-Control"] == "private, no-store"
    tool.client = tool.new_client()
    assert "Olu" not in tool.get("/events").text
