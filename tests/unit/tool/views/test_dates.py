from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.moments import Span
from space.dates.zones import names, zone
from tests.support.feeds.publications import publication
from tool.app.views import dates
from tool.app.views.items import EventView


def span(start: str, end: str = "", zone: str = "Pacific/Auckland") -> Span:
    values = {"start": start, "timezone": zone} | ({"end": end} if end else {})
    found = Span.of(values)
    assert isinstance(found, Span)
    return found


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-11-28", "", "Saturday, 28 November 2026"),
        ("2026-11-28", "2026-11-28", "Saturday, 28 November 2026"),
        ("2026-11-28 10:00", "", "Saturday, 28 November 2026, 10:00"),
        (
            "2026-11-28 10:00",
            "2026-11-28 16:30",
            "Saturday, 28 November 2026, 10:00 – 16:30",
        ),
        (
            "2026-11-28 22:00",
            "2026-11-29 02:00",
            "Sat, 28 Nov 2026, 22:00 – Sun, 29 Nov 2026, 02:00",
        ),
    ],
)
def test_span_when_shown_then_says_days_and_times(
    start: str, end: str, expected: str
) -> None:
    shown = dates.span(span(start, end), "en")
    assert shown.replace("\u202f", " ") == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "السبت، ٢٨ نوفمبر ٢٠٢٦، ١٠:٠٠ ص – ٤:٣٠ م"),
        ("bn", "শনিবার, ২৮ নভেম্বর, ২০২৬ ১০:০০ AM – ৪:৩০ PM"),
        ("ary", "السبت، 28 نوفمبر 2026، 10:00 ص – 4:30 م"),
    ],
)
def test_span_in_a_language_has_the_digits_of_its_wiki(
    language: str, expected: str
) -> None:
    said = dates.span(span("2026-11-28 10:00", "2026-11-28 16:30"), language)
    assert said.replace("\u202f", " ") == expected


def test_span_when_of_whole_days_then_both_ends_are_shown() -> None:
    shown = dates.span(span("2026-11-28", "2026-12-03"), "en")
    assert "28" in shown
    assert "3 Dec 2026" in shown


def test_span_in_utc_when_shown_then_is_the_day_before_in_auckland() -> None:
    shown = dates.span_in(span("2026-11-28 10:00"), "UTC", "de")
    assert shown == "Freitag, 27. November 2026, 21:00"
    assert dates.span_in(span("2026-11-28"), "UTC", "de") == ""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Pacific/Auckland", "Auckland (UTC+13:00)"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("UTC+05:30", "UTC+05:30"),
    ],
)
def test_zone_when_shown_then_says_place_and_offset(name: str, expected: str) -> None:
    assert dates.zone_of(span("2026-11-28 10:00", zone=name), "en") == expected


BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("start", "end", "there", "shown", "zone"),
    [
        # Clocks go on at 2:00 in Berlin, from UTC+1 to UTC+2; in New York long before.
        (
            "2026-03-29 01:30",
            "2026-03-29 03:30",
            "America/New_York",
            "Saturday, 28 March 2026, 20:30 – 21:30",
            "New York (UTC-04:00)",
        ),
        # They go back at 3:00: the first 2:30 of two.
        (
            "2026-10-25 02:30",
            "2026-10-25 03:30",
            "UTC",
            "Sunday, 25 October 2026, 00:30 – 02:30",
            "UTC",
        ),
        # The reader's own clocks change meanwhile.
        (
            "2026-11-01 06:30",
            "2026-11-01 08:30",
            "America/New_York",
            "Sunday, 1 November 2026, 01:30 – 02:30",
            "New York (UTC-04:00/-05:00)",
        ),
    ],
)
def test_span_when_clocks_change_then_no_hour_is_wrong(
    start: str, end: str, there: str, shown: str, zone: str
) -> None:
    found = span(start, end, BERLIN)
    assert dates.span_in(found, there, "en").replace("\u202f", " ") == shown
    assert dates.zone_of(found, "en", there) == zone


