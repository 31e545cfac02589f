"""Days that lists are asked for by name, as in `when=weekend`: the `NAMES`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from space.dates.moments import utc_midnight
from space.dates.zones import zone
from space.publication.filters import Filter
from tool.app.views import dates

WHEN = "when"
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)
_MOMENT = timedelta(seconds=1)  # the store counts in seconds


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, from an instant up to another, by the clocks of a zone.

    `first` and `last` are its days there, both inclusive.
    """

    start: datetime
    end: datetime
    first: date
    last: date

    @property
    def is_short(self) -> bool:
        """Whether it matters by whose clocks its days begin."""
        return self.last - self.first <= _WEEK


@dataclass(frozen=True, slots=True)
class Reader:
    """By whose days it is counted: a zone's name, and a language for its weekends."""

    zone: str
    language: str


def period(name: str, now: datetime, reader: Reader) -> Period:
    """What a name stands for at an instant; KeyError for no name."""
    there = zone(reader.zone)
    if name == NOW:
        today = now.astimezone(there).date()
        return Period(now, now + _MOMENT, today, today)
    first, last = _DAYS[name](now.astimezone(there).date(), reader.language)
    start, end = (
        datetime.combine(day, time(), there).astimezone(UTC)
        for day in (first, last + _DAY)
    )
    return Period(start, end, first, last)


def in_words(found: Period, language: str) -> str:
    """The days of a period; empty for an instant, which is the same by all clocks."""
    if found.end - found.start <= _MOMENT:
        return ""
    return dates.days(found.first, found.last, language)


@dataclass(frozen=True, slots=True)
class Window:
    """What a list of events looks at: from an instant up to another, or on and on."""

    start: datetime
    end: datetime | None
    period: Period | None = None


def window(wanted: Filter, when: str, now: datetime, reader: Reader) -> Window:
    """The days of a filter and of a name together; by itself, what is not over."""
    named = period(when, now, reader) if when else None
    starts = [named.start] if named else []
    ends = [named.end] if named else []
    if wanted.since:
        starts.append(utc_midnight(wanted.since))
    if wanted.over:
        ends.append(utc_midnight(wanted.over))
    return Window(max(starts, default=now), min(ends, default=None), named)


def _weekend(today: date, language: str) -> tuple[date, date]:
    # What is over of it is not offered any more.
    first, last = dates.weekend(today, language)
    return max(first, today), last


def _next_month(today: date, _: str) -> tuple[date, date]:
    first = _first_of_next(today)
    return first, _first_of_next(first) - _DAY


def _first_of_next(day: date) -> date:
    return (day.replace(day=1) + 31 * _DAY).replace(day=1)


NOW = "now"
_DAYS: dict[str, Callable[[date, str], tuple[date, date]]] = {
    "weekend": _weekend,
    "next-month": _next_month,
    "today": lambda today, _: (today, today),
    "week": lambda today, _: (today, today + 6 * _DAY),
}
NAMES = (*_DAYS, NOW)
"""In the order in which lists offer them: what most people plan for comes first."""
