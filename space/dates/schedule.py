"""Recurrence sets of events (RFC 5545 §3.8.5), and the window in which they show.

An event on a few dates, with a rule that ends or without one, is shown on all of them,
however old. A longer series is shown from a year back to two years ahead, of the day or
of its own beginning, in whole months so that the result changes with the month and not
with the day: at most `MAX_OCCURRENCES` times, those to come first, then the latest past
ones. Whatever the rule, its next date is among them.
"""

import heapq
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Self

from space.dates.moments import FIRST_DAY, LAST_DAY, Moment, Span, skipped_days
from space.dates.recurrence import Recurrence, Until
from space.dates.zones import zone
from space.schema.kinds import Values

MAX_OCCURRENCES = 400
_PATIENCE = timedelta(days=40 * 365)  # the longest wait for the next occurrence
_DAY = timedelta(days=1)
_LAST_MOMENT = time(23, 59, 59)
_ENDS_OF_DAY = frozenset({time(), _LAST_MOMENT})


@dataclass(frozen=True, slots=True)
class Schedule:
    """The recurrence set of an event: a single time without a rule or added dates.

    `first` is the first time on the rule. `exceptions` are wall times, or days on which
    no occurrence counts. `added` are starts beside those of the rule, in order; some
    may be before the first where the written start is not on the rule.
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
        if not _may_recur(values):
            return cls(span)
        series = _series(span, str(values.get("recurrence", ""))) or Schedule(span)
        exceptions = frozenset(values.get("except", ()))
        schedule = cls(series.first, series.rule, exceptions)
        added = schedule._added(values, span.start)
        if schedule.rule is None and not added:
            return cls(span)
        return replace(schedule, added=added)

    @classmethod
    def planned(cls, values: Values) -> Self:
        """The schedule of published values as if it had no exceptions."""
        return cls.of({**values, "except": ()})

    @property
    def recurs(self) -> bool:
        """Whether there is a rule or an added date."""
        return self.rule is not None or bool(self.added)

    @property
    def ends(self) -> bool:
        """Whether all times can be listed: the rule, if any, has a last date."""
        return self._all() is not None

    @property
    def begins(self) -> Moment:
        """The earliest start: of the rule, or added before it."""
        return min((self.first.start, *self.added[:1]), key=str)

    @property
    def until(self) -> datetime | None:
        """The last instant at which an occurrence may begin, UTC; None without UNTIL.

        Of whole days that is the end of the last day in the event's zone.
        """
        until = self.rule.until if self.rule else None
        if until is None:
            return None
        zone_name = self.first.start.zone
        if self.first.all_day:
            return Moment(_day_of(until, zone_name), _LAST_MOMENT, zone_name).utc
        if until.utc:
            return datetime.combine(until.day, until.clock or time(), UTC)
        return Moment(until.day, until.clock or _LAST_MOMENT, zone_name).utc

    @property
    def skipped(self) -> frozenset[date]:
        """Days on which clocks skip the time at which an occurrence would begin.

        Such dates are ignored and not counted (RFC 5545 §3.3.10), but for the first.
        """
        start = self.first.start
        if start.time is None or self.rule is None:
            return frozenset()
        return skipped_days(start.zone, start.time) - {start.date}

    @property
    def last_counted(self) -> Moment | None:
        """The last start of a rule with COUNT, None of any other rule."""
        if self.rule is None or not self.rule.count:
            return None
        starts = self.on_rule(self.first.start.date, LAST_DAY)
        return max(starts, key=str, default=self.first.start)

    @property
    def skipped_on_rule(self) -> tuple[Moment, ...]:
        """Starts on the rule on skipped days, in order: of an endless one, for decades.

        Not every program that reads a feed ignores them by itself.
        """
        start, last = self.first.start, self.last_counted
        horizon = last.date if last else _horizon(start.date)
        skipped = {day for day in self.skipped if start.date < day <= horizon}
        if self.rule is None or not skipped:
            return ()
        days = replace(self.rule, count=None).dates(start.date, max(skipped))
        return tuple(replace(start, date=day) for day in days if day in skipped)

    def times(
        self, today: date, replaced: Collection[str] = frozenset()
    ) -> tuple[Span, ...]:
        """All times in order, as seen on a UTC day.

        `replaced` are starts of the occurrences that a page of its own overrides.
        """
        if not self.recurs:
            return (self.first,)
        starts = self._all()
        if starts is None:
            spans = self._around(today, replaced)
        else:
            spans = [_moved(self.first, start) for start in starts]
        spans = [span for span in spans if str(span.start) not in replaced]
        past = sum(_last_day(span) < today.replace(day=1) for span in spans)
        surplus = max(0, len(spans) - MAX_OCCURRENCES)
        spans = spans[min(past, surplus) :]
        return tuple(spans[:MAX_OCCURRENCES])

    def coming(self, day: date) -> Iterator[Span]:
        """The times that are not over on a UTC day, in order.

        They are those of `times`, of a long series that ends all of them, and each is
        made only when it is asked for.
        """
        if not self.recurs:
            yield from (span for span in (self.first,) if _ends_by(span) >= day)
            return
        ends = self.rule is None or self.rule.count or self.rule.until
        last = LAST_DAY if ends else self._end_of_window(day)
        month, is_later = f"{day:%Y-%m}", False
        for span in self._spans(max(day, FIRST_DAY + _DAY) - _DAY, last):
            if _ends_by(span) >= day:
                is_later = is_later or str(span.start)[:7] > month
                yield span
        if not (ends or is_later):
            yield from map(self.span_from, self._further(last))

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

    def has(self, start: Moment) -> bool:
        """Whether an occurrence begins then, at exactly this wall time."""
        if not self.recurs:
            return start == self.first.start
        return self.occurrence(str(start)) == start

    def excepts(self, start: Moment) -> bool:
        """Whether `except` leaves out an occurrence, by its start or its day."""
        return not self.exceptions.isdisjoint({str(start), start.date.isoformat()})

    def span_from(self, start: Moment) -> Span:
        """The time of an occurrence with this start."""
        return _moved(self.first, start)

    def on_rule(self, first: date, last: date) -> Iterator[Moment]:
        """Starts on the rule on these days in order, exceptions among them.

        Without a rule that is the one start there is.
        """
        start, until = self.first.start, self.until
        if self.rule is None:
            if first <= start.date <= last:
                yield start
            return
        days = self.rule.dates(start.date, last, since=first, skipped=self.skipped)
        for day in days:
            if day < first:
                continue
            moment = replace(start, date=day)
            if until and moment.utc > until:
                return
            yield moment

    def is_on_rule(self, start: Moment) -> bool:
        """Whether a start is on the rule, as an exception may be."""
        return start in self.on_rule(start.date, start.date)

    def _all(self) -> list[Moment] | None:
        """Every start of a schedule that ends; None of one that goes on too long."""
        if self.rule and not (self.rule.count or self.rule.until):
            return None
        starts = self._starts(FIRST_DAY, LAST_DAY)
        listed = list(islice(starts, MAX_OCCURRENCES + 1))
        return listed if len(listed) <= MAX_OCCURRENCES or not self.rule else None

    def _around(self, today: date, replaced: Collection[str]) -> list[Span]:
        """The times in the window of a UTC day, and the next one after this month."""
        first, last = window(today)[0], self._end_of_window(today)
        spans = list(self._spans(first, last))
        month = f"{today:%Y-%m}"
        if not any(
            str(span.start)[:7] > month and str(span.start) not in replaced
            for span in spans
        ):
            spans += map(self.span_from, self._further(last, replaced))
        return spans

    def _end_of_window(self, today: date) -> date:
        """The last day on which an endless series is shown, as seen on a UTC day."""
        return min(window(max(today, self.begins.date))[1], LAST_DAY)

    def _further(
        self, last: date, replaced: Collection[str] = frozenset()
    ) -> Iterator[Moment]:
        """The next start after a day, if there is one for a long time."""
        starts = self._starts(last + _DAY, _horizon(last))
        return islice((start for start in starts if str(start) not in replaced), 1)

    def _spans(self, first: date, last: date) -> Iterator[Span]:
        """Times whose days overlap these, both inclusive, in order of their starts."""
        days = _last_day(self.first) - self.first.start.date + _DAY
        since = FIRST_DAY + max(first - days - FIRST_DAY, timedelta())
        for start in self._starts(since, last):
            span = _moved(self.first, start)
            if _last_day(span) >= first:
                yield span

    def _starts(self, first: date, last: date) -> Iterator[Moment]:
        """Starts on these days in order, without the exceptions."""
        added = [start for start in self.added if first <= start.date <= last]
        own = (start for start in self.on_rule(first, last) if not self.excepts(start))
        return heapq.merge(own, added, key=str)

    def _added(self, values: Values, written: Moment) -> tuple[Moment, ...]:
        """The dates of `also` from the written start on; a day gets its clock time.

        Dates on the rule and exceptions are left out: not every calendar program
        ignores an RDATE that repeats the rule, or lets an EXDATE win.
        """
        first, moments = self.first.start, set()
        for text in values.get("also", ()):
            try:
                moment = Moment.parse(text, first.zone)
            except ValueError:
                continue
            clock = None if first.all_day else moment.time or first.time
            moments.add(replace(moment, time=clock))
        late = [moment for moment in moments if str(moment) >= str(written)]
        if not late:
            return ()
        days = [moment.date for moment in late]
        counted = set(self.on_rule(min(days), max(days)))
        new = (
            moment
            for moment in late
            if moment not in counted and not self.excepts(moment)
        )
        return tuple(sorted(new, key=str))


def span_of(values: Values) -> Span:
    """The span of published values; raises ValueError for values without one.

    Only readable pages are published, so an error here is a bug in what published it.
    """
    match Span.of(values):
        case Span() as span:
            return span
        case problem:
            raise ValueError(f"published without a time: {problem}")


def recurs(values: Values) -> bool:
    """Whether an event has a rule or an added date, as `Schedule.recurs` says."""
    return _may_recur(values) and Schedule.of(values).recurs


def window(today: date) -> tuple[date, date]:
    """The first and the last day on which series are shown."""
    after = today.month + 1
    end = date(today.year + 2 + after // 13, (after - 1) % 12 + 1, 1)
    return date(today.year - 1, today.month, 1), end - _DAY


def _may_recur(values: Values) -> bool:
    return bool(values.get("recurrence") or values.get("also"))


@lru_cache(maxsize=1024)  # lists ask at each date of a series
def _series(span: Span, text: str) -> Schedule | None:
    """The schedule of a rule from a span on; None for a rule without any date."""
    if not text:
        return None
    try:
        rule = Recurrence.parse(text)
    except ValueError:
        return None
    start = span.start
    day = next(rule.dates(start.date, _horizon(start.date)), None)
    if day is None:
        return None
    schedule = Schedule(_moved(span, replace(start, date=day)), rule)
    is_over = schedule.until is not None and schedule.first.start.utc > schedule.until
    return None if is_over else schedule


def _day_of(until: Until, zone_name: str) -> date:
    """The last day of a series of whole days.

    Programs write a day as the first or the last second that it has in UTC, wherever
    the event is. Any other instant is on the day that it has in the event's zone.
    """
    if not until.utc or until.clock is None or until.clock in _ENDS_OF_DAY:
        return until.day
    instant = datetime.combine(until.day, until.clock, UTC)
    return instant.astimezone(zone(zone_name)).date()


def _horizon(day: date) -> date:
    """The last day on which the next date of a rule is looked for."""
    return min(day + _PATIENCE, LAST_DAY)


def _moved(span: Span, start: Moment) -> Span:
    """The span from another start on, with its exact duration (RFC 5545 §3.8.2.2)."""
    if span.end is None:
        return Span(start)
    if span.all_day:
        days = span.end.date - span.start.date
        return Span(start, replace(start, date=start.date + days))
    end = (start.utc + (span.end_utc - span.start_utc)).astimezone(start.local.tzinfo)
    return Span(start, replace(start, date=end.date(), time=end.time()))


def _ends_by(span: Span) -> date:
    """The UTC day of its end."""
    return span.end_utc.date()


def _last_day(span: Span) -> date:
    return (span.end or span.start).date
