"""Which posts are counted when, and when views of a span may be believed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.readership import LOADING, Readership, due_counts
from tests.support.feeds.publications import post

FIRST = date(2026, 11, 1)
POST = post(13)


def on(day: int) -> date:
    """The n-th day after that of publication."""
    return FIRST + timedelta(days=day)


def views(*days: int) -> dict[date, int]:
    """As many views as the number of the day, and one more."""
    return {on(day): day + 1 for day in days}


@pytest.mark.parametrize(
    ("today", "known", "last"),
    [
        (7, Readership(13), None),
        (8, Readership(13), 7),
        (8, Readership(13, after7=0), None),
        (30, Readership(13, after7=0), None),
        (31, Readership(13, after7=0), 30),
        (31, Readership(13), 30),
        (400, Readership(13), 30),
        (400, Readership(13, after30=5), 7),
        (400, Readership(13, after7=0, after30=0), None),
    ],
)
def test_post_when_a_span_is_over_is_due_once(
    today: int, known: Readership, last: int | None
) -> None:
    due = due_counts([POST], {13: known}, on(today))

    assert [(each.first, each.last) for each in due] == (
        [] if last is None else [(FIRST, on(last))]
    )


def test_posts_when_due_come_newest_first() -> None:
    due = due_counts([post(1), post(3), post(2)], {}, on(9))

    assert [each.known.id for each in due] == [3, 2, 1]


def test_count_when_all_days_are_there_is_their_sum_and_of_nothing_more() -> None:
    (week,) = due_counts([POST], {}, on(8))
    (both,) = due_counts([POST], {}, on(31))
    known = Readership(13, after7=5)
    (month,) = due_counts([POST], {13: known}, on(31))

    assert week.counted(views(0, 7, 8), on(8)) == Readership(13, after7=9)
    assert both.counted(views(0, 7, 8, 30), on(31)) == Readership(13, 9, 49)
    assert month.counted(views(0, 30), on(31)) == Readership(13, 5, 32)


def test_count_when_the_last_day_is_not_there_waits_until_it_must_be_loaded() -> None:
    for last in range(8, 8 + LOADING):
        (due,) = due_counts([POST], {}, on(last))
        assert due.counted(views(0, 6), on(last)) == due.known
        assert due.counted({}, on(last)) == due.known
    (due,) = due_counts([POST], {}, on(8 + LOADING))
    assert due.counted(views(0, 6), on(8 + LOADING)).after7 == 8
    assert due.counted({}, on(8 + LOADING)).after7 == 0


@given(
    st.dictionaries(st.integers(0, 40), st.integers(1, 9)),
    st.lists(st.integers(0, 60), min_size=1, max_size=30),
)
def test_count_on_any_nights_is_never_changed_and_never_more_than_there_was(
    daily: dict[int, int], nights: list[int]
) -> None:
    known = Readership(13)
    for night in sorted(nights):
        loaded = {on(day): number for day, number in daily.items() if day < night}
        for due in due_counts([POST], {13: known}, on(night)):
            found = due.counted(loaded, on(night))
            assert known.after7 in {None, found.after7}
            assert known.after30 in {None, found.after30}
            known = found
    sums = [sum(n for day, n in daily.items() if day <= end) for end in (7, 30)]
    assert known.after7 in {None, sums[0]}
    assert known.after30 in {None, sums[1]}
