import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.places import place_of, point_of
from space.schema.geo import Point


def test_point_of_when_coordinates_are_given_then_latitude_comes_first() -> None:
    assert point_of({"coordinates": "-36.8506, 174.7679"}) == Point(-36.8506, 174.7679)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"coordinates": "0, 0"},
        {"coordinates": "0.0000001, -0.0"},
        {"coordinates": "90.5, 10"},
        {"coordinates": "10, 181"},
        {"coordinates": "somewhere"},
        {"coordinates": "52.5, 13.4", "mode": "online"},
    ],
)
def test_point_of_when_there_is_no_place_then_is_none(values: dict[str, str]) -> None:
    assert point_of(values) is None


@pytest.mark.parametrize("mode", ["hybrid", "in-person"])
def test_point_of_when_people_meet_then_is_there(mode: str) -> None:
    assert point_of({"coordinates": "52.5, 13.4", "mode": mode}) == Point(52.5, 13.4)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_texts_when_written_then_read_as_the_same_point(
    latitude: float, longitude: float
) -> None:
    point = point_of({"coordinates": f"{latitude:.8f}, {longitude:.8f}"})
    if point:
        texts = point.texts()
        assert tuple(float(text) for text in texts) == (
            point.latitude,
            point.longitude,
        )
        assert not [text for text in texts if "e" in text or text.endswith(".")]
        assert all(len(text.partition(".")[2]) <= 6 for text in texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("-16.5, 180", "-16.5, -180"),
        ("-16.5, 179.9999999", "-16.5, -179.9999999"),
        ("0, 180", "-0, -180.0"),
        ("52.5, -0", "52.5, 0"),
        ("-0.0000001, 20", "0, 20"),
        ("90, 45", "90, -135"),
        ("-90, 180", "-90, -180"),
    ],
)
def test_point_of_when_a_point_is_written_in_two_ways_then_it_is_one(
    one: str, other: str
) -> None:
    points = [point_of({"coordinates": text}) for text in (one, other)]
    assert points[0] is not None
    assert repr(points[0]) == repr(points[1])
    places = [place_of({"coordinates": text}) for text in (one, other)]
    assert places[0] == places[1]


def test_numbers_when_whole_then_are_integers() -> None:
    assert repr(Point(52.0, 13.25).numbers()) == "(52, 13.25)"


@pytest.mark.parametrize("other", ["AUCKLAND", " auckland", "[[Auckland]]"])
def test_locality_when_a_city_is_spelt_in_another_way_then_is_one(other: str) -> None:
    first, second = (
        place_of({"country": "NZ", "city": city}) for city in ("Auckland", other)
    )
    assert first
    assert second
    assert first.locality == second.locality
    assert first.key == second.key
    elsewhere = place_of({"country": "US", "city": "Auckland"})
    assert elsewhere
    assert elsewhere.locality != first.locality
