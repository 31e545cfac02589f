"""Cancel one, move one, edit one, add one: all readers see the same series.

recurring-ical-events 20, 36, 163: EXDATE or RECURRENCE-ID of another type or zone than
DTSTART; Squire 369: a cancelled one comes back.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from space.publication.dropped_dates import dropped_dates
from space.publication.filters import Filter
from space.publication.publication import Publication
from tests.support.feeds.calendars import (
    Seen,
    expanded,
    expanded_by_thunderbird,
    stored,
)
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import NOW, event

FIRST, LAST = date(2026, 1, 1), date(2028, 1, 1)
ZONES = ("America/New_York", "Pacific/Auckland", "UTC", "UTC+05:30")


def series(zone: str = "America/New_York", **values: Any) -> Publication:
    """Five Sundays across the end of summer time, one of them left out, one added."""
    usual = {
        "title": "Usual",
        "start": "2026-10-18 14:10",
        "end": "2026-10-18 15:10",
        "timezone": zone,
        "recurrence": "FREQ=WEEKLY;COUNT=6",
        "except": ("2026-11-15",),
        "also": ("2026-11-18 09:00",),
    }
    return event(7, **{**usual, **values})


def one_date(page_id: int, title: str, occurrence: str, **values: Any) -> Publication:
    return event(
        page_id,
        title=title,
        series="Space/Events/Page 7",
        occurrence=occurrence,
        **values,
    )


CHANGES = (
    one_date(
        11,
        "Cancelled",
        "2026-10-25",
        start="2026-10-25 14:10",
        end="2026-10-25 15:10",
        timezone="America/New_York",
        status="cancelled",
    ),
    one_date(
        12,
        "Moved",
        "2026-11-01 14:10",
        start="2026-11-03 18:00",
        end="2026-11-03 19:00",
        timezone="America/New_York",
    ),
    one_date(
        13,
        "Edited",
        "2026-11-18 09:00",
        start="2026-11-18 09:00",
        end="2026-11-18 10:00",
        timezone="America/New_York",
    ),
)
SEEN = [
    ("2026-10-18 14:10", "Usual", "CONFIRMED"),
    ("2026-10-25 14:10", "Cancelled", "CANCELLED"),
    ("2026-11-03 18:00", "Moved", "CONFIRMED"),
    ("2026-11-08 14:10", "Usual", "CONFIRMED"),
    ("2026-11-18 09:00", "Edited", "CONFIRMED"),
    ("2026-11-22 14:10", "Usual", "CONFIRMED"),
]


def both(text: str) -> tuple[list[Seen], list[Seen]]:
    return expanded(text, FIRST, LAST), expanded_by_thunderbird(text)


def test_series_when_dates_are_changed_then_all_readers_see_the_same() -> None:
    text = stored(series(), *CHANGES)
    assert lint(text.encode()) == []
    assert both(text) == (SEEN, SEEN)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("clock", ["", " 14:10"])
def test_recurrence_id_when_a_date_is_changed_then_is_of_the_sort_of_dtstart(
    zone: str, clock: str
) -> None:
    whole = series(
        zone,
        start=f"2026-10-18{clock}",
        end="",
        also=(),
        **{"except": ()},
    )
    changed = one_date(
        11, "Elsewhere", "2026-11-01", start="2026-11-02 10:00", timezone="Asia/Tokyo"
    )
    text = stored(whole, changed)
    assert lint(text.encode()) == []
    usual, other = Calendar.from_ical(text).walk("VEVENT")
    start, identity = usual["DTSTART"], other["RECURRENCE-ID"]
    assert identity.params == start.params
    assert type(identity.dt) is type(start.dt)
    assert identity.dt - start.dt == timedelta(days=14)
    assert usual["UID"] == other["UID"]
    assert other["SEQUENCE"] >= usual["SEQUENCE"]


def test_feed_when_the_series_is_not_in_it_then_a_changed_date_stands_alone() -> None:
    changed = one_date(11, "Elsewhere", "2026-11-01", country="PG")
    text = stored(series(), changed, wanted=Filter("event", (("country", ("PG",)),)))
    (alone,) = Calendar.from_ical(text).walk("VEVENT")
    assert alone["UID"] == "11@meta.wikimedia.org"
    assert "RECURRENCE-ID" not in alone


def test_series_when_changed_dates_are_no_more_then_its_own_are_back() -> None:
    usual = [
        (start, "Usual", "CONFIRMED")
        for start in (
            "2026-10-18 14:10",
            "2026-10-25 14:10",
            "2026-11-01 14:10",
            "2026-11-08 14:10",
            "2026-11-18 09:00",
            "2026-11-22 14:10",
        )
    ]
    assert both(stored(series())) == (usual, usual)


def with_dropped(before: Publication, after: Publication) -> Publication:
    """The series after a change, with the dates that this took out."""
    dropped = dropped_dates(before.values, after.values, (), NOW)
    return replace(after, dropped=dropped)


@pytest.mark.parametrize(
    ("zone", "change"),
    [
        ("America/New_York", {"except": ("2026-11-29", "2026-12-06")}),
        ("Pacific/Auckland", {"recurrence": "FREQ=WEEKLY;UNTIL=20261123"}),
        ("UTC", {"also": ("2026-12-01 09:00",)}),
        ("Asia/Tokyo", {"recurrence": "", "also": ("2026-12-01 09:00",)}),
    ],
)
def test_series_when_dates_are_dropped_then_all_readers_see_them_cancelled(
    zone: str, change: Mapping[str, Any]
) -> None:
    usual = {
        "start": "2026-11-22 14:10",
        "end": "2026-11-22 15:10",
        "also": ("2026-11-26 09:00", "2026-12-01 09:00"),
        "except": (),
    }
    before = series(zone, **usual)
    after = with_dropped(before, series(zone, **{**usual, **change}))
    assert after.dropped
    text = stored(after)
    assert lint(text.encode()) == []
    theirs, thunderbirds = both(text)
    assert theirs == thunderbirds
    cancelled = [start for start, _, status in theirs if status == "CANCELLED"]
    assert cancelled == list(after.dropped)
    held = [seen for seen in theirs if seen[2] == "CONFIRMED"]
    assert held == both(stored(replace(after, dropped=())))[0]


rules = st.sampled_from(
    [
        "",
        "FREQ=WEEKLY;COUNT=8",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261201",
        "FREQ=MONTHLY;BYDAY=-1SU;COUNT=4",
    ]
)
days = st.dates(date(2026, 10, 18), date(2026, 12, 10)).map(str)


# Shrinking would start a program for each of a thousand examples.
@settings(max_examples=5, phases=[Phase.generate])
@given(
    zone=st.sampled_from(ZONES),
    rule=rules,
    added=st.lists(days, max_size=3).map(tuple),
    excepted=st.lists(days, max_size=3).map(tuple),
    changes=st.lists(
        st.fixed_dictionaries({"occurrence": days, "start": days}), max_size=5
    ),
)
def test_feed_when_series_and_changes_are_any_then_readers_agree_and_names_are_one(
    *,
    zone: str,
    rule: str,
    added: tuple[str, ...],
    excepted: tuple[str, ...],
    changes: list[Mapping[str, str]],
) -> None:
    usual = series(zone, recurrence=rule, also=added, **{"except": excepted})
    usual = with_dropped(series(zone), usual)
    pages = [
        one_date(
            20 + number,
            f"Change {number}",
            change["occurrence"],
            start=f"{change['start']} 20:00",
            end="",
            timezone=zone,
        )
        for number, change in enumerate(changes)
    ]
    text = stored(usual, *pages)
    assert lint(text.encode()) == []
    theirs, thunderbirds = both(text)
    assert theirs == thunderbirds
    names = [
        (str(each["UID"]), each.get("RECURRENCE-ID", each).to_ical())
        for each in Calendar.from_ical(text).walk("VEVENT")
    ]
    assert len(set(names)) == len(names)
