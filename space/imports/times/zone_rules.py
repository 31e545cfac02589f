"""IANA zones that match the rules of a VTIMEZONE (RFC 5545 §3.6.5).

A file may define a zone by a name of its own. Without summer time its offset is enough;
else the zones of Windows are compared with its observances.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

from space.dates.recurrence import Recurrence
from space.dates.zones import known_zone, zone
from space.imports.calendar.vevents import VTimezone
from space.imports.times.zone_names import primary_zones

MAX_OBSERVANCES = 40
_MAX_DAYS = 3  # of an observance in a year
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})(?:[0-9]{2})?", re.ASCII)
_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})T([0-9]{2})([0-9]{2})", re.ASCII)
_UNTIL = re.compile(r";?UNTIL=([0-9]{4})[0-9TZ]*", re.IGNORECASE)
_WELL_KNOWN = ("Europe/Berlin", "America/New_York", "Australia/Sydney")
"""Zones preferred over others with equal rules."""

Change = tuple[datetime, timedelta, timedelta]
"""An instant (UTC, aware), and the offsets before and after it."""


def zone_like(timezone: VTimezone, year: int) -> str:
    """The zone that matches a VTIMEZONE in a year, empty without one."""
    if year not in timezone.zones_by_year:
        timezone.zones_by_year[year] = _zone_like(timezone, year)
    return timezone.zones_by_year[year]


def _zone_like(timezone: VTimezone, year: int) -> str:
    changes = sorted(_changes(timezone, year))
    if changes:
        zones = (*_WELL_KNOWN, *primary_zones())
        return next((zone for zone in zones if _goes(zone, changes)), "")
    offsets = {_offset(rule.get("TZOFFSETTO", "")) for rule in _current(timezone, year)}
    return _fixed(offsets.pop()) if len(offsets) == 1 else ""


def _goes(name: str, changes: list[Change]) -> bool:
    """Whether a zone has these changes of its offset."""
    moment = timedelta(minutes=1)
    return all(
        at.astimezone(zone(name)).utcoffset() == after
        and (at - moment).astimezone(zone(name)).utcoffset() == before
        for at, before, after in changes
    )


def _changes(timezone: VTimezone, year: int) -> Iterator[Change]:
    for observance in timezone.observances[:MAX_OBSERVANCES]:
        before = _offset(observance.get("TZOFFSETFROM", ""))
        after = _offset(observance.get("TZOFFSETTO", ""))
        begins = _DAY.match(observance.get("DTSTART", ""))
        if before is None or after is None or before == after or not begins:
            continue
        for day in _days(observance, begins, year):
            hour, minute = int(begins[4]) % 24, int(begins[5]) % 60
            wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
            yield wall - before, before, after


def _days(
    observance: dict[str, str], begins: re.Match[str], year: int
) -> Iterator[date]:
    """The days of a year on which an observance begins, by its RRULE."""
    until = _UNTIL.search(observance.get("RRULE", ""))
    try:
        start = date(int(begins[1]), int(begins[2]), int(begins[3]))
        rule = Recurrence.parse(_UNTIL.sub("", observance["RRULE"].upper()))
    except (KeyError, ValueError):
        return
    if until and int(until[1]) < year:
        return
    first = date(year, 1, 1)
    days = rule.dates(start, date(year, 12, 31), max(start, first))
    yield from islice((day for day in days if day.year == year), _MAX_DAYS)


def _current(timezone: VTimezone, year: int) -> list[dict[str, str]]:
    """Observances that may hold in a year: the latest ones before its end."""
    dated = [
        (begins[0], observance)
        for observance in timezone.observances[:MAX_OBSERVANCES]
        if (begins := _DAY.match(observance.get("DTSTART", "")))
        and int(begins[1]) <= year
    ]
    if not dated:
        return timezone.observances[:MAX_OBSERVANCES]
    since = min(max(begins for begins, _ in dated), f"{year - 1:04}")
    return [observance for begins, observance in dated if begins >= since]


def _offset(text: str) -> timedelta | None:
    match = _OFFSET.fullmatch(text.strip())
    if match is None:
        return None
    size = timedelta(hours=int(match[2]), minutes=int(match[3]))
    return -size if match[1] == "-" else size


def _fixed(offset: timedelta | None) -> str:
    if offset is None:
        return ""
    minutes = offset // timedelta(minutes=1)
    sign = "-" if minutes < 0 else "+"
    name = f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return "UTC" if not minutes else name if known_zone(name) else ""
