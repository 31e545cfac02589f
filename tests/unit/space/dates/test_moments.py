from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.moments import (
    Moment,
    Span,
    day_named,
    is_dated,
    skipped_days,
    unix_midnight,
    utc_day,
    utc_midnight,
)
from space.dates.zones import names, zone
from space.schema.kinds import Values
from space.schema.problems import Problem

BERLIN = {"timezone": "Europe/Berlin"}


def span(**values: str) -> Span:
    made = Span.of(BERLIN | values)
    assert isinstance(made, Span)
    return made


def problem(**values: str) -> Problem:
    made = Span.of(BERLIN | values)
    assert isinstance(made, Problem)
    return made


@pytest.mark.parametrize(
    ("wall", "zone_name", "instant"),
    [
        ("2026-11-28 10:00", "Pacific/Auckland", "2026-11-27T21:00Z"),
        ("2026-11-28 10:00", "UTC+05:30", "2026-11-28T04:30Z"),
        ("2026-11-28 10:00", "UTC", "2026-11-28T10:00Z"),
        # 02:30 is skipped in Berlin: it counts by the winter offset before.
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30Z"),
        # 02:30 comes twice in Berlin: the first one, still in summer time.
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30Z"),
        # Lord Howe moves by half an hour.
        ("2026-10-04 02:15", "Australia/Lord_Howe", "2026-10-03T15:45Z"),
        # Apia had no 30 December 2011 at all.
        ("2011-12-30 12:00", "Pacific/Apia", "2011-12-30T22:00Z"),
        # In Asunción a whole day began at 01:00, midnight was skipped.
        ("2023-10-01", "America/Asuncion", "2023-10-01T04:00Z"),
    ],
)
def test_moment_when_in_a_zone_has_one_instant(
    wall: str, zone_name: str, instant: str
) -> None:
    assert Moment.parse(wall, zone_name).utc == datetime.fromisoformat(instant)


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-11-28 24:00",
        "2026-11-28T10:00",
        "2026-1-5",
        "1899-12-31",
        "2200-01-01",
        "٢٠٢٦-١١-٢٨",
        "2026-11-28 10:00\n",
        "",
    ],
)
def test_moment_when_not_canonical_raises(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Moment.parse(text, "UTC")


def test_moment_when_zone_unknown_raises() -> None:
    with pytest.raises(ValueError, match="Atlantis"):
        Moment.parse("2026-11-28", "Europe/Atlantis")


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.sampled_from(sorted(names())),
)
def test_moment_when_written_reads_the_same(wall: datetime, zone_name: str) -> None:
    for text in (f"{wall:%Y-%m-%d %H:%M}", f"{wall:%Y-%m-%d}"):
        assert str(Moment.parse(text, zone_name)) == text


@given(
    st.datetimes(datetime(1900, 1, 1), datetime(2199, 12, 31)),  # noqa: DTZ001 - hypothesis wants naive bounds
    st.sampled_from(sorted(names())),
)
def test_moment_when_back_from_utc_is_the_wall_time_unless_skipped(
    wall: datetime, zone_name: str
) -> None:
    moment = Moment.parse(f"{wall:%Y-%m-%d %H:%M}", zone_name)
    back = moment.utc.astimezone(zone(zone_name)).replace(tzinfo=None)
    expected = moment.local.replace(tzinfo=None)
    before, after = (moment.local.replace(fold=fold).utcoffset() for fold in (0, 1))
    skipped = before is not None and after is not None and before < after
    assert back == expected or skipped


def test_span_when_timed_ends_at_its_end() -> None:
    made = span(start="2026-11-28 10:00", end="2026-11-28 16:00")
    assert not made.all_day
    assert made.end_utc - made.start_utc == timedelta(hours=6)


def test_span_when_timed_without_end_has_no_length() -> None:
    made = span(start="2026-11-28 10:00")
    assert made.end is None
    assert made.end_utc == made.start_utc


def test_span_when_whole_days_ends_after_the_last_day() -> None:
    made = span(start="2026-05-01", end="2026-05-03")
    assert made.all_day
    assert made.start_utc == datetime(2026, 4, 30, 22, tzinfo=UTC)
    assert made.end_utc == datetime(2026, 5, 3, 22, tzinfo=UTC)


def test_span_when_a_day_of_23_hours_lasts_23_hours() -> None:
    made = span(start="2026-03-29")
    assert made.end_utc - made.start_utc == timedelta(hours=23)


def test_span_when_over_a_change_of_clocks_counts_real_time() -> None:
    made = span(start="2026-10-25 01:00", end="2026-10-25 04:00")
    assert made.end_utc - made.start_utc == timedelta(hours=4)


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"timezone": "UTC"}, "missing", "start"),
        ({"start": "2026-11-28"}, "missing", "timezone"),
        ({"start": "2026-11-28", "timezone": "CET"}, "zone", "timezone"),
        ({"start": "soon", "timezone": "UTC"}, "moment", "start"),
        (
            {"start": "2026-11-28", "end": "later", "timezone": "UTC"},
            "moment",
            "end",
        ),
    ],
)
def test_span_when_values_lack_something_says_what(
    values: Values, code: str, field: str
) -> None:
    made = Span.of(values)
    assert isinstance(made, Problem)
    assert (made.code, made.field) == (code, field)


