import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from space.dates.schedule import Schedule
from space.feeds.envelope import FeedHead
from space.feeds.icalendar import (
    calendar,
    cancelled_vevent,
    component,
    tzid_of,
    vevent,
)
from space.feeds.timezones import tzid_text
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from space.schema.kinds import load_kind
from space.text.clean import clean, one_line
from tests.clients.readers import node
from tests.support.feeds.calendars import SOURCE, file, only, read, unique
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import ADDRESSES, NOW, event, events


@given(st.lists(events(), max_size=5))
def test_calendar_when_made_of_any_events_then_has_no_fault(
    some: list[Publication],
) -> None:
    text = file(*unique(some))
    assert lint(text.encode()) == []


@given(events())
def test_vevent_when_read_by_icalendar_then_says_what_the_page_says(
    publication: Publication,
) -> None:
    (component_read,) = read(file(publication)).values()
    values, schedule = publication.values, Schedule.of(publication.values)
    assert not component_read.errors
    assert str(component_read["SUMMARY"]) == one_line(str(values["title"]))
    assert [one_line(str(topic)) for topic in values.get("topics", ())] == [
        str(topic) for topic in (component_read.categories or ())
    ]
    first = schedule.first
    if first.all_day:
        assert component_read.start == first.start.date
        assert component_read.end == (first.end or first.start).date + timedelta(days=1)
    elif tzid := tzid_of(schedule):
        # the machine's zones may be other than the ones we pin: compare the clock
        assert component_read.start.replace(tzinfo=None) == first.start.local.replace(
            tzinfo=None
        )
        assert component_read["DTSTART"].params["TZID"] == tzid_text(tzid)
    else:
        assert component_read.start == first.start.utc
    assert ("RRULE" in component_read) is schedule.recurs


def test_vevent_when_place_and_links_are_given_then_properties_are_well_formed() -> (
    None
):
    component_read = only(
        summary="About [[w:Pacific|it]]",
        venue="[[Library]], floor 2",
        city="Auckland",
        coordinates="-36.8506, 174.7679",
        online_link="https://meet.example.org/é",
        registration_link="https://r.example.org/",
        website="https://x.org/",
        image="A b.svg",
        topics=("a,b", "c"),
    )
    assert component_read["LOCATION"] == "Library, floor 2, Auckland, New Zealand"
    assert component_read["GEO"].to_ical() == "-36.8506;174.7679"
    assert component_read["CONFERENCE"] == "https://meet.example.org/%C3%A9"
    assert component_read["CONFERENCE"].params["LABEL"] == "meet.example.org"
    assert component_read["IMAGE"].params["FMTTYPE"] == "image/png"
    assert component_read["URL"] == "https://x.org/"
    assert str(component_read["DESCRIPTION"]).split("\n\n") == [
        "About it",
        "https://meet.example.org/é",
        "https://r.example.org/",
        "https://meta.wikimedia.org/wiki/Space/Events/Page_12",
    ]


def test_vevent_when_no_end_is_known_then_none_is_invented() -> None:
    assert "DTEND" not in only(end="")
    assert "DTEND" not in only(end="2026-11-28 10:00")


def test_vevent_when_a_series_is_at_an_offset_then_its_weekday_stays() -> None:
    text = file(
        event(
            12,
            start="2026-11-30 02:00",
            end="",
            timezone="UTC+05:30",
            recurrence="FREQ=WEEKLY;BYDAY=MO;COUNT=3",
        )
    )
    assert "DTSTART;TZID=UTC+0530:20261130T020000\r\n" in text
    (seen,) = node(text)["thunderbird"]
    assert seen.times == (
        "2026-11-29T20:30:00Z",
        "2026-12-06T20:30:00Z",
        "2026-12-13T20:30:00Z",
    )


