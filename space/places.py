"""Where on the map an event is; coordinates come in one order from one value."""

import re
from dataclasses import dataclass

from space.publication import choice
from space.schema import Values

DECIMALS = 6  # a hand's breadth
_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?"
_COORDINATES = re.compile(rf"({_NUMBER}), ({_NUMBER})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """Degrees north and east, WGS 84, rounded to `DECIMALS`."""

    latitude: float
    longitude: float

    def texts(self) -> tuple[str, str]:
        """Latitude and longitude in decimal notation, never with an exponent."""
        return _decimal(self.latitude), _decimal(self.longitude)

    def numbers(self) -> tuple[float | int, float | int]:
        """Latitude and longitude for JSON; whole ones as such, as wikis store them."""
        return _number(self.latitude), _number(self.longitude)


def point_of(values: Values) -> Point | None:
    """The point of an event's public values.

    None without coordinates, for what only takes place online, beyond the globe, and
    at 0, 0, where nothing is but mistakes.
    """
    match = _COORDINATES.fullmatch(str(values.get("coordinates", "")))
    if not match or choice("event", values, "mode") == "online":
        return None
    latitude, longitude = (round(float(part), DECIMALS) for part in match.groups())
    if abs(latitude) > 90 or abs(longitude) > 180 or (latitude, longitude) == (0, 0):
        return None
    return _one_point(latitude, longitude)


def _one_point(latitude: float, longitude: float) -> Point:
    """The same point for all ways to write it.

    West of the date line is where east of it ends, at a pole all meridians meet, and a
    zero has no sign.
    """
    if longitude == -180:
        longitude = 180.0
    if abs(latitude) == 90:
        longitude = 0.0
    return Point(latitude + 0.0, longitude + 0.0)


def _decimal(number: float) -> str:
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _number(number: float) -> float | int:
    return int(number) if number == int(number) else number
