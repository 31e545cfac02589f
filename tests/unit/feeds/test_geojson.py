import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.feeds.geojson import COLLECTION, feature
from space.places import point_of
from space.publication import Publication
from tests.support.calendars import unique
from tests.support.node import run_node
from tests.support.publications import ADDRESSES, event, events

HERE = {"coordinates": "-36.8506, 174.7679"}


def document(*publications: Publication) -> str:
    found = (feature(each, ADDRESSES) for each in publications)
    return "".join(COLLECTION.around(text for text in found if text))


def only(**values: object) -> Any:
    (found,) = json.loads(document(event(12, **HERE, **values)))["features"]
    return found


@settings(max_examples=40)
@given(st.lists(events(), max_size=5))
def test_collection_when_made_of_any_events_then_is_rfc_7946(
    some: list[Publication],
) -> None:
    publications = unique(some)
    found = json.loads(document(*publications))
    assert set(found) == {"type", "features"}
    shown = [each for each in publications if point_of(each.values)]
    assert [each["id"] for each in found["features"]] == [
        each.page_id for each in shown
    ]
    for each in found["features"]:
        assert each["type"] == "Feature"
        longitude, latitude = each["geometry"]["coordinates"]
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180
        assert all(round(x, 6) == x for x in (longitude, latitude))


@settings(max_examples=3)
@given(st.lists(events(), min_size=10, max_size=20))
def test_collection_when_checked_by_others_then_has_no_fault(
    some: list[Publication],
) -> None:
    here = [event(number, **HERE) for number in range(1, 4)]
    text = document(*here, *unique(some))
    assert run_node("check_geojson.mjs", text) == []


def test_checker_when_a_collection_is_bad_then_finds_it() -> None:
    bad = document(event(12, **HERE)).replace('"Point"', '"Pt"')
    assert run_node("check_geojson.mjs", bad) != []


def test_feature_when_it_has_coordinates_then_longitude_comes_first() -> None:
    assert only()["geometry"] == {"type": "Point", "coordinates": [174.7679, -36.8506]}


def test_feature_when_an_event_is_full_then_says_what_lists_say() -> None:
    found = only(
        title="A\nb",
        venue="[[Library|Hall]]",
        languages=("en", "mi"),
        status="tentative",
        website="https://x.org/",
        online_link="https://meet.example.org/",
        address="44 Lorne Street",
    )
    assert found["properties"] == {
        "title": "A b",
        "page": "https://meta.wikimedia.org/wiki/Space/Events/Page_12",
        "status": "tentative",
        "mode": "in-person",
        "start": "2026-11-28 10:00",
        "end": "2026-11-28 16:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "venue": "Hall",
        "languages": ["en", "mi"],
        "website": "https://x.org/",
    }


@pytest.mark.parametrize(
    "values", [{}, {"coordinates": "0, 0"}, {**HERE, "mode": "online"}]
)
def test_feature_when_there_is_no_point_then_there_is_none(
    values: dict[str, str],
) -> None:
    assert feature(event(12, **values), ADDRESSES) is None


def test_collection_when_it_is_empty_then_is_still_one() -> None:
    assert json.loads(document()) == {"type": "FeatureCollection", "features": []}
