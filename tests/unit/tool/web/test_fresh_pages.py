"""Pages that are stored: whatever happens, the one sent equals the one made anew."""

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.moments import utc_day
from space.publication.discussion import TALK_PAGE, TalkPageRow
from space.settings.topics import Topics
from space.store.keys import SETTINGS_TEXT
from space.wiki.threads import Comment, Thread
from tests.support.feeds.publications import NOW, event, post
from tests.support.tool.app import CONFIG, ToolApp
from tool.app.views.time_zone import COOKIE as ZONE

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
    lambda tool: tool.publish(post(13), post(14, summary="Of tea", topics=("tea",))),
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


@settings(max_examples=15, deadline=None)
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
            assert served == stranger.get(path, base_url=CONFIG.public_url).data


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
