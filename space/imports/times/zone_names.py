"""Time zones by the names that calendars give them (TZID, X-WR-TIMEZONE).

IANA names, also after a vendor's prefix (`/mozilla.org/2007_1/Europe/Rome`),
Windows names (CLDR), and the long names of Exchange, which list cities in any
language: `(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien`.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from space.codec.values.city_zones import CURRENT_NAMES, zone_of_city
from space.codec.values.zone_names import read_zone_name
from space.dates.zones import known_zone, zone
from space.text.folding import fold

MAX_NAME = 200  # characters
_UTC = frozenset(
    (
        *("UTC", "GMT", "Z", "ZULU", "UCT", "ETC/UTC", "ETC/GMT", "ETC/UCT"),
        *("ETC/ZULU", "ETC/UNIVERSAL", "ETC/GREENWICH", "ETC/GMT0", "ETC/GMT+0"),
        *("ETC/GMT-0", "COORDINATED UNIVERSAL TIME", "GREENWICH MEAN TIME"),
    )
)
_REGIONS = {
    "alaska": "America/Anchorage",
    "arizona": "America/Phoenix",
    "astana": "Asia/Almaty",
    "beijing": "Asia/Shanghai",
    "brasilia": "America/Sao_Paulo",
    "canberra": "Australia/Sydney",
    "ekaterinburg": "Asia/Yekaterinburg",
    "hawaii": "Pacific/Honolulu",
    "indiana (east)": "America/Indiana/Indianapolis",
    "saskatchewan": "America/Regina",
    "west central africa": "Africa/Lagos",
}
"""Regions and cities that Exchange names → zones; no table of CLDR has them."""
_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_ETC = re.compile(r"Etc/GMT([+-])([0-9]{1,2})", re.ASCII)
_NUMBERED = re.compile(r" [0-9]{1,2}$")  # Exchange numbers zones of one name
_LONG = re.compile(
    r"\(? ?(?:UTC|GMT) ?(?:([+-])([0-9]{1,2})(?:[:.]?([0-9]{2}))?)? ?\)? ?(.*)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r" ?[,;/|\u060c\u3001\uff0c\uff1b] ?| (?:&|and|und|et|y|e) ")
_ASIDE = re.compile(r" ?\([^()]*\)")
_YEAR = 2026
_HOUR = timedelta(hours=1)


def zone_called(name: str) -> str:
    """The zone with a name, empty if unknown."""
    return _called(name[:MAX_NAME])


@lru_cache(maxsize=512)
def _called(name: str) -> str:
    plain = " ".join(name.strip("/ ").split())
    parts = plain.split("/")
    for size in (len(parts), 3, 2):
        if zone := read_zone_name("/".join(parts[-size:])):
            return "UTC" if zone.upper() in _UTC else zone
    if plain.upper() in _UTC or (name[:1] == "/" and parts[-1].upper() in _UTC):
        return "UTC"
    if "://" in name and parts[-1].upper() in _UTC:  # `tzone://Microsoft/Utc`
        return "UTC"
    for spelling in (plain, _NUMBERED.sub("", plain)):
        if zone := _of_windows(spelling):
            return zone
    return _of_long_name(plain)


@cache
def primary_zones() -> tuple[str, ...]:
    """The zones to which CLDR maps Windows names, each the best known of its region."""
    zones = map(_modern, WINDOWS_TO_OLSON.values())
    return tuple(dict.fromkeys(zone for zone in zones if "/" in zone))


def _of_windows(name: str) -> str:
    zone = _modern(_WINDOWS.get(name.casefold(), ""))
    if zone.upper() in _UTC:
        return "UTC"
    return zone if known_zone(zone) else ""


def _modern(name: str) -> str:
    """The current name of a zone; `Etc/GMT-1` has the offset +01:00."""
    if fixed := _ETC.fullmatch(name):
        sign = "-" if fixed[1] == "+" else "+"
        return f"UTC{sign}{int(fixed[2]):02}:00"
    return CURRENT_NAMES.get(name, name)


def _of_long_name(name: str) -> str:
    """The zone of a city in `(UTC+01:00) Berlin, Wien` with that offset, else empty."""
    match = _LONG.fullmatch(name)
    if match is None:
        return ""
    offset = timedelta(hours=int(match[2] or 0), minutes=int(match[3] or 0))
    offset = -offset if match[1] == "-" else offset
    zones = dict.fromkeys(filter(None, _candidates(match[4])))
    for allowed in (timedelta(0), _HOUR):  # Exchange may have an outdated offset
        fitting = [zone for zone in zones if abs(_standard(zone) - offset) <= allowed]
        primary = [zone for zone in fitting if zone in primary_zones()]
        if fitting:
            return (primary or fitting)[0]
    return ""


def _candidates(text: str) -> list[str]:
    """Zones that the text after an offset may mean; some are empty."""
    bare = _ASIDE.sub("", text).strip()
    utc = "UTC" if bare.upper() in _UTC else ""
    names = (bare, f"{bare} Standard Time", bare.replace(" Time", " Standard Time"))
    cities = [*_BETWEEN.split(text), *_BETWEEN.split(bare)]
    return [
        utc,
        _REGIONS.get(text.casefold(), ""),
        *map(_of_windows, names),
        *map(_of_city, cities),
    ]


def _of_city(text: str) -> str:
    """The zone of a city, or of a country with a single zone, else empty."""
    name = fold(_ASIDE.sub("", text))
    return _REGIONS.get(name, "") or zone_of_city(name)


@cache
def _standard(name: str) -> timedelta:
    """The standard offset of a zone, without summer time."""
    days = (datetime(_YEAR, month, 1, tzinfo=UTC) for month in (1, 7))
    offsets = (day.astimezone(zone(name)).utcoffset() for day in days)
    return min(offset for offset in offsets if offset is not None)
