"""Places of events on maps, as points or as country and city."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from space.codec.values.links import label
from space.dates.moments import utc_midnight
from space.schema.geo import DECIMALS, Point
from space.schema.kinds import Values
from space.schema.visibility import choice
from space.text.folding import fold

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
    """A point in canonical form: equal for all spellings of its coordinates.

    West of the date line is where east of it ends, at a pole all meridians meet, and a
    zero has no sign.
    """
    if longitude == -180:
        longitude = 180.0
    if abs(latitude) == 90:
        longitude = 0.0
    return Point(latitude + 0.0, longitude + 0.0)


KEPT = timedelta(days=14)
"""UTC days that an event stays on maps after its end."""
_KEY = 190  # characters


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place of the map, as fine as the precision of its events allows.

    `key` is the same for all events of a place, and sorts places with a point by it,
    then cities, then countries. A city or a country has no point unless an event's
    page gives one: none is made up.
    """

    key: str
    precision: str  # "exact", "city" or "country"
    point: Point | None
    name: str  # of the venue, else of the city; plain text, may be empty
    city: str
    country: str  # ISO 3166-1, may be empty

    @property
    def locality(self) -> tuple[str, str]:
        """Country and city, folded: equal for spellings that differ in case only."""
        return self.country, fold(self.city)


NO_PLACE = MapPlace("", "", None, "", "", "")
"""Stands for no place where lists go by country and city."""


def place_of(values: Values) -> MapPlace | None:
    """The place of an event's public values; None for what only takes place online.

    One point is one place, whatever its events call it.
    """
    if choice("event", values, "mode") == "online":
        return None
    point = point_of(values)
    venue, city = (label(str(values.get(name, ""))) for name in ("venue", "city"))
    country = str(values.get("country", ""))
    if point:
        key = f"1 {point.latitude:.{DECIMALS}f} {point.longitude:.{DECIMALS}f}"
        return MapPlace(key, "exact", point, venue or city, city, country)
    if city:
        key = f"2 {country} {fold(city)}"[:_KEY]
        return MapPlace(key, "city", None, city, city, country)
    if country:
        return MapPlace(f"3 {country}", "country", None, "", "", country)
    return None


def map_cutoff(today: date) -> datetime:
    """The instant, in UTC, before which an event that ended is on no map of a day."""
    return utc_midnight(today - KEPT)
