"""Search of Wikidata for places, for the form of an event.

A search makes three requests at most: the search, its items, and the countries and
towns that these items name. Formats:
https://www.wikidata.org/wiki/Special:MyLanguage/Wikidata:Data_access and
https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from space.codec.values.countries import codes
from space.schema.geo import DECIMALS, Point
from space.wiki.query import Ask

COORDINATES, COUNTRY, PART_OF, CODE = "P625", "P17", "P131", "P297"
POPULATION, ENDED = "P1082", "P582"
EARTH = "http://www.wikidata.org/entity/Q2"
MAX_RESULTS = 12
MAX_QUERY = 100  # characters
_ITEMS = {
    "action": "wbgetentities",
    "props": "labels|descriptions|claims",
    "languagefallback": "1",
}

Entities = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class WikidataPlace:
    """A Wikidata item with coordinates on Earth.

    `label` is in `language`: the requested language, or a fallback for an item without
    a label in it. `country` is a code of ISO 3166-1 alpha-2. `city` is the place itself
    if it has a population, else the town it is part of. `precision` is one of
    `country`, `city` and `exact`.
    """

    item: str
    label: str
    language: str
    description: str
    point: Point
    country: str | None
    city: str | None
    precision: str = "exact"

    @property
    def venue(self) -> str | None:
        """The name of a building or a park; None for a town or a country."""
        return None if self.label == self.city or self.city is None else self.label


def search(ask: Ask, text: str, language: str) -> tuple[WikidataPlace, ...]:
    """Places that match a name, best first; none for a text too short or too long."""
    query = " ".join(text.split())
    if not 2 <= len(query) <= MAX_QUERY:
        return ()
    answer = ask(
        {
            "action": "wbsearchentities",
            "search": query,
            "language": language,
            "uselang": language,
            "type": "item",
            "limit": str(MAX_RESULTS),
        }
    )
    rows = answer.get("search") or ()
    return _places(ask, [str(row["id"]) for row in rows], language)


def look_up(ask: Ask, item: str, language: str) -> WikidataPlace | None:
    """The place of an item; None for an item without coordinates on Earth."""
    places = _places(ask, [item], language)
    return places[0] if places else None


def _places(ask: Ask, ids: Iterable[str], language: str) -> tuple[WikidataPlace, ...]:
    items = list(dict.fromkeys(ids))
    entities = _entities(ask, items, language)
    located = {item: entity for item in items if (entity := entities.get(item))}
    located = {item: entity for item, entity in located.items() if _point(entity)}
    near = dict.fromkeys(
        other
        for entity in located.values()
        for name in (COUNTRY, PART_OF)
        for other in _items(entity, name)
    )
    missing = [item for item in near if item not in entities]
    entities = {**entities, **_entities(ask, missing, language)}
    return tuple(
        place
        for item, entity in located.items()
        if (place := _place(item, entity, entities)) is not None
    )


def _entities(ask: Ask, ids: list[str], language: str) -> Entities:
    if not ids:
        return {}
    params = {**_ITEMS, "ids": "|".join(ids[:50]), "languages": language}
    entities: Entities = ask(params).get("entities") or {}
    return entities


def _place(
    item: str, entity: Mapping[str, Any], near: Entities
) -> WikidataPlace | None:
    point = _point(entity)
    if point is None:
        return None
    label, language = _text(entity, "labels")
    own_code = _code(entity)
    is_inhabited = any(_values(entity, POPULATION))
    countries = (_code(near.get(country, {})) for country in _items(entity, COUNTRY))
    return WikidataPlace(
        item=item,
        label=label or item,
        language=language,
        description=_text(entity, "descriptions")[0],
        point=point,
        country=own_code or next(filter(None, countries), None),
        city=None if own_code else _city(entity, label, near),
        precision="country" if own_code else "city" if is_inhabited else "exact",
    )


def _city(entity: Mapping[str, Any], label: str, near: Entities) -> str | None:
    if any(_values(entity, POPULATION)):
        return label or None
    names = (_text(near.get(town, {}), "labels")[0] for town in _items(entity, PART_OF))
    return next(filter(None, names), None)


def _point(entity: Mapping[str, Any]) -> Point | None:
    for value in _values(entity, COORDINATES):
        if value.get("globe") == EARTH:
            latitude, longitude = value["latitude"], value["longitude"]
            if abs(latitude) <= 90 and abs(longitude) <= 180:
                return Point(round(latitude, DECIMALS), round(longitude, DECIMALS))
    return None


def _code(entity: Mapping[str, Any]) -> str | None:
    texts = (str(value).upper() for value in _values(entity, CODE))
    return next((text for text in texts if text in codes()), None)


def _items(entity: Mapping[str, Any], name: str) -> Iterator[str]:
    return (str(value["id"]) for value in _values(entity, name) if "id" in value)


def _values(entity: Mapping[str, Any], name: str) -> Iterator[Any]:
    """Values of a property's current statements, preferred ranks first."""
    claims = [
        claim for claim in entity.get("claims", {}).get(name, ()) if _is_current(claim)
    ]
    claims.sort(key=lambda claim: claim.get("rank") != "preferred")
    return (claim["mainsnak"]["datavalue"]["value"] for claim in claims)


def _is_current(claim: Mapping[str, Any]) -> bool:
    return (
        claim.get("rank") != "deprecated"
        and claim.get("mainsnak", {}).get("snaktype") == "value"
        and ENDED not in claim.get("qualifiers", {})
    )


def _text(entity: Mapping[str, Any], name: str) -> tuple[str, str]:
    """The only label or description (`languagefallback`) and its language, or empty."""
    for term in entity.get(name, {}).values():
        return str(term.get("value", "")), str(term.get("language", ""))
    return "", ""
