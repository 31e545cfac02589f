"""VTIMEZONEs held against tzdata: their onsets are on the wall clock, and true."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise
from typing import NamedTuple

from dateutil.rrule import rrulestr

from space.dates.zones import fixed_offset, known_zone, zone
from tests.support.feeds.ics_grammar import is_local, rule_faults
from tests.support.feeds.ics_parts import Component, events_of

_OFFSET = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?", re.ASCII)
_SECOND = timedelta(seconds=1)


def zone_faults(calendar: Component) -> Iterator[str]:
    """What is wrong with a calendar's VTIMEZONEs, and where they stand."""
    names = [part.name for part in calendar.parts]
    if names != sorted(names, key=lambda name: name != "VTIMEZONE"):
        yield "a VTIMEZONE after a VEVENT"
    zones = [part for part in calendar.parts if part.name == "VTIMEZONE"]
    order = [each.value("TZID") for each in zones]
    if order != sorted(set(order)):
        yield "time zones are not sorted or there twice"
    starts = _zone_starts(calendar)
    if set(order) - set(starts) and events_of(calendar):
        yield f"unused time zones: {set(order) - set(starts)}"
    if set(starts) - set(order):
        yield f"time zones without VTIMEZONE: {set(starts) - set(order)}"
    for each in zones:
        tzid = each.value("TZID")
        onsets = [part.value("DTSTART") for part in each.parts]
        if min(onsets, default="9") > starts.get(tzid, "9"):
            yield f"{tzid} begins after its first event"
        yield from (f"{tzid}: {fault}" for fault in _faults(each, starts.get(tzid)))


def _zone_starts(calendar: Component) -> dict[str, str]:
    """Zone → the first time that names it."""
    starts: dict[str, str] = {}
    for event in events_of(calendar):
        for prop in event.properties:
            if tzid := prop.parameters.get("TZID"):
                first = min(prop.value.split(","))
                starts[tzid] = min(starts.get(tzid, "9"), first)
    return starts


def _faults(vtimezone: Component, first: str | None) -> Iterator[str]:
    written = [fault for part in vtimezone.parts for fault in _written_faults(part)]
    yield from written
    clock = _clock(vtimezone.value("TZID"))
    if clock is None:
        yield "a zone that nobody knows"
    if not vtimezone.parts:
        yield "a zone without an observance"
    if written or clock is None or not vtimezone.parts:
        return  # what cannot be read cannot be held against anything
    changes = sorted(change for part in vtimezone.parts for change in _changes(part))
    for before, after in pairwise(changes):
        if before.after != after.before:
            yield f"TZOFFSETFROM is not what held before {after.onset}"
    for part in vtimezone.parts:
        yield from _onset_faults(part, clock)
    parts = vtimezone.parts
    if len(parts) == 1 and first and is_local(first):
        wall = _time(first).replace(tzinfo=clock)
        if wall.utcoffset() != _offset(parts[0].value("TZOFFSETTO")):
            yield "another offset than the zone has"


def _written_faults(part: Component) -> Iterator[str]:
    if not is_local(part.value("DTSTART")):
        yield "an onset that is no local time"
    for name in ("TZOFFSETFROM", "TZOFFSETTO"):
        if not _OFFSET.fullmatch(part.value(name)):
            yield f"no proper {name}"
    if not part.value("TZNAME"):
        yield "an observance without TZNAME"
    if part.all("RRULE"):
        rule = part.value("RRULE")
        yield from rule_faults(rule)
        if not re.match(r"FREQ=YEARLY;BYMONTH=\d+;(BYMONTHDAY=[\d,]+;)?BYDAY=", rule):
            yield "a rule of clocks that is not yearly"  # Outlook knows no other


class _Change(NamedTuple):
    """A change of clocks: wall time, and the offsets before and after it."""

    onset: datetime
    before: timedelta
    after: timedelta


def _changes(part: Component) -> list[_Change]:
    """The onset of an observance, and that of the next year where it has a rule."""
    offsets = [_offset(part.value(name)) for name in ("TZOFFSETFROM", "TZOFFSETTO")]
    rule, onset = part.value("RRULE"), _time(part.value("DTSTART"))
    further = rrulestr(rule, dtstart=onset).after(onset) if rule else None
    return [_Change(each, *offsets) for each in (onset, further) if each]


def _onset_faults(part: Component, clock: tzinfo) -> Iterator[str]:
    """Whether clocks change then, by tzdata."""
    rule, onset = part.value("RRULE"), _time(part.value("DTSTART"))
    if rule and next(iter(rrulestr(rule, dtstart=onset)), None) != onset:
        yield f"the onset {onset} is not on its rule"
    for change in _changes(part):
        if change.before == change.after and not rule:
            continue  # a new name, or what has held for long
        instant = change.onset.replace(tzinfo=UTC) - change.before
        held = (instant - _SECOND).astimezone(clock).utcoffset()
        new = instant.astimezone(clock).utcoffset()
        if (held, new) != (change.before, change.after):
            yield f"clocks do not change so at {change.onset}"


def _clock(tzid: str) -> tzinfo | None:
    """The zone of a TZID, in which an offset has no colon."""
    name = re.sub(r"^(UTC[+-]\d\d)(\d\d)$", r"\1:\2", tzid)
    return zone(name) if known_zone(name) or fixed_offset(name) is not None else None


def _time(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall time


def _offset(text: str) -> timedelta:
    sign, hours, minutes, seconds = _OFFSET.fullmatch(text).groups()  # type: ignore[union-attr] - looked at before
    size = timedelta(hours=int(hours), minutes=int(minutes), seconds=int(seconds or 0))
    return -size if sign == "-" else size
