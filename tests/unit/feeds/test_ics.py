import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from space.feeds.ics import (
    CalendarHead,
    calendar,
    cancelled_vevent,
    fold_line,
    tzid_of,
)
from space.feeds.text import clean, one_line
from space.feeds.timezones import tzid_text
from space.occurrences import Schedule
from space.publication import Publication, Tombstone
from tests.support.calendars import SOURCE, file, unique
from tests.support.ics_lint import lint, parse
from tests.support.node import run_node
from tests.support.publications import ADDRESSES, NOW, TODAY, event, events


def read(text: str) -> dict[str, Component]:
    """UID → event, as icalendar understands it."""
    found = Calendar.from_ical(text).walk("VEVENT")
    return {str(each["UID"]): each for each in found}


def only(**values: object) -> Component:
    (found,) = read(file(event(12, **values))).values()
    return found


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
    (found,) = read(file(publication)).values()
    values, schedule = publication.values, Schedule.of(publication.values)
    assert not found.errors
    assert str(found["SUMMARY"]) == one_line(str(values["title"]))
    assert [one_line(str(topic)) for topic in values.get("topics", ())] == [
        str(topic) for topic in (found.categories or ())
    ]
    first = schedule.first
    if first.all_day:
        assert found.start == first.start.date
        assert found.end == (first.end or first.start).date + timedelta(days=1)
    elif tzid := tzid_of(schedule):
        # the machine's zones may be other than the ones we pin: compare the clock
        assert found.start.replace(tzinfo=None) == first.start.local.replace(
            tzinfo=None
        )
        assert found["DTSTART"].params["TZID"] == tzid_text(tzid)
    else:
        assert found.start == first.start.utc
    assert ("RRULE" in found) is schedule.recurs


@settings(max_examples=4)
@given(st.lists(events(), min_size=20, max_size=30))
def test_calendar_when_read_by_thunderbird_then_times_and_texts_are_ours(
    some: list[Publication],
) -> None:
    publications = unique(some)
    answer = run_node("read_ics.mjs", file(*publications))
    assert len(answer["thunderbird"]) == len(answer["web"]) == len(publications)
    for publication, found in zip(publications, answer["thunderbird"], strict=True):
        schedule = Schedule.of(publication.values)
        assert found["uid"] == ADDRESSES.uid(publication.page_id)
        assert found["summary"] == one_line(str(publication.values["title"]))
        assert found["start"] == moment(schedule.first.start_utc, schedule)
        if schedule.recurs and schedule.first.start.date >= date(2026, 1, 1):
            ours = [moment(span.start_utc, schedule) for span in schedule.times(TODAY)]
            assert found["times"][: len(ours)] == ours


def moment(instant: datetime, schedule: Schedule) -> str:
    """A time as the reading program prints it."""
    start = schedule.first.start
    if start.all_day:
        return instant.astimezone(start.local.tzinfo).date().isoformat()
    return f"{instant:%Y-%m-%dT%H:%M:%S}.000Z"


def test_vevent_when_place_and_links_are_given_then_properties_are_well_formed() -> (
    None
):
    found = only(
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
    assert found["LOCATION"] == "Library, floor 2, Auckland, NZ"
    assert found["GEO"].to_ical() == "-36.8506;174.7679"
    assert found["CONFERENCE"] == "https://meet.example.org/%C3%A9"
    assert found["IMAGE"].params["FMTTYPE"] == "image/png"
    assert found["URL"] == "https://x.org/"
    assert str(found["DESCRIPTION"]).split("\n\n") == [
        "About it",
        "https://meet.example.org/é",
        "https://r.example.org/",
        "https://meta.wikimedia.org/wiki/Space/Events/Page_12",
    ]


@pytest.mark.parametrize("field", ["title", "venue"])
@pytest.mark.parametrize(
    "text",
    [
        "a\rX-EVIL:1",
        "a\nb",
        ";",
        ",",
        "\\",
        "\\n",
        "{{!}}",
        "<b>",
        "a\u2028b",
        "\\" * 80,
    ],
)
def test_vevent_when_a_text_is_hostile_then_it_stays_a_text(
    field: str, text: str
) -> None:
    found = only(**{field: text, "city": ""})
    name = {"title": "SUMMARY", "venue": "LOCATION"}[field]
    assert "X-EVIL" not in found
    assert str(found[name]).removesuffix(", NZ") == one_line(text)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("", "CONFIRMED"),
        ("confirmed", "CONFIRMED"),
        ("tentative", "TENTATIVE"),
        ("postponed", "TENTATIVE"),
        ("cancelled", "CANCELLED"),
    ],
)
def test_vevent_when_status_changes_then_uid_and_date_stay(
    status: str, expected: str
) -> None:
    found = only(status=status)
    assert found["STATUS"] == expected
    assert found["UID"] == "12@meta.wikimedia.org"
    assert found.start == only().start


