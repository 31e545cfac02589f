"""Times of events: wall time plus zone is the value, UTC is derived.

A wall time that clocks skip counts by the offset before the change, one that they
show twice is the first of the two: `fold=0` of PEP 495, as MediaWiki's `formatDate`
does it, too.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Self

from space.dates.tzdata import read_zone
from space.dates.zones import fixed_offset, known_zone, zone
from space.schema.kinds import Values
from space.schema.problems import Problem

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years in which anything may be dated: events, UNTIL of rules, filters, months. Beyond
them a year is a slip of the keyboard, or a program's way of saying "for ever". Python's
dates go on to 9999, so no sum of dates within these years overflows."""
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: ([0-9]{2}:[0-9]{2}))?", re.ASCII)


def is_dated(day: date) -> bool:
    """Whether a day lies in `FIRST_YEAR` to `LAST_YEAR`."""
    return FIRST_DAY <= day <= LAST_DAY


def day_named(text: str) -> date | None:
    """The day that a text such as `2026-11-28` names; None for any other text."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def utc_day(instant: datetime) -> date:
    """The UTC day of an aware time."""
    return instant.astimezone(UTC).date()


def unix_midnight(day: date) -> int:
    """The Unix time, in seconds, at which a UTC day begins."""
    return int(utc_midnight(day).timestamp())


def utc_midnight(day: date) -> datetime:
    """The instant at which a UTC day begins."""
    return datetime.combine(day, time(), UTC)


@lru_cache(maxsize=4096)
def skipped_days(zone_name: str, clock: time) -> frozenset[date]:
    """The days on which a known zone has no such wall time, as clocks go forward.

    Clocks are put forward by an hour as a rule, by a day where the date line moves.
    """
    if zone_name == "UTC" or fixed_offset(zone_name) is not None:
        return frozenset()
    first, last = (int(utc_midnight(day).timestamp()) for day in (FIRST_DAY, LAST_DAY))
    days = set()
    for change in read_zone(zone_name).between(first, last):
        start = change.wall
        end = start + timedelta(seconds=change.after.offset - change.before.offset)
        for day in (start.date(), end.date()):
            if start <= datetime.combine(day, clock, UTC) < end:
                days.add(day)
    return frozenset(days)


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time in a zone, or a whole day of it where `time` is None."""

    date: date
    time: time | None
    zone: str

    @staticmethod
    def parse(text: str, zone: str) -> "Moment":
        """Read canonical text: `2026-11-28 10:00`, or `2026-11-28` for a whole day.

        Raises ValueError for any other text, a day the calendar lacks, a year out of
        range or an unknown zone.
        """
        moment = _derived(text, zone)
        if not is_dated(moment.date):
            raise ValueError(f"not a year of an event: {text!r}")
        return moment

    @staticmethod
    def derived(text: str, zone: str) -> "Moment":
        """Read canonical text of any year, as sums of moments have it.

        The end of a series' last time may lie beyond the years in which events begin.
        Raises ValueError as `parse` does, but for the year.
        """
        return _derived(text, zone)

    def __str__(self) -> str:
        day = self.date.isoformat()
        return f"{day} {self.time:%H:%M}" if self.time else day

    @property
    def all_day(self) -> bool:
        """Whether this is a whole day."""
        return self.time is None

    @property
    def local(self) -> datetime:
        """The aware wall time; the first midnight of a whole day."""
        return datetime.combine(self.date, self.time or time(), zone(self.zone))

    @property
    def utc(self) -> datetime:
        """The instant in UTC."""
        return self.local.astimezone(UTC)

    @property
    def next_day(self) -> Self:
        """The moment on the following day, at this wall time."""
        return type(self)(self.date + timedelta(days=1), self.time, self.zone)


@lru_cache(maxsize=8192)  # lists read the same texts again and again
def _derived(text: str, zone: str) -> Moment:
    match = _MOMENT.fullmatch(text)
    if not match or not known_zone(zone):
        raise ValueError(f"not a moment in a zone: {text!r}, {zone!r}")
    clock = time.fromisoformat(match[2]) if match[2] else None
    return Moment(date.fromisoformat(match[1]), clock, zone)


@dataclass(frozen=True, slots=True)
class Span:
    """One time of an event, from start to end.

    Both ends are whole days (`end` inclusive) or both are wall times; without an end
    a whole day lasts that day, and a wall time has no length that anybody knows.
    """

    start: Moment
    end: Moment | None = None

    @classmethod
    def of(cls, values: Values) -> Self | Problem:
        """The span of an event's values, or the first reason why it has none."""
        zone_name = values.get("timezone")
        if not isinstance(zone_name, str) or not known_zone(zone_name):
            return Problem("zone" if zone_name else "missing", "timezone")
        start = _moment(values, "start", zone_name)
        if isinstance(start, Problem):
            return start
        end = _moment(values, "end", zone_name) if values.get("end") else None
        if isinstance(end, Problem):
            return end
        if end and (end.all_day != start.all_day or end.utc < start.utc):
            code = "end-before-start" if end.all_day == start.all_day else "end-kind"
            return Problem(code, "end", params=(str(start), str(end)))
        return cls(start, end)

    @classmethod
    def derived(cls, start: str, end: str | None, zone: str) -> Self:
        """The span of texts in the store; raises ValueError as `Moment.derived`."""
        first = Moment.derived(start, zone)
        return cls(first, Moment.derived(end, zone) if end else None)

    @property
    def all_day(self) -> bool:
        """Whether both ends are whole days."""
        return self.start.all_day

    @property
    def last_day(self) -> date:
        """The last day on which it takes place, in its own zone.

        What ends at midnight does not take place on the day that begins then.
        """
        end = self.end or self.start
        at_midnight = end.time == time() and end.date > self.start.date
        return end.date - timedelta(days=1) if at_midnight else end.date

    @property
    def start_utc(self) -> datetime:
        """The first instant, in UTC."""
        return self.start.utc

    @property
    def end_utc(self) -> datetime:
        """The instant after the last, in UTC; `start_utc` when no end is known."""
        end = self.end or self.start
        return end.next_day.utc if self.all_day else end.utc


def _moment(values: Values, field: str, zone_name: str) -> Moment | Problem:
    text = values.get(field, "")
    try:
        return Moment.parse(str(text), zone_name)
    except ValueError:
        return Problem("moment" if text else "missing", field, params=(str(text),))
