"""Search for a Wikidata place in the form of an event, and the inputs it fills in."""

from collections.abc import Mapping

from flask import request

from space.authoring.gazetteer import WikidataPlace
from space.text.folding import lookup
from tool.app.form import search_field
from tool.app.form.event_precision import (
    CITY,
    COUNTRY,
    EXACT,
    is_chosen,
    precision,
    proposing,
    says_where,
)
from tool.app.form.event_zone import country_in, with_zone
from tool.app.form.raw_inputs import Typed, text_in
from tool.app.form.search_field import MOST_TEXT, SearchField
from tool.app.services import services
from tool.app.web.language import interface_language

TEXT = "place-search"
"""Name of the input with the search text."""
CHOSEN = "place"
"""Name of the buttons of results, whose values are item ids."""

_TO_COUNTRY = ("country",)
_TO_CITY = (*_TO_COUNTRY, "city")
_OF_VENUE = ("venue", "coordinates", "wikidata")


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

    Finer values would stay in the page's history for ever. The precision is that of the
    place, unless somebody has set it: where a town is, nobody meets. The time zone
    follows, unless somebody typed one.
    """
    typed = _without_former(typed, place)
    if not is_chosen(typed):
        typed = proposing(typed, _proposed_by(place, typed))
    told: Mapping[str, str | None] = {
        "country": place.country,
        "city": place.city,
        "coordinates": ", ".join(place.point.texts()),
        "wikidata": place.item,
        "venue": place.venue,
    }
    if place.precision != EXACT:  # the person's own address is the exact part
        told = {"country": place.country, "city": place.city}
    finer = {COUNTRY: _TO_COUNTRY, CITY: _TO_CITY}
    names = finer.get(precision(typed), tuple(told))
    new = {name: (value,) for name in names if (value := told[name])}
    return with_zone({**typed, **new})


def _without_former(typed: Typed, place: WikidataPlace) -> Typed:
    """Raw inputs without what a place chosen before has filled in."""
    moved = _is_elsewhere(typed, place)
    former: tuple[str, ...] = ()
    if place.precision != EXACT and text_in(typed, "wikidata"):
        former = _OF_VENUE if moved or not says_where(typed) else ()
    if moved and not place.city:
        former = (*former, "city")
    return {**typed, **dict.fromkeys(former, ("",))}


def _is_elsewhere(typed: Typed, place: WikidataPlace) -> bool:
    """Whether raw inputs name another town or country than that of a place."""
    pairs = (
        (text_in(typed, "city"), place.city or ""),
        (country_in(typed), place.country or ""),
    )
    return any(one and other and lookup(one) != lookup(other) for one, other in pairs)


def _proposed_by(place: WikidataPlace, typed: Typed) -> str:
    if place.precision == EXACT or says_where(typed):
        return EXACT
    return CITY if text_in(typed, "city") else place.precision