@given(
    st.integers(1_700_000_000, 1_900_000_000),
    st.sampled_from(sorted(names())),
    st.sampled_from(sorted(names())),
)
def test_clock_when_shown_elsewhere_then_with_its_offset_is_the_same_instant(
    seconds: int, own: str, there: str
) -> None:
    local = datetime.fromtimestamp(seconds - seconds % 60, zone(own))
    values = {"start": f"{local:%Y-%m-%d %H:%M}", "timezone": own}
    found = Span.of(values)
    assert isinstance(found, Span)
    event = EventView.at(publication(1, "event", {"title": "X", **values}), "sv", found)
    shown = event.clock_in(there)
    elsewhere = found.start_utc.astimezone(zone(there))
    if elsewhere.utcoffset() == found.start.local.utcoffset():
        assert shown == ""
    else:
        _, clock, offset = shown.split(" ")
        assert clock == f"{elsewhere:%H:%M}"
        hours, _, minutes = offset.removeprefix("UTC").partition(":")
        minus = -1 if hours.startswith("-") else 1
        told = timedelta(hours=int(hours or 0), minutes=minus * int(minutes or 0))
        assert told == elsewhere.utcoffset()


def test_offsets_when_short_then_have_minutes_only_where_there_are_some() -> None:
    def short(name: str) -> str:
        return dates.short_offset(span("2026-11-28 10:00", zone=name).start.local)

    zones = ("Pacific/Auckland", "Asia/Kolkata", "America/St_Johns", "UTC")
    assert [short(name) for name in zones] == ["UTC+13", "UTC+5:30", "UTC-3:30", "UTC"]


@pytest.mark.parametrize(
    ("language", "first"),
    [("en", 0), ("en-us", 6), ("ar", 5), ("fa", 5), ("hi", 6), ("pt", 6), ("de", 0)],
)
def test_week_when_of_a_language_then_begins_where_its_speakers_begin_it(
    language: str, first: int
) -> None:
    assert dates.CalendarMonth.of(2026, 11, language).week_start == first


def test_month_when_laid_out_then_has_whole_weeks_of_the_locale() -> None:
    november = dates.CalendarMonth.of(2026, 11, "en-us")
    assert november.weeks[0][0] == date(2026, 11, 1)
    assert november.day_names("en")[0] == ("Sun", "Sunday")
    german = dates.CalendarMonth.of(2026, 11, "de")
    assert german.weeks[0][0] == date(2026, 10, 26)
    assert german.day_names("de")[0][1] == "Montag"
    assert (german.previous, german.next) == (date(2026, 10, 1), date(2026, 12, 1))
    assert (german.first, german.last) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize(("year", "number"), [(2026, 13), (2026, 0), (0, 1)])
def test_month_when_there_is_none_then_raises(year: int, number: int) -> None:
    with pytest.raises(ValueError, match=r"month|year"):
        dates.CalendarMonth.of(year, number, "en")


@pytest.mark.parametrize(
    ("language", "sign"),
    [("en", ", "), ("ar", "، "), ("ur", "، "), ("he", ", "), ("ja", "、"), ("x", ", ")],
)
def test_comma_when_asked_for_then_is_the_languages_own(
    language: str, sign: str
) -> None:
    assert dates.comma(language) == sign


def test_instant_when_in_arabic_then_has_no_comma_of_another_script() -> None:
    said = dates.instant(datetime(2026, 12, 9, 10, tzinfo=UTC), "ar")
    assert "," not in said
    assert said.count("،") == 2


@pytest.mark.parametrize("language", ["ba", "dv", "rw", "vo"])
def test_city_when_a_language_has_no_places_in_cldr_then_is_the_english_one(
    language: str,
) -> None:
    assert dates.city("Asia/Kolkata", language) == "Kolkata"
