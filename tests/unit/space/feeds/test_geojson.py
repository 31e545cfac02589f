"""The map as GeoJSON: a feature a place, and nothing finer than its precision."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.dates.schedule import Schedule
from space.feeds.geojson import description
from space.publication.filters import Filter
from space.publication.places import KEPT, place_of
from space.publication.publication import Publication
from space.publication.registered import REVIEWED
from space.text.folding import fold
from tests.support.feeds.calendars import unique
from tests.support.feeds.maps import collection, features, filtered
from tests.support.feeds.publications import TODAY, event, events
from tests.support.feeds.registered_events import registered
from tests.support.node.run import run_node

HERE = {"coordinates": "-36.8506, 174.7679"}
WHENEVER = Filter("event", since=date(1899, 1, 1))


def document(*publications: Publication) -> str:
    return filtered(publications, WHENEVER)


def only(**values: object) -> Any:
    (feature,) = features(document(event(12, **{**HERE, **values})))
    return feature


def ids(places: list[dict[str, Any]]) -> list[list[int]]:
    return [
        [event["id"] for event in place["properties"]["events"]] for place in places
    ]


def test_event_when_it_is_from_elsewhere_says_whether_somebody_reviewed_it() -> None:
    one, unreviewed = registered(18), registered(18)
    reviewed = replace(one, values={**one.values, REVIEWED: "yes"})
    told = [features(document(event)) for event in (unreviewed, reviewed)]
    (first,), (second,) = told

    words = "2026-12-03 Registered event 18"
    assert first["properties"]["description"] == f"{words} (not reviewed)"
    assert first["properties"]["events"][0]["reviewed"] is False
    assert second["properties"]["description"] == words
    assert second["properties"]["events"][0]["reviewed"] is True
    assert "reviewed" not in only()["properties"]["events"][0]


@settings(max_examples=40, deadline=None)
@given(st.lists(events(), max_size=5))
def test_collection_when_made_of_any_events_then_is_rfc_7946(
    some: list[Publication],
) -> None:
    publications = unique(some)
    text = document(*publications)
    assert set(json.loads(text)) == {"type", "features"}
    places = features(text)
    placed = [
        publication
        for publication in publications
        if place_of(publication.values) and Schedule.of(publication.values).times(TODAY)
    ]
    shown = {number for of_place in ids(places) for number in of_place}
    assert shown == {publication.page_id for publication in placed}
    keys = {
        place.key for publication in placed if (place := place_of(publication.values))
    }
    assert len(places) == len(keys)
    for place in places:
        assert place["type"] == "Feature"
        properties = place["properties"]
        if properties["precision"] != "exact":
            assert place["geometry"] is None
            continue
        longitude, latitude = place["geometry"]["coordinates"]
        assert abs(latitude) <= 90
        assert abs(longitude) <= 180
        assert (latitude, longitude) != (0, 0)
        assert all(round(x, 6) == x for x in (longitude, latitude))


def test_collection_when_events_are_on_the_date_line_then_has_one_mark() -> None:
    east = event(12, coordinates="-16.5, 180")
    west = event(13, coordinates="-16.5, -180")
    (place,) = features(document(east, west))
    assert place["geometry"]["coordinates"] == [180, -16.5]
    assert ids([place]) == [[12, 13]]


@settings(max_examples=40, deadline=None)
@given(st.lists(events(), max_size=5))
def test_properties_when_made_of_any_events_then_a_wiki_takes_them(
    some: list[Publication],
) -> None:
    twice = [
        replace(publication, page_id=publication.page_id + 10**7)
        for publication in unique(some)
    ]
    for place in features(document(*unique(some), *twice)):
        properties = place["properties"]
        for name in ("title", "description"):
            text = properties[name]
            assert 0 < len(text) <= 400
            assert text == text.strip()
            assert not set(text) & set("\t\r\n")
        assert properties["marker-size"] in {"medium", "large"}
        assert properties["marker-color"] == "#3366cc"


@settings(max_examples=3, deadline=None)
@given(st.lists(events(), min_size=10, max_size=20))
def test_collection_when_checked_by_others_then_has_no_fault(
    some: list[Publication],
) -> None:
    here = [event(number, **HERE) for number in range(1, 4)]
    text = document(*unique([*some, *here, event(4, city="Auckland")]))
    faults = run_node("check_geojson.mjs", text)
    assert faults == []


def test_checker_when_a_collection_is_bad_then_finds_it() -> None:
    bad = document(event(12, **HERE)).replace('"Point"', '"Pt"')
    assert run_node("check_geojson.mjs", bad) != []


def test_feature_when_it_has_coordinates_then_longitude_comes_first() -> None:
    assert only()["geometry"] == {"type": "Point", "coordinates": [174.7679, -36.8506]}


def test_feature_when_an_event_is_full_then_says_what_lists_say() -> None:
    place = only(
        title="A\nb",
        venue="[[Library|Hall]]",
        city="Auckland",
        languages=("en", "mi"),
        status="tentative",
        website="https://x.org/",
        online_link="https://meet.example.org/",
        address="44 Lorne Street",
    )
    assert place["properties"] == {
        "title": "Hall",
        "precision": "exact",
        "country": "NZ",
        "city": "Auckland",
        "description": "2026-11-28 A b",
        "marker-color": "#3366cc",
        "marker-size": "medium",
        "events": [
            {
                "id": 12,
                "title": "A b",
                "page": "https://meta.wikimedia.org/wiki/Space/Events/Page_12",
                "start": "2026-11-28 10:00",
                "end": "2026-11-28 16:00",
                "timezone": "Pacific/Auckland",
                "begins": "2026-11-27T21:00Z",
                "ends": "2026-11-28T03:00Z",
                "status": "tentative",
                "mode": "in-person",
                "country": "NZ",
                "city": "Auckland",
                "languages": ["en", "mi"],
                "website": "https://x.org/",
            }
        ],
    }


def test_building_when_ten_events_are_in_it_then_is_one_feature_with_all_of_them() -> (
    None
):
    title = "A rather long title of an event that goes on and on, "
    ten = [event(number, title=f"{title}{number}", **HERE) for number in range(1, 11)]
    (place,) = features(document(*ten))
    assert ids([place]) == [list(range(1, 11))]
    properties = place["properties"]
    assert properties["marker-symbol"] == "10"
    assert properties["marker-size"] == "large"
    assert properties["description"].endswith("; … +5")
    assert len(properties["description"]) <= 400


@pytest.mark.parametrize(
    ("briefs", "told"),
    [
        (["a" * 400], "a" * 400),
        (["a" * 401], "… +1"),
        (['"' * 189, '"' * 187], '"' * 189 + "; " + '"' * 187),
        (["a" * 189, "b" * 188], f"{'a' * 189}; … +1"),
        (["a"] * 200, f"{'a; ' * 126}… +74"),
    ],
)
def test_description_when_it_gets_long_then_counts_the_events_that_do_not_fit(
    briefs: list[str], told: str
) -> None:
    assert description(briefs) == told


def test_places_when_precision_is_coarse_then_are_without_a_point() -> None:
    places = features(
        document(
            event(1, city="Auckland"),
            event(2, city="AUCKLAND"),
            event(3),
            event(4, mode="online", **HERE),
            event(5, **HERE),
        )
    )
    assert ids(places) == [[5], [1, 2], [3]]
    assert [place["properties"]["precision"] for place in places] == [
        "exact",
        "city",
        "country",
    ]
    assert [place["properties"]["title"] for place in places[1:]] == ["Auckland", "NZ"]
    assert [place["geometry"] for place in places[1:]] == [None, None]


@pytest.mark.parametrize("days", [0, 1])
def test_event_when_over_for_a_while_then_leaves_the_map(days: int) -> None:
    ended = date(2026, 11, 28)
    today = ended + KEPT + timedelta(days=days)
    places = features(collection([event(1, **HERE)], today))
    assert ids(places) == ([] if days else [[1]])


def test_series_when_on_the_map_then_tells_its_next_time_each_day() -> None:
    series = event(1, recurrence="FREQ=WEEKLY;COUNT=3", **HERE)
    starts = []
    for days in (0, 7, 14, 30):
        places = features(collection([series], TODAY + timedelta(days=days)))
        (occurrence,) = places[0]["properties"]["events"]
        starts.append(occurrence["start"])
    assert starts == [
        "2026-11-28 10:00",
        "2026-12-05 10:00",
        "2026-12-12 10:00",
        "2026-12-12 10:00",
    ]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(events(), max_size=8),
    st.sampled_from(
        [("country", "PG"), ("mode", "hybrid"), ("status", "cancelled"), ("city", "")]
    ),
)
def test_map_when_filtered_before_or_after_then_is_the_same(
    some: list[Publication], term: tuple[str, str]
) -> None:
    field, value = term
    publications = unique(some)
    terms = ((field, (value,)),) if value else ()
    narrowed = replace(WHENEVER, terms=terms)
    before = ids(features(filtered(publications, narrowed)))
    after = []
    for place in features(filtered(publications, WHENEVER)):
        kept = [
            listed["id"]
            for listed in place["properties"]["events"]
            if not value or fold(listed.get(field, "")) == fold(value)
        ]
        after += [kept] if kept else []
    assert before == after


def test_collection_when_it_is_empty_then_is_still_one() -> None:
    assert json.loads(document()) == {"type": "FeatureCollection", "features": []}
