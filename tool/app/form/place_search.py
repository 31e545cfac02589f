"""Search for a Wikidata place in the form of an event, and the inputs it fills in."""

from collections.abc import Mapping

from flask import request

from space.authoring.gazetteer import WikidataPlace
from space.dates.zones import zones_of_country
from tool.app.form import search_field
from tool.app.form.fields import Typed
from tool.app.form.search_field import MOST_TEXT, SearchField
from tool.app.services import services
from tool.app.web.language import interface_language

TEXT = "place-search"
"""Name of the input with the search text."""
CHOSEN = "place"
"""Name of the buttons of results, whose values are item ids."""

_EXACT = "exact"
_EXACT_ONLY = ("venue", "address")
"""Inputs typed by the person that are more exact than a town."""
_TO_COUNTRY = ("country",)
_TO_CITY = (*_TO_COUNTRY, "city")


def search() -> SearchField[WikidataPlace]:
    """Search for the text that the request sent."""
    gazetteer, language = services().gazetteer, interface_language()
    return search_field.search(TEXT, lambda text: gazetteer.search(text, language))


def choose(typed: Typed) -> tuple[SearchField[WikidataPlace], Typed]:
    """The place that the request chose, and the raw inputs with its values."""
    gazetteer, language = services().gazetteer, interface_language()
    item = request.form.get(CHOSEN, "")[:MOST_TEXT]
    looked = search_field.choose(TEXT, lambda: gazetteer.look_up(item, language))
    return looked, filled(typed, looked.chosen) if looked.chosen else typed


def filled(typed: Typed, place: WikidataPlace) -> Typed:
    """Raw inputs with the values of a place, no finer than the form's precision.

    Finer values would stay in the page's history for ever. The time zone is filled in
    if the country has only one and none was typed. A town or a country lowers the
    precision to its own, as its coordinates are not where people meet.
    """
    coarse = place.precision != _EXACT and not _says_where(typed)
    if coarse and _precision(typed) == _EXACT:
        typed = {**typed, "precision": (place.precision,)}
        typed |= {"coordinates": (), "wikidata": ()}
    told: Mapping[str, str | None] = {
        "country": place.country,
        "city": place.city,
        "coordinates": ", ".join(place.point.texts()),
        "wikidata": place.item,
        "venue": place.venue,
    }
    if place.precision != _EXACT:  # the person's own address is the exact part
        told = {"country": place.country, "city": place.city}
    finer = {"country": _TO_COUNTRY, "city": _TO_CITY}
    names = finer.get(_precision(typed), tuple(told))
    new = {name: (value,) for name in names if (value := told[name])}
    zones = zones_of_country(place.country or "")
    if len(zones) == 1 and not "".join(typed.get("timezone", ())).strip():
        new["timezone"] = zones
    return {**typed, **new}


def _says_where(typed: Typed) -> bool:
    return any("".join(typed.get(name, ())).strip() for name in _EXACT_ONLY)


def _precision(typed: Typed) -> str:
    return "".join(typed.get("precision", ())) or _EXACT
