from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rruleset, rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.recurrence import Recurrence
from space.dates.schedule import MAX_OCCURRENCES, Schedule, window
from space.schema.kinds import Values

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
    "rule",
    [
        *("FREQ=SECONDLY", "weekly", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
        *("FREQ=DAILY;UNTIL=20261130", "FREQ=DAILY;UNTIL=20261201T175959"),
        *("FREQ=DAILY;UNTIL=20261201T225959Z", "FREQ=DAILY;UNTIL=19000101"),
    ],
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


@pytest.mark.parametrize(
    ("start", "rule", "number"),
    [
        ("2025-01-12 13:00", "FREQ=MONTHLY;BYDAY=2SU;COUNT=5", 5),
        ("2023-05-12", "FREQ=WEEKLY;BYDAY=WE,FR,SU;COUNT=3", 3),
        ("2007-08-03 10:00", "FREQ=DAILY;UNTIL=20070805", 3),
        ("2001-01-15", "FREQ=YEARLY;UNTIL=21000101", 99),
    ],
)
def test_schedule_when_a_short_series_is_past_then_all_its_dates_stay(
    start: str, rule: str, number: int
) -> None:
    assert len(starts(event(start, recurrence=rule))) == number


def test_schedule_when_an_ending_series_is_long_then_it_is_shown_in_a_window() -> None:
    series = event("2020-01-01 10:00", recurrence="FREQ=DAILY;UNTIL=20301231")
    found = starts(series)
    assert len(found) == MAX_OCCURRENCES
    assert found[0] >= "2025"
    assert found[-1] > "2027-11"
    assert starts(event("2015-01-01", recurrence="FREQ=DAILY;COUNT=999")) == []


@pytest.mark.parametrize(
    ("today", "start", "rule", "coming"),
    [
        (TODAY, "2030-05-01 10:00", "FREQ=YEARLY", "2030-05-01 10:00"),
        (TODAY, "2030-05-01 10:00", "FREQ=WEEKLY", "2030-05-01 10:00"),
        (TODAY, "2180-05-01", "FREQ=DAILY;INTERVAL=2", "2180-05-01"),
        (date(2028, 3, 1), "2028-02-29", "FREQ=YEARLY", "2032-02-29"),
        (date(2029, 9, 9), "2028-02-29", "FREQ=YEARLY", "2032-02-29"),
        (date(2096, 3, 1), "2028-02-29", "FREQ=YEARLY", "2104-02-29"),
        (TODAY, "2020-05-01", "FREQ=YEARLY;INTERVAL=10", "2030-05-01"),
        (TODAY, "2016-11-05", "FREQ=YEARLY;INTERVAL=10", "2036-11-05"),
        (TODAY, "2024-01-31", "FREQ=MONTHLY;INTERVAL=99", "2040-07-31"),
    ],
)
def test_schedule_when_the_next_date_is_far_then_it_is_there_all_the_same(
    today: date, start: str, rule: str, coming: str
) -> None:
    found = starts(event(start, recurrence=rule), today)
    later = [each for each in found if each > today.isoformat()]
    assert later[0] == coming


def test_schedule_when_the_next_date_has_a_page_of_its_own_then_one_more_comes() -> (
    None
):
    series = Schedule.of(event("2020-05-01", recurrence="FREQ=YEARLY;INTERVAL=10"))
    found = series.times(TODAY, {"2030-05-01"})
    assert [str(span.start) for span in found] == ["2040-05-01"]


@given(
    start=st.dates(date(2010, 1, 1), date(2199, 12, 31)),
    today=st.dates(date(2019, 1, 1), date(2190, 12, 31)),
    rule=st.sampled_from(
        [
            "FREQ=DAILY;INTERVAL=250",
            "FREQ=WEEKLY;INTERVAL=99",
            "FREQ=MONTHLY;INTERVAL=37",
            "FREQ=YEARLY;INTERVAL=7",
            "FREQ=YEARLY",
        ]
    ),
)
def test_schedule_when_it_has_no_end_then_a_date_comes_as_long_as_dates_go_on(
    start: date, today: date, rule: str
) -> None:
    """Compared with the rule alone, walked from its start."""
    schedule = Schedule.of(event(f"{start}", recurrence=rule))
    month = f"{today:%Y-%m}"
    on_rule = Recurrence.parse(rule).dates(start, date(2199, 12, 31))
    expected = next((f"{day}" for day in on_rule if f"{day}"[:7] > month), None)
    found = [str(span.start) for span in schedule.times(today)]
    later = (each for each in found if each[:7] > month)
    assert next(later, None) == expected


def test_schedule_when_dates_are_added_from_the_written_start_on_then_they_count() -> (
    None
):
    series = event(
        "2026-11-28 10:00",
        "2026-11-28 12:00",
        recurrence="FREQ=WEEKLY;BYDAY=WE;COUNT=2",
        also=("2026-11-27", "2026-11-28 10:00", "2026-11-30 10:00", "2026-12-05"),
    )
    assert starts(series) == [
        "2026-11-28 10:00",
        "2026-11-30 10:00",
        "2026-12-02 10:00",
        "2026-12-05 10:00",
        "2026-12-09 10:00",
    ]
    schedule = Schedule.of(series)
    assert str(schedule.first.start) == "2026-12-02 10:00"
    assert str(schedule.begins) == "2026-11-28 10:00"
    assert schedule.occurrence("2026-11-30") == schedule.added[1]


@pytest.mark.parametrize("rule", ["FREQ=DAILY;COUNT=3", "FREQ=DAILY;UNTIL=20270316"])
def test_schedule_when_clocks_skip_a_date_then_it_is_ignored_and_not_counted(
    rule: str,
) -> None:
    """In New York there is no half past two on 14 March 2027."""
    series = event("2027-03-13 02:30", "2027-03-13 04:00", recurrence=rule)
    assert starts(series) == [
        "2027-03-13 02:30",
        "2027-03-15 02:30",
        "2027-03-16 02:30",
    ]
    schedule = Schedule.of(series)
    assert schedule.occurrence("2027-03-14") is None
    assert [str(each) for each in schedule.skipped_on_rule] == ["2027-03-14 02:30"]


def test_schedule_when_it_begins_at_a_time_that_clocks_skip_then_that_counts() -> None:
    series = event("2027-03-14 02:30", recurrence="FREQ=YEARLY;COUNT=2")
    assert starts(series) == ["2027-03-14 02:30", "2028-03-14 02:30"]
    assert Schedule.of(series).skipped_on_rule == ()


@pytest.mark.parametrize(
    ("zone", "until", "last"),
    [
        ("Pacific/Auckland", "20261208T235959Z", "2026-12-08"),
        ("Pacific/Auckland", "20261208T000000Z", "2026-12-08"),
        ("America/New_York", "20261208T000000Z", "2026-12-08"),
        ("America/New_York", "20261208T235959Z", "2026-12-08"),
        # the first and the last second of 8 December where the event is
        ("Pacific/Auckland", "20261207T110000Z", "2026-12-08"),
        ("Pacific/Auckland", "20261208T105959Z", "2026-12-08"),
        ("America/New_York", "20261208T050000Z", "2026-12-08"),
        ("America/New_York", "20261209T045959Z", "2026-12-08"),
        ("UTC-12:00", "20261208T000000Z", "2026-12-08"),
        ("UTC+14:00", "20261208T235959Z", "2026-12-08"),
        ("UTC+14:00", "20261208T120000", "2026-12-08"),
        ("UTC+14:00", "20261208", "2026-12-08"),
    ],
)
def test_schedule_when_days_are_whole_and_until_an_instant_then_its_day_is_the_last(
    zone: str, until: str, last: str
) -> None:
    rule = f"FREQ=DAILY;UNTIL={until}"
    series = event("2026-12-01", recurrence=rule, timezone=zone)
    assert starts(series)[-1] == last


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


def test_schedule_when_planned_then_has_its_exceptions_too() -> None:
    rule = {"recurrence": "FREQ=DAILY;COUNT=2", "except": ("2026-12-02",)}
    series = event("2026-12-01 18:00", **rule)
    assert starts(series) == ["2026-12-01 18:00"]
    planned = Schedule.planned(series).times(TODAY)
    assert [str(span.start) for span in planned] == [
        "2026-12-01 18:00",
        "2026-12-02 18:00",
    ]


@pytest.mark.parametrize("rule", [{}, {"recurrence": "FREQ=DAILY;COUNT=2"}])
def test_schedule_when_asked_for_a_start_then_has_exactly_its_own(
    rule: dict[str, str],
) -> None:
    schedule = Schedule.of(event("2026-12-01 18:00", **rule))
    first = schedule.first.start
    assert schedule.has(first)
    assert not schedule.has(replace(first, time=time(19)))
    assert not schedule.has(replace(first, date=date(2026, 12, 3)))
    assert schedule.has(replace(first, date=date(2026, 12, 2))) is bool(rule)


def test_schedule_when_given_another_start_then_lasts_as_long_from_there() -> None:
    schedule = Schedule.of(event("2026-12-01 22:00", "2026-12-02 02:00"))
    start = replace(schedule.first.start, date=date(2026, 12, 24))
    assert str(schedule.span_from(start).end) == "2026-12-25 02:00"


def test_schedule_when_an_added_date_cannot_be_read_then_the_others_count() -> None:
    series = event("2026-12-01 18:00", also=("soon", "2026-12-05"))
    assert starts(series) == ["2026-12-01 18:00", "2026-12-05 18:00"]


def test_schedule_when_its_rule_ends_with_the_first_date_then_is_a_series_of_one() -> (
    None
):
    series = event("2026-12-01 18:00", recurrence="FREQ=DAILY;UNTIL=20261201T230000Z")
    assert starts(series) == ["2026-12-01 18:00"]
    assert Schedule.of(series).recurs


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
    first, last = window(TODAY)[0], window(max(TODAY, start))[1]
    if "COUNT" in rule or "UNTIL" in rule or not rule:
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


@given(
    start=st.dates(date(2020, 6, 1), date(2030, 12, 31)),
    clock=st.sampled_from(["", " 00:30", " 18:00"]),
    zone=st.sampled_from(["UTC", "Pacific/Auckland", "Pacific/Pago_Pago"]),
    rule=st.sampled_from(
        [
            "",
            "FREQ=DAILY;INTERVAL=9;COUNT=40",
            "FREQ=DAILY",
            "FREQ=WEEKLY;INTERVAL=3",
            "FREQ=MONTHLY;UNTIL=20270601T235959Z",
            "FREQ=YEARLY;INTERVAL=5",
            "FREQ=YEARLY;BYDAY=-1SU",
        ]
    ),
    added=moments_near,
    excepted=moments_near,
)
def test_coming_when_asked_for_then_is_what_is_not_over_of_all_times(
    *,
    start: date,
    clock: str,
    zone: str,
    rule: str,
    added: tuple[str, ...],
    excepted: tuple[str, ...],
) -> None:
    values = event(f"{start}{clock}", recurrence=rule, also=added, timezone=zone)
    schedule = Schedule.of({**values, "except": excepted})

    coming = list(islice(schedule.coming(TODAY), MAX_OCCURRENCES))

    times = schedule.times(TODAY)
    expected = [span for span in times if span.end_utc.date() >= TODAY]
    if len(times) == MAX_OCCURRENCES:  # past ones of this month are among them
        assert coming[: len(expected)] == expected
    else:
        assert coming == expected


def _instant(text: str, clock: str = "") -> datetime:
    text = text if len(text) > 10 else f"{text}{clock}"
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_occurrence_when_two_begin_on_a_day_then_the_moment_tells_which() -> None:
    schedule = Schedule.of(
        event(
            "2026-12-01 10:00",
            recurrence="FREQ=WEEKLY;COUNT=2",
            also=("2026-12-08 15:00",),
        )
    )
    for text in ("2026-12-08 10:00", "2026-12-08 15:00"):
        assert str(schedule.occurrence(text)) == text
    assert str(schedule.occurrence("2026-12-08 12:00")) == "2026-12-08 10:00"
    assert schedule.occurrence("2026-12-09 10:00") is None


def test_occurrence_when_forty_years_on_then_is_the_last_looked_for() -> None:
    schedule = Schedule.of(event("2026-12-01 10:00", recurrence="FREQ=DAILY"))
    last = date(2026, 12, 1) + timedelta(days=40 * 365)
    assert schedule.occurrence(f"{last} 10:00") is not None
    assert schedule.occurrence(f"{last + timedelta(days=1)} 10:00") is None


@pytest.mark.parametrize(
    ("start", "until", "last"),
    [
        ("2026-12-01", "20261203T235959Z", "2026-12-03"),
        ("2026-12-01", "20261203T000000Z", "2026-12-03"),
        ("2026-12-01", "20261203T030000Z", "2026-12-02"),  # 22:00 of the day before
        ("2026-12-01 10:00", "20261203T150000Z", "2026-12-03 10:00"),
        ("2026-12-01 10:00", "20261203T145959Z", "2026-12-02 10:00"),
        ("2026-12-01 10:00", "20261203T100000", "2026-12-03 10:00"),
        ("2026-12-01 10:00", "20261203T095959", "2026-12-02 10:00"),
        ("2026-12-01 10:00", "20261203", "2026-12-03 10:00"),
    ],
)
def test_schedule_when_rule_has_an_end_then_it_is_meant_in_the_events_zone(
    start: str, until: str, last: str
) -> None:
    assert starts(event(start, recurrence=f"FREQ=DAILY;UNTIL={until}"))[-1] == last


def test_times_when_an_old_one_reaches_into_the_window_then_it_is_shown() -> None:
    lasting = event("2025-10-30", "2025-11-01", recurrence="FREQ=MONTHLY;BYMONTHDAY=30")
    assert starts(lasting)[0] == "2025-10-30"
    shorter = event("2025-10-30", "2025-10-31", recurrence="FREQ=MONTHLY;BYMONTHDAY=30")
    assert starts(shorter)[0] == "2025-11-30"


def test_times_when_the_next_is_beyond_the_window_then_it_follows_those_inside() -> (
    None
):
    rare = event("2021-01-05", recurrence="FREQ=YEARLY;INTERVAL=5")
    assert starts(rare) == ["2026-01-05", "2031-01-05"]


def test_times_when_all_to_come_have_pages_then_the_next_one_without_is_shown() -> None:
    rare = event("2021-05-01", recurrence="FREQ=YEARLY;INTERVAL=3")
    spans = Schedule.of(rare).times(TODAY, {"2027-05-01"})
    assert [str(span.start) for span in spans] == ["2030-05-01"]


def test_times_when_a_series_is_daily_then_begin_with_the_month_of_the_day() -> None:
    daily = starts(event("2020-01-01", recurrence="FREQ=DAILY"))
    assert daily[0] == "2026-11-01"
    assert len(daily) == MAX_OCCURRENCES


def test_times_when_all_dates_are_just_few_enough_then_are_shown_however_old() -> None:
    rule = "FREQ=DAILY;COUNT={}"
    few = starts(event("2001-01-15", recurrence=rule.format(MAX_OCCURRENCES)))
    assert (len(few), few[0]) == (MAX_OCCURRENCES, "2001-01-15")
    many = starts(event("2001-01-15", recurrence=rule.format(MAX_OCCURRENCES + 1)))
    assert len(many) < MAX_OCCURRENCES


@pytest.mark.parametrize(
    ("also", "days"),
    [
        (("2026-12-01",), ["2026-12-01 10:00"]),
        (("2026-12-01", "2026-12-05"), ["2026-12-01 10:00", "2026-12-05 10:00"]),
    ],
)
def test_schedule_when_the_start_is_added_again_then_it_counts_once(
    also: tuple[str, ...], days: list[str]
) -> None:
    assert starts(event("2026-12-01 10:00", also=also)) == days
