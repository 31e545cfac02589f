"""The places of a map: where events are held, and until when they are shown."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from space.codec.values.links import label
from space.dates.moments import utc_midnight
from space.places import point_of
from space.schema.fields import Values
from space.schema.geo import DECIMALS, Point
from space.schema.visibility import choice
from space.text.folding import fold

KEPT = timedelta(days=14)
"""How long an event that is over stays on maps, in whole UTC days."""
_KEY = 190  # characters


@dataclass(frozen=True, slots=True)
class Place:
    """Where events are held, as finely as their precision lets anybody know.

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


def place_of(values: Values) -> Place | None:
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
        return Place(key, "exact", point, venue or city, city, country)
    if city:
        key = f"2 {country} {fold(city)}"[:_KEY]
        return Place(key, "city", None, city, city, country)
    if country:
        return Place(f"3 {country}", "country", None, "", "", country)
    return None


def shown_since(today: date) -> datetime:
    """What ended before is no longer on maps of a UTC day."""
    return utc_midnight(today - KEPT)
