"""A month of events as a table of weeks, and as an agenda; a list by its months.

What takes several days is drawn across them, in lanes that it has to itself; what
takes one day stands in it. Days are those of each event's own zone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property

from space.dates.moments import Span
from tool.app.views import dates
from tool.app.views.dates import CalendarMonth
from tool.app.views.items import EventView

WEEK = 7  # days
MOST_A_DAY = 20
"""How many events a day shows, in the table as in the agenda."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The part of an event that lies in one week of the month."""

    event: EventView
    column: int  # of its first day, from 0
    days: int
    begins: bool  # here, and not before
    ends: bool  # here, and not after
    new: bool  # the first part of it in this month

    @property
    def after(self) -> int:
        """The column after its last day."""
        return self.column + self.days


Agenda = dict[date, list[EventView]]
"""Events by the day on which they begin."""

Cell = Bar | date
"""What stands in a lane: a part of an event, or a day that is free there."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, lanes of what goes across them, and what each day has of its own."""

    days: Sequence[date]
    lanes: Sequence[Sequence[Bar]]
    single: Sequence[Sequence[EventView]]

    def cells(self, lane: Sequence[Bar]) -> list[Cell]:
        """A lane from the first to the last day, without gaps."""
        found: list[Cell] = []
        column = 0
        for bar in lane:
            found += self.days[column : bar.column]
            found.append(bar)
            column = bar.after
        return found + list(self.days[column:])


@dataclass(frozen=True)
class Month:
    """A month in words."""

    month: CalendarMonth
    language: str

    @property
    def title(self) -> str:
        """The month in words."""
        return dates.month(self.month.first, self.language)

    def month_title(self, first: date) -> str:
        """A month beside it in words."""
        return dates.month(first, self.language)

    @property
    def day_names(self) -> list[tuple[str, str]]:
        """Heads of the columns: short and in full."""
        return self.month.day_names(self.language)

    def inside(self, day: date) -> bool:
        """Whether a day of the table is one of the month."""
        return self.month.first <= day <= self.month.last

    def day_title(self, day: date) -> str:
        """A day in full."""
        return dates.day(day, self.language)


@dataclass(frozen=True)
class BusyMonth(Month):
    """A month with how much takes place on each day, and nothing of what it is."""

    counts: Counter[date]

    @classmethod
    def of(
        cls, month: CalendarMonth, spans: Iterable[Span], language: str
    ) -> "BusyMonth":
        """Count those of the spans that touch the month."""
        days = ((span.start.date, span.last_day) for span in spans)
        inside = [
            (first, last)
            for first, last in days
            if first <= month.last and last >= month.first
        ]
        return cls(month, language, _per_day(inside))

    def count(self, day: date) -> int:
        """How much takes place on a day, but for what goes on for over a week."""
        return self.counts[day]


