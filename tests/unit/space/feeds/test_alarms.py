"""Alarms: each event that takes place has them, and nothing else of it changes."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.moments import Moment
from space.feeds.alarms import ALARMS, with_alarms
from space.feeds.icalendar import cancelled_vevent, vevent
from space.publication.publication import Publication, Tombstone
from space.publication.series import Replaced
from tests.support.feeds.calendars import file, unique
from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import ADDRESSES, event, events

ALARM = re.compile(r"BEGIN:VALARM\r\n.*?END:VALARM\r\n", re.DOTALL)
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def triggers(text: str) -> list[str]:
    return re.findall(r"^TRIGGER:(.*)\r$", text, re.MULTILINE)


@given(st.lists(events(), max_size=5), st.sets(st.sampled_from(ALARMS), min_size=1))
def test_calendar_when_of_any_events_then_its_alarms_are_valid_and_all_that_is_added(
    some: list[Publication], chosen: set[str]
) -> None:
    publications = unique(some)
    plain = file(*publications)
    told = with_alarms(plain, sorted(chosen))
    assert ALARM.sub("", told) == plain
    takes_place = plain.count("BEGIN:VEVENT\r\n") - plain.count("\r\nSTATUS:CANCELLED")
    assert len(triggers(told)) == len(chosen) * takes_place
    assert set(lint(told.encode())) <= set(lint(plain.encode()))


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2026-12-05 10:00", ["-PT15M", "-P1D"]), ("2026-12-05", ["PT9H", "-PT15H"])],
)
def test_event_when_it_has_no_time_then_reminds_at_nine(
    start: str, expected: list[str]
) -> None:
    text = vevent(event(12, start=start, end=""), ADDRESSES)
    assert triggers(with_alarms(text, ALARMS)) == expected


def test_events_when_cancelled_or_gone_then_remind_of_nothing() -> None:
    cancelled = vevent(event(12, status="cancelled"), ADDRESSES)
    gone = cancelled_vevent(Tombstone(14, NOON, NOON, 2), ADDRESSES)
    assert with_alarms(cancelled + gone, ALARMS) == cancelled + gone


def test_changed_date_of_a_series_when_it_takes_place_then_reminds_too() -> None:
    series = event(12, recurrence="FREQ=WEEKLY;COUNT=5")
    instead = Replaced(series, Moment.parse("2026-12-12 10:00", "Pacific/Auckland"))
    changed = vevent(event(13, title="Other"), ADDRESSES, instead)
    told = with_alarms(vevent(series, ADDRESSES) + changed, ("15",))
    assert told.count("BEGIN:VALARM") == 2
    assert "TRIGGER:-PT15M\r\nDESCRIPTION:Other\r\n" in told


def test_alarm_when_the_summary_is_long_then_has_it_whole() -> None:
    title = "নদীর ধারে, " * 12 + "END:VEVENT"
    told = with_alarms(file(event(12, title=title)), ("15",))
    assert lint(told.encode()) == []
