from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from space.occurrences import MAX_OCCURRENCES, Schedule, window
from space.schema import Values

TODAY = date(2026, 11, 22)


def event(start: str, end: str = "", **more: str | tuple[str, ...]) -> Values:
    values = {"start": start, "timezone": "America/New_York", **more}
    return {**values, "end": end} if end else values


def starts(values: Values, today: date = TODAY) -> list[str]:
    return [str(span.start) for span in Schedule.of(values).times(today)]


def test_schedule_when_event_does_not_recur_then_it_is_there_however_old() -> None:
    assert starts(event("2004-05-01")) == ["2004-05-01"]


def test_schedule_when_summer_time_ends_then_wall_time_stays() -> None:
    series = event("2026-10-25 14:10", recurrence="FREQ=WEEKLY;COUNT=3")
    assert starts(series) == [
        "2026-10-25 14:10",
        "2026-11-01 14:10",
        "2026-11-08 14:10",
    ]
    spans = Schedule.of(series).times(TODAY)
    assert [span.start_utc.hour for span in spans] == [18, 19, 19]


def test_schedule_when_one_spans_the_change_then_its_duration_is_kept() -> None:
    night = event(
        "2026-10-25 00:30", "2026-10-25 03:30", recurrence="FREQ=WEEKLY;COUNT=2"
    )
    spans = Schedule.of(night).times(TODAY)
    assert str(spans[1].end) == "2026-11-01 02:30"
    assert {span.end_utc - span.start_utc for span in spans} == {timedelta(hours=3)}


def test_schedule_when_days_are_whole_then_each_lasts_as_long() -> None:
    days = event("2026-12-30", "2027-01-01", recurrence="FREQ=YEARLY;COUNT=2")
    assert [str(span.end) for span in Schedule.of(days).times(TODAY)] == [
        "2027-01-01",
        "2028-01-01",
    ]


@pytest.mark.parametrize("excluded", ["2026-12-08", "2026-12-08 18:00"])
def test_schedule_when_one_is_excepted_then_only_that_one_is_missing(
    excluded: str,
) -> None:
    series = event("2026-12-01 18:00", recurrence="FREQ=WEEKLY;COUNT=3")
    assert starts({**series, "except": (excluded,)}) == [
        "2026-12-01 18:00",
        "2026-12-15 18:00",
    ]


def test_schedule_when_exception_has_another_time_then_it_excepts_nothing() -> None:
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
def test_schedule_when_until_is_given_then_the_last_one_is_included(
    until: str, number: int
) -> None:
    series = event("2026-12-01 18:00", recurrence=f"FREQ=WEEKLY;UNTIL={until}")
    assert len(starts(series)) == number


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "weekly", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_schedule_when_rule_is_none_or_never_true_then_event_takes_place_once(
    rule: str,
) -> None:
    assert starts(event("2026-12-01 18:00", recurrence=rule)) == ["2026-12-01 18:00"]


def test_schedule_when_start_is_not_on_the_rule_then_the_next_day_on_it_is_first() -> (
    None
):
    series = event(
        "2026-11-30 18:00", "2026-11-30 19:00", recurrence="FREQ=WEEKLY;BYDAY=TU"
    )
    first = Schedule.of(series).first
    assert (str(first.start), str(first.end)) == (
        "2026-12-01 18:00",
        "2026-12-01 19:00",
    )
    assert starts(series)[0] == "2026-12-01 18:00"


@settings(max_examples=30)
@given(today=st.dates(date(2019, 1, 1), date(2031, 12, 31)), daily=st.booleans())
def test_schedule_when_series_is_endless_then_is_bounded_and_shows_what_comes(
    *, today: date, daily: bool
) -> None:
    rule = f"FREQ={'DAILY' if daily else 'WEEKLY'}"
    series = event("2015-01-01 10:00", recurrence=rule)
    found = Schedule.of(series).times(today)
    first, last = window(today)
    assert len(found) <= MAX_OCCURRENCES
    assert first <= found[0].start.date <= today
    assert found[-1].start.date <= last
    assert found[-1].start.date > today + timedelta(days=360)
    assert found == Schedule.of(series).times(today.replace(day=1))


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


def test_schedule_when_values_have_no_time_then_it_is_a_bug() -> None:
    with pytest.raises(ValueError, match="without a time"):
        Schedule.of({"title": "x"})


def test_schedule_when_dates_are_added_then_they_stand_beside_the_rule_in_order() -> (
    None
):
    series = event(
        "2026-12-01 18:00",
        "2026-12-01 20:00",
        recurrence="FREQ=WEEKLY;COUNT=3",
        also=("2026-12-24 11:00", "2026-12-10", "2026-12-08 18:00"),
    )
    assert starts(series) == [
        "2026-12-01 18:00",
        "2026-12-08 18:00",
        "2026-12-10 18:00",
        "2026-12-15 18:00",
        "2026-12-24 11:00",
    ]
    assert str(Schedule.of(series).times(TODAY)[-1].end) == "2026-12-24 13:00"


