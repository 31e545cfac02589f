"""The map and its list over the bot's data pages."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.lua.data import BASE, titles
from tests.lua.scribunto import Scribunto

Make = Callable[..., Scribunto]

PLACES = {
    "User:SpaceBot/Space/Map.json": json.dumps(
        {
            "schema": 1,
            "places": [
                {
                    "lat": -36.8506,
                    "lon": 174.7679,
                    "label": "Library [[x]]",
                    "country": "NZ",
                    "events": [
                        {"id": 1, "page": "P", "title": "T", "start": "2026-11-28"}
                    ],
                }
            ],
        }
    )
}


def test_map_without_kartographer_is_a_list_by_country(scribunto: Make) -> None:
    html = scribunto(PLACES).invoke("Map", "show")

    assert "<mapframe" not in html
    assert "New Zealand" in html
    assert titles(html) == ["T"]


def test_map_with_kartographer_has_points_with_longitude_first(scribunto: Make) -> None:
    html = scribunto(PLACES, messages=["kartographer-desc"]).invoke("Map", "show")

    found = re.search(r"<mapframe[^>]*>(.*?)</mapframe>", html)
    assert found
    (feature,) = json.loads(found[1])["features"]
    assert feature["geometry"]["coordinates"] == [174.7679, -36.8506]
    assert "[[x]]" not in feature["properties"]["title"]


def place(number: int, country: str | None = None, **fields: Any) -> dict[str, Any]:
    there = {"id": number, "page": f"P{number}", "title": f"T{number}"}
    found: dict[str, Any] = {"lat": number, "lon": number}
    if country:
        found["country"] = country
    return found | {"events": [there | {"start": "2026-11-28"} | fields]}


def map_pages(*parts: list[dict[str, Any]]) -> dict[str, str]:
    found = {
        f"{BASE}/Map/{number}.json": json.dumps({"schema": 1, "places": part})
        for number, part in enumerate(parts, 1)
    }
    first = {"schema": 1, "parts": len(parts), "places": parts[0]}
    return found | {f"{BASE}/Map.json": json.dumps(first)}


def test_map_of_several_parts_shows_all_of_them_by_country(scribunto: Make) -> None:
    data = map_pages([place(1, "PG"), place(2)], [place(3, "NZ")], [place(4, "PG")])

    html = scribunto(data).invoke("Map", "show")

    assert titles(html) == ["T3", "T1", "T4", "T2"]
    assert re.findall(r"<dt.*?>(.*?)</dt>", html) == [
        "New Zealand",
        "Papua New Guinea",
        "Elsewhere",
    ]
    assert "This list may not be complete" not in html


def test_map_in_chinese_has_countries_by_the_sound_of_their_names(
    scribunto: Make,
) -> None:
    data = map_pages([place(1, "NZ"), place(2, "DE"), place(3, "AT"), place(4, "CN")])

    html = scribunto(data, language="zh-hans").invoke("Map", "show")

    names = re.findall(r"<dt.*?>(.*?)</dt>", html)
    assert names == ["奥地利", "德国", "新西兰", "中国"]


def test_map_when_the_wiki_lets_read_no_more_says_so(scribunto: Make) -> None:
    data = map_pages(*([place(number, "NZ")] for number in range(1, 6)))

    html = scribunto(data, expensive=3).invoke("Map", "show")

    assert titles(html) == ["T1", "T2", "T3"]
    assert "This list may not be complete" in html
    assert "[[Category:Space pages with list problems]]" in html


def test_map_of_some_countries_shows_those(scribunto: Make) -> None:
    data = map_pages([place(1, "PG"), place(2), place(3, "NZ")])

    html = scribunto(data, messages=["kartographer-desc"]).invoke(
        "Map", "show", country="New Zealand"
    )

    assert titles(html.partition("</mapframe>")[2]) == ["T3"]
    assert '"coordinates": [3, 3]' in html
    assert "[1, 1]" not in html


def test_map_says_what_is_cancelled(scribunto: Make) -> None:
    data = map_pages([place(1, "PG", status="cancelled")])

    assert "Cancelled" in scribunto(data).invoke("Map", "show")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"country": "AQ"}, "No events on the map here"),
        ({"country": "Atlantis"}, "does not accept “Atlantis”"),
        ({"topic": "glam"}, "No events on the map here"),
        ({"colour": "red"}, "Unknown filter “colour”"),
    ],
)
def test_map_when_there_is_nothing_says_why(
    scribunto: Make, arguments: dict[str, str], sentence: str
) -> None:
    html = scribunto(map_pages([place(1, "PG")])).invoke("Map", "show", **arguments)

    assert sentence in re.sub(r"</?bdi>", "", html)


def test_map_without_data_says_that_there_is_none(scribunto: Make) -> None:
    assert "No events on the map yet" in scribunto().invoke("Map", "show")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"topic": "glam"}, ["T1"]),
        ({"language": "mi; fr"}, ["T1"]),
        ({"mode": "hybrid"}, ["T2"]),
        ({"organizer": "WMNZ"}, ["T2"]),
        ({"q": "harbour"}, ["T2"]),
        ({"from": "2026-12-01"}, ["T2"]),
        ({"to": "2026-11-30"}, ["T1"]),
        ({"country": "PG", "topic": "glam"}, []),
    ],
)
def test_map_when_filtered_has_the_events_that_fit(
    scribunto: Make, arguments: dict[str, str], expected: list[str]
) -> None:
    early = {"from": "2026-11-28T10:00Z", "to": "2026-11-28T12:00Z"}
    late = {"from": "2026-12-05T10:00Z", "to": "2026-12-05T12:00Z"}
    data = map_pages(
        [
            place(1, "NZ", **early, topics=["glam"], languages=["mi"]),
            place(2, "NZ", **late, mode="hybrid", organizers=["WMNZ"])
            | {"label": "Harbour hall"},
        ]
    )

    html = scribunto(data).invoke("Map", "show", **arguments)

    assert titles(html) == expected


def frame(html: str) -> list[dict[str, Any]]:
    found = re.search(r"<mapframe[^>]*>(.*?)</mapframe>", html)
    assert found
    features: list[dict[str, Any]] = json.loads(found[1])["features"]
    return features


def test_map_of_ten_events_in_one_building_has_one_mark_and_lists_all(
    scribunto: Make,
) -> None:
    there = place(1, "NZ")
    event = there["events"][0]
    there["events"] = [
        event | {"id": n, "title": f"T{n} {'x' * 60}"} for n in range(10)
    ]

    html = scribunto(map_pages([there]), messages=["kartographer-desc"]).invoke(
        "Map", "show"
    )

    (feature,) = frame(html)
    assert len(feature["properties"]["description"]) <= 400
    assert re.search(r"<br>\+\d$", feature["properties"]["description"])
    assert feature["properties"]["marker-size"] == "large"
    assert len(titles(html.partition("</mapframe>")[2])) == 10


def test_map_tells_past_ongoing_and_upcoming_by_symbol(scribunto: Make) -> None:
    days = [("2026-11-10", "2026-11-11"), ("2026-11-21", "2026-11-23")]
    days.append(("2026-11-28", "2026-11-29"))
    data = map_pages(
        [
            place(number, "NZ", **{"from": f"{first}T10:00Z", "to": f"{last}T10:00Z"})
            for number, (first, last) in enumerate(days, 1)
        ]
    )

    html = scribunto(data, messages=["kartographer-desc"]).invoke("Map", "show")

    symbols = [each["properties"]["marker-symbol"] for each in frame(html)]
    assert symbols == ["cross", "star", "circle"]


def test_map_of_a_place_without_a_point_lists_it_and_draws_nothing(
    scribunto: Make,
) -> None:
    there = {name: value for name, value in place(1, "NZ").items() if len(name) > 3}

    html = scribunto(map_pages([there]), messages=["kartographer-desc"]).invoke(
        "Map", "show"
    )

    assert "<mapframe" not in html
    assert titles(html) == ["T1"]


def test_map_of_a_place_in_two_entries_shows_it_as_one(scribunto: Make) -> None:
    first, second = place(1, "NZ"), place(1, "NZ")
    second["events"] = [second["events"][0] | {"id": 2, "title": "T2"}]

    html = scribunto(map_pages([first, second]), messages=["kartographer-desc"]).invoke(
        "Map", "show"
    )

    assert len(frame(html)) == 1
    assert titles(html.partition("</mapframe>")[2]) == ["T1", "T2"]


def view(make: Make, places: list[dict[str, Any]]) -> dict[str, str]:
    """Where a map of these places opens."""
    html = make(map_pages(places), messages=["kartographer-desc"]).invoke("Map", "show")
    found = re.search(r"<mapframe([^>]*)>", html)
    assert found
    attributes = dict(re.findall(r'(\w+)="([^"]*)"', found[1]))
    asked = ("zoom", "latitude", "longitude")
    return {name: attributes[name] for name in asked if name in attributes}


@pytest.mark.parametrize(
    ("precision", "zoom"),
    [("exact", "14"), ("city", "11"), ("country", "5"), (None, "14")],
)
def test_map_of_one_place_opens_as_near_as_the_place_is_known(
    scribunto: Make, precision: str | None, zoom: str
) -> None:
    there = place(1, "NZ") | {"lat": -36.8506, "lon": 174.7679}
    there |= {"precision": precision} if precision else {}

    assert view(scribunto, [there, place(2) | {"lat": None, "lon": None}]) == {
        "zoom": zoom,
        "latitude": "-36.850600",
        "longitude": "174.767900",
    }


def test_map_of_places_next_to_each_other_opens_between_them(scribunto: Make) -> None:
    one = place(1, "NZ") | {"lat": 1, "lon": 1}
    other = place(2, "NZ") | {"lat": 1.002, "lon": 1.004, "precision": "city"}

    found = view(scribunto, [one, other])

    assert found == {"zoom": "11", "latitude": "1.001000", "longitude": "1.002000"}


def test_map_of_places_far_from_each_other_shows_them_all(scribunto: Make) -> None:
    assert view(scribunto, [place(1, "NZ"), place(2, "NZ")]) == {}
