from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.zones import names, zone
from space.publication.filters import Filter
from tool.app.views.periods import NAMES, NOW, Reader, in_words, period, window

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
ZONES = sorted(names())
INSTANTS = st.integers(1_700_000_000, 1_900_000_000).map(
    lambda seconds: datetime.fromtimestamp(seconds, UTC)
)


@pytest.mark.parametrize(
    ("name", "now", "language", "first", "last"),
    [
        ("today", FRIDAY, "en", date(2026, 11, 27), date(2026, 11, 27)),
        ("week", FRIDAY, "en", date(2026, 11, 27), date(2026, 12, 3)),
        ("next-month", FRIDAY, "en", date(2026, 12, 1), date(2026, 12, 31)),
        (
            "next-month",
            datetime(2027, 1, 31, 12, tzinfo=UTC),
            "en",
            date(2027, 2, 1),
            date(2027, 2, 28),
        ),
        ("weekend", FRIDAY, "en", date(2026, 11, 28), date(2026, 11, 29)),
        ("weekend", FRIDAY, "ar", date(2026, 11, 27), date(2026, 11, 28)),
        ("weekend", FRIDAY, "fa", date(2026, 11, 27), date(2026, 11, 27)),
        (
            "weekend",
            FRIDAY + timedelta(days=2),  # Sunday
            "de",
            date(2026, 11, 29),
            date(2026, 11, 29),
        ),
    ],
)
def test_period_when_named_then_has_the_days_of_the_readers_language(
    name: str, now: datetime, language: str, first: date, last: date
) -> None:
    found = period(name, now, Reader("UTC", language))
    assert (found.first, found.last) == (first, last)


def test_today_when_read_elsewhere_then_is_the_day_there() -> None:
    found = period("today", FRIDAY, Reader("Pacific/Auckland", "en"))
    assert found.first == date(2026, 11, 28)
    assert found.start == datetime(2026, 11, 27, 11, tzinfo=UTC)
    assert in_words(found, "en") == "Sat, 28 Nov 2026"


def test_today_when_clocks_change_then_has_as_many_hours_as_the_day() -> None:
    berlin = Reader("Europe/Berlin", "en")
    spring = period("today", datetime(2026, 3, 29, 12, tzinfo=UTC), berlin)
    autumn = period("today", datetime(2026, 10, 25, 12, tzinfo=UTC), berlin)
    assert spring.end - spring.start == timedelta(hours=23)
    assert autumn.end - autumn.start == timedelta(hours=25)


@given(INSTANTS, st.sampled_from(ZONES), st.sampled_from(["en", "ar", "fa", "hi"]))
def test_period_when_made_then_its_ends_are_midnights_and_it_is_not_over(
    now: datetime, zone_name: str, language: str
) -> None:
    there = zone(zone_name)
    for name in set(NAMES) - {NOW}:
        found = period(name, now, Reader(zone_name, language))
        assert now < found.end
        assert found.start.astimezone(there).date() == found.first
        assert (found.end - timedelta(seconds=1)).astimezone(there).date() == found.last
        assert found.last - found.first <= timedelta(days=30)


def test_now_when_named_then_is_this_instant() -> None:
    found = period(NOW, FRIDAY, Reader("UTC", "en"))
    assert (found.start, found.end - found.start) == (FRIDAY, timedelta(seconds=1))
    assert in_words(found, "en") == ""


def test_window_when_a_name_and_days_are_given_then_both_hold() -> None:
    wanted = Filter("event", since=date(2026, 11, 29), until=date(2026, 12, 31))
    found = window(wanted, "week", FRIDAY, Reader("UTC", "en"))
    assert found.start == datetime(2026, 11, 29, tzinfo=UTC)
    assert found.end == datetime(2026, 12, 4, tzinfo=UTC)


def test_window_when_nothing_is_given_then_goes_on_from_now() -> None:
    found = window(Filter("event"), "", FRIDAY, Reader("UTC", "en"))
    assert (found.start, found.end, found.period) == (FRIDAY, None, None)