def test_schedule_when_dates_are_added_without_a_rule_then_all_are_shown_for_ever() -> (
    None
):
    dates = event("2004-05-01 10:00", also=("2004-06-05", "2030-01-01"))
    assert starts(dates) == [
        "2004-05-01 10:00",
        "2004-06-05 10:00",
        "2030-01-01 10:00",
    ]


def test_schedule_when_an_added_date_is_early_or_excepted_then_it_is_none() -> None:
    series = event(
        "2026-12-01 18:00",
        recurrence="FREQ=WEEKLY;COUNT=2",
        also=("2026-11-01", "2026-12-03", "2026-12-04"),
        **{"except": ("2026-12-03",)},
    )
    assert starts(series) == [
        "2026-12-01 18:00",
        "2026-12-04 18:00",
        "2026-12-08 18:00",
    ]


@pytest.mark.parametrize(
    ("named", "start"),
    [
        ("2026-12-08 18:00", "2026-12-08 18:00"),
        ("2026-12-08", "2026-12-08 18:00"),
        ("2026-12-08 19:00", "2026-12-08 18:00"),
        ("2026-12-10 11:00", "2026-12-10 11:00"),
        ("2026-12-15", None),
        ("2026-12-09", None),
        ("2026-12-29 18:00", None),
        ("2199-01-01", None),
        ("soon", None),
    ],
)
def test_occurrence_when_named_by_time_or_day_then_is_that_of_the_series(
    named: str, start: str | None
) -> None:
    series = event(
        "2026-12-01 18:00",
        recurrence="FREQ=WEEKLY;COUNT=4",
        also=("2026-12-10 11:00",),
        **{"except": ("2026-12-15",)},
    )
    found = Schedule.of(series).occurrence(named)
    assert (str(found) if found else None) == start


def test_occurrence_when_event_does_not_recur_then_there_is_none() -> None:
    assert Schedule.of(event("2026-12-01")).occurrence("2026-12-01") is None


days_near = st.dates(date(2026, 11, 1), date(2027, 12, 31)).map(str)
times_near = st.builds(
    "{} {}".format, days_near, st.sampled_from(["10:00", "18:00", "18:30"])
)
moments_near = st.lists(st.one_of(days_near, times_near), max_size=5).map(tuple)


@given(
    start=st.dates(date(2025, 6, 1), date(2026, 12, 31)),
    clock=st.sampled_from(["", " 18:00"]),
    rule=st.sampled_from(
        [
            "",
            "FREQ=DAILY;INTERVAL=9;COUNT=40",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;INTERVAL=3",
            "FREQ=MONTHLY;UNTIL=20270601T235959Z",
            "FREQ=MONTHLY;INTERVAL=5",
        ]
    ),
    added=moments_near,
    excepted=moments_near,
    replaced=st.sets(st.integers(0, 20), max_size=3),
)
def test_times_when_dates_are_added_excepted_and_replaced_then_dateutil_agrees(
    *,
    start: date,
    clock: str,
    rule: str,
    added: tuple[str, ...],
    excepted: tuple[str, ...],
    replaced: set[int],
) -> None:
    values = event(f"{start}{clock}", recurrence=rule, also=added, timezone="UTC")
    schedule = Schedule.of({**values, "except": excepted})
    theirs = rruleset()
    if rule:
        theirs.rrule(rrulestr(rule, dtstart=_instant(f"{start}{clock}")))
    else:
        theirs.rdate(_instant(f"{start}{clock}"))
    for text in added:
        moment = _instant(text if clock else text[:10], clock)
        if moment > _instant(f"{start}{clock}"):
            theirs.rdate(moment)
    for text in excepted if rule or schedule.added else ():
        if len(text) > 10:
            theirs.exdate(_instant(text))
            continue
        for moment in theirs.between(
            _instant(text), _instant(f"{text} 23:59"), inc=True
        ):
            theirs.exdate(moment)
    first, last = window(TODAY)
    if not rule:
        first, last = date(1900, 1, 1), date(2199, 1, 1)
    expected = [
        moment.strftime("%Y-%m-%d %H:%M" if clock else "%Y-%m-%d")
        for moment in theirs.between(
            _instant(str(first)), _instant(f"{last} 23:59"), inc=True
        )
    ]
    gone = {expected[number] for number in replaced if number < len(expected)}
    found = [str(span.start) for span in schedule.times(TODAY, gone)]
    if schedule.recurs:
        assert found == [each for each in expected if each not in gone]
    else:
        assert found == [f"{start}{clock}"]


def _instant(text: str, clock: str = "") -> datetime:
    text = text if len(text) > 10 else f"{text}{clock}"
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
