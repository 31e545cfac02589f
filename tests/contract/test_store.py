"""What every database has to do the same."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import URL, Engine, delete, text

from space.data_pages import event_pages, post_pages
from space.feeds.geojson import COLLECTION
from space.feeds.table import TABLE
from space.filters import Filter, parse
from space.map_pages import map_pages
from space.neighbours import Plan
from space.problems import Problem
from space.publication import Publication, Tombstone
from space.related import beside
from space.store import Record, Store, open_engine
from space.store.snapshot import CHUNK
from space.store.tables import metadata, notes
from space.topics import Topics
from space.versions import Known
from tests.support.mariadb import mariadb
from tests.support.publications import ADDRESSES, NOW, TODAY, event, post

KEY = "a build key"


@pytest.fixture(scope="module")
def server() -> Iterator[URL]:
    with mariadb() as address:
        yield address


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("mariadb", marks=pytest.mark.mariadb)],
)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    if request.param == "sqlite":
        file = tmp_path_factory.mktemp("store") / "space.sqlite"
        found = open_engine(f"sqlite:///{file}")
    else:
        found = open_engine(request.getfixturevalue("server"))
    yield found
    found.dispose()


@pytest.fixture
def engine(database: Engine) -> Iterator[Engine]:
    """A database without rows; its tables stay, as making them takes a while."""
    yield database
    with database.begin() as connection:
        for table in metadata.tables.values():
            doomed = table is not notes or notes.c.name != "layout"
            connection.execute(delete(table).where(doomed))


@pytest.fixture
def store(engine: Engine) -> Store:
    made = Store(engine, ADDRESSES)
    made.prepare(KEY, TODAY)
    return made


def record(publication: Publication, **more: object) -> Record:
    return Record(
        page_id=publication.page_id,
        kind=publication.kind,
        page_title=publication.page_title,
        namespace=0,
        latest=publication.revision,
        state="published",
        creator=publication.creator,
        publication=publication,
        **more,
    )


def wanted(kind: str, *items: tuple[str, str]) -> Filter:
    found = parse(kind, items)
    assert isinstance(found, Filter)
    return found


def ids(store: Store, *items: tuple[str, str]) -> list[int]:
    """Page ids of the events that a filter lets through, from the ICS feed."""
    texts = store.fragments("ics", wanted("event", *items), TODAY)
    return [int(text.partition("UID:")[2].partition("@")[0]) for text in texts]


def test_get_when_a_record_was_put_then_it_comes_back(store: Store) -> None:
    full = record(
        replace(event(7, topics=("Ünïcode 🎉", "b")), body="not kept"),
        pending=71,
        pending_since=NOW,
        problems=(Problem("zone", "timezone", 3, ("X",), "warning"), Problem("page")),
    )
    store.put(full, record(post(8)))
    assert store.get(7) == replace(full, publication=replace(full.publication, body=""))
    assert store.find("Space/Blog/Page 8") == store.get(8) == record(post(8))
    assert store.get(9) is None
    assert store.find("space/blog/page 8") is None


def test_get_when_put_again_then_the_last_one_counts(store: Store) -> None:
    store.put(record(event(7, topics=("old",))))
    waiting = Record(7, "event", "Moved", 1728, 99, "waiting", pending=99)
    store.put(waiting)
    assert store.get(7) == waiting
    assert ids(store) == []
    assert list(store.events_between(None, None)) == []


def test_remove_when_a_page_goes_then_nothing_of_it_stays(
    store: Store, engine: Engine
) -> None:
    store.put(record(event(7, topics=("a",))), record(event(8)))
    store.remove(7, 99)
    assert store.latest() == {8: 80}
    with engine.connect() as connection:
        for table in metadata.tables.values():
            if "page_id" in table.c:
                assert {row.page_id for row in connection.execute(table.select())} <= {
                    8
                }


def test_records_when_asked_by_kind_state_or_creator_then_only_those(
    store: Store,
) -> None:
    draft = Record(9, "post", "D", 0, 90, "draft", creator="Ben")
    store.put(draft, record(event(7)), record(post(8)))
    assert [each.page_id for each in store.records()] == [7, 8, 9]
    assert [each.page_id for each in store.records(kind="post")] == [8, 9]
    assert [each.page_id for each in store.records(states=["published"])] == [7, 8]
    assert list(store.records(creator="Ben")) == [draft]
    assert list(store.records(states=[])) == []


def test_pending_when_several_wait_then_the_longest_comes_first(store: Store) -> None:
    store.put(
        Record(1, "post", "A", 0, 10, "waiting", pending=10, pending_since=NOW),
        Record(
            2,
            "event",
            "B",
            0,
            20,
            "waiting",
            pending=20,
            pending_since=NOW - timedelta(days=1),
        ),
        Record(3, "event", "C", 0, 30, "published"),
    )
    assert [each.page_id for each in store.pending()] == [2, 1]
    assert [each.page_id for each in store.pending("post")] == [1]


def test_problems_when_some_have_any_then_only_those_are_listed(store: Store) -> None:
    bad = Record(
        2, "event", "B", 0, 20, "broken", problems=(Problem("missing", "end"),)
    )
    store.put(record(event(1)), bad)
    assert list(store.problems()) == [bad]


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
    counts = [store.count(wanted("event", *items)) for items, _ in FILTERS]
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
    assert store.count(wanted("event", ("topic", "glam"))) == 2
    store.set_topics(Topics({}))
    assert ids(store, ("topic", "glam")) == [1]


def test_topics_when_set_then_come_back_as_they_were(store: Store) -> None:
    topics = Topics({"museums": "glam"}, {"women": "Women", "glam": "GLAM नया"})
    store.set_topics(topics)
    assert store.topics() == topics
    assert list(store.topics().labels) == ["women", "glam"]


def test_values_when_in_use_then_are_those_of_published_pages_of_the_kind(
    store: Store,
) -> None:
    store.put(
        record(event(1, topics=("Tea", "ü"), languages=("hi",))),
        record(event(2, topics=("tea",), country="IN")),
        record(post(3, topics=("news",))),
        replace(record(event(4, topics=("gone",))), publication=None),
    )
    assert store.values_in_use("event", "topics", "country", "languages") == {
        "topics": ["tea", "ü"],
        "country": ["in", "nz"],
        "languages": ["hi"],
    }
    assert store.values_in_use("post", "topics") == {"topics": ["news"]}


def test_count_between_when_asked_then_is_how_many_are_listed(store: Store) -> None:
    store.put(
        record(event(1, recurrence="FREQ=DAILY;COUNT=5")),
        record(event(2, country="IN")),
    )
    for start, end in ((NOW, None), (NOW, NOW + timedelta(days=8)), (None, NOW)):
        for asked in (wanted("event"), wanted("event", ("country", "nz"))):
            listed = list(store.events_between(start, end, asked))
            assert store.count_between(start, end, asked) == len(listed)
    assert store.count_between(NOW, None, wanted("event")) == 6


def test_posts_when_asked_then_newest_come_first_and_pages_can_be_turned(
    store: Store,
) -> None:
    store.put(*(record(post(number)) for number in range(1, 6)))
    store.put(record(replace(post(6), published=post(3).published)))
    shown = [each.page_id for each in store.posts()]
    assert shown == [5, 4, 6, 3, 2, 1]
    assert [each.page_id for each in store.posts(limit=2, offset=1)] == [4, 6]
    entries = store.fragments("atom", Filter("post"), TODAY, limit=2)
    assert ["curid=5" in text or "curid=4" in text for text in entries] == [True, True]


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-01", [1, 2]), ("2026-11-02", [])]
)
def test_posts_when_asked_by_day_then_publication_counts(
    store: Store, day: str, expected: list[int]
) -> None:
    store.put(record(post(2)), record(post(1)))
    found = store.posts(wanted("post", ("from", day), ("to", day)))
    assert sorted(each.page_id for each in found) == expected


def test_events_between_when_asked_then_occurrences_come_by_start(store: Store) -> None:
    store.put(
        record(
            event(
                1,
                start="2026-11-28 10:00",
                end="",
                timezone="UTC",
                recurrence="FREQ=DAILY;COUNT=3",
            )
        ),
        record(event(2, start="2026-11-28", end="2026-11-29", timezone="UTC")),
        record(event(3, start="2026-12-01 00:00", end="", timezone="UTC")),
    )
    found = list(
        store.events_between(
            datetime(2026, 11, 29, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
        )
    )
    assert [(each.publication.page_id, each.start) for each in found] == [
        (2, "2026-11-28"),
        (1, "2026-11-29 10:00"),
        (1, "2026-11-30 10:00"),
    ]
    assert found[0].end == "2026-11-29"
    assert found[0].ends == datetime(2026, 11, 30, tzinfo=UTC)
    assert found[1].begins == found[1].ends
    from_first = store.events_between(datetime(2026, 12, 1, tzinfo=UTC), None)
    assert [each.publication.page_id for each in from_first] == [3]
    limited = store.events_between(None, None, limit=1, offset=1)
    assert [each.start for each in limited] == ["2026-11-28 10:00"]


def test_events_between_when_two_begin_at_once_then_page_id_decides(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in (3, 1, 2)))
    found = store.events_between(None, None, wanted("event", ("country", "nz")))
    assert [each.publication.page_id for each in found] == [1, 2, 3]


def test_prepare_when_the_day_changes_then_series_move_on(store: Store) -> None:
    store.put(record(event(1, start="2020-01-01", end="", recurrence="FREQ=MONTHLY")))
    store.set_checkpoint(NOW)
    before = [each.start for each in store.events_between(None, None)]
    assert store.prepare(KEY, date(2027, 1, 1)) is False
    after = [each.start for each in store.events_between(None, None)]
    assert (before[0], after[0]) == ("2025-11-01", "2026-01-01")
    assert (before[-1], after[-1]) == ("2028-11-01", "2029-01-01")


def test_prepare_when_key_is_the_same_then_nothing_has_to_be_read(store: Store) -> None:
    store.put(record(event(1)))
    assert store.prepare(KEY, TODAY) is True
    assert store.ready() is False
    store.set_checkpoint(NOW)
    assert store.prepare(KEY, TODAY) is False
    assert store.ready() is True
    assert store.checkpoint == NOW
    assert store.latest() == {1: 10}


def test_prepare_when_key_is_another_then_pages_count_as_unread_but_stay_shown(
    store: Store,
) -> None:
    store.put(record(event(1)))
    store.set_checkpoint(NOW)
    store.set_note("talk pages read", "1")
    assert store.prepare("another", TODAY) is True
    assert store.checkpoint is None
    assert store.note("talk pages read") is None
    assert store.latest() == {1: 0}
    assert ids(store) == [1]
    assert store.ready() is True
    assert store.prepare("another", TODAY) is True


def test_prepare_when_tables_have_another_layout_then_they_are_made_again(
    store: Store, engine: Engine
) -> None:
    store.put(record(event(1)))
    store.set_checkpoint(NOW)
    store.set_note("layout", "an older one")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE space_term"))
    assert store.ready() is False
    assert store.prepare(KEY, TODAY) is True
    assert store.latest() == {}
    assert store.ready() is False


def test_ready_when_nothing_was_ever_prepared_then_is_false(engine: Engine) -> None:
    metadata.drop_all(engine)
    assert Store(engine, ADDRESSES).ready() is False
    Store(engine, ADDRESSES).prepare(KEY, TODAY)


def test_summary_when_anything_in_the_feed_changes_then_the_tag_does(
    store: Store,
) -> None:
    def tag(**more: object) -> str:
        return store.summary("ics", Filter("event", **more), TODAY).etag

    store.put(record(event(1)), record(event(2)))
    tags = [tag(), tag(words=("event",))]
    store.put(record(post(3)), Record(4, "event", "W", 0, 1, "waiting", pending=1))
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
    summary = store.summary("ics", Filter("event"), TODAY)
    assert (summary.count, summary.updated) == (5, event(5).updated)
    (use,) = summary.zones
    assert (use.tzid, use.first.year, use.last.year) == ("Pacific/Auckland", 2024, 2026)
    empty = store.summary("ics", wanted("event", ("country", "PG")), TODAY)
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
    assert store.get(1) == Record(1, "event", "Gone", 0, 5, "gone", tombstone=gone)
    feed = list(store.fragments("ics", Filter("event"), today))
    assert len(feed) == len(expected)
    assert all("STATUS:CANCELLED" in text for text in feed)
    assert store.summary("ics", Filter("event"), today).count == len(expected)
    assert list(store.fragments("geojson", Filter("event"), today)) == []
    assert list(store.fragments("ics", Filter("event", words=("x",)), today)) == []
    assert list(store.events_between(None, None)) == []


def test_fragment_when_asked_for_one_page_then_it_is_that_of_the_feed(
    store: Store,
) -> None:
    store.put(record(event(1)), record(event(2)))
    feed = list(store.fragments("ics", Filter("event"), TODAY))
    assert [store.fragment("ics", 1), store.fragment("ics", 2)] == feed
    assert store.fragment("atom", 1) is None


def test_reading_when_a_writer_comes_between_then_one_view_is_kept(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in range(1, 601)))
    feed = store.fragments("ics", Filter("event"), TODAY)
    next(feed)
    store.remove(*range(1, 601))
    assert len(list(feed)) == 599


def test_snapshot_when_a_writer_comes_between_then_feed_and_summary_are_of_one_version(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in range(1, 4)))
    with store.snapshot() as view:
        version = view.version
        store.put(record(event(4)))
        assert view.summary("ics", Filter("event"), TODAY).count == 3
        pieces = view.feed(TABLE, "csv", Filter("event"), TODAY)
        assert b"".join(pieces).count(b"\r\n") == 1 + 3
    with store.snapshot() as view:
        assert view.version.token != version.token
        assert view.summary("ics", Filter("event"), TODAY).count == 4


def test_feed_when_there_are_more_than_are_read_at_once_then_all_are_there_in_order(
    store: Store,
) -> None:
    number = 2 * CHUNK + 1
    here = {"coordinates": "1, 2"}
    store.put(*(record(event(each, **here)) for each in range(number, 0, -1)))
    with store.snapshot() as view:
        for form, envelope in (("csv", TABLE), ("geojson", COLLECTION)):
            texts = store.fragments(form, Filter("event"), TODAY)
            whole = "".join(envelope.around(texts)).encode()
            feed = view.feed(envelope, form, Filter("event"), TODAY)
            assert b"".join(feed) == whole
    table = "".join(TABLE.around(store.fragments("csv", Filter("event"), TODAY)))
    cells = [line.partition(",")[0] for line in table.splitlines()]
    assert cells[1:] == [str(each) for each in range(1, number + 1)]


def test_version_when_anything_changes_then_is_another(store: Store) -> None:
    def token() -> str:
        with store.snapshot() as view:
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
        *(list(store.fragments(form, Filter(kind), TODAY)) for form, kind in feeds),
        *(store.summary(form, Filter(kind), TODAY) for form, kind in feeds),
        event_pages("Bot", store.events_between(None, None)),
        map_pages("Bot", store.events_between(NOW, None), TODAY),
        post_pages("Bot", store.blog.everything()),
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
    store.remove(*(store.latest().keys() - {each.page_id for each in records}))
    assert everything(store) == first


def test_note_when_set_then_is_remembered_until_forgotten(store: Store) -> None:
    assert store.note("heartbeat") is None
    store.set_note("heartbeat", "früh 🎉")
    store.set_note("heartbeat", "später")
    assert store.note("heartbeat") == "später"
    store.set_note("heartbeat", None)
    assert store.note("heartbeat") is None


def test_candidates_when_asked_then_the_nearest_times_come_first(store: Store) -> None:
    weekly = event(2, recurrence="FREQ=WEEKLY;COUNT=3", start="2026-11-20 10:00")
    store.put(record(event(1)), record(weekly), record(post(4)))
    plan = Plan.of({"start": "2026-11-28", "timezone": "Pacific/Auckland"}, TODAY)
    assert plan is not None
    found = [(each.publication.page_id, each.span) for each in store.candidates(plan)]
    assert [(page_id, str(span.start)) for page_id, span in found] == [
        (1, "2026-11-28 10:00"),
        (2, "2026-11-27 10:00"),
        (2, "2026-11-20 10:00"),
    ]
    assert store.in_use("topics", ("a",)) == frozenset()
    assert list(store.waiting_events()) == []


def series(page_id: int = 7, **values: object) -> Publication:
    """A weekly series of four Saturdays."""
    return event(page_id, recurrence="FREQ=WEEKLY;COUNT=4", topics=("glam",), **values)


def changed(
    page_id: int = 8, occurrence: str = "2026-12-05", **values: object
) -> Record:
    """A page for one of its occurrences, moved to a Sunday evening in UTC."""
    values = {
        "start": "2026-12-06 18:00",
        "end": "2026-12-06 19:00",
        "timezone": "UTC",
        "series": "Space/Events/Page 7",
        "occurrence": occurrence,
        **values,
    }
    return record(event(page_id, **values))


def shown(store: Store) -> list[tuple[int, str]]:
    rows = store.events_between(None, None)
    return [(row.publication.page_id, row.start) for row in rows]


def test_put_when_a_page_changes_one_date_then_it_stands_for_it_everywhere(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    assert shown(store) == [
        (7, "2026-11-28 10:00"),
        (8, "2026-12-06 18:00"),
        (7, "2026-12-12 10:00"),
        (7, "2026-12-19 10:00"),
    ]
    feed = list(store.fragments("ics", Filter("event"), TODAY))
    assert ["UID:7@" in text for text in feed] == [True, True]
    assert "RECURRENCE-ID;TZID=Pacific/Auckland:20261205T100000\r\n" in feed[1]
    assert "DTSTART:20261206T180000Z\r\n" in feed[1]
    summary = store.summary("ics", Filter("event"), TODAY)
    assert (summary.count, [use.tzid for use in summary.zones]) == (
        2,
        ["Pacific/Auckland"],
    )
    assert store.changed_dates(7).keys() == {"2026-12-05 10:00"}
    found = store.series_of(8)
    assert found is not None
    assert (found[0].page_id, found[1]) == (7, "2026-12-05 10:00")
    assert store.series_of(7) is None
    with store.snapshot() as view:
        of_series = view.event(7, "ics", TODAY)
        alone = view.event(8, "ics", TODAY)
    assert of_series is not None
    assert of_series[1] == "".join(feed)
    assert (of_series[0].count, of_series[0].octets) == (2, len("".join(feed).encode()))
    assert alone is not None
    assert "UID:8@" in alone[1]
    assert "RECURRENCE-ID" not in alone[1]


def test_fragments_when_filtered_then_a_series_has_its_changed_dates(
    store: Store,
) -> None:
    store.put(record(series(country="DE")), changed(country="NZ", topics=("other",)))
    assert ids(store, ("country", "de")) == [7, 7]
    assert ids(store, ("country", "nz")) == [8]
    assert ids(store, ("topic", "other")) == [8]
    assert ids(store, ("country", "de"), ("country", "nz")) == [7, 7]
    nz = store.summary("ics", wanted("event", ("country", "nz")), TODAY)
    assert (nz.count, nz.zones) == (1, ())
    zones = store.summary("ics", wanted("event", ("country", "de")), TODAY).zones
    assert [use.tzid for use in zones] == ["Pacific/Auckland"]


def test_lists_when_a_changed_date_says_no_topic_then_it_has_that_of_its_series(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    rows = store.events_between(None, None, wanted("event", ("topic", "glam")))
    assert [row.publication.page_id for row in rows] == [7, 8, 7, 7]
    assert store.get(8) == changed()


@pytest.mark.parametrize(
    "other",
    [
        event(7),
        event(7, recurrence="FREQ=MONTHLY"),
        None,
    ],
    ids=["no series", "another rule", "not published"],
)
def test_put_when_the_series_has_no_such_date_then_the_page_stands_alone(
    store: Store, other: Publication | None
) -> None:
    store.put(record(series()), changed())
    if other is None:
        store.put(Record(7, "event", "Space/Events/Page 7", 0, 70, "withdrawn"))
    else:
        store.put(record(other))
    assert (8, "2026-12-06 18:00") in shown(store)
    feed = list(store.fragments("ics", Filter("event"), TODAY))
    assert not any("RECURRENCE-ID" in text for text in feed)
    assert "UID:8@" in feed[-1]


@pytest.mark.parametrize("state", ["deleted", "declined"])
def test_remove_when_a_changed_date_goes_then_that_of_the_series_is_back(
    store: Store, state: str
) -> None:
    store.put(record(series()), changed())
    if state == "deleted":
        store.remove(8)
    else:
        store.put(Record(8, "event", "Space/Events/Page 8", 0, 80, state))
    assert (7, "2026-12-05 10:00") in shown(store)
    assert ids(store) == [7]


def test_put_when_two_pages_change_one_date_then_the_older_one_stands_for_it(
    store: Store,
) -> None:
    store.put(changed(9), record(series()))
    store.put(changed(8))
    assert ids(store) == [7, 9, 7]
    store.remove(8)
    assert ids(store) == [7, 7]


def test_set_series_aliases_when_a_title_is_another_then_the_series_is_found(
    store: Store,
) -> None:
    store.put(record(series()), changed(series="Old title"))
    assert store.unknown_series() == ("Old title",)
    assert ids(store) == [7, 8]
    store.set_series_aliases({"Old title": "Space/Events/Page 7"})
    assert ids(store) == [7, 7]
    store.set_series_aliases({})
    assert ids(store) == [7, 8]


def test_prepare_when_the_day_changes_then_changed_dates_stay_changed(
    store: Store,
) -> None:
    store.put(record(series()), changed())
    before = shown(store)
    store.prepare(KEY, TODAY + timedelta(days=40))
    assert shown(store) == before


def translated(page_id: int, language: str, original: int = 13) -> Record:
    title = f"Space/Blog/Page {original}"
    return record(post(page_id, language=language, original=title))


def languages(store: Store) -> dict[int, list[str]]:
    """Page id of each post → languages of its other versions."""
    return {
        each.page_id: [version.language for version in each.others]
        for each in store.blog.everything()
    }


def entries(store: Store, *items: tuple[str, str]) -> list[str]:
    return list(store.fragments("atom", wanted("post", *items), TODAY, limit=50))


def test_put_when_posts_are_translations_then_they_lead_to_each_other(
    store: Store,
) -> None:
    both = {13: ["fr", "ar"], 14: ["en", "ar"], 15: ["en", "fr"]}
    sorted_both = {page: sorted(found) for page, found in both.items()}
    store.put(translated(15, "ar"))
    store.put(translated(14, "fr"), record(post(13)))
    assert {p: sorted(found) for p, found in languages(store).items()} == sorted_both
    (entry,) = entries(store)
    assert (
        'hreflang="fr" href="https://meta.wikimedia.org/wiki/Space/Blog/Page_14"'
        in (entry)
    )
    (french,) = entries(store, ("language", "fr"))
    assert "Page_13" in french
    assert [each.page_id for each in store.posts()] == [13]
    assert store.count(Filter("post")) == 1
    store.put(Record(13, "post", "Space/Blog/Page 13", 0, 130, "withdrawn"))
    assert languages(store) == {15: ["fr"], 14: ["ar"]}
    store.remove(14)
    assert languages(store) == {15: []}
    assert store.get(15) == translated(15, "ar")


def test_set_versions_when_titles_lead_elsewhere_then_versions_follow(
    store: Store,
) -> None:
    store.put(record(post(13)), translated(14, "fr", original=99))
    assert store.blog.unknown_originals() == ("Space/Blog/Page 99",)
    assert languages(store) == {14: [], 13: []}
    store.set_versions(
        Known(
            {"Space/Blog/Page 99": "Space/Blog/Page 13"},
            {"Space/Blog/Page 14": ("ja",)},
        )
    )
    assert languages(store) == {14: ["en", "ja"], 13: ["fr", "ja"]}
    assert "Page_14/ja" in entries(store)[0]
    store.set_versions(Known())
    assert languages(store) == {14: [], 13: []}
    assert "hreflang" in entries(store)[0]
    assert "ja" not in entries(store)[0]


def test_set_content_when_the_wiki_told_then_the_feed_has_it_until_it_changes(
    store: Store,
) -> None:
    store.put(record(post(13)), record(post(14)))
    assert [each.page_id for each in store.blog.without_content(9, 9)] == [14, 13]
    assert [each.page_id for each in store.blog.without_content(9, 1)] == [14]
    before = store.summary("atom", Filter("post"), TODAY).etag
    store.set_content(post(14), "<p>Text</p><script>x</script>")
    assert '<content type="html">&lt;p&gt;Text&lt;/p&gt;</content>' in entries(store)[0]
    assert store.summary("atom", Filter("post"), TODAY).etag != before
    assert [each.page_id for each in store.blog.without_content(9, 9)] == [13]
    store.put(record(post(14)))
    assert "<content" in entries(store)[0]
    store.put(translated(15, "fr", original=14))
    assert "<content" in entries(store)[0]
    store.prepare("another key", TODAY)
    store.put(record(post(14)))
    assert "<content" in entries(store)[0]
    store.put(record(replace(post(14), revision=141)))
    assert "<content" not in entries(store)[0]
    assert [each.page_id for each in store.blog.without_content(9, 9)] == [15, 14, 13]


def test_neighbours_and_related_when_asked_then_pages_and_store_agree(
    store: Store,
) -> None:
    store.put(
        record(post(13, topics=("a", "b"), series="S")),
        record(post(14, topics=("a",), series="s")),
        record(post(15, topics=("b", "A"))),
        record(post(16, topics=("c",), series="S")),
        translated(17, "fr", original=16),
        record(post(18, topics=("a",))),
    )
    posts = list(store.blog.everything())
    found = beside(each for each in posts if each.lead == each.page_id)
    for each in store.blog.get(found).values():
        before, after = store.blog.neighbours(each)
        own = found[each.page_id]
        assert (own.before, own.after) == (
            before and before.page_id,
            after and after.page_id,
        )
        related = store.blog.related(each, "post", 0, 3)
        assert own.related == tuple(other.page_id for other in related)
    assert found[13].related == (15, 14, 18)
    french = store.blog.get([17])[17]
    assert [each and each.page_id for each in store.blog.neighbours(french)] == [
        14,
        None,
    ]


def test_untranslated_when_asked_then_each_post_is_there_once(store: Store) -> None:
    store.put(record(post(13)), translated(14, "fr"), record(post(15)))

    def waiting(language: str) -> list[int]:
        found = store.blog.untranslated(language, Filter("post"), limit=9)
        return [each.page_id for each in found]

    assert waiting("fr") == [15]
    assert waiting("de") == [15, 13]
    assert waiting("en") == []
    store.set_versions(Known(translations={"Space/Blog/Page 15": ("fr",)}))
    assert waiting("fr") == []
