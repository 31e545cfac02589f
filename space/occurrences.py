"""When an event takes place: once, or as often as its recurrence says.

A series is shown from a year back to two years ahead, in whole months so that the
result changes with the month and not with the day, and at most `MAX_OCCURRENCES`
times: those to come first, then the latest past ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from space.recurrence import Recurrence
from space.schema import Values
from space.times import Moment, Span

MAX_OCCURRENCES = 400
_PATIENCE = timedelta(days=40 * 365)  # the longest wait for a first occurrence
_LAST_MOMENT = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The first time of an event, and how it recurs: not at all where `rule` is None.

    `exceptions` are wall times, or days on which no occurrence counts.
    """

    first: Span
    rule: Recurrence | None = None
    exceptions: frozenset[str] = frozenset()

    @classmethod
    def of(cls, values: Values) -> Self:
        """The schedule of published values; ValueError as `span_of`.

        A rule that cannot be read, or never comes true, leaves a single time. If
        the start is not on the rule, the first time is the one that is.
        """
        span = span_of(values)
        try:
            rule = Recurrence.parse(str(values.get("recurrence", "")))
        except ValueError:
            return cls(span)
        start = span.start.date
        day = next(rule.dates(start, start + _PATIENCE), None)
        if day is None:
            return cls(span)
        return cls(_moved(span, day), rule, frozenset(values.get("except", ())))

    @property
    def until(self) -> datetime | None:
        """The last instant at which an occurrence may begin, None without one."""
        until = self.rule.until if self.rule else None
        if until is None:
            return None
        if until.utc:
            return datetime.combine(until.day, until.clock or time(), UTC)
        clock = until.clock or _LAST_MOMENT
        return Moment(until.day, clock, self.first.start.zone).utc

    def times(self, today: date) -> tuple[Span, ...]:
        """All times in order, as seen on a UTC day."""
        if self.rule is None:
            return (self.first,)
        found = list(self._series(*window(today)))
        past = sum(_last_day(span) < today.replace(day=1) for span in found)
        surplus = max(0, len(found) - MAX_OCCURRENCES)
        found = found[min(past, surplus) :]
        return tuple(found[:MAX_OCCURRENCES])

    def _series(self, first: date, last: date) -> Iterator[Span]:
        if self.rule is None:
            return
        until, start = self.until, self.first.start
        length = _last_day(self.first) - start.date + timedelta(days=1)  # or less
        for day in self.rule.dates(start.date, last):
            if day + length < first:
                continue
            span = _moved(self.first, day)
            if until and span.start_utc > until:
                return
            excepted = {str(span.start), day.isoformat()} & self.exceptions
            if _last_day(span) >= first and not excepted:
                yield span


def span_of(values: Values) -> Span:
    """The span of published values; raises ValueError for values without one.

    Only readable pages are published, so an error here is a bug in what published it.
    """
    match Span.of(values):
        case Span() as span:
            return span
        case problem:
            raise ValueError(f"published without a time: {problem}")


def occurrences(values: Values, today: date) -> tuple[Span, ...]:
    """When a published event takes place, as seen on a UTC day."""
    return Schedule.of(values).times(today)


def window(today: date) -> tuple[date, date]:
    """The first and the last day on which series are shown."""
    after = today.month + 1
    end = date(today.year + 2 + after // 13, (after - 1) % 12 + 1, 1)
    return date(today.year - 1, today.month, 1), end - timedelta(days=1)


def _moved(span: Span, day: date) -> Span:
    """The span on another day, with its exact duration (RFC 5545 §3.8.2.2)."""
    start = Moment(day, span.start.time, span.start.zone)
    if span.end is None:
        return Span(start)
    if span.all_day:
        days = span.end.date - span.start.date
        return Span(start, Moment(day + days, None, start.zone))
    end = (start.utc + (span.end_utc - span.start_utc)).astimezone(start.local.tzinfo)
    return Span(start, Moment(end.date(), end.time(), start.zone))


def _last_day(span: Span) -> date:
    return (span.end or span.start).date
