"""Events of public calendars as entries: what is taken of them, and what never is."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.serialize import to_json
from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages, read_entries
from space.sources.ics_events import IcsReading
from space.sources.source import SourceUnreadableError
from tests.support.feeds.imported import calendar_of

NOW = datetime(2026, 11, 29, 3, tzinfo=UTC)
SOURCE = CalendarSource(
    "https://calendar.example.org/feed.ics",
    "Wikimedia Aotearoa",
    country="NZ",
    languages=("en", "mi"),
    topics=("glam",),
)
TOPICS = Topics({"libraries": "glam"}, {"glam": "GLAM", "women": "Women"})
START = "DTSTART;TZID=Europe/Berlin:20270306T100000"
CORPUS = Path(__file__).parents[3] / "corpus" / "ics"


def entries(
    data: str | bytes,
    source: CalendarSource = SOURCE,
    known: frozenset[str] = frozenset(),
    now: datetime = NOW,
) -> list[Entry | None]:
    """The entries of a calendar in its order."""
    reading = IcsReading(source, TOPICS, "wiki.test", known, now)
    octets = data.encode() if isinstance(data, str) else data
    return list(reading.read(octets).entries.values())


def entry(*lines: str, source: CalendarSource = SOURCE) -> Entry:
    """The entry of an event with these lines."""
    made = entries(calendar_of("UID:1@example.org", *lines), source)
    assert len(made) == 1
    assert made[0]
    return made[0]


def calendar(*events: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            *(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events),
            "END:VCALENDAR",
            "",
        ]
    )


def test_event_when_read_has_what_lists_need_in_our_words() -> None:
    made = entry(
        START,
        "DTEND;TZID=Europe/Berlin:20270306T123000",
        "SUMMARY:Trains\\, <b>north</b>",
        "DESCRIPTION:We [[write]]. See ''you''.\\n\\nMore.",
        "LOCATION:Central library\\, Berlin\\, Germany",
        "URL:https://example.org/trains",
        "CATEGORIES:Libraries,Women,Unheard of",
        "STATUS:TENTATIVE",
    )

    assert (made.title, made.summary) == ("Trains, north", "We [write]. See ''you''.")
    assert (made.start, made.end) == ("2027-03-06 10:00", "2027-03-06 12:30")
    assert (made.zone, made.mode) == ("Europe/Berlin", "in-person")
    assert (made.venue, made.city, made.country) == ("Central library", "Berlin", "DE")
    assert made.website == "https://example.org/trains"
    assert made.topics == ("glam", "women")
    assert made.languages == ("en", "mi")
    assert (made.status, made.calendar) == ("tentative", "Wikimedia Aotearoa")
    assert len(made.key) == 24


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("DTSTART:20270306T090000Z",), ("2027-03-06 09:00", "", "UTC")),
        (
            ("DTSTART;VALUE=DATE:20270306", "DTEND;VALUE=DATE:20270309"),
            ("2027-03-06", "2027-03-08", "Pacific/Auckland"),
        ),
        (("DTSTART:20270306T100000",), ("2027-03-06 10:00", "", "Pacific/Auckland")),
        (
            ("DTSTART;TZID=W. Europe Standard Time:20270306T100000",),
            ("2027-03-06 10:00", "", "Europe/Berlin"),
        ),
    ],
)
def test_event_when_its_times_are_written_otherwise_has_them(
    lines: tuple[str, ...], told: tuple[str, str, str]
) -> None:
    source = CalendarSource(SOURCE.address, "A", timezone="Pacific/Auckland")
    made = entry("SUMMARY:Hui", *lines, source=source)
    assert (made.start, made.end, made.zone) == told


def test_event_when_nothing_tells_its_zone_is_left_out_unless_it_takes_days() -> None:
    floating = calendar("SUMMARY:A\r\nDTSTART:20270306T100000")
    unknown = calendar("SUMMARY:A\r\nDTSTART;TZID=Nowhere:20270306T100000")
    day = calendar("SUMMARY:A\r\nDTSTART;VALUE=DATE:20270306")

    assert entries(floating) == entries(unknown) == []
    (made,) = entries(day)
    assert made
    assert made.zone == "UTC"


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        (("DTSTART:21001231T235959Z", "DURATION:P36500D"), ""),
        (("DTSTART:20270306T100000Z", "DTEND:99991231T235959Z"), ""),
        (("DTSTART:20270306T100000Z", "DTEND:20270305T100000Z"), ""),
        (("DTSTART:20270306T100000Z", "DTEND;VALUE=DATE:20270306"), ""),
        (("DTSTART:20270306T100000Z", "DURATION:PT1H"), "2027-03-06 11:00"),
    ],
)
def test_event_when_its_end_is_none_has_none_and_can_be_told(
    lines: tuple[str, ...], end: str
) -> None:
    made = entry("SUMMARY:Hui", *lines)

    assert made.end == end
    assert not made.is_over(NOW)
    seen = made.after(None, NOW)
    page = entry_pages("SpaceBot", [replace(seen, id=7)])
    (text,) = map(json.dumps, page.values())
    assert read_entries(text) == {7: replace(seen, id=7)}


@pytest.mark.parametrize("start", ["00010101T000000Z", "99991231", "20270230", "x"])
def test_event_when_it_begins_at_no_time_of_events_is_left_out(start: str) -> None:
    assert entries(calendar(f"SUMMARY:A\r\nRRULE:FREQ=DAILY\r\nDTSTART:{start}")) == []


def test_series_when_its_times_last_for_decades_is_left_out() -> None:
    days = "DTSTART;VALUE=DATE:20260101\r\nDTEND;VALUE=DATE:20990101"
    assert entries(calendar(f"SUMMARY:A\r\n{days}\r\nRRULE:FREQ=DAILY")) == []
    assert entries(calendar(f"SUMMARY:A\r\n{days}"))


def test_series_when_read_is_one_event_and_its_changed_dates_are_others() -> None:
    first, moved, whole = entries(
        calendar(
            f"UID:s\r\nSUMMARY:Weekly\r\n{START}\r\nRRULE:FREQ=WEEKLY;COUNT=5\r\n"
            "EXDATE;TZID=Europe/Berlin:20270313T100000",
            "UID:s\r\nSUMMARY:Elsewhere\r\n"
            "DTSTART;TZID=Europe/Berlin:20270320T180000\r\n"
            "RECURRENCE-ID;TZID=Europe/Berlin:20270320T100000",
            "UID:s\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\n"
            "DTSTART;TZID=Europe/Berlin:20270327T100000\r\n"
            "RECURRENCE-ID;TZID=Europe/Berlin:20270327T100000",
            f"UID:w\r\nSUMMARY:Odd rule\r\n{START}\r\n"
            "RRULE:FREQ=YEARLY;BYWEEKNO=20\r\n"
            "RDATE;TZID=Europe/Berlin:20270403T100000",
        )
    )

    assert first
    assert first.recurrence == "FREQ=WEEKLY;COUNT=5"
    assert first.exceptions == (
        "2027-03-13 10:00",
        "2027-03-20 10:00",
        "2027-03-27 10:00",
    )
    assert moved
    assert (moved.title, moved.start) == ("Elsewhere", "2027-03-20 18:00")
    assert moved.key != first.key
    assert whole
    assert (whole.recurrence, whole.added) == ("", ("2027-04-03 10:00",))


@pytest.mark.parametrize(
    "lines",
    [
        "SUMMARY:Dinner\r\nCLASS:PRIVATE",
        "SUMMARY:Board\r\nCLASS:CONFIDENTIAL",
        "SUMMARY:Something\r\nCLASS:X-SECRET",
        "SUMMARY:Busy\r\nTRANSP:OPAQUE",
        "SUMMARY:belegt\r\nCLASS:PRIVATE",
        "TRANSP:OPAQUE",
    ],
)
def test_event_when_not_for_the_public_is_none(lines: str) -> None:
    assert entries(calendar(f"{lines}\r\n{START}")) == [None]


def test_events_when_of_our_own_calendar_or_over_or_cancelled_are_not_taken() -> None:
    assert (
        entries(
            calendar(
                f"UID:12@wiki.test\r\nSUMMARY:Ours\r\n{START}",
                f"UID:12-20270306@wiki.test\r\nSUMMARY:Ours\r\n{START}",
                "UID:o\r\nSUMMARY:Old\r\nDTSTART:20240101T100000Z",
                f"UID:c\r\nSUMMARY:Off\r\nSTATUS:CANCELLED\r\n{START}",
            )
        )
        == []
    )


SECRETS = (
    "https://zoom.us/j/123456?pwd=s3cret",
    "(www.zoom.us/j/123456?pwd=s3cret)",
    "Link:meet.jit.si/HiddenRoom",
    "https://meet.google.com/abc-defg-hij",
    "https://meet.jit.si/HiddenRoom",
    "https://t.me/joinchat/HiddenRoom",
    "https://chat.whatsapp.com/HiddenRoom",
    "discord.gg/HiddenRoom",
    "mailto:hidden.person@example.org",
    "hidden.person@example.org",
)
PLACES = (
    "LOCATION:{}",
    "URL:{}",
    "DESCRIPTION:Come here: {}",
    "SUMMARY:Trains {}",
    "CATEGORIES:{}",
    "CONTACT:{}",
    "COMMENT:{}",
    "ORGANIZER;CN=Hidden Person:{}",
    "ATTENDEE;CN=Hidden Person:{}",
    "X-GOOGLE-CONFERENCE:{}",
    "CONFERENCE;VALUE=URI;FEATURE=VIDEO:{}",
    "ATTACH:{}",
    "X-ALT-DESC;FMTTYPE=text/html:<p>Join <a href='{}'>here</a></p>",
)


@given(
    st.lists(
        st.tuples(st.sampled_from(PLACES), st.sampled_from(SECRETS)),
        min_size=1,
        max_size=8,
    )
)
def test_event_when_it_tells_people_and_meetings_has_nothing_of_them(
    told: list[tuple[str, str]],
) -> None:
    lines = [where.format(secret) for where, secret in told]
    data = calendar_of("UID:hidden.person@example.org", START, *lines, "SUMMARY:Trains")

    everything = repr([each and to_json(each) for each in entries(data)])

    for secret in (
        "zoom.us",
        "meet.",
        "t.me",
        "chat.",
        "s3cret",
        "HiddenRoom",
        "@",
        "Hidden Person",
    ):
        assert secret not in everything


def test_venue_when_it_may_be_a_house_is_not_taken() -> None:
    made = entry(
        START, "SUMMARY:Tea", "LOCATION:17 Hidden Lane\\, Wellington\\, New Zealand"
    )
    assert "Hidden" not in repr(made)
    assert made.city == "Wellington"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "no calendar"),
        (b"<html>BEGIN</html>", "no calendar"),
        (b"{}", "no calendar"),
        (calendar("SUMMARY:A").encode()[:-20], "cut off"),
        (b"BEGIN:VCALENDAR\r\n" + b"\n" * 60_000 + b"END:VCALENDAR", "too long"),
    ],
)
def test_answer_when_no_whole_calendar_cannot_be_read(data: bytes, told: str) -> None:
    with pytest.raises(SourceUnreadableError, match=told):
        entries(data)


def test_calendar_when_empty_has_no_events() -> None:
    assert entries(calendar()) == []


WHOLE = ["apple", "events-calendar", "google", "indico", "mobilizon"]
"""Calendars of the corpus that are whole, and have public events."""


@pytest.mark.parametrize("name", WHOLE)
def test_calendar_when_of_any_program_gives_entries_that_can_be_told(name: str) -> None:
    made = entries((CORPUS / f"{name}.ics").read_bytes())

    listed = [each for each in made if each]
    assert listed
    for each in listed:
        assert each.span.end_utc >= each.span.start_utc
        assert "@" not in repr(each)
