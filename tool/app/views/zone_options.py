"""Time zones as people choose them: by country and city, in the reader's language."""

from functools import lru_cache

from space.codec.values.countries import codes
from space.dates.zones import zones_of_country
from space.text.languages import country_name
from space.text.order import alphabetical
from tool.app.views.dates import DASH, city

UTC = "UTC"


@lru_cache(maxsize=64)
def zone_options(language: str) -> tuple[tuple[str, str], ...]:
    """Name and label of each zone that some country has, by country, then by city.

    Old names of zones are not offered. UTC is the last one.
    """
    named = [
        (zone, _label(country_name(country, language), city(zone, language)))
        for country in codes()
        for zone in dict.fromkeys(zones_of_country(country))
    ]
    named.sort(key=lambda pair: alphabetical(pair[1], language))
    return (*named, (UTC, UTC))


def _label(country: str, place: str) -> str:
    return country if country == place else f"{country}{DASH}{place}"
