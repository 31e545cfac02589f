"""What every database has to list the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from space.publication.filters import Filter
from space.publication.occurrence import EventList, Occurrence
from space.publication.publication import Publication
from space.publication.similar_events import Plan
from space.settings.topics import Topics
from space.store import Store
from tests.support.feeds.publications import NOW, TODAY, event, post, record
from tests.support.store.stores import wanted


def test_topics_when_set_then_come_back_as_they_were(store: Store) -> None:
    topics = Topics({"museums": "glam"}, {"women": "Women", "glam": "GLAM नया"})
    store.set_topics(topics)
    assert store.topics() == topics
    assert list(store.topics().labels) == ["women", "glam"]


def test_values_when_in_use_then_are_those_of_published_pages_by_their_number(
    store: Store,
) -> None:
    store.put(
        record(event(1, topics=("Tea", "ü"), languages=("hi",))),
        record(event(2, topics=("ü", "tea"), country="IN")),
        record(event(5, topics=("ü",))),
        record(post(3, topics=("news",))),
        replace(record(event(4, topics=("gone",))), publication=None),
    )
    assert store.terms.of_kind("event", "topics", "country", "languages") == {
        "topics": ("ü", "tea"),
        "country": ("nz", "in"),
        "languages": ("hi",),
    }
    assert store.terms.of_kind("post", "topics") == {"topics": ("news",)}
    assert store.terms.of_fields("language", "languages") == {"en", "hi"}


def test_count_when_asked_then_is_how_many_are_listed(store: Store) -> None:
    store.put(
        record(event(1, recurrence="FREQ=DAILY;COUNT=5")),
        record(event(2, country="IN")),
    )
    for start, end in ((NOW, None), (NOW, NOW + timedelta(days=8)), (None, NOW)):
        for asked in (wanted("event"), wanted("event", ("country", "nz"))):
            listed = list(store.events.between(start, end, asked))
            events = {row.publication.page_id for row in listed}
            counted = store.events.count(start, end, asked)
            assert counted == (len(events), len(listed))
    assert store.events.count(NOW, None, wanted("event")) == (2, 6)


def test_list_when_a_series_has_many_dates_then_has_it_once_with_the_next(
    store: Store,
) -> None:
    daily = "FREQ=DAILY;COUNT=20"
    store.put(
        record(event(1, start="2026-11-20 10:00", end="", recurrence=daily)),
        record(event(2, start="2026-11-27 10:00", end="")),
        record(event(3, start="2026-11-21", end="2026-11-23")),
        record(event(4, start="2026-11-01", end="2026-11-30")),
        record(event(5, start="2026-12-01", end="2026-12-31", country="IN")),
    )
    found = store.events.listed(NOW, None, limit=9)
    assert [row.first.publication.page_id for row in found.rows] == [3, 1, 2, 5]
    assert [row.first.publication.page_id for row in found.ongoing] == [4]
    series = found.rows[1]
    every = [row for row in store.events.between(NOW, None) if _id(row) == 1]
    assert series.first == every[0]
    assert series.later == tuple(each.start for each in every[1:6])
    assert (series.dates, found.rows[2].dates) == (len(every), 1)
    soon = store.events.listed(NOW, NOW + timedelta(days=3), limit=9)
    assert [(_id(row.first), row.dates) for row in soon.rows] == [(3, 1), (1, 3)]
    there = store.events.listed(NOW, None, wanted("event", ("country", "in")), limit=9)
    assert [_id(row.first) for row in there.rows] == [5]
    assert store.events.coming([1, 2, 99], NOW) == {
        1: series.first,
        2: found.rows[2].first,
    }


def test_events_when_they_go_on_for_long_then_all_lists_of_a_time_have_them(
    store: Store,
) -> None:
    hours = (1, 47, 48, 49, 100, 24 * 900)
    for number, (before, length) in enumerate(product(hours, hours)):
        start = NOW - timedelta(hours=before)
        end = start + timedelta(hours=length)
        when = {"start": f"{start:%Y-%m-%d %H:%M}", "end": f"{end:%Y-%m-%d %H:%M}"}
        store.put(record(event(100 + number, timezone="UTC", **when)))
    for since in (NOW - timedelta(hours=hour) for hour in (-1, 0, 1, 47, 48, 100)):
        until = since + timedelta(days=2)
        rows = list(store.events.between(since, until))
        assert list(store.events.with_dropped(since, until)) == rows
        assert len(list(store.events.wall_spans(since, until))) == len(rows)
        listed = store.events.listed(since, until, limit=99)
        found = [_id(each.first) for each in (*listed.rows, *listed.ongoing)]
        assert sorted(found) == sorted(map(_id, rows))


def _id(row: Occurrence) -> int:
    return row.publication.page_id


def test_list_when_turned_then_every_page_has_others_and_the_same_campaigns(
    store: Store,
) -> None:
    store.put(
        *(record(event(number, recurrence="FREQ=DAILY;COUNT=3")) for number in (1, 2)),
        *(record(event(number)) for number in (3, 4, 5)),
        record(event(6, start="2026-11-01", end="2026-11-30")),
    )
    pages = [store.events.listed(NOW, None, limit=2, offset=o) for o in (0, 2, 4)]
    assert [[_id(row.first) for row in page.rows] for page in pages] == [
        [1, 2],
        [3, 4],
        [5],
    ]
    for page in pages:
        assert [_id(row.first) for row in page.ongoing] == [6]
    elsewhere = wanted("event", ("country", "in"))
    assert store.events.listed(NOW, None, elsewhere, limit=2) == EventList()
    assert store.events.listed(NOW, None, limit=2, offset=9).rows == ()


def test_posts_when_asked_then_newest_come_first_and_pages_can_be_turned(
    store: Store,
) -> None:
    store.put(*(record(post(number)) for number in range(1, 6)))
    store.put(record(replace(post(6), published=post(3).published)))
    shown = [each.page_id for each in store.posts.newest()]
    assert shown == [5, 4, 6, 3, 2, 1]
    assert [each.page_id for each in store.posts.newest(limit=2, offset=1)] == [4, 6]
    entries = store.feeds.fragments("atom", Filter("post"), TODAY, limit=2)
    assert ["curid=5" in text or "curid=4" in text for text in entries] == [True, True]


def _of_ana(number: int) -> Publication:
    return post(number, topics=("news",), authors=("Ana",))


@pytest.mark.parametrize("asked", [(), (("topic", "news"), ("author", "ana"))])
def test_page_of_posts_when_turned_then_is_of_the_list_and_all_are_counted(
    store: Store, asked: tuple[tuple[str, str], ...]
) -> None:
    store.put(*(record(_of_ana(number)) for number in range(1, 8)))
    store.put(record(replace(_of_ana(8), published=post(3).published)))
    store.put(record(post(9, topics=("maps",))))
    listed = list(store.posts.newest(wanted("post", *asked)))
    assert len(listed) == (8 if asked else 9)
    for offset in (0, 3, 6, 9):
        rows, count = store.posts.page(wanted("post", *asked), limit=3, offset=offset)
        assert rows == listed[offset : offset + 3]
        assert count == len(listed)


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-01", [1, 2]), ("2026-11-02", [])]
)
def test_posts_when_asked_by_day_then_publication_counts(
    store: Store, day: str, expected: list[int]
) -> None:
    store.put(record(post(2)), record(post(1)))
    found = store.posts.newest(wanted("post", ("from", day), ("to", day)))
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
        store.events.between(
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
    from_first = store.events.between(datetime(2026, 12, 1, tzinfo=UTC), None)
    assert [each.publication.page_id for each in from_first] == [3]
    limited = store.events.between(None, None, limit=1, offset=1)
    assert [each.start for each in limited] == ["2026-11-28 10:00"]


def test_events_between_when_two_begin_at_once_then_page_id_decides(
    store: Store,
) -> None:
    store.put(*(record(event(number)) for number in (3, 1, 2)))
    found = store.events.between(None, None, wanted("event", ("country", "nz")))
    assert [each.publication.page_id for each in found] == [1, 2, 3]


def test_candidates_when_asked_then_the_nearest_times_come_first(store: Store) -> None:
    weekly = event(2, recurrence="FREQ=WEEKLY;COUNT=3", start="2026-11-20 10:00")
    store.put(record(event(1)), record(weekly), record(post(4)))
    plan = Plan.of({"start": "2026-11-28", "timezone": "Pacific/Auckland"}, TODAY)
    assert plan is not None
    found = [
        (each.publication.page_id, each.span) for each in store.events.candidates(plan)
    ]
    assert [(page_id, str(span.start)) for page_id, span in found] == [
        (1, "2026-11-28 10:00"),
        (2, "2026-11-27 10:00"),
        (2, "2026-11-20 10:00"),
    ]
    assert store.terms.in_use("topics", ("a",)) == frozenset()
    assert list(store.events.unpublished()) == []
