"""Coordinates as people write them: decimal, degrees and minutes, or a geo URI.

Directions have a sign or a letter, before or after the number.

https://en.wikipedia.org/wiki/ISO_6709, RFC 5870.
"""

import re

from space.codec.values.dates import ascii_digits
from space.schema.geo import DECIMALS, Point

_NUMBER = r"[0-9]{1,3}(?:\.[0-9]+)?(?![0-9])"
_MINUTES = rf"({_NUMBER}) ?['\u2032\u2019]"
_SECONDS = rf"({_NUMBER}) ?(?:[\"\u2033\u201d]|'')"
_SIZE = rf"({_NUMBER}) ?°? ?(?:{_MINUTES} ?(?:{_SECONDS} ?)?)?"
_ANGLE = re.compile(rf"([+-]?)([NSEW]?) ?{_SIZE}([NSEW]?)")
_GEO = re.compile(r"GEO:([^;?]*)(?:[;?].*)?")
_COMMA = r"([+-]?[0-9]+),([0-9]+)"  # as in 52,5
_COMMAS = re.compile(rf"{_COMMA}(?: ?; ?|, | ){_COMMA}")
_HALVES = (
    re.compile(r"([^,;]+)[,;]([^,;]+)"),
    re.compile(r"([^NSEW]+[NS])(.+)"),
    re.compile(r"([NS][^NSEW]+)([EW].+)"),
    re.compile(r"([^ ]+) ([^ ]+)"),
)


def read_coordinates(text: str) -> str | None:
    """`latitude, longitude` in decimal degrees, None where this names no point.

    0, 0 is none: nothing is there but mistakes.
    """
    plain = ascii_digits(text).upper()
    if geo := _GEO.fullmatch(plain):
        plain = geo[1]
    if commas := _COMMAS.fullmatch(plain):
        plain = "{}.{}, {}.{}".format(*commas.groups())
    halves = next(filter(None, (pattern.fullmatch(plain) for pattern in _HALVES)), None)
    if halves is None:
        return None
    north, east = _angle(halves[1], "NS"), _angle(halves[2], "EW")
    if north is None or east is None or north[1] != east[1]:
        return None
    return _point(north[0], east[0])


def _angle(text: str, letters: str) -> tuple[float, bool] | None:
    """Degrees, and whether a letter gives their direction, the second the negative."""
    match = _ANGLE.fullmatch(text.strip(" "))
    if match is None:
        return None
    sign, before, *sizes, after = match.groups()
    letter = before + after
    degrees, minutes, seconds = (float(size or "0") for size in sizes)
    if len(sign + letter) > 1 or letter not in letters or max(minutes, seconds) >= 60:
        return None
    total = degrees + minutes / 60 + seconds / 3600
    return (-total if sign == "-" or letter == letters[1] else total), bool(letter)


def _point(latitude: float, longitude: float) -> str | None:
    # Adding zero turns -0.0 into 0.0.
    north, east = (round(number, DECIMALS) + 0.0 for number in (latitude, longitude))
    if abs(north) > 90 or abs(east) > 180 or (north, east) == (0, 0):
        return None
    return ", ".join(Point(north, east).texts())
