"""Dates that a series dropped are told as cancelled, the same in every database."""

import json
from dataclasses import replace
from datetime import date, timedelta

from space.data_pages.map import map_pages
from space.feeds.fragments import GEOJSON
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
from space.store import Record, Store
from tests.support.feeds.publications import NOW, TODAY, event, record
from tests.support.store.stores import KEY, wanted

EVENTS = Filter("event")


def dropping(*starts: str, **values: object) -> Record:
    """A weekly series of four Saturdays that readers saw with dates it has no more."""
    return record(
        replace(event(7, recurrence="FREQ=WEEKLY;COUNT=4", **values), dropped=starts)
    )


THIRD, FOURTH = "2026-12-12 10:00", "2026-12-19 10:00"
SKIPPED = {"except": ("2026-12-12",)}


def listed(store: Store, *items: tuple[str, str]) -> list[tuple[str, str, int]]:
    """Start, status and number of dates of the events of a list."""
    found = store.events.listed(NOW, None, wanted("event", *items), limit=9)
    return [
        (row.first.start, status_of(row.first), row.dates)
        for row in (*found.rows, *found.ongoing)
    ]


def told(store: Store) -> list[tuple[int, str]]:
    """Page and start of the dropped dates that lists have."""
    rows = store.events.with_dropped(None, None)
    return [(row.publication.page_id, row.start) for row in rows if row.dropped]


def status_of(row: Occurrence) -> str:
    return str(row.publication.values.get("status", "confirmed"))


def test_lists_when_a_series_dropped_a_date_then_it_is_cancelled_by_itself(
    store: Store,
) -> None:
    stored = dropping(THIRD, **SKIPPED)
    store.put(stored)
    assert store.records.get(7) == stored
    assert listed(store) == [
        ("2026-11-28 10:00", "confirmed", 3),
        (THIRD, "cancelled", 1),
    ]
    assert store.events.count(NOW, None, wanted("event")) == (2, 4)
    assert listed(store, ("status", "cancelled")) == [(THIRD, "cancelled", 1)]
    assert listed(store, ("status", "confirmed")) == [
        ("2026-11-28 10:00", "confirmed", 3)
    ]
    rows = list(store.events.with_dropped(None, None))
    assert [(row.start, row.dropped) for row in rows] == [
        ("2026-11-28 10:00", False),
        ("2026-12-05 10:00", False),
        (THIRD, True),
        (FOURTH, False),
    ]
    assert "recurrence" not in rows[2].publication.values
    held = store.events.between(None, None)
    assert THIRD not in [row.start for row in held]
    coming = store.events.coming([7], NOW + timedelta(days=15))
    assert coming[7].start == FOURTH


def test_calendar_when_a_series_dropped_a_date_then_cancels_it(store: Store) -> None:
    store.put(dropping(THIRD, **SKIPPED))
    (text,) = store.feeds.fragments("ics", EVENTS, TODAY)
    assert "EXDATE" not in text
    _, cancelled = text.split("END:VEVENT\r\n", 1)
    for line in (
        "UID:7@meta.wikimedia.org",
        "RECURRENCE-ID;TZID=Pacific/Auckland:20261212T100000",
        "DTSTART;TZID=Pacific/Auckland:20261212T100000",
        "STATUS:CANCELLED",
    ):
        assert f"{line}\r\n" in cancelled
    summary = store.feeds.summary("ics", EVENTS, TODAY)
    assert (summary.count, summary.octets) == (1, len(text.encode()))


def test_prepare_when_thirty_days_passed_then_a_dropped_date_is_forgotten(
    store: Store,
) -> None:
    no_series = replace(event(9), dropped=(THIRD,))
    store.put(dropping(THIRD, **SKIPPED), record(no_series))
    store.prepare(KEY, date(2027, 1, 10))
    assert told(store) == [(7, THIRD), (9, THIRD)]
    before = store.feeds.summary("ics", EVENTS, TODAY)
    store.prepare(KEY, date(2027, 1, 11))
    assert told(store) == []
    texts = list(store.feeds.fragments("ics", EVENTS, TODAY))
    assert "EXDATE" in texts[0]
    assert not any("CANCELLED" in text for text in texts)
    assert store.feeds.summary("ics", EVENTS, TODAY).etag != before.etag


def test_map_when_the_next_date_is_dropped_then_says_so_beside_the_series(
    store: Store,
) -> None:
    first = "2026-11-28 10:00"
    store.put(dropping(first, THIRD, **{"except": ("2026-11-28", "2026-12-12")}))
    (feature,) = map(json.loads, store.feeds.fragments(GEOJSON, EVENTS, TODAY))
    assert [
        (event["start"], event["status"]) for event in feature["properties"]["events"]
    ] == [(first, "cancelled"), ("2026-12-05 10:00", "confirmed")]
    rows = store.events.with_dropped(None, None)
    (place,) = map_pages("B", rows, TODAY)["B/Map.json"]["places"]
    assert [(event["start"], event["status"]) for event in place["events"]] == [
        (first, "cancelled"),
        ("2026-12-05 10:00", "confirmed"),
    ]


def test_map_when_a_later_date_is_dropped_then_shows_the_series_alone(
    store: Store,
) -> None:
    store.put(dropping(THIRD, **SKIPPED))
    (feature,) = map(json.loads, store.feeds.fragments(GEOJSON, EVENTS, TODAY))
    (event,) = feature["properties"]["events"]
    assert event["start"] == "2026-11-28 10:00"


def test_put_when_a_page_is_about_a_dropped_date_then_it_is_not_told_as_cancelled(
    store: Store,
) -> None:
    series = dropping(THIRD, **SKIPPED)
    page = record(
        event(
            8,
            series="Old name",
            occurrence="2026-12-12",
            start="2026-12-13 10:00",
            end="",
        )
    )
    store.put(series, page)
    store.set_series_aliases({"Old name": "Space/Events/Page 7"})
    assert told(store) == []
    texts = list(store.feeds.fragments("ics", EVENTS, TODAY))
    assert not any("CANCELLED" in text for text in texts)
    store.put(series)
    assert told(store) == []
    store.prepare(KEY, TODAY + timedelta(days=1))
    assert told(store) == []
    store.remove(8)
    assert told(store) == [(7, THIRD)]
    store.put(page)
    assert told(store) == []
    store.set_series_aliases({})
    assert told(store) == [(7, THIRD)]
