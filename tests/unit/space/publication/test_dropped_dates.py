"""Which dates of a series are told as cancelled after it changed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.schedule import Schedule
from space.publication.dropped_dates import (
    MOST,
    MOST_BY_RULE,
    dropped_dates,
    told_dates,
)
from space.publication.publication import Publication
from space.schema.kinds import Values

SINCE = datetime(2026, 11, 29, 12, tzinfo=UTC)
WEEKLY: Mapping[str, Any] = {
    "title": "Meetup",
    "start": "2026-11-04 18:30",
    "end": "2026-11-04 21:00",
    "timezone": "Europe/Berlin",
    "recurrence": "FREQ=WEEKLY",
}
FOURTH = "2026-12-09 18:30"


def dropped(
    after: Mapping[str, Any],
    before: Values | None = WEEKLY,
    known: tuple[str, ...] = (),
) -> tuple[str, ...]:
    """What a change from the weekly meetup leaves to tell."""
    return dropped_dates(before, {**WEEKLY, **after}, known, SINCE)


@pytest.mark.parametrize("skipped", ["2026-12-09", FOURTH])
def test_dropped_when_a_date_is_skipped_is_that_date(skipped: str) -> None:
    assert dropped({"except": (skipped,)}) == (FOURTH,)


def test_dropped_when_an_added_date_is_taken_out_is_that_date() -> None:
    before = {**WEEKLY, "also": ("2026-12-11 20:00", "2026-12-12")}
    assert dropped({"also": ("2026-12-12",)}, before) == ("2026-12-11 20:00",)


def test_dropped_when_a_series_ends_earlier_is_its_next_dates() -> None:
    ended = dropped({"recurrence": "FREQ=WEEKLY;UNTIL=20261203T000000Z"})
    assert len(ended) == MOST_BY_RULE
    assert ended[0] == FOURTH


def test_dropped_when_a_series_turns_fortnightly_is_what_falls_out() -> None:
    found = dropped({"recurrence": "FREQ=WEEKLY;INTERVAL=2"})
    assert found[:2] == (FOURTH, "2026-12-23 18:30")
    assert len(found) == MOST_BY_RULE


def test_dropped_when_its_rule_goes_is_the_next_dates() -> None:
    after = {k: v for k, v in WEEKLY.items() if k != "recurrence"}
    assert dropped_dates(WEEKLY, after, (), SINCE)[0] == "2026-12-02 18:30"


def test_dropped_when_the_start_moves_along_the_dates_is_what_is_left_out() -> None:
    found = dropped({"start": "2026-12-16 18:30", "end": "2026-12-16 21:00"})
    assert found == ("2026-12-02 18:30", FOURTH)


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2026-11-04 19:00"},
        {"start": "2026-11-05 18:30", "end": "2026-11-05 21:00"},
        {"timezone": "Asia/Tokyo"},
        {"start": "2026-11-04", "end": "2026-11-04"},
    ],
)
def test_dropped_when_the_series_moves_is_nothing(change: Mapping[str, str]) -> None:
    assert dropped(change, known=("2026-12-02 18:30",)) == ()


def test_dropped_when_a_date_is_over_is_not_told() -> None:
    assert dropped({"except": ("2026-11-11", "2026-11-25")}) == ()


def test_dropped_when_it_was_never_promised_is_nothing() -> None:
    skipping = {**WEEKLY, "except": (FOURTH,)}
    assert dropped({"except": (FOURTH,), "title": "New"}, skipping) == ()
    single = {k: v for k, v in WEEKLY.items() if k != "recurrence"}
    assert dropped({"except": (FOURTH,)}, single) == ()


def test_dropped_when_a_date_comes_back_is_told_no_more() -> None:
    skipping = {**WEEKLY, "except": (FOURTH,)}
    assert dropped({}, skipping, (FOURTH,)) == ()
    also = {"except": (FOURTH,), "also": ("2026-12-11",)}
    assert dropped(also, skipping, (FOURTH,)) == (FOURTH,)


def test_dropped_when_the_former_text_is_hidden_keeps_what_is_known() -> None:
    assert dropped({"except": (FOURTH,)}, None, (FOURTH,)) == (FOURTH,)
    assert dropped({"except": (FOURTH,)}, None) == ()


def test_told_when_its_series_is_off_or_thirty_days_passed_is_it_no_more() -> None:
    series = Publication(
        page_id=1,
        page_title="Meetup",
        kind="event",
        revision=2,
        values=dict(WEEKLY),
        creator=None,
        created=SINCE,
        published=SINCE,
        updated=SINCE,
        sequence=1,
        dropped=(FOURTH,),
    )
    off = replace(series, values={**WEEKLY, "status": "cancelled"})
    assert told_dates(off, date(2026, 12, 1)) == ()
    (span,) = told_dates(series, date(2027, 1, 8))
    assert (str(span.start), str(span.end)) == (FOURTH, "2026-12-09 21:00")
    assert told_dates(series, date(2027, 1, 9)) == ()


# Properties of any change

_days = st.integers(-40, 120).map(lambda n: (SINCE + timedelta(days=n)).date())
_schedules = st.fixed_dictionaries(
    {
        "start": st.sampled_from(["2026-11-04 18:30", "2026-11-18 18:30"]),
        "recurrence": st.sampled_from(
            [
                "",
                "FREQ=WEEKLY",
                "FREQ=WEEKLY;COUNT=9",
                "FREQ=DAILY;UNTIL=20270110T000000Z",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR",
                "FREQ=MONTHLY;BYDAY=1WE",
            ]
        ),
        "except": st.lists(_days.map(date.isoformat), max_size=4).map(tuple),
        "also": st.lists(_days.map(date.isoformat), max_size=4).map(tuple),
    }
).map(lambda values: {"timezone": "Europe/Berlin", **values})


def starts(values: Values) -> set[str]:
    return {str(span.start) for span in Schedule.of(values).times(SINCE.date())}


@given(st.lists(_schedules, min_size=2, max_size=4))
def test_dropped_when_a_series_changes_is_of_its_former_dates(
    course: list[Values],
) -> None:
    known: tuple[str, ...] = ()
    promised: set[str] = set()
    for before, after in pairwise(course):
        promised |= starts(before)
        known = dropped_dates(before, after, known, SINCE)
        assert set(known) <= promised - starts(after)
        assert known == tuple(sorted(set(known)))
        assert all(text > "2026-11-29 13:00" for text in known)
        assert len(known) <= MOST
        assert dropped_dates(after, after, known, SINCE) == known


@given(_schedules, _schedules)
def test_dropped_when_a_series_changes_and_back_is_nothing(
    one: Values, other: Values
) -> None:
    there = dropped_dates(one, other, (), SINCE)
    back = dropped_dates(other, one, there, SINCE)
    assert not set(back) & starts(one)
    assert not set(there) & set(back)
