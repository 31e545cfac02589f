"""Time zones: IANA names and fixed offsets, from the pinned tzdata package only.

`ZoneInfo(name)` would prefer the machine's own files; `zone` reads tzdata's, so that
every machine derives the same UTC from the same wall time (law 1).
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from space.dates.tzdata import read_zone

_FIXED = re.compile(r"UTC([+-])([0-9]{2}):([0-5][0-9])", re.ASCII)
_WEST, _EAST = timedelta(hours=-12), timedelta(hours=14)
_SUGGESTED = 5
_NOWADAYS = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
_UNLISTED = {"XK": ("Europe/Belgrade",)}  # Kosovo: ISO 3166-1 and tzdata have no code


@cache
def names() -> frozenset[str]:
    """The zone names that pages may use: `Area/Place`, and `UTC`.

    tzdata's other names are abbreviations (`CET`, `EST`) and countries (`Japan`), which
    people mistake for something else.
    """
    lines = (files("tzdata") / "zones").read_text("utf-8").split()
    return frozenset({"UTC", *(name for name in lines if "/" in name)})


def fixed_offset(name: str) -> timedelta | None:
    """The offset of a canonical `UTC+05:30`, None for everything else."""
    match = _FIXED.fullmatch(name)
    if not match:
        return None
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    offset = -offset if match[1] == "-" else offset
    return offset if offset and _WEST <= offset <= _EAST else None


def known_zone(name: str) -> bool:
    """Whether `zone` knows this name."""
    return name in names() or fixed_offset(name) is not None


@cache
def zone(name: str) -> tzinfo:
    """The zone of a known name; raises LookupError for any other."""
    offset = fixed_offset(name)
    if offset is not None:
        return timezone(offset, name)
    if name == "UTC":
        return UTC
    if name not in names():
        raise LookupError(name)
    path = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    with path.open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@cache
def same_clocks(one: str, other: str) -> bool:
    """Whether clocks of two known zones agree in every year from 2026 on."""
    return _clocks(one) == _clocks(other)


def zones_of_country(country: str) -> tuple[str, ...]:
    """The zones of an ISO 3166 country, in tzdata's order; empty where unknown."""
    return _zones_by_country().get(country, ())


def zones_of_abbreviation(abbreviation: str) -> tuple[str, ...]:
    """Some zones whose clocks go by an abbreviation, widest used first.

    Abbreviations are ambiguous (IST is used in Kolkata, Dublin and Jerusalem), so
    these are suggestions, never a reading.
    """
    return _zones_by_abbreviation().get(abbreviation.upper(), ())[:_SUGGESTED]


@cache
def _clocks(name: str) -> frozenset[tuple[object, ...]]:
    """What clocks of a zone show from 2026 on: its offset then, and later changes."""
    offset = fixed_offset(name)
    if offset is not None or name == "UTC":
        return frozenset({(int(offset.total_seconds()) if offset else 0,)})
    data = read_zone(name)
    later = (change for change in data.transitions if change.at >= _NOWADAYS)
    changes = {
        (change.at, change.after.offset)
        for change in later
        if change.before.offset != change.after.offset
    }
    rules = {
        (rule.month, rule.week, rule.weekday, rule.time, rule.after.offset)
        for rule in data.rules
    }
    return frozenset({(data.at(_NOWADAYS).offset,), *changes, *rules})


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    """Read zone.tab: geographical order, the most populous first where that fits."""
    zones: dict[str, tuple[str, ...]] = {}
    for country, _, name, *_ in _rows("zone.tab"):
        zones[country] = (*zones.get(country, ()), name)
    return zones | _UNLISTED


@cache
def _zones_by_abbreviation() -> dict[str, tuple[str, ...]]:
    zones: dict[str, tuple[str, ...]] = {}
    rows = _rows("zone1970.tab")
    for _, _, name, *_ in sorted(rows, key=lambda row: (-len(row[0]), row[2])):
        zone_data = read_zone(name)
        current = [rule.after for rule in zone_data.rules] or [
            zone_data.transitions[-1].after
            if zone_data.transitions
            else zone_data.first
        ]
        for local in current:
            zones[local.name] = (*zones.get(local.name, ()), name)
    return zones


def _rows(table: str) -> list[list[str]]:
    lines = (files("tzdata") / "zoneinfo" / table).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]
