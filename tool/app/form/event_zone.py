"""The time zone in the form of an event: proposed by its place, and checked by it.

The form remembers in a hidden input which zone it has proposed: until somebody types
another one it follows the place.
"""

from space.authoring.suggested_names import read_any_country
from space.codec.values.city_zones import (
    fits_country,
    zone_of_city,
    zone_of_place,
)
from space.codec.values.zone_names import read_zone_name
from space.dates.zones import known_zone, zones_of_country
from space.schema.kinds import Values
from space.schema.problems import Problem
from tool.app.form.raw_inputs import Typed, text_in

PROPOSED = "timezone-proposed"
"""Name of the hidden input with the zone that the form has filled in by itself."""
_LONGEST = 100  # characters of a name that is looked up
_TOLD = 5  # zones of a country


def with_zone(typed: Typed) -> Typed:
    """Raw inputs whose zone is that of the place, or of the city that was typed.

    A zone that somebody typed stays, and so does a guess of the browser's in a country
    with several zones, if it is one of them.
    """
    text = text_in(typed, "timezone")
    if text and text != text_in(typed, PROPOSED):
        return {**typed, "timezone": (_typed_zone(text),)}
    country = _country(typed)
    if not country:
        return typed
    zone = _zone_of_place(typed, country)
    if not zone and known_zone(text) and fits_country(text, country):
        zone = text
    return {**typed, "timezone": (zone,), PROPOSED: (zone,)}


def proposed(values: Values) -> Typed:
    """The input with the zone that a place proposes, if an event has that zone."""
    country, city = str(values.get("country", "")), str(values.get("city", ""))
    zone = zone_of_place(country, city)
    is_it = zone and zone == values.get("timezone")
    return {PROPOSED: (zone,)} if is_it else {}


def zone_problems(typed: Typed, values: Values) -> tuple[Problem, ...]:
    """A warning if the zone of an event is not, or may not be, that of its place.

    An event that is only online has the zone of whoever holds it, and one of whole days
    has no hour that could be wrong.
    """
    zone, country = str(values.get("timezone", "")), str(values.get("country", ""))
    has_hour = " " in values.get("start", "")
    if values.get("mode") == "online" or not has_hour or not known_zone(zone):
        return ()
    if not fits_country(zone, country):
        code = "zone-elsewhere"
    elif zone == text_in(typed, PROPOSED) and not _zone_of_place(typed, country):
        code = "zone-unsure"
    else:
        return ()
    zones = ", ".join(zones_of_country(country)[:_TOLD])
    return (Problem(code, "timezone", params=(zone, zones), severity="warning"),)


def country_in(typed: Typed) -> str:
    """The code of the country in raw inputs; empty for none."""
    return read_any_country(text_in(typed, "country")[:_LONGEST]) or ""


def _country(typed: Typed) -> str:
    """The country of an event that does not take place online alone, else empty."""
    return "" if text_in(typed, "mode") == "online" else country_in(typed)


def _zone_of_place(typed: Typed, country: str) -> str:
    return zone_of_place(country, text_in(typed, "city")[:_LONGEST])


def _typed_zone(text: str) -> str:
    """A zone's name, or the zone of a city's; else the text."""
    if len(text) > _LONGEST:
        return text
    return read_zone_name(text) or zone_of_city(text) or text
