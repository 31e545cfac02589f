"""Zones as people write them."""

import difflib
import re
from functools import cache

from space.codec.moments import ascii_digits
from space.zones import (
    fixed_offset,
    names,
    zones_of_abbreviation,
    zones_of_country,
)

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
    """What may have been meant; never empty.

    The zones of the event's country if one is given, else those with this
    abbreviation, else names that look alike, else any.
    """
    if country and (zones := zones_of_country(country)):
        return zones
    alike = difflib.get_close_matches(text[:40].replace(" ", "_"), sorted(names()), 3)
    return zones_of_abbreviation(text) or tuple(alike) or _EXAMPLES


@cache
def _by_lower_case() -> dict[str, str]:
    return {name.lower(): name for name in names()}
