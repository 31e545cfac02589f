"""When an event takes place: once, or as often as its recurrence says.

A series is shown from a year back to two years ahead, in whole months so that the
result changes with the month and not with the day, and at most `MAX_OCCURRENCES`
times: those to come first, then the latest past ones.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from space.recurrence import Recurrence
from space.schema import Values
from space.times import Moment, Span

MAX_OCCURRENCES = 400
_LAST_MOMENT = time(23, 59, 59)


def span_of(values: Values) -> Span:
    """The span of a published event; raises ValueError for values that have none.

    Only readable pages are published, so an error here is a bug in what published it.
    """
    match Span.of(values):
        case Span() as span:
            return span
        case problem:
            raise ValueError(f"published without a time: {problem}")


def recurrence_of(values: Values) -> Recurrence | None:
    """The rule of an event's values, None where there is none or it is no rule.

    An event with a rule that cannot be read still takes place once.
    """
    try:
        return Recurrence.parse(str(values["recurrence"]))
    except (KeyError, ValueError):
        return None


def window(today: date) -> tuple[date, date]:
    """The first and the last day on which series are shown."""
    after = today.month + 1
    end = date(today.year + 2 + after // 13, (after - 1) % 12 + 1, 1)
    return date(today.year - 1, today.month, 1), end - timedelta(days=1)


def occurrences(values: Values, today: date) -> tuple[Span, ...]:
    """The times of an event in order, as seen on a UTC day."""
    span = span_of(values)
    rule = recurrence_of(values)
    if rule is None:
        return (span,)
    first, last = window(today)
    found = list(_series(span, rule, values, first, last))
    past = sum(_ends(each) < today.replace(day=1) for each in found)
    surplus = max(0, len(found) - MAX_OCCURRENCES)
    found = found[min(past, surplus) :]
    return tuple(found[:MAX_OCCURRENCES])


def until_instant(rule: Recurrence, start: Moment) -> datetime | None:
    """The last instant of a rule with UNTIL, for an event that begins at `start`."""
    until = rule.until
    if until is None:
        return None
    if until.utc:
        return datetime.combine(until.day, until.clock or time(), UTC)
    return Moment(until.day, until.clock or _LAST_MOMENT, start.zone).utc


def _series(
    span: Span, rule: Recurrence, values: Values, first: date, last: date
) -> Iterator[Span]:
    until = until_instant(rule, span.start)
    excluded = set(values.get("except", ()))
    length = _ends(span) - span.start.date + timedelta(days=1)  # or one less
    for day in rule.dates(span.start.date, last):
        if day + length < first:
            continue
        start = Moment(day, span.start.time, span.start.zone)
        if until and start.utc > until:
            return
        each = Span(start, _end(span, start))
        if _ends(each) >= first and not {str(start), day.isoformat()} & excluded:
            yield each


def _end(span: Span, start: Moment) -> Moment | None:
    """The end that keeps the exact duration of the first time (RFC 5545 §3.8.2.2)."""
    if span.end is None:
        return None
    if span.all_day:
        days = span.end.date - span.start.date
        return Moment(start.date + days, None, start.zone)
    local = (start.utc + (span.end_utc - span.start_utc)).astimezone(start.local.tzinfo)
    return Moment(local.date(), local.time(), start.zone)


def _ends(span: Span) -> date:
    return (span.end or span.start).date
