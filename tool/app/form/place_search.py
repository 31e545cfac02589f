"""Search for a Wikidata place in the form of an event, and the inputs it fills in."""

from collections.abc import Mapping

from flask import request

from space.authoring.gazetteer import WikidataPlace
from tool.app.form import search_field
from tool.app.form.event_precision import (
    EXACT,
    PRECISION,
    PROPOSED,
    precision,
    says_where,
)
from tool.app.form.event_zone import with_zone
from tool.app.form.raw_inputs import Typed
from tool.app.form.search_field import MOST_TEXT, SearchField
from tool.app.services import services
from tool.app.web.language import interface_language

TEXT = "place-search"
"""Name of the input with the search text."""
CHOSEN = "place"
"""Name of the buttons of results, whose values are item ids."""

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

    Finer values would stay in the page's history for ever. A town or a country lowers
    the precision to its own, as its coordinates are not where people meet. The time
    zone follows, unless somebody typed one.
    """
    coarse = place.precision != EXACT and not says_where(typed)
    if coarse and precision(typed) == EXACT:
        typed = {**typed, PRECISION: (place.precision,), PROPOSED: (place.precision,)}
        typed |= {"coordinates": (), "wikidata": ()}
    told: Mapping[str, str | None] = {
        "country": place.country,
        "city": place.city,
        "coordinates": ", ".join(place.point.texts()),
        "wikidata": place.item,
        "venue": place.venue,
    }
    if place.precision != EXACT:  # the person's own address is the exact part
        told = {"country": place.country, "city": place.city}
    finer = {"country": _TO_COUNTRY, "city": _TO_CITY}
    names = finer.get(precision(typed), tuple(told))
    new = {name: (value,) for name in names if (value := told[name])}
    return with_zone({**typed, **new})


def is_coarse(typed: Typed) -> bool:
    """Whether the form tells less than the exact place."""
    return precision(typed) != EXACT