@pytest.mark.parametrize(
    ("values", "until", "exdate"),
    [
        ({}, "20261231T105959Z", "EXDATE;TZID=Pacific/Auckland:20261205T100000"),
        ({"start": "2026-11-28", "end": ""}, "20261231", "EXDATE;VALUE=DATE:20261205"),
        ({"timezone": "UTC"}, "20261231T235959Z", "EXDATE:20261205T100000Z"),
    ],
)
def test_vevent_when_it_recurs_then_until_and_exceptions_fit_the_start(
    values: dict[str, str], until: str, exdate: str
) -> None:
    series = {"recurrence": "FREQ=WEEKLY;UNTIL=20261231", "except": ("2026-12-05",)}
    text = file(event(12, **series, **values))
    assert f"RRULE:FREQ=WEEKLY;UNTIL={until}\r\n" in text
    assert f"{exdate}\r\n" in text
    assert lint(text.encode()) == []


def test_series_when_clocks_change_then_wall_time_stays_for_others_too() -> None:
    text = file(
        event(
            12,
            start="2026-10-25 14:10",
            end="2026-10-25 15:10",
            timezone="America/New_York",
            recurrence="FREQ=WEEKLY;COUNT=3",
        )
    )
    (seen,) = node(text)["thunderbird"]
    assert [time[11:16] for time in seen.times or ()] == [
        "18:10",
        "19:10",
        "19:10",
    ]


def test_cancelled_vevent_when_a_page_is_gone_then_only_its_identity_is_said() -> None:
    gone = Tombstone(12, datetime(2026, 12, 1, tzinfo=UTC), NOW, 7)
    text = cancelled_vevent(gone, ADDRESSES)
    page = "https://space.example.org/events"
    head = FeedHead("Space", SOURCE, page, NOW, about="Events")
    assert lint("".join(calendar(head).around([text])).encode()) == []
    assert set(text.split("\r\n")) == {
        "BEGIN:VEVENT",
        "UID:12@meta.wikimedia.org",
        "SUMMARY:12@meta.wikimedia.org",
        "DTSTART:20261201T000000Z",
        "DTSTAMP:20261122T120000Z",
        "LAST-MODIFIED:20261122T120000Z",
        "SEQUENCE:7",
        "STATUS:CANCELLED",
        "END:VEVENT",
        "",
    }


def test_calendar_when_there_are_no_events_then_is_still_one() -> None:
    text = file()
    assert lint(text.encode()) == []
    assert len(Calendar.from_ical(text).subcomponents) == 1


@given(st.text())
def test_clean_when_applied_twice_then_nothing_changes(text: str) -> None:
    assert clean(clean(text)) == clean(text)


SKIPPED = {
    "start": "2027-03-13 02:30",
    "end": "",
    "timezone": "America/New_York",
}


@pytest.mark.parametrize(
    ("rule", "until", "excluded"),
    [
        # the clock of the rule, and the one that is shown instead
        ("FREQ=DAILY;COUNT=3", ["UNTIL=20270316T063000Z"], 2),
        ("FREQ=DAILY;UNTIL=20270316", ["UNTIL=20270317T035959Z"], 2),
        ("FREQ=DAILY", [], 2 * 40),
        ("FREQ=DAILY;COUNT=1", ["COUNT=1"], 0),
        ("FREQ=WEEKLY;COUNT=3", ["COUNT=3"], 0),
    ],
)
def test_vevent_when_clocks_skip_a_date_of_its_rule_then_it_is_left_out(
    rule: str, until: list[str], excluded: int
) -> None:
    text = file(event(12, **SKIPPED, recurrence=rule)).replace("\r\n ", "")
    lines = text.partition("BEGIN:VEVENT")[2].split("\r\n")
    (rrule,) = (line for line in lines if line.startswith("RRULE:"))
    assert [part for part in rrule.split(";")[1:] if "=" in part] == until
    exdates = [line for line in lines if line.startswith("EXDATE")]
    assert sum(line.count(",") + 1 for line in exdates) == excluded
    if excluded:
        assert "20270314T023000,20270314T033000" in exdates[0]


