"""Zones as people write them."""

import difflib
import re
import unicodedata
from functools import cache

from space.codec.values.countries import code_of
from space.codec.values.dates import ascii_digits
from space.dates.zones import (
    fixed_offset,
    names,
    zones_of_abbreviation,
    zones_of_country,
)
from space.text.folding import fold
from space.text.normal import normalize

_OFFSET = re.compile(
    r"(?:(?:UTC|GMT) ?)?([+-])([0-9]{1,2})(?::?([0-5][0-9]))?", re.IGNORECASE | re.ASCII
)
_ABBREVIATION = re.compile(r"[A-Z]{2,4}", re.IGNORECASE | re.ASCII)
_EXAMPLES = ("Europe/Berlin", "Asia/Kolkata", "America/Sao_Paulo")


def read_zone_name(text: str) -> str | None:
    """The canonical name of a zone or a fixed offset, None where it is neither."""
    plain = ascii_digits(text)
    match = _OFFSET.fullmatch(plain)
    if not match:
        return _by_lower_case().get(plain.lower().replace(" ", "_"))
    sign, hours, minutes = match[1], int(match[2]), match[3] or "00"
    if hours == 0 and minutes == "00":
        return "UTC"
    name = f"UTC{sign}{hours:02}:{minutes}"
    return name if fixed_offset(name) else None


def is_abbreviation(text: str) -> bool:
    """Whether this looks like `CET`, which is a different time in different places."""
    return _ABBREVIATION.fullmatch(ascii_digits(text)) is not None


def suggested_zones(text: str, country: str | None) -> tuple[str, ...]:
    """Suggestions for an unreadable zone, the likeliest first; never empty.

    Zones that are named after this place, else the zones of the event's country if one
    is given, else those with this abbreviation, else those of a country of this name,
    else names that look alike, else any.
    """
    place = _plain(text)
    return (
        _by_place().get(place)
        or zones_of_country(country or "")
        or zones_of_abbreviation(text)
        or zones_of_country(code_of(text) or "")
        or _alike(place)
        or _EXAMPLES
    )


def _alike(place: str) -> tuple[str, ...]:
    """Zones whose place, or whose whole name, is spelled much like this."""
    whole = {_plain(name): (name,) for name in sorted(names())}
    zones_by_word = {**whole, **_by_place()}
    words = difflib.get_close_matches(place[:40], zones_by_word, 3, cutoff=0.75)
    return tuple(dict.fromkeys(zone for word in words for zone in zones_by_word[word]))


def _plain(text: str) -> str:
    """A name as it is looked up: case, spacing and accents do not count."""
    apart = normalize("NFD", fold(text))
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def _by_place() -> dict[str, tuple[str, ...]]:
    """The last part of each name, as people write it: `lagos`, `new york`."""
    zones: dict[str, tuple[str, ...]] = {}
    for name in sorted(names()):
        place = _plain(name.rpartition("/")[2])
        zones[place] = (*zones.get(place, ()), name)
    return zones


@cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in names()}