def test_span_when_end_before_start_is_a_problem_of_the_end() -> None:
    made = problem(start="2026-11-28 10:00", end="2026-11-28 09:59")
    assert (made.code, made.field) == ("end-before-start", "end")


def test_span_when_end_lies_in_skipped_time_compares_instants() -> None:
    made = problem(start="2026-03-29 02:30", end="2026-03-29 03:00")
    assert made.code == "end-before-start"


def test_span_when_only_one_is_a_whole_day_is_a_problem_of_the_end() -> None:
    made = problem(start="2026-11-28 10:00", end="2026-11-28")
    assert (made.code, made.field) == ("end-kind", "end")


def test_span_when_derived_is_the_span_of_its_texts() -> None:
    texts = {"start": "2026-11-28 10:00", "end": "2026-11-29 16:00"}
    assert Span.derived(*texts.values(), "Europe/Berlin") == span(**texts)
    assert Span.derived("2026-11-28", None, "Europe/Berlin") == span(start="2026-11-28")


def test_span_when_derived_may_lie_beyond_the_years_of_events() -> None:
    assert Span.derived("2200-01-01", None, "UTC").start.date == date(2200, 1, 1)
    with pytest.raises(ValueError, match="soon"):
        Span.derived("2026-11-28", "soon", "UTC")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-28", date(2026, 11, 28)),
        ("2026-11-31", None),
        ("20261128", None),
        ("2026-W48-6", None),
        ("", None),
    ],
)
def test_day_when_named_is_written_in_one_way_only(text: str, day: date | None) -> None:
    assert day_named(text) == day


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(2200, 1, 1), False),
    ],
)
def test_day_when_in_three_centuries_is_one_of_events(
    day: date, *, expected: bool
) -> None:
    assert is_dated(day) is expected


def test_utc_day_when_it_is_another_one_elsewhere_is_that_of_utc() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert utc_day(datetime(2026, 11, 29, 5, tzinfo=tokyo)) == date(2026, 11, 28)


def test_unix_midnight_when_asked_is_the_second_at_which_the_day_begins() -> None:
    assert unix_midnight(date(1970, 1, 2)) == 24 * 60 * 60


def test_utc_midnight_when_asked_is_aware() -> None:
    assert utc_midnight(date(2026, 11, 28)) == datetime(2026, 11, 28, tzinfo=UTC)


@pytest.mark.parametrize("clock", ["02:00", "02:30", "02:59"])
def test_skipped_days_when_clocks_go_forward_are_those_of_that_hour(clock: str) -> None:
    days = skipped_days("Europe/Berlin", time.fromisoformat(clock))
    assert {date(2026, 3, 29), date(2150, 3, 29)} <= days
    assert days.isdisjoint({date(2026, 3, 28), date(2026, 10, 25)})


@pytest.mark.parametrize("clock", ["01:59", "03:00", "12:00"])
def test_skipped_days_when_the_time_is_beside_that_hour_are_without_it(
    clock: str,
) -> None:
    days = skipped_days("Europe/Berlin", time.fromisoformat(clock))
    assert date(2026, 3, 29) not in days


def test_skipped_days_when_the_date_line_moves_are_the_whole_day() -> None:
    for clock in (time(), time(12), time(23, 59)):
        assert date(2011, 12, 30) in skipped_days("Pacific/Apia", clock)
    assert date(2011, 12, 31) not in skipped_days("Pacific/Apia", time())


def test_skipped_days_when_clocks_go_forward_at_midnight_are_of_that_day() -> None:
    assert date(2023, 10, 1) in skipped_days("America/Asuncion", time(0, 30))
    assert date(2023, 9, 30) not in skipped_days("America/Asuncion", time(0, 30))


def test_skipped_days_when_the_offset_is_fixed_are_none() -> None:
    assert skipped_days("UTC", time(2)) == frozenset()
    assert skipped_days("UTC+05:30", time(2)) == frozenset()


def test_moment_when_followed_by_the_next_day_keeps_time_and_zone() -> None:
    moment = Moment.parse("2026-12-31 10:00", "Europe/Berlin")
    assert moment.next_day == Moment.parse("2027-01-01 10:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("values", "params"),
    [
        ({}, ("",)),
        ({"start": "soon"}, ("soon",)),
        ({"start": "2026-11-28", "end": "later"}, ("later",)),
        ({"start": "2026-11-28", "end": "2026-11-27"}, ("2026-11-28", "2026-11-27")),
        ({"start": "2026-11-28 10:00", "end": "2026-11-28 10:00"}, None),
    ],
)
def test_span_when_it_has_a_problem_says_what_was_written(
    values: Values, params: tuple[str, ...] | None
) -> None:
    made = Span.of({**BERLIN, **values})
    assert (made.params if isinstance(made, Problem) else None) == params