@pytest.mark.parametrize(
    ("zone", "until"),
    [("Pacific/Auckland", "T235959Z"), ("America/New_York", "T000000Z")],
)
def test_vevent_when_days_are_whole_then_until_is_the_day_that_was_written(
    zone: str, until: str
) -> None:
    component_read = only(
        start="2026-12-01",
        end="",
        timezone=zone,
        recurrence=f"FREQ=DAILY;UNTIL=20261208{until}",
    )
    assert component_read["RRULE"]["UNTIL"] == [date(2026, 12, 8)]


def test_vevent_when_dates_are_added_before_the_rule_then_they_are_there() -> None:
    component_read = only(
        end="",
        recurrence="FREQ=WEEKLY;BYDAY=WE;COUNT=3",
        also=("2026-11-28", "2026-11-30 10:00"),
    )
    assert component_read["DTSTART"].to_ical() == b"20261202T100000"
    assert component_read["RDATE"].to_ical() == b"20261128T100000,20261130T100000"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        # Clocks go from 02:00 to 03:00: 02:30 is the instant that they show as 03:30,
        ("2026-03-08 02:30", "2026-03-08 03:30"),
        # which is after 03:10, though the time that was written is before it.
        ("2026-03-08 03:10", "2026-03-08 02:30"),
    ],
)
def test_vevent_when_clocks_skip_one_of_its_times_then_no_end_is_before_the_start(
    start: str, end: str
) -> None:
    component_read = only(start=start, end=end, timezone="America/New_York")
    assert "DTEND" not in component_read


@pytest.mark.parametrize(("own", "of_series"), [(3, 8), (8, 3), (5, 5)])
def test_vevent_when_one_date_is_changed_then_its_sequence_is_not_below_its_series(
    own: int, of_series: int
) -> None:
    weekly = event(12, recurrence="FREQ=WEEKLY;COUNT=3")
    series = replace(weekly, sequence=of_series)
    start = Schedule.of(series.values).first.start
    date_page = replace(event(13, start="2026-11-28 12:00"), sequence=own)
    component_read = component(date_page, ADDRESSES, Replaced(series, start))
    assert component_read["SEQUENCE"] == max(own, of_series)


FULL = event(
    12,
    summary="About us",
    city="Auckland",
    venue="Library",
    address="Lorne Street 44",
    coordinates="1, 2",
    website="https://a.example/",
    online_link="https://b.example/",
    registration_link="https://c.example/",
    accessibility="Step-free",
    status="tentative",
    topics=("women",),
    image="Sky.jpg",
    recurrence="FREQ=DAILY;COUNT=9",
    also=("2026-12-27 18:00",),
    **{"except": ("2026-11-29",)},
)
SERIES_ONLY = {"RECURRENCE-ID"}  # of a page that stands for a date of a series


def test_vevent_when_the_schema_names_a_property_then_the_field_is_in_it() -> None:
    text = vevent(FULL, ADDRESSES)
    named = {
        (field.name, name)
        for field in load_kind("event").fields.values()
        for name in field.ics
        if name not in SERIES_ONLY
    }
    assert {field for field, _ in named} <= FULL.values.keys()
    assert [pair for pair in named if not re.search(rf"[\n;]{pair[1]}\b", text)] == []


@pytest.mark.parametrize(
    "name",
    [
        *("title", "summary", "city", "venue", "address", "accessibility", "topics"),
        *("online_link", "registration_link", "website"),
    ],
)
def test_vevent_when_a_text_has_a_property_then_its_value_is_there(name: str) -> None:
    value = FULL.values[name]
    (text,) = (value,) if isinstance(value, str) else value
    assert load_kind("event").fields[name].ics
    assert text in vevent(FULL, ADDRESSES).replace("\r\n ", "")
