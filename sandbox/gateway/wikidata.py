"""Some places in the format of Wikidata's API.

The sandbox wiki has no Wikibase, and the network ends at this machine. Facts are of
`sandbox/samples/places.json`; the shapes are those of `wbsearchentities` and
`wbgetentities` with `formatversion=2`.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

PATH = "/wikidata/w/api.php"
PLACES_FILE = Path(__file__).parent.parent / "samples" / "places.json"
_EARTH = "http://www.wikidata.org/entity/Q2"


class Wikidata:
    """Answers to the two requests that a search for a place makes."""

    def __init__(self, path: Path = PLACES_FILE) -> None:
        places = json.loads(path.read_text("utf-8"))
        self._places: Mapping[str, Any] = places["places"]
        self._countries: Mapping[str, Any] = places["countries"]

    def answer(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        """The answer to a request; the API's own shape of error for another action."""
        match params.get("action"):
            case "wbsearchentities":
                return self._search(params.get("search", ""))
            case "wbgetentities":
                ids = params.get("ids", "").split("|")
                return {"entities": {item: self._entity(item) for item in ids}}
            case action:
                info = f'Unrecognized value for parameter "action": {action}.'
                return {"error": {"code": "badvalue", "info": info}}

    def _search(self, text: str) -> Mapping[str, Any]:
        prefix = text.casefold()
        rows = [
            {"id": item, "label": place["label"], "description": place["description"]}
            for item, place in self._places.items()
            if any(name.casefold().startswith(prefix) for name in _names(place))
        ]
        return {"searchinfo": {"search": text}, "search": rows}

    def _entity(self, item: str) -> Mapping[str, Any]:
        place = self._places.get(item) or self._countries.get(item)
        if place is None:
            return {"id": item, "missing": ""}
        texts = {
            name: {"en": {"language": "en", "value": place[key]}}
            for name, key in (("labels", "label"), ("descriptions", "description"))
            if key in place
        }
        return {"type": "item", "id": item, **texts, "claims": dict(_claims(place))}


def _names(place: Mapping[str, Any]) -> tuple[str, ...]:
    return (place["label"], *place["aliases"])


def _claims(place: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    if "code" in place:
        yield "P297", [_claim("P297", place["code"])]
    if "point" in place:
        latitude, longitude = place["point"]
        point = {"latitude": latitude, "longitude": longitude, "globe": _EARTH}
        yield "P625", [_claim("P625", point)]
    if "country" in place:
        yield "P17", [_claim("P17", {"id": place["country"]})]
    if "part_of" in place:
        yield "P131", [_claim("P131", {"id": place["part_of"]})]
    if place.get("inhabited"):
        yield "P1082", [_claim("P1082", {"amount": "+100000", "unit": "1"})]


def _claim(name: str, value: Any) -> Mapping[str, Any]:
    snak = {"snaktype": "value", "property": name, "datavalue": {"value": value}}
    return {"mainsnak": snak, "rank": "normal"}
