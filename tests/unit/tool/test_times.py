from datetime import date

import pytest

from space.times import Span
from tool.app import times


def span(start: str, end: str = "", zone: str = "Pacific/Auckland") -> Span:
    values = {"start": start, "timezone": zone} | ({"end": end} if end else {})
    found = Span.of(values)
    assert isinstance(found, Span)
    return found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-28", "", "Saturday, November 28, 2026"),
        ("2026-11-28", "2026-11-28", "Saturday, November 28, 2026"),
        ("2026-11-28 10:00", "", "Saturday, November 28, 2026, 10:00 AM"),
        (
            "2026-11-28 10:00",
            "2026-11-28 16:30",
            "Saturday, November 28, 2026, 10:00 AM – 4:30 PM",
        ),
        (
            "2026-11-28 22:00",
            "2026-11-29 02:00",
            "Sat, Nov 28, 2026, 10:00 PM – Sun, Nov 29, 2026, 2:00 AM",
        ),
    ],
)
def test_span_when_shown_then_says_days_and_times(
    start: str, end: str, expected: str
) -> None:
    shown = times.span(span(start, end), "en")
    assert shown.replace("\u202f", " ") == expected


def test_span_when_of_whole_days_then_both_ends_are_shown() -> None:
    shown = times.span(span("2026-11-28", "2026-12-03"), "en")
    assert "Nov 28" in shown
    assert "Dec 3, 2026" in shown


def test_span_in_utc_when_shown_then_is_the_day_before_in_auckland() -> None:
    shown = times.span_in_utc(span("2026-11-28 10:00"), "de")
    assert shown == "Freitag, 27. November 2026, 21:00"
    assert times.span_in_utc(span("2026-11-28"), "de") == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pacific/Auckland", "Auckland (UTC+13:00)"),
        ("UTC", "UTC"),
        ("UTC+05:30", "UTC+05:30"),
    ],
)
def test_zone_when_shown_then_says_place_and_offset(name: str, expected: str) -> None:
    assert times.zone(span("2026-11-28 10:00", zone=name).start, "en") == expected


def test_month_when_laid_out_then_has_whole_weeks_of_the_locale() -> None:
    november = times.Month.of(2026, 11, "en-us")
    assert november.weeks[0][0] == date(2026, 11, 1)
    assert november.day_names("en")[0] == ("Sun", "Sunday")
    german = times.Month.of(2026, 11, "de")
    assert german.weeks[0][0] == date(2026, 10, 26)
    assert german.day_names("de")[0][1] == "Montag"
    assert (german.previous, german.next) == (date(2026, 10, 1), date(2026, 12, 1))
    assert german.start_utc().isoformat() == "2026-10-26T00:00:00+00:00"
    assert german.end_utc().isoformat() == "2026-12-07T00:00:00+00:00"


@pytest.mark.parametrize(("year", "number"), [(2026, 13), (2026, 0), (0, 1)])
def test_month_when_there_is_none_then_raises(year: int, number: int) -> None:
    with pytest.raises(ValueError, match=r"month|year"):
        times.Month.of(year, number, "en")
