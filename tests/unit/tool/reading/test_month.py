"""A month's table: nothing is missing, nothing covers something else."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from space.dates.moments import Span
from space.dates.schedule import span_of
from space.dates.zones import names, zone
from tests.support.feeds.publications import event
from tool.app.reading.month import Bar, MonthTable
from tool.app.views.dates import CalendarMonth
from tool.app.views.items import EventView

LANGUAGES = ("en", "en-us", "ar", "de")
DAY = timedelta(days=1)
ZONES = sorted(names())


def view(page_id: int, start: str, end: str = "", zone_name: str = "UTC") -> EventView:
    publication = event(page_id, start=start, end=end, timezone=zone_name)
    return EventView.at(publication, "en", span_of(publication.values))


@st.composite
def views(draw: st.DrawFn) -> list[EventView]:
    """Events round November 2026, each with an id of its own."""
    found = []
    for page_id in range(1, draw(st.integers(0, 12)) + 1):
        first = date(2026, 11, 1) + draw(st.integers(-50, 50)) * DAY
        last = first + draw(st.sampled_from((0, 0, 0, 1, 2, 6, 7, 40, 90))) * DAY
        clocks = draw(
            st.sampled_from((("", ""), (" 00:00", " 00:00"), (" 22:30",) * 2))
        )
        end = draw(st.sampled_from((f"{last}{clocks[1]}", "")))
        zone_name = draw(st.sampled_from(ZONES))
        found.append(view(page_id, f"{first}{clocks[0]}", end, zone_name))
    return found


def days(span: Span) -> set[date]:
    """The days of its own zone on which there is an instant of it."""
    there = zone(span.start.zone)
    last: datetime = span.end_utc - timedelta(microseconds=1)
    end = max(last.astimezone(there).date(), span.start.date)
    return {
        span.start.date + number * DAY
        for number in range((end - span.start.date).days + 1)
    }


def november(events: list[EventView], language: str = "en") -> MonthTable:
    return MonthTable.of(CalendarMonth.of(2026, 11, language), events, "en")


def covered(table: MonthTable) -> Counter[tuple[int, date]]:
    """How often each event stands on each day."""
    found: Counter[tuple[int, date]] = Counter()
    for week in table.weeks:
        for lane in week.lanes:
            for bar in lane:
                for day in week.days[bar.column : bar.after]:
                    found[bar.event.id, day] += 1
        for day, events in zip(week.days, week.single, strict=True):
            found.update((each.id, day) for each in events)
    return found


@given(views(), st.sampled_from(LANGUAGES))
def test_table_when_laid_out_then_each_event_is_once_on_each_of_its_days(
    events: list[EventView], language: str
) -> None:
    table = november(events, language)
    month = {date(2026, 11, 1) + number * DAY for number in range(30)}
    expected = {(each.id, day): 1 for each in events for day in days(each.span) & month}
    assert covered(table) == expected
    assert {each.id for each in table.events} == {page_id for page_id, _ in expected}


@given(views(), st.sampled_from(LANGUAGES))
def test_lanes_when_laid_out_then_nothing_overlaps_and_weeks_are_whole(
    events: list[EventView], language: str
) -> None:
    for week in november(events, language).weeks:
        for lane in week.lanes:
            assert lane
            for before, after in pairwise(lane):
                assert before.after <= after.column
            cells = week.cells(lane)
            assert sum(c.days if isinstance(c, Bar) else 1 for c in cells) == 7
            assert [c for c in cells if isinstance(c, Bar)] == list(lane)


@given(views(), st.sampled_from(LANGUAGES))
def test_bars_when_cut_then_say_on_which_side_it_goes_on(
    events: list[EventView], language: str
) -> None:
    seen = Counter[int]()
    for week in november(events, language).weeks:
        for bar in (bar for lane in week.lanes for bar in lane):
            own = days(bar.event.span)
            assert bar.begins == (week.days[bar.column] == min(own))
            assert bar.ends == (week.days[bar.after - 1] == max(own))
            assert bar.new == (bar.event.id not in seen)
            seen[bar.event.id] += 1


@given(views())
def test_agenda_when_made_then_has_each_event_once(events: list[EventView]) -> None:
    table = november(events)
    listed = [each.id for each in table.ongoing]
    listed += [each.id for found in table.agenda.values() for each in found]
    assert sorted(listed) == sorted(each.id for each in table.events)
    assert list(table.agenda) == sorted(table.agenda)
    assert all(day.month == 11 for day in table.agenda)


@given(views(), st.dates(date(2026, 11, 1), date(2026, 11, 30)))
def test_agenda_when_the_month_is_now_then_folds_only_what_is_over(
    events: list[EventView], today: date
) -> None:
    table = november(events)
    past, coming = table.agenda_at(today)
    over = [each for found in past.values() for each in found]
    begin = [each for found in coming.values() for each in found]
    going_on = table.going_on(today)
    listed = sorted(each.id for each in (*over, *begin, *going_on))
    assert listed == sorted(each.id for each in table.events)
    assert all(each.last_day < today for each in over)
    assert all(each.first_day >= today for each in begin)


def test_lanes_when_something_lasts_then_it_keeps_the_uppermost() -> None:
    table = november(
        [
            view(1, "2026-11-10", "2026-11-12"),
            view(2, "2026-10-01", "2026-12-31"),
            view(3, "2026-11-12", "2026-11-13"),
        ]
    )
    lanes = [
        [[bar.event.id for bar in lane] for lane in week.lanes] for week in table.weeks
    ]
    assert lanes == [[[2]], [[2]], [[2], [1], [3]], [[2]], [[2]], [[2]]]


def test_day_when_it_has_several_then_whole_days_come_first_then_by_the_clock() -> None:
    table = november(
        [
            view(1, "2026-11-10 18:00"),
            view(2, "2026-11-10 09:00", "2026-11-10 10:00"),
            view(3, "2026-11-10"),
        ]
    )
    tuesday = table.weeks[2].single[1]
    assert [each.id for each in tuesday] == [3, 2, 1]
    assert table.count(date(2026, 11, 10)) == 3


def test_count_when_something_goes_on_for_weeks_then_it_is_left_out() -> None:
    table = november(
        [view(1, "2026-11-01", "2026-11-08"), view(2, "2026-11-02", "2026-11-08")]
    )
    assert table.count(date(2026, 11, 8)) == 1
