"""A search for places, on the sandbox's few places and on items with traps."""

from collections.abc import Mapping
from typing import Any

import pytest

from sandbox.gateway.wikidata import Wikidata
from space.authoring.gazetteer import EARTH, MAX_QUERY, WikidataPlace, look_up, search
from space.schema.geo import Point


class Asked:
    """Answers from entities, and remembers the requests."""

    def __init__(self, entities: Mapping[str, Any] | None = None) -> None:
        self.entities = entities
        self.sandbox = Wikidata()
        self.requests: list[Mapping[str, str]] = []

    def __call__(self, params: Mapping[str, str]) -> Mapping[str, Any]:
        self.requests.append(params)
        if self.entities is None:
            return self.sandbox.answer(params)
        if params["action"] == "wbsearchentities":
            return {"search": [{"id": item} for item in self.entities]}
        items = params["ids"].split("|")
        return {"entities": {i: self.entities[i] for i in items if i in self.entities}}


def claim(value: Any, rank: str = "normal", **more: Any) -> dict[str, Any]:
    snak = {"snaktype": "value", "datavalue": {"value": value}}
    return {"mainsnak": snak, "rank": rank, **more}


def point(latitude: float, longitude: float, globe: str = EARTH) -> dict[str, Any]:
    return {"latitude": latitude, "longitude": longitude, "globe": globe}


def entity(label: str = "Somewhere", **claims: list[Any]) -> dict[str, Any]:
    return {"labels": {"en": {"language": "en", "value": label}}, "claims": claims}


def test_search_when_a_town_is_meant_has_all_that_a_form_needs() -> None:
    places = search(Asked(), " auck ", "en")
    assert places == (
        WikidataPlace(
            item="Q37100",
            label="Auckland",
            language="en",
            description="city in New Zealand",
            point=Point(-36.85, 174.7833),
            country="NZ",
            city="Auckland",
            precision="city",
        ),
    )
    assert places[0].venue is None


def test_search_when_a_building_is_meant_has_its_town() -> None:
    (place,) = search(Asked(), "MoMA", "en")
    assert (place.venue, place.city, place.country) == (
        "Museum of Modern Art",
        "New York City",
        "US",
    )


def test_search_when_in_another_script_finds_the_same() -> None:
    assert [place.item for place in search(Asked(), "東京", "en")] == ["Q1490"]


def test_search_when_made_asks_three_times_at_most() -> None:
    asked = Asked()
    assert len(search(asked, "b", "en")) == 0
    assert asked.requests == []
    assert len(search(asked, "ca", "en")) > 1
    assert len(asked.requests) == 3


@pytest.mark.parametrize("text", ["", " ", "x", "x" * (MAX_QUERY + 1)])
def test_search_when_there_is_nothing_to_look_for_asks_nobody(text: str) -> None:
    asked = Asked()
    assert search(asked, text, "en") == ()
    assert asked.requests == []


def test_search_when_an_item_lies_nowhere_or_on_the_moon_leaves_it_out() -> None:
    moon = point(1, 2, "http://www.wikidata.org/entity/Q405")
    entities = {"Q1": entity(), "Q2": entity(P625=[claim(moon)]), "Q3": {"missing": ""}}
    assert search(Asked(entities), "somewhere", "en") == ()


def test_search_when_a_statement_ended_or_is_deprecated_takes_another() -> None:
    entities = {
        "Q1": entity(
            P625=[claim(point(9, 9), "deprecated"), claim(point(1, 2))],
            P17=[
                claim({"id": "Q10"}, qualifiers={"P582": [{}]}),
                claim({"id": "Q11"}),
                claim({"id": "Q12"}, "preferred"),
            ],
        ),
        "Q10": entity("Prussia"),
        "Q11": entity("France", P297=[claim("FR")]),
        "Q12": entity("Germany", P297=[claim("de")]),
    }
    place = look_up(Asked(entities), "Q1", "en")
    assert place is not None
    assert (place.point, place.country, place.city) == (Point(1, 2), "DE", None)


def test_look_up_when_the_item_is_a_country_names_no_city() -> None:
    entities = {
        "Q1": entity("Samoa", P625=[claim(point(-13, -172))], P297=[claim("WS")])
    }
    place = look_up(Asked(entities), "Q1", "en")
    assert place is not None
    assert (place.country, place.city, place.venue) == ("WS", None, None)


def test_look_up_when_there_is_no_such_item_finds_none() -> None:
    assert look_up(Asked(), "Q1", "en") is None


def test_look_up_when_values_are_unknown_leaves_them_out() -> None:
    unknown = [
        {"rank": "normal", "mainsnak": {"snaktype": "somevalue"}},
        {"rank": "normal", "mainsnak": {"snaktype": "novalue"}},
    ]
    entities = {"Q1": entity(P625=[claim(point(1, 2))], P1082=unknown, P17=unknown)}
    place = look_up(Asked(entities), "Q1", "en")
    assert place is not None
    assert (place.country, place.city) == (None, None)
