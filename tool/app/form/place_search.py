"""The search for a place in the form of an event, and what a choice fills in."""

from collections.abc import Mapping

from flask import request

from space.authoring.gazetteer import WikidataPlace
from space.dates.zones import zones_of_country
from tool.app.form import search_field
from tool.app.form.fields import Typed
from tool.app.form.search_field import SearchField
from tool.app.services import services
from tool.app.web.language import interface_language

TEXT = "place-search"
"""The input with what to look for."""
CHOSEN = "place"
"""The buttons of what was found; their value is an item."""

_EXACT = "exact"
_EXACT_ONLY = ("venue", "address")
"""Inputs that say more than a town, and were typed by the person."""
_TO_COUNTRY = ("country",)
_TO_CITY = (*_TO_COUNTRY, "city")


def search() -> SearchField[WikidataPlace]:
    """The search that the request asks for."""
    gazetteer, language = services().gazetteer, interface_language()
    return search_field.search(TEXT, lambda text: gazetteer.search(text, language))


def choose(typed: Typed) -> tuple[SearchField[WikidataPlace], Typed]:
    """The place that the request chose, and the inputs filled in with it."""
    gazetteer, language = services().gazetteer, interface_language()
    item = request.form.get(CHOSEN, "")
    looked = search_field.choose(TEXT, lambda: gazetteer.look_up(item, language))
    return looked, filled(typed, looked.chosen) if looked.chosen else typed


def filled(typed: Typed, place: WikidataPlace) -> Typed:
    """The inputs with what a place tells, as fine as their precision allows.

    Nothing finer is filled in: what is saved once stays in the history. A zone is
    filled in where the country has but one and none was typed. A town or a country is
    no more exact than that: its middle on the map is not where people meet.
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
