"""Times of an imported event, as raw values of the form's fields."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from space.dates.zones import fixed_offset
from space.imports.calendar.vevents import Event
from space.imports.draft import Note
from space.imports.times.durations import read_duration
from space.imports.times.recurrences import series_of
from space.imports.times.stamps import (
    SHOWN,
    CalendarTime,
    read_stamp,
    zone_named,
    zone_of,
)
from space.schema.kinds import Value

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Times:
    """Values for the fields of an event's times, and notes on them."""

    values: dict[str, Value]
    notes: tuple[Note, ...] = ()


def times_of(event: Event, overrides: Sequence[Event] = ()) -> Times:
    """The times of an event; a value that cannot be read stays as it is in the file.

    `overrides` are the overrides of its series in the same file.
    """
    line = event.first("DTSTART")
    start = read_stamp(event, line) if line else None
    if start is None:
        raw = line.value.strip()[:SHOWN] if line else ""
        return _without_start(event, overrides, raw)
    start, notes = _in_its_zone(event, start)
    start = _whole_day(event, start)
    values: dict[str, Value] = {"start": start.text}
    if start.zone or start.named:
        values["timezone"] = start.zone or start.named
    end = _end(event, start)
    series, told = series_of(event, overrides, start, length_of(start, end))
    return Times(values | end | series, (*notes, *told))


def length_of(start: CalendarTime, end: dict[str, Value]) -> timedelta | None:
    """The duration of a timed event, None without an end."""
    stamp = CalendarTime(str(end.get("end", "")), start.zone)
    try:
        return stamp.moment.utc - start.moment.utc
    except ValueError:
        return None


def _in_its_zone(event: Event, start: CalendarTime) -> tuple[CalendarTime, list[Note]]:
    """The start in the time zone that the file means, and a note on a guess."""
    home = zone_named(event, event.calendar.properties.get("X-WR-TIMEZONE", ""))
    if start.all_day:
        return replace(start, zone=start.zone or home), []
    if not start.zone and not start.named:
        return _proposed(event, start, home)
    # In another zone a rule may mean other days of the week.
    if start.zone == "UTC" and home not in {"", "UTC"} and not event.first("RRULE"):
        return start.in_zone(home), [Note("utc", (home,))]
    if fixed_offset(start.zone):
        return _by_zone_of_end(event, start), []
    is_told = start.zone and not start.sure
    return start, [Note("zone", (start.zone,))] if is_told else []


def _proposed(
    event: Event, start: CalendarTime, home: str
) -> tuple[CalendarTime, list[Note]]:
    """A floating start in the zone of its calendar, or in the only VTIMEZONE."""
    named = list(event.calendar.zones)
    only = zone_named(event, named[0]) if len(named) == 1 else ""
    if proposed := home or only:
        return replace(start, zone=proposed), [Note("zone", (proposed,))]
    return start, [Note("floating")]


def _by_zone_of_end(event: Event, start: CalendarTime) -> CalendarTime:
    """A start with an offset in the zone of its end, if the wall time is equal."""
    line = event.first("DTEND")
    end = read_stamp(event, line) if line else None
    moved = start.in_zone(end.zone) if end and not end.all_day else start
    return moved if moved.text == start.text else start


def _without_start(event: Event, overrides: Sequence[Event], raw: str) -> Times:
    """The other times of an event whose start cannot be read."""
    values: dict[str, Value] = {"start": raw} if raw else {}
    said = [event.first(name) for name in ("DTSTART", "DTEND")]
    zones = [zone_of(event, line) for line in said if line]
    zone = next((stamp for stamp in zones if stamp.zone), CalendarTime(""))
    home = zone_named(event, event.calendar.properties.get("X-WR-TIMEZONE", ""))
    if zone_name := zone.zone or home:
        values["timezone"] = zone_name
    length = event.first("DURATION")
    if said[1] and (end := read_stamp(event, said[1])):
        text = (
            end.later(-_DAY).text[:10] if end.all_day else end.in_zone(zone_name).text
        )
        values["end"] = text
    elif raw_end := said[1] or length:
        values["end"] = raw_end.value.strip()[:SHOWN]
    # Dates of a series stand as they are: nothing says whether it takes whole days.
    frame = CalendarTime(" ", zone_name)
    series, notes = series_of(event, overrides, frame, None)
    return Times(values | series, tuple(notes))


def _whole_day(event: Event, start: CalendarTime) -> CalendarTime:
    """The start as a day, if Outlook marks midnight to midnight as a whole day."""
    said = event.first("X-MICROSOFT-CDO-ALLDAYEVENT")
    midnight = start.text.endswith(" 00:00")
    if midnight and said is not None and said.value.strip().upper() == "TRUE":
        return replace(start, text=start.text[:10])
    return start


def _end(event: Event, start: CalendarTime) -> dict[str, Value]:
    line = event.first("DTEND")
    if line is None:
        return _end_from_duration(event, start)
    end = read_stamp(event, line)
    if end is None:
        return {"end": line.value.strip()[:SHOWN]}
    if start.all_day and (end.all_day or end.text.endswith(" 00:00")):
        # iCalendar counts the day after the last one (RFC 5545 §3.6.1).
        last = CalendarTime(end.text[:10]).later(-_DAY)
        return {"end": last.text[:10]} if last.text[:10] > start.text else {}
    if not start.all_day and end.all_day:
        end = CalendarTime(f"{end.text} 00:00", start.zone)
    if start.zone and not end.all_day:
        end = end.in_zone(start.zone)
    return {"end": end.text} if end.text != start.text else {}


def _end_from_duration(event: Event, start: CalendarTime) -> dict[str, Value]:
    duration = event.first("DURATION")
    if duration is None:
        return {}
    length = read_duration(duration.value)
    if length is None:
        return {"end": duration.value.strip()[:SHOWN]}
    if start.all_day:
        last = replace(start, zone="").later(length - _DAY).text[:10]
        return {"end": last} if last > start.text else {}
    end = start.later(length)
    return {"end": end.text} if end.text != start.text else {}
