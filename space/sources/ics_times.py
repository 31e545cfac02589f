"""Times of an event of a public calendar as an entry has them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from space.codec.values.zone_names import read_zone_name
from space.dates.moments import LAST_DAY, Span
from space.dates.recurrence import Recurrence
from space.dates.schedule import span_of
from space.schema.kinds import Value, load_kind
from space.sources.entry import Entry
from space.sources.ics_losses import Loss, LostError

LONGEST = timedelta(days=400)
"""No single event that began earlier is looked at: it is over, or nearly. No series is
taken whose times are longer: more and more of them would go on at once."""
MOST_PATIENCE = timedelta(days=5 * 366)
"""How long a rule may have no date. To look for one takes the longer, the rarer."""
_UNTIL = re.compile(r"UNTIL=([0-9]{8})", re.ASCII)


def with_times(
    values: Mapping[str, Value], home: str, now: datetime
) -> tuple[Entry, list[Loss]]:
    """An entry of these times as of an aware time, and what of them is lost.

    `home` is the zone of times without one. A rule that Space has no form for, or that
    hardly ever comes true, leaves the dates that the calendar lists. Raises `LostError`
    for an event without a start or a zone, and for a series of too long times.
    """
    start, end = str(values.get("start", "")), str(values.get("end", ""))
    if not isinstance(Span.of({"start": start, "timezone": "UTC"}), Span):
        raise LostError(Loss.START)
    zone = _zone(start, str(values.get("timezone", "")), home)
    losses: list[Loss] = []
    if not isinstance(Span.of({"start": start, "end": end, "timezone": zone}), Span):
        losses += [Loss.END] * bool(end)
        end = ""
    span = span_of({"start": start, "end": end, "timezone": zone})
    told = str(values.get("recurrence", ""))
    rule = told if told and _is_taken(told, span.start.date, now) else ""
    if told and not rule and not _is_past(told, now):
        losses.append(Loss.RULE)
    added = most("also", values.get("also", ()))
    if (rule or added) and span.end_utc - span.start_utc > LONGEST:
        raise LostError(Loss.LENGTH)
    entry = Entry(
        id=0,
        start=start,
        end=end,
        zone=zone,
        recurrence=rule,
        exceptions=most("except", values.get("except", ())),
        added=added,
    )
    return entry, losses


def most(name: str, items: Iterable[str]) -> tuple[str, ...]:
    """As many different items as a field may have: of dates the latest."""
    different = tuple(dict.fromkeys(items))
    bound = load_kind("event").fields[name].max_items
    return different[:bound] if name == "topics" else tuple(sorted(different)[-bound:])


def _zone(start: str, named: str, home: str) -> str:
    """The zone of an event; UTC of whole days of which nothing says it."""
    zone = read_zone_name(named) if named else home
    if not zone and " " not in start:
        zone = home or "UTC"
    if not zone:
        raise LostError(Loss.ZONE)
    return zone


def _is_taken(text: str, first: date, now: datetime) -> bool:
    """Whether a rule can be read, and has a date within some years, also from now."""
    try:
        rule = Recurrence.parse(text)
    except ValueError:
        return False
    last = min(first + MOST_PATIENCE, LAST_DAY)
    if next(rule.dates(first, last), None) is None:
        return False
    if rule.count or rule.until:
        return True
    since = max(first, now.date())
    return (
        next(rule.dates(first, min(since + MOST_PATIENCE, LAST_DAY), since), None)
        is not None
    )


def _is_past(text: str, now: datetime) -> bool:
    """Whether a rule, whatever it means, ended before an aware time."""
    until = _UNTIL.search(text)
    return until is not None and until[1] < f"{now:%Y%m%d}"
