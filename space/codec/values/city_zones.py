"""Time zones of cities and countries, by their names in any language."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from space.codec.values.countries import code_of, codes
from space.dates.zones import same_clocks, zones_of_country
from space.text.folding import fold

CITIES_FILE = Path(__file__).with_name("zone_cities.json")
CURRENT_NAMES = {
    "Africa/Asmera": "Africa/Asmara",
    "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "America/Catamarca": "America/Argentina/Catamarca",
    "America/Coral_Harbour": "America/Atikokan",
    "America/Cordoba": "America/Argentina/Cordoba",
    "America/Godthab": "America/Nuuk",
    "America/Indianapolis": "America/Indiana/Indianapolis",
    "America/Jujuy": "America/Argentina/Jujuy",
    "America/Louisville": "America/Kentucky/Louisville",
    "America/Mendoza": "America/Argentina/Mendoza",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Atlantic/Faeroe": "Atlantic/Faroe",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
    "Pacific/Ponape": "Pacific/Pohnpei",
    "Pacific/Truk": "Pacific/Chuuk",
}
"""CLDR's stable zone names → current names of tzdata."""


def zone_of_city(name: str) -> str:
    """The zone of a city, or of a country with one zone; empty where unknown."""
    return _of_city(name) or zone_of_country(code_of(name) or "")


def zone_of_country(country: str) -> str:
    """The first zone of a country in all of whose zones clocks agree, else empty."""
    zones = zones_of_country(country)
    agree = zones and all(same_clocks(zones[0], other) for other in zones[1:])
    return zones[0] if agree else ""


def zone_of_place(country: str, city: str) -> str:
    """The zone of a city in a country (ISO 3166-1 alpha-2), empty where it is unsure.

    A city elsewhere that has the same name does not count.
    """
    zone = _of_city(city)
    if zone in zones_of_country(country):
        return zone
    return zone_of_country(country)


def fits_country(zone: str, country: str) -> bool:
    """Whether clocks of a known zone agree with those of a zone of the country.

    True for a country without zones.
    """
    zones = zones_of_country(country)
    return not zones or any(same_clocks(zone, other) for other in zones)


def _of_city(name: str) -> str:
    folded = fold(name)
    return _cities().get(folded) or _cities().get(folded.removesuffix(" city"), "")


@cache
def _cities() -> dict[str, str]:
    """Folded names of cities → zones; `python -m space.generate` writes the file."""
    cities: dict[str, list[str]] = json.loads(CITIES_FILE.read_text("utf-8"))
    own = {fold(name.rpartition("/")[2].replace("_", " ")): name for name in _listed()}
    named = {
        name: CURRENT_NAMES.get(of, of)
        for of, names in cities.items()
        for name in names
    }
    return own | named


def _listed() -> Iterator[str]:
    for code in codes():
        yield from zones_of_country(code)
