"""Corrections: what organizers say anew of an event, which readers see at once.

Times and status, neither words nor links nor places. Start, end, zone, skipped and
extra dates count together, as they stand in one revision and by the rule that is
published; a date stays within a year of one that was accepted. What others wrote into
the page before is no correction, neither when an organizer saves the page nor when they
undo what was written over it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from space.dates.moments import FIRST_DAY, LAST_DAY, Moment, Span
from space.dates.schedule import Schedule, span_of
from space.review.model import Content
from space.schema.kinds import Field, Value, Values, load_kind

EVENT = "event"
STATUS = ("status",)
TIMES = ("start", "end", "timezone", "except", "also")
GROUPS = (TIMES, STATUS)
"""Fields that are corrected together, all or none."""

REACH = timedelta(days=366)
"""How far a date may move, and an extra one be from those of the event."""

_RULING = ("recurrence", "series", "occurrence")  # what the times depend on


@dataclass(frozen=True, slots=True)
class Before:
    """What stood on a page before an edit.

    `changed` is the content of the revision that it changed, `others` those of the
    revisions by somebody who may not correct, after the published one, without values
    where they cannot be known.
    """

    changed: Content
    others: tuple[Content, ...] = ()


def value_of(values: Values, name: str) -> Value | None:
    """An event's value of a field, or its default."""
    return load_kind(EVENT).fields[name].value_in(values)


def values_of(values: Values, group: tuple[str, ...]) -> tuple[Value | None, ...]:
    """An event's values of a group, in its order."""
    return tuple(value_of(values, name) for name in group)


def is_correction(
    group: tuple[str, ...],
    published: Values,
    shown: Values,
    new: Content,
    before: Before | None,
) -> bool:
    """Whether a revision by an organizer corrects the fields of a group.

    `shown` is what readers saw until then, `before` None if it cannot be known.
    """
    if not _is_sound(new) or before is None or before.changed.kind != EVENT:
        return False
    if values_of(new.values, group) in {
        values_of(published, group),
        values_of(shown, group),
    }:
        return False
    if not all(
        is_own(load_kind(EVENT).fields[name], published, shown, new.values, before)
        for name in group
    ):
        return False
    return group == STATUS or _fits(published, new.values)


def is_own(
    field: Field, published: Values, shown: Values, new: Values, before: Before
) -> bool:
    """Whether an edit's value is what readers saw, what was accepted, or its own.

    What somebody else wrote before becomes so only where the edit puts it in place of
    what readers saw: undoing a change brings back what stood below.
    """
    value = field.value_in(new)
    seen = field.value_in(shown), field.value_in(published)
    if value in seen:
        return True
    if not any(_may_say(other, field, value) for other in before.others):
        return True
    changed = before.changed
    return field.name not in changed.unread and field.value_in(changed.values) in seen


def _may_say(content: Content, field: Field, value: Value | None) -> bool:
    """Whether a text says a value, or one that cannot be known."""
    is_unknown = content.kind != field.kind or field.name in content.unread
    return is_unknown or field.value_in(content.values) == value


def _is_sound(content: Content) -> bool:
    return content.kind == EVENT and not content.broken and not content.unread


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
