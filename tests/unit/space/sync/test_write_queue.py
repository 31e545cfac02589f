from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from space.sync.write_queue import Turn, WriteQueue

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)

moments = st.integers(0, 600).map(lambda seconds: NOW + timedelta(seconds=seconds))
puts = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.integers(0, 9),
        st.sampled_from(Turn),
        moments,
        st.none() | moments,
    ),
    max_size=12,
).map(lambda rows: sorted(rows, key=lambda row: row[3]))
END = NOW + timedelta(hours=1)


def queue(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> WriteQueue[int]:
    made: WriteQueue[int] = WriteQueue()
    for row in rows:
        made = made.put(*row)
    return made


@given(puts)
def test_due_when_all_waits_are_over_has_the_newest_work_of_each_page_once(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> None:
    newest = {title: work for title, work, *_ in rows}
    due = queue(rows).due(END)
    assert {each.title: each.work for each in due} == newest
    assert len(due) == len(newest)


@given(puts)
def test_due_always_goes_by_turns_and_by_when_pages_were_put_last(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> None:
    last = {title: place for place, (title, *_) in enumerate(rows)}
    order = [(each.turn, last[each.title]) for each in queue(rows).due(END)]
    assert order == sorted(order)
    assert all(before[0] <= after[0] for before, after in pairwise(order))


@given(puts)
def test_put_when_a_page_waits_then_its_wait_goes_on_and_a_retraction_stays(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> None:
    for each in queue(rows).due(END):
        own = [row for row in rows if row[0] == each.title]
        assert each.since == own[0][3]
        assert each.turn == min(row[2] for row in own)


@given(puts, moments)
def test_due_never_has_an_ordinary_page_before_its_time_nor_misses_another(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]], now: datetime
) -> None:
    made = queue(rows)
    due = {each.title for each in made.due(now)}
    for each in made.waiting.values():
        *_, not_before = next(row for row in reversed(rows) if row[0] == each.title)
        is_free = each.turn is not Turn.ORDINARY or not_before is None
        may = each.since <= now and (is_free or not_before <= now)
        assert (each.title in due) == may


@given(puts)
def test_next_due_is_when_something_is_due_first(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> None:
    made = queue(rows)
    moment = made.next_due
    assert (moment is None) == (not rows)
    if moment is not None:
        assert made.due(moment)
        assert not made.due(moment - timedelta(seconds=1))


@given(puts)
def test_due_up_to_a_turn_leaves_later_ones_waiting(
    rows: list[tuple[str, int, Turn, datetime, datetime | None]],
) -> None:
    made = queue(rows)
    for turn in Turn:
        due = made.due(END, turn)
        assert due == tuple(each for each in made.due(END) if each.turn <= turn)
        rest = made.without([each.title for each in due])
        assert {each.title for each in rest.due(END)} == {
            each.title for each in made.due(END) if each.turn > turn
        }
