"""Coordinates as people write them: decimal, degrees and minutes, or a geo URI.

https://en.wikipedia.org/wiki/ISO_6709, RFC 5870.
"""

import re

from space.codec.moments import ascii_digits
from space.places import DECIMALS, Point

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]{1,20})?"
_DECIMAL = re.compile(rf"([+-]?{_NUMBER})(?: ?[,;] ?| )([+-]?{_NUMBER})")
_MINUTES = rf"({_NUMBER}) ?['\u2032\u2019]"
_SECONDS = rf"({_NUMBER}) ?(?:[\"\u2033\u201d]|'')"
_SIDE = rf"({_NUMBER}) ?°? ?(?:{_MINUTES} ?)?(?:{_SECONDS} ?)?"
_SIDED = re.compile(rf"{_SIDE}([NS])(?: ?[,;] ?| )?{_SIDE}([EW])", re.IGNORECASE)
_GEO = re.compile(r"geo:([^;?]*)(?:[;?].*)?", re.IGNORECASE)


def read_coordinates(text: str) -> str | None:
    """`latitude, longitude` in decimal degrees, None where this names no point.

    0, 0 is none: nothing is there but mistakes.
    """
    plain = ascii_digits(text)
    if geo := _GEO.fullmatch(plain):
        plain = geo[1]
    if match := _DECIMAL.fullmatch(plain):
        return _point(float(match[1]), float(match[2]))
    if match := _SIDED.fullmatch(plain):
        latitude = _degrees(match.groups()[:3], negative=match[4] in "Ss")
        longitude = _degrees(match.groups()[4:7], negative=match[8] in "Ww")
        if latitude is not None and longitude is not None:
            return _point(latitude, longitude)
    return None


def _degrees(parts: tuple[str | None, ...], *, negative: bool) -> float | None:
    degrees, minutes, seconds = (float(part or "0") for part in parts)
    if minutes >= 60 or seconds >= 60:
        return None
    total = degrees + minutes / 60 + seconds / 3600
    return -total if negative else total


def _point(latitude: float, longitude: float) -> str | None:
    # Adding zero turns -0.0 into 0.0.
    north, east = (round(number, DECIMALS) + 0.0 for number in (latitude, longitude))
    if abs(north) > 90 or abs(east) > 180 or (north, east) == (0, 0):
        return None
    return ", ".join(Point(north, east).texts())
