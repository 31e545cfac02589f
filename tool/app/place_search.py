"""The search for a place in the form of an event, and what a choice fills in."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import request

from space.gazetteer import Place
from space.wiki import WikiUnavailableError
from space.zones import zones_of_country
from tool.app.forms import Typed
from tool.app.language import interface_language
from tool.app.services import services

TEXT = "place-search"
"""The input with what to look for."""
CHOSEN = "place"
"""The buttons of what was found; their value is an item."""

_EXACT = "exact"
_TO_COUNTRY = ("country",)
_TO_CITY = (*_TO_COUNTRY, "city")


@dataclass(frozen=True, slots=True)
class PlaceSearch:
    """What was looked for, and what came of it.

    `found` is None while nothing was looked for; `chosen` is what filled the form, as
    far as `coarse` says: no finer than a city or a country.
    """

    text: str = ""
    found: tuple[Place, ...] | None = None
    unavailable: bool = False
    chosen: Place | None = None
    coarse: bool = False


def search() -> PlaceSearch:
    """The search that the request asks for."""
    text = request.form.get(TEXT, "").strip()
    try:
        found = services().gazetteer.search(text, interface_language())
    except WikiUnavailableError:
        return PlaceSearch(text, unavailable=True)
    return PlaceSearch(text, found)


def choose(typed: Typed) -> tuple[PlaceSearch, Typed]:
    """The place that the request chose, and the inputs filled in with it.

    Nothing is filled in that is finer than the precision chosen in the form: what is
    saved once stays in the history.
    """
    text = request.form.get(TEXT, "").strip()
    try:
        place = services().gazetteer.look_up(
            request.form.get(CHOSEN, ""), interface_language()
        )
    except WikiUnavailableError:
        return PlaceSearch(text, unavailable=True), typed
    if place is None:
        return PlaceSearch(text, ()), typed
    coarse = _precision(typed) != _EXACT
    return PlaceSearch(text, chosen=place, coarse=coarse), filled(typed, place)


def filled(typed: Typed, place: Place) -> Typed:
    """The inputs with what a place tells, as fine as their precision allows.

    A zone is filled in where the country has but one and none was typed.
    """
    told: Mapping[str, str | None] = {
        "country": place.country,
        "city": place.city,
        "coordinates": ", ".join(place.point.texts()),
        "wikidata": place.item,
        "venue": place.venue,
    }
    finer = {"country": _TO_COUNTRY, "city": _TO_CITY}
    names = finer.get(_precision(typed), tuple(told))
    new = {name: (value,) for name in names if (value := told[name])}
    zones = zones_of_country(place.country or "")
    if len(zones) == 1 and not "".join(typed.get("timezone", ())).strip():
        new["timezone"] = zones
    return {**typed, **new}


def _precision(typed: Typed) -> str:
    return "".join(typed.get("precision", ())) or _EXACT
