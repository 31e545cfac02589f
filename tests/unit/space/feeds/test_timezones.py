import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from dateutil import tz
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from space.feeds.timezones import (
    ZoneUse,
    fixed_vtimezone,
    utc_offset,
    vtimezone,
    vtimezones,
)
from tests.support.feeds.tzdata_zones import (
    HALF_HOUR,
    TRICKY,
    ZONES,
    around_changes,
    tzdata,
)


def as_dateutil_reads(text: str, tzid: str) -> tzinfo:
    return tz.tzical(io.StringIO(text.replace("\r\n", "\n"))).get(tzid)


def as_icalendar_reads(text: str, tzid: str) -> tzinfo:
    del tzid
    calendar = Calendar.from_ical(f"BEGIN:VCALENDAR\r\n{text}END:VCALENDAR\r\n")
    return calendar.walk("VTIMEZONE")[0].to_tz(lookup_tzid=False)


def offset(wall: datetime, zone: tzinfo) -> timedelta | None:
    return wall.replace(tzinfo=zone).utcoffset()


@pytest.mark.parametrize("name", TRICKY)
@pytest.mark.parametrize("reader", [as_dateutil_reads, as_icalendar_reads])
def test_vtimezone_when_read_by_others_then_every_change_is_where_tzdata_has_it(
    name: str, reader: Callable[[str, str], tzinfo]
) -> None:
    zone = reader(vtimezone(name, 2024, 2030), name)
    expected = tzdata(name)
    for wall in sorted(around_changes(name)):
        assert offset(wall, zone) == offset(wall, expected), wall


def test_vtimezone_of_every_zone_has_each_change_where_tzdata_has_it() -> None:
    for name in ZONES:
        zone, expected = (
            as_dateutil_reads(vtimezone(name, 2024, 2030), name),
            tzdata(name),
        )
        for wall in sorted(around_changes(name)):
            assert offset(wall, zone) == offset(wall, expected), (name, wall)


@settings(max_examples=60)
@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(1975, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001
)
def test_vtimezone_when_event_is_at_any_time_then_it_has_the_right_offset(
    name: str, wall: datetime
) -> None:
    expected = tzdata(name)
    around = {
        offset(wall + delta, expected) for delta in (-HALF_HOUR * 4, HALF_HOUR * 4)
    }
    zone = as_dateutil_reads(vtimezone(name, wall.year, wall.year), name)
    assert offset(wall, zone) in around


@given(st.sampled_from(ZONES), st.integers(1971, 2040), st.integers(0, 20))
def test_vtimezone_when_written_then_has_the_shape_of_the_rfc(
    name: str, first: int, length: int
) -> None:
    lines = vtimezone(name, first, first + length).split("\r\n")
    assert lines[:2] == ["BEGIN:VTIMEZONE", f"TZID:{name}"]
    assert lines[-2:] == ["END:VTIMEZONE", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert not [line for line in lines if line.startswith(("COMMENT", "RDATE"))]
    onsets = [line.partition(":")[2] for line in lines if line.startswith("DTSTART")]
    assert min(onsets) < f"{first}0101T000000"
    for label in ("TZOFFSETFROM", "TZOFFSETTO"):
        offsets = [line for line in lines if line.startswith(label)]
        assert len(offsets) == len(onsets)
        assert all(
            re.fullmatch(rf"{label}:[+-]\d{{4}}(\d\d)?", line) for line in offsets
        )


def test_vtimezone_when_zone_has_a_rule_then_outlook_gets_it() -> None:
    assert vtimezone("Europe/Berlin", 2026, 2027).count("RRULE") == 2
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n" in vtimezone(
        "Europe/Berlin", 2026, 2027
    )


def test_vtimezone_when_new_york_springs_forward_then_onset_is_on_the_old_clock() -> (
    None
):
    lines = vtimezone("America/New_York", 2008, 2008).split("\r\n")
    assert "DTSTART:20070311T020000" in lines


def test_vtimezones_when_several_are_used_then_each_comes_once_in_order() -> None:
    at = datetime(2026, 5, 1, tzinfo=UTC)
    uses = [ZoneUse(name, at, at) for name in ("Europe/Berlin", "Africa/Lagos")]
    texts = list(vtimezones(uses))
    assert [text.split("\r\n")[1] for text in texts] == [
        "TZID:Africa/Lagos",
        "TZID:Europe/Berlin",
    ]


def test_fixed_vtimezone_when_read_then_never_changes() -> None:
    text = fixed_vtimezone("UTC+0530", timedelta(hours=5, minutes=30))
    zone = as_dateutil_reads(text, "UTC+0530")
    for month in (1, 7):
        wall = datetime(2026, month, 1, 12)  # noqa: DTZ001 - wall time
        assert offset(wall, zone) == timedelta(hours=5, minutes=30)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "+0000"), (-12600, "-0330"), (20700, "+0545"), (-4772, "-011932")],
)
def test_utc_offset_when_written_then_is_as_rfc_5545_says(
    seconds: int, text: str
) -> None:
    assert utc_offset(seconds) == text


def test_fixed_vtimezone_when_its_first_event_is_old_then_begins_before_it() -> None:
    text = fixed_vtimezone("UTC+0530", timedelta(hours=5, minutes=30), 1930)
    assert "DTSTART:19290101T000000" in text
