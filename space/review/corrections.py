"""Corrections: what organizers say anew of an event, which readers see at once.

Times and status, neither words nor links nor places. Start, end, zone, skipped and
extra dates count together, as they stand in one revision and by the rule that is
published; a date stays within a year of one that was accepted. What the organizer's
own edit did not bring about is no correction: saving a page does not vouch for what
others wrote into it before.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from space.dates.moments import FIRST_DAY, LAST_DAY, Moment, Span
from space.dates.schedule import Schedule, span_of
from space.review.model import Content
from space.schema.kinds import Value, Values, load_kind

EVENT = "event"
STATUS = ("status",)
TIMES = ("start", "end", "timezone", "except", "also")
GROUPS = (TIMES, STATUS)
"""Fields that are corrected together, all or none."""

REACH = timedelta(days=366)
"""How far a date may move, and an extra one be from those of the event."""

_RULING = ("recurrence", "series", "occurrence")  # what the times depend on


def value_of(values: Values, name: str) -> Value | None:
    """An event's value of a field, or its default."""
    return values.get(name, load_kind(EVENT).fields[name].default)


def values_of(values: Values, group: tuple[str, ...]) -> tuple[Value | None, ...]:
    """An event's values of a group, in its order."""
    return tuple(value_of(values, name) for name in group)


def is_correction(
    group: tuple[str, ...],
    published: Values,
    shown: Values,
    new: Content,
    before: Iterable[Content] | None,
) -> bool:
    """Whether a revision by an organizer corrects the fields of a group.

    `shown` is what readers saw until then, `before` the contents of the revision that
    it changed and of the newest by somebody else, None if they cannot be known.
    """
    if not _is_sound(new) or before is None:
        return False
    if any(content.kind != EVENT for content in before):
        return False
    if values_of(new.values, group) in {
        values_of(published, group),
        values_of(shown, group),
    }:
        return False
    if not all(_is_own(name, published, shown, new, before) for name in group):
        return False
    return group == STATUS or _fits(published, new.values)


def _is_sound(content: Content) -> bool:
    return content.kind == EVENT and not content.broken and not content.unread


def _is_own(
    name: str,
    published: Values,
    shown: Values,
    new: Content,
    before: Iterable[Content],
) -> bool:
    """Whether a value is what readers saw, what was accepted, or the edit's own."""
    value = value_of(new.values, name)
    if value in (value_of(shown, name), value_of(published, name)):
        return True
    return any(value != value_of(content.values, name) for content in before)


def _fits(published: Values, new: Values) -> bool:
    """Whether times fit the published rule, each near one that was accepted."""
    if any(new.get(name) != published.get(name) for name in _RULING):
        return False
    try:
        old, now = Schedule.of(published), Schedule.of(new)
        before, span = span_of(published), span_of(new)
        extra = [Moment.parse(text, span.start.zone).date for text in _extra(new)]
    except ValueError:
        return False
    return (
        (old.rule is None) == (now.rule is None)
        and _is_on_rule(now, span, before)
        and _are_near(span.start.date, before.start.date)
        and _are_near(_last(span), _last(before))
        and all(_is_near(day, old, before) for day in extra)
    )


def _extra(values: Values) -> tuple[str, ...]:
    return tuple(values.get("also", ()))


def _is_on_rule(now: Schedule, span: Span, before: Span) -> bool:
    """Whether a series begins on the day that is written, if that is another one."""
    day = span.start.date
    return day in {before.start.date, now.first.start.date}


def _is_near(day: date, old: Schedule, before: Span) -> bool:
    """Whether a day is near one of the accepted dates."""
    return any(_are_near(day, other) for other in _dates(day, old, before))


def _dates(day: date, old: Schedule, before: Span) -> Iterator[date]:
    """The accepted start, the extra dates, and those of the rule around a day."""
    yield before.start.date
    yield from (moment.date for moment in old.added)
    first = max(day, FIRST_DAY + REACH) - REACH
    last = min(day, LAST_DAY - REACH) + REACH
    yield from (moment.date for moment in old.on_rule(first, last))


def _are_near(one: date, other: date) -> bool:
    return abs(one - other) <= REACH


def _last(span: Span) -> date:
    return (span.end or span.start).date
