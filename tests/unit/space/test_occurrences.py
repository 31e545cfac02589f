from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.occurrences import MAX_OCCURRENCES, occurrences, window
from space.schema import Values

TODAY = date(2026, 11, 22)


def event(start: str, end: str = "", **more: str | tuple[str, ...]) -> Values:
    values = {"start": start, "timezone": "America/New_York", **more}
    return {**values, "end": end} if end else values


def starts(values: Values, today: date = TODAY) -> list[str]:
    return [str(span.start) for span in occurrences(values, today)]


def test_occurrences_when_event_does_not_recur_then_it_is_there_however_old() -> None:
    assert starts(event("2004-05-01")) == ["2004-05-01"]


def test_occurrences_when_summer_time_ends_then_wall_time_stays() -> None:
    series = event("2026-10-25 14:10", recurrence="FREQ=WEEKLY;COUNT=3")
    assert starts(series) == [
        "2026-10-25 14:10",
        "2026-11-01 14:10",
        "2026-11-08 14:10",
    ]
    spans = occurrences(series, TODAY)
    assert [span.start_utc.hour for span in spans] == [18, 19, 19]


def test_occurrences_when_one_spans_the_change_then_its_duration_is_kept() -> None:
    night = event(
        "2026-10-25 00:30", "2026-10-25 03:30", recurrence="FREQ=WEEKLY;COUNT=2"
    )
    spans = occurrences(night, TODAY)
    assert str(spans[1].end) == "2026-11-01 02:30"
    assert {span.end_utc - span.start_utc for span in spans} == {timedelta(hours=3)}


def test_occurrences_when_days_are_whole_then_each_lasts_as_long() -> None:
    days = event("2026-12-30", "2027-01-01", recurrence="FREQ=YEARLY;COUNT=2")
    assert [str(span.end) for span in occurrences(days, TODAY)] == [
        "2027-01-01",
        "2028-01-01",
    ]


@pytest.mark.parametrize("excluded", ["2026-12-08", "2026-12-08 18:00"])
def test_occurrences_when_one_is_excepted_then_only_that_one_is_missing(
    excluded: str,
) -> None:
    series = event("2026-12-01 18:00", recurrence="FREQ=WEEKLY;COUNT=3")
    assert starts({**series, "except": (excluded,)}) == [
        "2026-12-01 18:00",
        "2026-12-15 18:00",
    ]


def test_occurrences_when_exception_has_another_time_then_it_excepts_nothing() -> None:
    series = event("2026-12-01 18:00", recurrence="FREQ=WEEKLY;COUNT=2")
    assert len(starts({**series, "except": ("2026-12-08 17:00",)})) == 2


@pytest.mark.parametrize(
    ("until", "number"),
    [
        ("20261208", 2),
        ("20261208T175959", 1),
        ("20261208T180000", 2),
        ("20261208T225959Z", 1),
        ("20261208T230000Z", 2),
    ],
)
def test_occurrences_when_until_is_given_then_the_last_one_is_included(
    until: str, number: int
) -> None:
    series = event("2026-12-01 18:00", recurrence=f"FREQ=WEEKLY;UNTIL={until}")
    assert len(starts(series)) == number


def test_occurrences_when_rule_is_no_rule_then_event_takes_place_once() -> None:
    assert len(starts(event("2026-12-01 18:00", recurrence="FREQ=SECONDLY"))) == 1


@given(today=st.dates(date(2019, 1, 1), date(2031, 12, 31)), daily=st.booleans())
def test_occurrences_when_series_is_endless_then_is_bounded_and_shows_what_comes(
    *, today: date, daily: bool
) -> None:
    rule = f"FREQ={'DAILY' if daily else 'WEEKLY'}"
    series = event("2015-01-01 10:00", recurrence=rule)
    found = occurrences(series, today)
    first, last = window(today)
    assert len(found) <= MAX_OCCURRENCES
    assert first <= found[0].start.date <= today
    assert found[-1].start.date <= last
    assert found[-1].start.date > today + timedelta(days=360)
    assert found == occurrences(series, today.replace(day=1))


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (TODAY, date(2025, 11, 1), date(2028, 11, 30)),
        (date(2026, 12, 31), date(2025, 12, 1), date(2028, 12, 31)),
        (date(2026, 2, 1), date(2025, 2, 1), date(2028, 2, 29)),
    ],
)
def test_window_when_asked_then_is_a_year_back_and_two_ahead_in_whole_months(
    today: date, first: date, last: date
) -> None:
    assert window(today) == (first, last)


def test_occurrences_when_values_have_no_time_then_it_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without a time"):
        occurrences({"title": "x"}, TODAY)