def test_vevent_when_moved_and_renamed_then_uid_stays_and_stamps_follow() -> None:
    later = replace(
        event(12, title="New", start="2027-01-01", end="", timezone="Asia/Tokyo"),
        page_title="Elsewhere",
        updated=NOW,
        sequence=99,
    )
    (found,) = read(file(later)).values()
    assert found["UID"] == "12@meta.wikimedia.org"
    assert found["SEQUENCE"] == 99
    assert found["DTSTAMP"].dt == found["LAST-MODIFIED"].dt == NOW


def test_vevent_when_days_are_whole_then_the_end_is_the_day_after() -> None:
    found = only(start="2026-05-01", end="2026-05-03")
    assert (found.start, found.end) == (date(2026, 5, 1), date(2026, 5, 4))
    assert found["DTEND"].params["VALUE"] == "DATE"
    assert found["TRANSP"] == "TRANSPARENT"


def test_vevent_when_no_end_is_known_then_none_is_invented() -> None:
    assert "DTEND" not in only(end="")
    assert "DTEND" not in only(end="2026-11-28 10:00")


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", "DTSTART:20261128T100000Z"),
        ("UTC+05:30", "DTSTART:20261128T043000Z"),
        ("Asia/Kolkata", "DTSTART;TZID=Asia/Kolkata:20261128T100000"),
    ],
)
def test_vevent_when_zone_is_given_then_no_time_floats(
    zone: str, expected: str
) -> None:
    assert f"{expected}\r\n" in file(event(12, timezone=zone))


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
    (found,) = run_node("read_ics.mjs", text)["thunderbird"]
    assert found["times"] == [
        "2026-11-29T20:30:00.000Z",
        "2026-12-06T20:30:00.000Z",
        "2026-12-13T20:30:00.000Z",
    ]


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
    (found,) = run_node("read_ics.mjs", text)["thunderbird"]
    assert [time[11:16] for time in found["times"]] == ["18:10", "19:10", "19:10"]


def test_cancelled_vevent_when_a_page_is_gone_then_only_its_identity_is_said() -> None:
    gone = Tombstone(12, datetime(2026, 12, 1, tzinfo=UTC), NOW, 7)
    text = cancelled_vevent(gone, ADDRESSES)
    head = CalendarHead("Space", SOURCE, "https://space.example.org/events", NOW, ())
    assert lint("".join(calendar(head, [text])).encode()) == []
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


def test_calendar_when_its_name_has_line_ends_then_they_go() -> None:
    assert parse(file(event()).encode()).value("NAME") == "Space\\; events\\, all"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"])))
def test_fold_line_when_unfolded_then_the_line_is_back(line: str) -> None:
    folded = fold_line(line)
    assert folded.replace("\r\n ", "") == f"{line}\r\n"
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


@given(st.text())
def test_clean_when_applied_twice_then_nothing_changes(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_calendar_when_hash_seeds_differ_then_bytes_do_not() -> None:
    program = """
from tests.support.calendars import file
from tests.support.publications import event
zones = ["Europe/Berlin", "Asia/Tokyo", "Africa/Cairo", "Pacific/Apia"]
some = [event(n, timezone=zones[n % 4], topics=("b", "a")) for n in range(1, 20)]
print(file(*some), end="")
"""
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert lint(outputs.pop()) == []
