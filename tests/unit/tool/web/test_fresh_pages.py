"""Pages that are stored: whatever happens, the one sent equals the one made anew."""

from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.moments import utc_day
from space.publication.discussion import TALK_PAGE, TalkPageRow
from space.settings.topics import Topics
from space.store.keys import SETTINGS_TEXT
from space.wiki.threads import Comment, Thread
from tests.support.feeds.publications import NOW, event, post
from tests.support.tool.app import CONFIG, ToolApp
from tests.support.tool.nothing_kept import nothing_kept
from tool.app.views.time_zone import COOKIE as ZONE
from tool.app.web.http_cache import HttpCache
from tool.app.web.stored_response import StoredResponse
from tool.app.web.visitor import COOKIE

PAGES = (
    "/",
    "/events",
    "/events?country=NZ",
    "/events/12-event-12",
    "/blog",
    "/blog/13-post-13",
    "/calendar/2026-11",
    "/map",
    "/people/Ana",
    "/search?q=tea",
    "/subscribe",
    "/embed/events",
)
TALK = TalkPageRow(90, 13, "Talk:Space/Blog/Page 13", 1, TALK_PAGE)
"""The talk page of the post."""

Change = Callable[[ToolApp], None]


def ask(tool: ToolApp) -> None:
    """Somebody asks on the talk page of the post."""
    comment = Comment("c-Mia", "Mia", NOW - timedelta(hours=1), 1, html="<p>How?</p>")
    tool.store.put_talk(TALK, [Thread("h-Tea", "Tea", (comment,))])


def change_topics(tool: ToolApp) -> None:
    tool.store.set_topics(Topics.of("{{Space topic|tea|en=Hot drinks}}"))


CHANGES: tuple[Change, ...] = (
    lambda tool: tool.publish(event(12)),
    lambda tool: tool.publish(event(12, title="Tea at noon", status="cancelled")),
    lambda tool: tool.publish(
        event(
            12, recurrence="FREQ=WEEKLY;COUNT=4", organizers=("Ana",), topics=("tea",)
        )
    ),
    lambda tool: tool.publish(
        event(12, recurrence="FREQ=WEEKLY", confirmed="2025-01-01")
    ),
    lambda tool: tool.publish(post(13), post(14, summary="Of tea", topics=("tea",))),
    lambda tool: tool.publish(post(13, authors=("Mia",)), post(14, topics=("tea",))),
    lambda tool: tool.store.remove(12),
    lambda tool: tool.store.remove(13, 14),
    ask,
    lambda tool: tool.store.set_aside(["Mia"]),
    lambda tool: tool.store.remove_talk([90]),
    change_topics,
    lambda tool: tool.store.set_confirm_months(1),
    lambda tool: tool.store.set_value(SETTINGS_TEXT, "{{Space settings|posts=open}}"),
)
"""What a run of the bots may change."""


HOURS = st.integers(0, 40).map(lambda number: timedelta(minutes=37 * number))


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 10)
@given(st.lists(st.tuples(st.sampled_from(CHANGES), HOURS), min_size=1, max_size=5))
def test_page_when_anything_changes_then_it_is_the_one_that_is_made_anew(
    steps: list[tuple[Change, timedelta]],
) -> None:
    tool = ToolApp()
    for number, (change, later) in enumerate(steps):
        change(tool)
        tool.now += later
        tool.store.prepare("key", utc_day(tool.now))
        for path in PAGES:
            served = tool.get(path).data
            # No such zone: the page of a reader without one, and not stored yet.
            stranger = tool.new_client()
            stranger.set_cookie(ZONE, f"{number}", domain="space.example.org")
            with nothing_kept():
                assert served == stranger.get(path, base_url=CONFIG.public_url).data


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 25)
@given(
    st.lists(st.tuples(st.sampled_from(CHANGES), HOURS), min_size=1, max_size=3),
    st.sampled_from(["Ana", "Olu", "Rita"]),
    st.sampled_from([None, "ar"]),
)
def test_page_when_its_reader_has_a_session_then_it_is_the_one_made_for_them(
    steps: list[tuple[Change, timedelta]], user: str, language: str | None
) -> None:
    tool = ToolApp()
    tool.sign_in(user, language=language)
    for change, later in steps:
        change(tool)
        tool.now += later
        tool.store.prepare("key", utc_day(tool.now))
        for path in PAGES:
            served = tool.get(path)
            with patch.object(HttpCache, "_shared", lambda *_: None):
                assert served.data == tool.get(path).data
            if served.status_code == HTTPStatus.OK and not path.startswith("/embed"):
                assert f"<bdi>{user}</bdi>" in served.text
    tool.client = tool.new_client()
    for path in PAGES:
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
            if path.startswith("/embed"):
                continue  # nobody's session is looked for
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
