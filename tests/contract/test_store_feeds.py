"""Feeds that come out the same of every database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from space.data_pages.map import map_pages
from space.data_pages.pages import event_pages, post_pages
from space.feeds.geojson import COLLECTION
from space.feeds.spreadsheet import sheet
from space.publication.filters import Filter
from space.publication.publication import Tombstone
from space.settings.topics import Topics
from space.store import Record, Store, Summary
from space.store.queries.sql.streaming import CHUNK
from space.store.tables.whole_feeds import PIECE
from tests.support.feeds.publications import ADDRESSES, NOW, TODAY, event, post, record
from tests.support.store.stores import KEY, ids, wanted

FILTERS = [
    ([], [1, 2, 3]),
    ([("country", "nz")], [1, 2]),
    ([("country", "nz"), ("country", "PG")], [1, 2, 3]),
    ([("topic", "GLAM"), ("country", "nz")], [1]),
    ([("mode", "in-person")], [1, 3]),
    ([("status", "confirmed")], [1, 2]),
    ([("organizer", "ana"), ("organizer", "nobody")], [1]),
    ([("organizer", "User:Ana")], [1]),
    ([("organizer", "wiki club")], [2]),
    ([("topic", "é")], [2]),
    ([("topic", "e")], []),
    ([("q", "PHOTO walk")], [3]),
    ([("q", "100%")], [2]),
    ([("q", "1%wiki")], []),
    ([("q", "port moresby")], [3]),
    ([("q", "hidden")], []),
    ([("from", "2026-12-01")], [3]),
    ([("from", "2026-11-28"), ("to", "2026-11-28")], [1, 2]),
    ([("from", "2026-11-29"), ("to", "2026-11-30")], []),
    ([("to", "2026-11-26")], []),
    ([("to", "2026-11-27")], [1, 2]),
]


def test_fragments_when_filtered_then_only_what_fits_is_in_the_feed(
    store: Store,
) -> None:
    store.put(
        record(
            event(
                3,
                country="PG",
                city="Port Moresby",
                title="Photo-walk, a Walk",
                start="2026-12-05",
                end="2026-12-06",
                status="tentative",
            )
        ),
        record(event(1, topics=("glam", "x"), organizers=("[[User:Ana|Hidden]]",))),
        record(
            event(
                2,
                mode="hybrid",
                topics=("É",),
                summary="100% wiki",
                organizers=("Wiki  Club",),
            )
        ),
        record(post(4)),
    )
    found = [(items, ids(store, *items)) for items, _ in FILTERS]
    assert found == FILTERS
    counts = [store.records.count(wanted("event", *items)) for items, _ in FILTERS]
    assert counts == [len(expected) for _, expected in FILTERS]


def test_fragments_when_a_topic_has_other_names_then_all_are_found(
    store: Store,
) -> None:
    store.put(
        record(event(1, topics=("glam",))),
        record(event(2, topics=("museums", "x"))),
        record(event(3, topics=("x",))),
    )
    assert ids(store, ("topic", "museums")) == [2]
    store.set_topics(Topics({"museums": "glam"}))
    assert ids(store, ("topic", "museums")) == [1, 2]
    assert ids(store, ("topic", "GLAM"), ("country", "nz")) == [1, 2]
    assert ids(store, ("topic", "x")) == [2, 3]
    assert store.records.count(wanted("event", ("topic", "glam"))) == 2
    store.set_topics(Topics({}))
    assert ids(store, ("topic", "glam")) == [1]


def test_summary_when_anything_in_the_feed_changes_then_the_tag_does(
    store: Store,
) -> None:
    def tag(**more: object) -> str:
        return store.feeds.summary("ics", Filter("event", **more), TODAY).etag

    store.put(record(event(1)), record(event(2)))
    tags = [tag(), tag(words=("event",))]
    store.put(
        record(post(3)), Record(4, "event", "W", 0, 1, "waiting", pending_revision=1)
    )
    assert tag() == tags[0]
    store.put(record(event(2, title="Other")))
    tags.append(tag())
    store.remove(2)
    tags.append(tag())
    store.put(record(event(5)))
    tags.append(tag())
    store.prepare("another", TODAY)
    tags.append(tag())
    assert len(set(tags)) == len(tags)


def test_summary_when_events_use_zones_then_those_and_their_time_are_named(
    store: Store,
) -> None:
    store.put(
        record(event(1)),
        record(event(2, start="2024-06-01 10:00", end="2024-06-02 10:00")),
        record(event(3, timezone="UTC")),
        record(event(4, timezone="UTC+05:30")),
        record(event(5, start="2026-11-28", end="", timezone="Europe/Berlin")),
    )
    summary = store.feeds.summary("ics", Filter("event"), TODAY)
    assert (summary.count, summary.updated) == (5, event(5).updated)
    (use,) = summary.zones
    assert (use.tzid, use.first.year, use.last.year) == ("Pacific/Auckland", 2024, 2026)
    empty = store.feeds.summary("ics", wanted("event", ("country", "PG")), TODAY)
    assert (empty.count, empty.updated, empty.zones) == (0, None, ())


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 22), [1]),
        (date(2027, 1, 30), [1]),
        (date(2027, 2, 1), []),
    ],
)
def test_fragments_when_an_event_is_gone_then_calendars_hear_of_it_for_a_while(
    store: Store, today: date, expected: list[int]
) -> None:
    gone = Tombstone(1, datetime(2027, 1, 1, tzinfo=UTC), NOW, 99)
    store.put(Record(1, "event", "Gone", 0, 5, "gone", tombstone=gone))
    assert store.records.get(1) == Record(
        1, "event", "Gone", 0, 5, "gone", tombstone=gone
    )
    feed = list(store.feeds.fragments("ics", Filter("event"), today))
    assert len(feed) == len(expected)
    assert all("STATUS:CANCELLED" in text for text in feed)
    assert store.feeds.summary("ics", Filter("event"), today).count == len(expected)
    assert list(store.feeds.fragments("geojson", Filter("event"), today)) == []
    assert (
        list(store.feeds.fragments("ics", Filter("event", words=("x",)), today)) == []
    )
    assert list(store.events.between(None, None)) == []


def test_fragment_when_asked_for_one_page_then_it_is_that_of_the_feed(
    store: Store,
) -> None:
    store.put(record(event(1)), record(event(2)))
    feed = list(store.feeds.fragments("ics", Filter("event"), TODAY))
    assert [store.feeds.fragment("ics", 1), store.feeds.fragment("ics", 2)] == feed
    assert store.feeds.fragment("atom", 1) is None


def test_reading_when_a_writer_comes_between_then_one_view_is_kept(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in range(1, 601)))
    feed = store.feeds.fragments("ics", Filter("event"), TODAY)
    next(feed)
    store.remove(*range(1, 601))
    assert len(list(feed)) == 599


def test_snapshot_when_a_writer_comes_between_then_feed_and_summary_are_of_one_version(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in range(1, 4)))
    with store.feeds.snapshot() as view:
        version = view.version
        store.put(record(event(4)))
        assert view.summary("ics", Filter("event"), TODAY).count == 3
        pieces = view.feed(sheet(), "csv", Filter("event"), TODAY)
        assert b"".join(pieces).count(b"\r\n") == 1 + 3
    with store.feeds.snapshot() as view:
        assert view.version.token != version.token
        assert view.summary("ics", Filter("event"), TODAY).count == 4


def test_feed_when_there_are_more_than_are_read_at_once_then_all_are_there_in_order(
    store: Store,
) -> None:
    number = 2 * CHUNK + 1
    here = {"coordinates": "1, 2"}
    store.put(*(record(event(each, **here)) for each in range(number, 0, -1)))
    with store.feeds.snapshot() as view:
        for form, envelope in (("csv", sheet()), ("geojson", COLLECTION)):
            texts = store.feeds.fragments(form, Filter("event"), TODAY)
            whole = "".join(envelope.around(texts)).encode()
            feed = view.feed(envelope, form, Filter("event"), TODAY)
            assert b"".join(feed) == whole
    table = "".join(
        sheet().around(store.feeds.fragments("csv", Filter("event"), TODAY))
    )
    cells = [line.partition(",")[0] for line in table.splitlines()]
    assert cells[1:] == [str(each) for each in range(1, number + 1)]


def test_feed_when_joined_ahead_then_says_the_same_and_never_what_was(
    store: Store,
) -> None:
    days = (TODAY, TODAY + timedelta(days=30))

    def feeds() -> list[bytes]:
        with store.feeds.snapshot() as view:
            return [
                b"".join(view.feed(COLLECTION, "geojson", Filter("event"), day))
                for day in days
            ]

    def joined() -> list[bool]:
        with store.feeds.snapshot() as view:
            return [
                view.prebuilt_size("geojson", Filter("event"), day) is not None
                for day in days
            ]

    here = {"coordinates": "1, 2", "summary": "é" * 1000}
    long_ago = NOW - timedelta(days=29)
    gone = Tombstone(1, long_ago, long_ago, 99)
    store.put(Record(1, "event", "Gone", 0, 5, "gone", tombstone=gone))
    store.put(*(record(event(number, **here)) for number in range(2, 302)))
    apart = feeds()
    assert len(apart[0]) > PIECE
    assert joined() == [False] * 2
    store.prebuild_map(TODAY)
    assert joined() == [True, False]
    assert feeds() == apart
    store.put(record(event(2, **here, title="Other")))
    assert joined() == [False] * 2
    assert feeds()[0] != apart[0]


def test_summary_when_its_map_was_built_in_advance_then_is_as_it_is_counted(
    store: Store, engine: Engine
) -> None:
    here = {"coordinates": "1, 2"}
    store.put(record(event(1, timezone="Asia/Tokyo", **here)), record(event(2, **here)))

    def summary() -> Summary:
        fresh = Store(engine, ADDRESSES)
        return fresh.feeds.summary("geojson", wanted("event"), TODAY)

    counted = summary()
    store.prebuild_map(TODAY)
    assert summary() == counted
    store.put(record(event(2, title="Other", **here)))
    assert summary().etag != counted.etag


def test_length_when_a_map_is_not_joined_ahead_then_is_unknown(store: Store) -> None:
    wanted = Filter("event")
    store.put(record(event(1, coordinates="1, 2")))
    with store.feeds.snapshot() as view:
        assert view.length(COLLECTION, "geojson", wanted, TODAY) is None
    store.prebuild_map(TODAY)
    with store.feeds.snapshot() as view:
        text = b"".join(view.feed(COLLECTION, "geojson", wanted, TODAY))
        assert view.length(COLLECTION, "geojson", wanted, TODAY) == len(text)
        some = replace(wanted, words=("event",))
        assert view.length(COLLECTION, "geojson", some, TODAY) is None


def test_version_when_anything_changes_then_is_another(store: Store) -> None:
    def token() -> str:
        with store.feeds.snapshot() as view:
            return view.version.token

    tokens = [token()]
    for change in (
        lambda: store.put(record(event(1))),
        lambda: store.remove(1),
        lambda: store.set_topics(Topics({"a": "b"})),
        lambda: store.prepare("another", TODAY),
        lambda: store.prepare("another", TODAY + timedelta(days=1)),
    ):
        change()
        tokens.append(token())
    assert len(set(tokens)) == len(tokens)
    store.prepare("another", TODAY + timedelta(days=1))
    assert token() == tokens[-1]


def everything(store: Store) -> list[object]:
    """All that leaves the store."""
    feeds = [("ics", "event"), ("geojson", "event"), ("atom", "post")]
    return [
        *(
            list(store.feeds.fragments(form, Filter(kind), TODAY))
            for form, kind in feeds
        ),
        *(store.feeds.summary(form, Filter(kind), TODAY) for form, kind in feeds),
        event_pages("Bot", store.events.between(None, None)),
        map_pages("Bot", store.events.between(NOW, None), TODAY),
        post_pages("Bot", store.posts.all_versions()),
    ]


def test_store_when_made_again_another_way_then_gives_the_same_bytes(
    store: Store,
) -> None:
    records = [
        *(record(event(n, coordinates=f"{n}, 9", topics=("a",))) for n in range(1, 9)),
        record(event(9, recurrence="FREQ=WEEKLY", title="Every week")),
        *(record(post(n)) for n in range(10, 15)),
        Record(15, "event", "", 0, 5, "gone", tombstone=Tombstone(15, NOW, NOW, 9)),
    ]
    store.put(*records)
    first = everything(store)
    store.prepare("an older key", date(2025, 1, 1))
    store.put(record(event(3, title="Older")), record(event(99)), record(post(1)))
    store.remove(1, 2, 99)
    store.prepare(KEY, TODAY)
    for each in reversed(records):
        store.put(each)
    store.remove(
        *(store.records.newest_revisions().keys() - {each.page_id for each in records})
    )
    assert everything(store) == first
