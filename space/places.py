"""Where on the map an event is; coordinates come in one order from one value."""

import re

from space.schema.fields import Values
from space.schema.geo import DECIMALS, Point
from space.schema.visibility import choice

_NUMBER = r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?"
_COORDINATES = re.compile(rf"({_NUMBER}), ({_NUMBER})", re.ASCII)


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
