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

    assert "<mapframe>" not in html
    assert "New Zealand" in html
    assert titles(html) == ["T"]


def test_map_with_kartographer_has_points_with_longitude_first(scribunto: Make) -> None:
    html = scribunto(PLACES, messages=["kartographer-desc"]).invoke("Map", "show")

    found = re.search(r"<mapframe>(.*?)</mapframe>", html)
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

    assert titles(html) == ["T2", "T3", "T1", "T4"]
    assert re.findall(r"<dt.*?>(.*?)</dt>", html) == [
        "Elsewhere",
        "New Zealand",
        "Papua New Guinea",
    ]
    assert "There may be more" not in html


def test_map_when_the_wiki_lets_read_no_more_says_so(scribunto: Make) -> None:
    data = map_pages(*([place(number, "NZ")] for number in range(1, 6)))

    html = scribunto(data, expensive=3).invoke("Map", "show")

    assert titles(html) == ["T1", "T2", "T3"]
    assert "There may be more" in html
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
        ({"country": "AQ"}, "No event there"),
        ({"country": "Atlantis"}, "does not take the value “Atlantis”"),
        ({"topic": "glam"}, "no filter “topic”"),
    ],
)
def test_map_when_there_is_nothing_says_why(
    scribunto: Make, arguments: dict[str, str], sentence: str
) -> None:
    html = scribunto(map_pages([place(1, "PG")])).invoke("Map", "show", **arguments)

    assert sentence in re.sub(r"</?bdi>", "", html)


def test_map_without_data_says_that_there_is_none(scribunto: Make) -> None:
    assert "no place to show yet" in scribunto().invoke("Map", "show")