@dataclass(frozen=True)
class MonthTable(Month):
    """A month with what takes place in it.

    `events` touch it, ordered by their first day; equal days keep the order given.
    """

    events: Sequence[EventView]

    @classmethod
    def of(
        cls, month: CalendarMonth, events: Iterable[EventView], language: str
    ) -> "MonthTable":
        """Take those of the events that touch the month."""
        first, last = month.first, month.last
        inside = (
            event
            for event in events
            if event.first_day <= last and event.last_day >= first
        )
        return cls(month, language, sorted(inside, key=lambda event: event.first_day))

    @property
    def pages(self) -> int:
        """How many events there are, of which some take place on several days."""
        return len({event.id for event in self.events})

    @property
    def unreviewed(self) -> list[str]:
        """Where those are announced that no reviewer looked at, in their order."""
        return list(dict.fromkeys(filter(None, (e.unreviewed for e in self.events))))

    @property
    def weeks(self) -> list[Week]:
        """The rows of the table."""
        spans = [event for event in self.events if _several_days(event)]
        # What lasts longest keeps the uppermost lane from week to week.
        spans.sort(key=lambda event: (event.first_day, -_length(event)))
        single = self._single()
        return [
            Week(
                days,
                _lanes(filter(None, (self._bar(event, days) for event in spans))),
                [single.get(day, []) for day in days],
            )
            for days in self.month.weeks
        ]

    def _bar(self, event: EventView, week: Sequence[date]) -> Bar | None:
        """The part of an event in the days of a week that belong to the month."""
        first = max(event.first_day, week[0], self.month.first)
        last = min(event.last_day, week[-1], self.month.last)
        if first > last:
            return None
        return Bar(
            event,
            column=(first - week[0]).days,
            days=(last - first).days + 1,
            begins=first == event.first_day,
            ends=last == event.last_day,
            new=first == max(event.first_day, self.month.first),
        )

    def _single(self) -> dict[date, list[EventView]]:
        """What takes one day alone: the whole of it first, then by its clock."""
        by_day: dict[date, list[EventView]] = {}
        for event in self.events:
            if not _several_days(event):
                by_day.setdefault(event.first_day, []).append(event)
        for events in by_day.values():
            events.sort(key=lambda event: event.span.start.time or time())
        return by_day

    def count(self, day: date) -> int:
        """How much takes place on a day, but for what goes on for over a week."""
        return self._counts[day]

    @cached_property
    def _counts(self) -> Counter[date]:
        return _per_day((event.first_day, event.last_day) for event in self.events)

    def of_day(self, events: Sequence[EventView]) -> tuple[Sequence[EventView], int]:
        """The events that a day shows, the first ones, and how many it leaves out."""
        return events[:MOST_A_DAY], max(len(events) - MOST_A_DAY, 0)

    @property
    def ongoing(self) -> list[EventView]:
        """What began before the month and goes on in it."""
        return [event for event in self.events if event.first_day < self.month.first]

    @cached_property
    def agenda(self) -> Agenda:
        """What begins in the month, by day."""
        by_day: dict[date, list[EventView]] = {}
        for event in self.events:
            if event.first_day >= self.month.first:
                by_day.setdefault(event.first_day, []).append(event)
        return by_day

    def going_on(self, today: date) -> list[EventView]:
        """What began before today and is not over."""
        return [
            event for event in self.events if event.first_day < today <= event.last_day
        ]

    def agenda_at(self, today: date) -> tuple[Agenda, Agenda]:
        """What is over, by the day on which it began, and what begins from today on."""
        past: Agenda = {}
        for event in self.events:
            if event.last_day < today:
                past.setdefault(event.first_day, []).append(event)
        coming = {day: events for day, events in self.agenda.items() if day >= today}
        return past, coming


def by_month(
    events: Iterable[EventView], since: date, language: str
) -> dict[str, list[EventView]]:
    """Events by the month that they begin in, by its name, as the list has them.

    What began before a day is in that day's month, where a list from then on has it.
    """
    months: dict[str, list[EventView]] = {}
    for event in events:
        month = max(event.first_day, since).replace(day=1)
        months.setdefault(dates.month(month, language), []).append(event)
    return months


def _per_day(days: Iterable[tuple[date, date]]) -> Counter[date]:
    """How many of the stretches of first and last days, short of a week, have a day."""
    return Counter(
        first + timedelta(days=number)
        for first, last in days
        if (last - first).days < WEEK
        for number in range((last - first).days + 1)
    )


def _several_days(event: EventView) -> bool:
    return event.last_day > event.first_day


def _length(event: EventView) -> int:
    return (event.last_day - event.first_day).days


def _lanes(bars: Iterable[Bar]) -> list[list[Bar]]:
    """Each bar in the first lane that has room for it."""
    lanes: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda bar: bar.column):
        lane = next((lane for lane in lanes if lane[-1].after <= bar.column), None)
        if lane is None:
            lanes.append([bar])
        else:
            lane.append(bar)
    return lanes
