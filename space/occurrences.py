"""When an event takes place: once, or as often as its recurrence says.

A series is shown from a year back to two years ahead, in whole months so that the
result changes with the month and not with the day, and at most `MAX_OCCURRENCES`
times: those to come first, then the latest past ones. An event that is on a few dates
without a rule is shown on all of them, as any other.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
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
    """The first time of an event, and how it recurs: not at all without a rule.

    `exceptions` are wall times, or days on which no occurrence counts. `added` are
    starts beside those of the rule, in order and after the first.
    """

    first: Span
    rule: Recurrence | None = None
    exceptions: frozenset[str] = frozenset()
    added: tuple[Moment, ...] = ()

    @classmethod
    def of(cls, values: Values) -> Self:
        """The schedule of published values; ValueError as `span_of`.

        A rule that cannot be read, or never comes true, is none. If the start is not
        on the rule, the first time is the one that is.
        """
        span = span_of(values)
        rule: Recurrence | None = None
        try:
            rule = Recurrence.parse(str(values.get("recurrence", "")))
        except ValueError:
            day = None
        else:
            start = span.start.date
            day = next(rule.dates(start, start + _PATIENCE), None)
        if day is None:
            rule = None
        else:
            span = _moved(span, replace(span.start, date=day))
        exceptions = frozenset(values.get("except", ()))
        found = cls(span, rule, exceptions)
        added = found._added(values)
        if rule is None and not added:
            return cls(span)
        return replace(found, added=added)

    @property
    def recurs(self) -> bool:
        """Whether it takes place more than once."""
        return self.rule is not None or bool(self.added)

    @property
    def until(self) -> datetime | None:
        """The last instant at which the rule lets one begin, None without one."""
        until = self.rule.until if self.rule else None
        if until is None:
            return None
        if until.utc:
            return datetime.combine(until.day, until.clock or time(), UTC)
        clock = until.clock or _LAST_MOMENT
        return Moment(until.day, clock, self.first.start.zone).utc

    def times(
        self, today: date, replaced: Collection[str] = frozenset()
    ) -> tuple[Span, ...]:
        """All times in order, as seen on a UTC day.

        `replaced` are starts of those that a page of their own stands for.
        """
        if not self.recurs:
            return (self.first,)
        first, last = window(today)
        if self.rule is None:
            first, last = date.min, date.max
        found = [
            span for span in self._spans(first, last) if str(span.start) not in replaced
        ]
        past = sum(_last_day(span) < today.replace(day=1) for span in found)
        surplus = max(0, len(found) - MAX_OCCURRENCES)
        found = found[min(past, surplus) :]
        return tuple(found[:MAX_OCCURRENCES])

    def occurrence(self, text: str) -> Moment | None:
        """The start of the occurrence that a moment names, None where there is none.

        The one that begins then, or else the one of that day, so that a series may
        move to another hour or zone under the pages of its changed dates.
        """
        try:
            named = Moment.parse(text, self.first.start.zone)
        except ValueError:
            return None
        if not self.recurs or named.date > self.first.start.date + _PATIENCE:
            return None
        starts = list(self._starts(named.date, named.date))
        exact = [start for start in starts if str(start) == str(named)]
        return next(iter(exact or starts), None)

    def _spans(self, first: date, last: date) -> Iterator[Span]:
        """Those that touch these days."""
        days = _last_day(self.first) - self.first.start.date + timedelta(days=1)
        since = first if first - date.min < days else first - days
        for start in self._starts(since, last):
            span = _moved(self.first, start)
            if _last_day(span) >= first:
                yield span

    def _starts(self, first: date, last: date) -> Iterator[Moment]:
        """Starts on these days in order, without the exceptions."""
        added = [start for start in self.added if first <= start.date <= last]
        own = (each for each in self._on_rule(first, last) if not self._excepted(each))
        return heapq.merge(own, added, key=str)

    def _excepted(self, start: Moment) -> bool:
        return not self.exceptions.isdisjoint({str(start), start.date.isoformat()})

    def _added(self, values: Values) -> tuple[Moment, ...]:
        """The dates of `also` as starts like the first: a day alone has its time.

        Those that count anyhow are not among them, as not every calendar program
        takes an RDATE on the rule for the same, or an EXDATE for stronger.
        """
        first, found = self.first.start, set()
        for text in values.get("also", ()):
            try:
                moment = Moment.parse(text, first.zone)
            except ValueError:
                continue
            clock = None if first.all_day else moment.time or first.time
            found.add(replace(moment, time=clock))
        late = [each for each in found if str(each) > str(first)]
        if not late:
            return ()
        days = [each.date for each in late]
        known = set(self._on_rule(min(days), max(days)))
        new = (each for each in late if each not in known and not self._excepted(each))
        return tuple(sorted(new, key=str))

    def _on_rule(self, first: date, last: date) -> Iterator[Moment]:
        start, until = self.first.start, self.until
        if self.rule is None:
            if first <= start.date <= last:
                yield start
            return
        for day in self.rule.dates(start.date, last, since=first):
            moment = replace(start, date=day)
            if until and moment.utc > until:
                return
            if day >= first:
                yield moment


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


def _moved(span: Span, start: Moment) -> Span:
    """The span from another start on, with its exact duration (RFC 5545 §3.8.2.2)."""
    if span.end is None:
        return Span(start)
    if span.all_day:
        days = span.end.date - span.start.date
        return Span(start, replace(start, date=start.date + days))
    end = (start.utc + (span.end_utc - span.start_utc)).astimezone(start.local.tzinfo)
    return Span(start, replace(start, date=end.date(), time=end.time()))


def _last_day(span: Span) -> date:
    return (span.end or span.start).date
