"""A month of events as a table of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tool.app import times
from tool.app.presentation import EventView
from tool.app.times import Month

LONG = 7  # days; what takes more is told once, beside the table


@dataclass(frozen=True, slots=True)
class MonthTable:
    """The days of a month, each with what takes place on it."""

    month: Month
    events: dict[date, list[EventView]]
    long: list[EventView]  # would fill whole weeks of the table
    language: str

    @classmethod
    def of(
        cls, month: Month, events: Iterable[EventView], language: str
    ) -> "MonthTable":
        """Put events on their days; whole days come first, as they were given."""
        days: dict[date, list[EventView]] = {}
        long: list[EventView] = []
        for event in events:
            if len(event.days) > LONG:
                if any(day.replace(day=1) == month.first for day in event.days):
                    long.append(event)
                continue
            for day in event.days:
                days.setdefault(day, []).append(event)
        for rows in days.values():
            rows.sort(key=lambda event: not event.span.all_day)
        return cls(month, days, long, language)

    @property
    def title(self) -> str:
        """The month in words."""
        return times.month(self.month.first, self.language)

    @property
    def previous_title(self) -> str:
        """The month before in words."""
        return times.month(self.month.previous, self.language)

    @property
    def next_title(self) -> str:
        """The month after in words."""
        return times.month(self.month.next, self.language)

    @property
    def day_names(self) -> list[tuple[str, str]]:
        """Heads of the columns: short and in full."""
        return self.month.day_names(self.language)

    def on(self, day: date) -> list[EventView]:
        """What takes place on a day."""
        return self.events.get(day, [])

    def inside(self, day: date) -> bool:
        """Whether a day of the table is one of the month."""
        return day.replace(day=1) == self.month.first

    def day_title(self, day: date) -> str:
        """A day in full."""
        return times.day(day, self.language)

    @property
    def agenda(self) -> list[tuple[date, list[EventView]]]:
        """What takes place in the month, each event once: on its first day in it."""
        seen: set[tuple[int, date]] = set()
        found: list[tuple[date, list[EventView]]] = []
        for day in sorted(filter(self.inside, self.events)):
            new = [each for each in self.on(day) if self._key(each) not in seen]
            seen.update(self._key(each) for each in new)
            if new:
                found.append((day, new))
        return found

    @staticmethod
    def _key(event: EventView) -> tuple[int, date]:
        return event.id, event.span.start.date
