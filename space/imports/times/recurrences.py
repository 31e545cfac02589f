"""Recurrence set of an imported series: rule, EXDATE, RDATE and overrides."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from space.dates.moments import LAST_YEAR
from space.dates.recurrence import Recurrence
from space.imports.calendar.vevents import Event, Property
from space.imports.draft import Note, NoteCode
from space.imports.times.durations import read_duration
from space.imports.times.stamps import SHOWN, CalendarTime, read_stamp
from space.schema.kinds import Value

MAX_DATES = 400  # exceptions of a series, and as many additions
MAX_RULE = 500
_LISTED = 20
_CLOCK_PARTS = frozenset(("BYHOUR", "BYMINUTE", "BYSECOND"))
_UNTIL = re.compile(r"UNTIL=([0-9]{4})-?([0-9]{2})-?([0-9]{2})", re.ASCII)


@dataclass(slots=True)
class _Told:
    """Dates that the form cannot hold, collected for notes."""

    unread: list[str] = field(default_factory=list)
    lengths: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


def series_of(
    event: Event,
    overrides: Sequence[Event],
    start: CalendarTime,
    length: timedelta | None,
) -> tuple[dict[str, Value], list[Note]]:
    """Values for the fields of a series, empty for a single event and an override.

    `start` and `length` are those of its first occurrence; `length` is None without an
    end.
    """
    rule = event.first("RRULE")
    if event.first("RECURRENCE-ID"):
        return {}, []
    values: dict[str, Value] = {}
    notes: list[Note] = []
    if rule is not None:
        values["recurrence"], notes = _rule(event, rule.value, start)
    told = _Told()
    excepted: tuple[str, ...] = ()
    if rule is not None or event.first("RDATE"):
        cancelled = _overridden(overrides, start, told)
        excepted = (*_dates(event, "EXDATE", start, told), *cancelled)
    added = _dates(event, "RDATE", start, told, length)
    for name, dates in (("except", excepted), ("also", added)):
        if kept := tuple(dict.fromkeys(dates))[:MAX_DATES]:
            values[name] = kept
    lost: tuple[tuple[NoteCode, list[str]], ...] = (
        ("dates-unread", told.unread),
        ("lengths", told.lengths),
        ("moved", told.changed),
    )
    notes += [Note(code, (_listed(dates),)) for code, dates in lost if dates]
    return values, notes


def _rule(event: Event, raw: str, start: CalendarTime) -> tuple[str, list[Note]]:
    """The rule without redundant parts; as it is if `Recurrence` cannot read it."""
    notes: list[Note] = []
    first = _normal(raw)
    others = [*event.all("RRULE")[1:], *event.all("EXRULE")]
    rules = dict.fromkeys(_normal(line.value) for line in others if line.value.strip())
    if left := [line for line in rules if line != first]:
        notes.append(Note("rules", (_listed(left),)))
    parts = [part for part in first.split(";") if not _repeats_clock(part, start)]
    within = [part for part in parts if not _is_for_ever(part)]
    text = ";".join(within)
    try:
        Recurrence.parse(text)
    except ValueError:
        return first, notes
    return text, notes + [Note("for-ever")] * (len(within) < len(parts))


def _normal(raw: str) -> str:
    """A rule in upper case, its dates and times in the basic format of ISO 8601."""
    text = re.sub(r"\s", "", raw[: MAX_RULE * 2]).upper().removeprefix("RRULE:")
    return _UNTIL.sub(r"UNTIL=\1\2\3", text.strip(";").replace(":", ""))[:MAX_RULE]


def _is_for_ever(part: str) -> bool:
    """Whether a part is an UNTIL after the last year that events may have."""
    until = _UNTIL.match(part)
    return until is not None and int(until[1]) > LAST_YEAR


def _repeats_clock(part: str, start: CalendarTime) -> bool:
    """Whether a part repeats the time of the start (BYHOUR, BYMINUTE, BYSECOND).

    These parts are to be ignored for whole days (RFC 5545 §3.3.10).
    """
    name, _, value = part.partition("=")
    if name not in _CLOCK_PARTS or not value.isdecimal() or not start.text.strip():
        return False
    if start.all_day:
        return True
    hour, minute = start.text[-5:].split(":")
    # Starts have no seconds here, so BYSECOND is redundant.
    clock = {"BYHOUR": hour, "BYMINUTE": minute, "BYSECOND": value}
    return int(clock[name]) == int(value)


def _dates(
    event: Event,
    name: str,
    start: CalendarTime,
    told: _Told,
    length: timedelta | None = None,
) -> Iterator[str]:
    for line in event.all(name):
        for value in line.value.split(",")[:MAX_DATES]:
            first, _, end = value.partition("/")
            stamp = read_stamp(event, line, first)
            if stamp is None:
                if value.strip():
                    told.unread.append(value.strip()[:SHOWN])
                continue
            text = _in_frame(stamp, start)
            if end and _length(event, line, stamp, end) != length:
                told.lengths.append(text)
            yield text


def _in_frame(stamp: CalendarTime, start: CalendarTime) -> str:
    """An occurrence as a day or a wall time in the zone of the start."""
    return stamp.text[:10] if start.all_day else stamp.in_zone(start.zone).text


def _length(
    event: Event, line: Property, stamp: CalendarTime, end: str
) -> timedelta | None:
    """The duration of a PERIOD value (RFC 5545 §3.3.9)."""
    last = read_stamp(event, line, end)
    return last.moment.utc - stamp.moment.utc if last else read_duration(end)


def _overridden(
    overrides: Sequence[Event], start: CalendarTime, told: _Told
) -> Iterator[str]:
    """Occurrences that overrides cancel; other overrides are collected in `told`."""
    for override in overrides:
        recurrence_id = override.first("RECURRENCE-ID")
        stamp = read_stamp(override, recurrence_id) if recurrence_id else None
        text = _in_frame(stamp, start) if stamp else ""
        onwards = recurrence_id is not None and "RANGE" in recurrence_id.parameters
        if text and override.is_cancelled and not onwards:
            yield text
        elif recurrence_id:
            told.changed.append(text or recurrence_id.value.strip()[:SHOWN])


def _listed(texts: Sequence[str]) -> str:
    more = ["\N{HORIZONTAL ELLIPSIS}"] if len(texts) > _LISTED else []
    return ", ".join([*dict.fromkeys(texts[:_LISTED]), *more])
