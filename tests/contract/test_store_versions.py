"""What every database has to do the same: saying when what was cached is old."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from space.publication.discussion import TALK_PAGE, TalkPageRow
from space.publication.translations import PostTitles
from space.settings.topics import Topics
from space.store import Store
from space.store.keys import (
    DECISION_PROBLEMS,
    HEARTBEATS,
    RULING_LINES,
    RULING_PROBLEMS,
    SETTINGS_TEXT,
    SYNC_MEMORY,
    TALK_STATE,
)
from space.wiki.threads import Comment, Thread
from space.wiki.values import PageCopy
from tests.support.feeds.publications import NOW, TODAY, event, post, record

TALK = TalkPageRow(90, 13, "Talk:Post", 1, TALK_PAGE)
THREAD = Thread("h-Tea", "Tea", (Comment("c-Mia", "Mia", NOW, 1),))

Change = Callable[[Store], object]

SHOWN_ANYWHERE: dict[str, Change] = {
    "put": lambda store: store.put(record(event(8))),
    "remove": lambda store: store.remove(7),
    "index_again": lambda store: store.index_again([7]),
    "topics": lambda store: store.set_topics(Topics.of("{{Space topic|tea}}")),
    "aliases": lambda store: store.set_series_aliases({"Tea": "Space/Events/Tea"}),
    "titles": lambda store: store.set_post_titles(PostTitles({"A": "B"}, {})),
    "content": lambda store: store.set_content(post(13), "<p>Tea</p>"),
    "key": lambda store: store.prepare("another", TODAY),
    "day": lambda store: store.prepare("key", TODAY + timedelta(days=1)),
}
ON_PAGES: dict[str, Change] = {
    "talk": lambda store: store.put_talk(TALK, [THREAD]),
    "aside": lambda store: store.set_aside(["Ann"]),
    "no talk": lambda store: store.remove_talk([91]),
    "confirm": lambda store: store.set_confirm_months(2),
    "settings": lambda store: store.set_value(SETTINGS_TEXT, "text"),
    "problems": lambda store: store.set_value(RULING_PROBLEMS, ()),
    "lines": lambda store: store.set_value(RULING_LINES, ()),
    "decisions": lambda store: store.set_value(DECISION_PROBLEMS, ()),
}
NOWHERE: dict[str, Change] = {
    "heartbeat": lambda store: store.set_value(HEARTBEATS, {"run": ["", ""]}),
    "memory": lambda store: store.set_value(SYNC_MEMORY, {"a": 1}),
    "state": lambda store: store.set_value(TALK_STATE, {"a": 1}),
    "checkpoint": lambda store: store.set_checkpoint(NOW),
    "queue": lambda store: store.set_queue([]),
    "statistics": lambda store: store.set_statistics([]),
    "copies": lambda store: store.put_copies(PageCopy("Title", 1, 2, "text")),
    "feed": lambda store: store.prebuild_map(TODAY),
    "the same": lambda store: store.set_confirm_months(1),
    "the same text": lambda store: store.set_value(SETTINGS_TEXT, "old"),
    "nobody": lambda store: store.set_aside([]),
}


@pytest.fixture
def filled(store: Store) -> Store:
    """A store with an event, a post, a conversation and settings."""
    store.put(record(event(7)), record(post(13)))
    other = Thread("h-Chai", "Chai", (Comment("c-Ann", "Ann", NOW, 1),))
    store.put_talk(TalkPageRow(91, 13, "Talk:Post/1", 1, TALK_PAGE), [other])
    store.set_confirm_months(1)
    store.set_value(SETTINGS_TEXT, "old")
    return store


def versions(store: Store) -> tuple[str | None, str | None]:
    return store.versions.feeds(), store.versions.pages()


@pytest.mark.parametrize("change", SHOWN_ANYWHERE.values(), ids=SHOWN_ANYWHERE)
def test_versions_when_what_feeds_show_changes_then_both_do(
    filled: Store, change: Change
) -> None:
    feeds, pages = versions(filled)
    change(filled)
    assert filled.versions.feeds() not in {feeds, None}
    assert filled.versions.pages() not in {pages, None}


@pytest.mark.parametrize("change", ON_PAGES.values(), ids=ON_PAGES)
def test_versions_when_what_only_pages_show_changes_then_theirs_does(
    filled: Store, change: Change
) -> None:
    feeds, pages = versions(filled)
    change(filled)
    assert filled.versions.feeds() == feeds
    assert filled.versions.pages() not in {pages, None}


@pytest.mark.parametrize("change", NOWHERE.values(), ids=NOWHERE)
def test_versions_when_nobody_sees_a_change_then_stay(
    filled: Store, change: Change
) -> None:
    before = versions(filled)
    change(filled)
    assert versions(filled) == before


def test_next_change_when_events_begin_and_end_then_is_the_nearest(
    store: Store,
) -> None:
    store.put(
        record(
            event(7, start="2026-11-29 10:00", end="2026-11-29 16:00", timezone="UTC")
        ),
        record(
            event(8, start="2026-11-29 12:05", end="2026-11-30 16:00", timezone="UTC")
        ),
    )
    times = [datetime(2026, 11, 29, 9, tzinfo=UTC)]
    while change := store.events.next_change(times[-1]):
        times.append(change)
    assert [f"{time:%d %H:%M}" for time in times] == [
        *("29 09:00", "29 10:00", "29 12:05", "29 16:00", "30 16:00")
    ]
