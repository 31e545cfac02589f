import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.codec.values.countries import codes
from space.schema.geo import Point
from tool.app.form.borders import lies_in, swapped

BERLIN = Point(52.52, 13.405)
AUCKLAND = Point(-36.8506, 174.7679)
SUVA = Point(-18.1416, 178.4415)
TAVEUNI = Point(-16.99, -179.88)  # Fiji, east of the antimeridian


@pytest.mark.parametrize(
    ("point", "country", "expected"),
    [
        (BERLIN, "DE", True),
        (BERLIN, "FR", False),
        (AUCKLAND, "NZ", True),
        (AUCKLAND, "AU", False),
        (SUVA, "FJ", True),
        (TAVEUNI, "FJ", True),
        (Point(41.9029, 12.4534), "VA", True),
        (Point(43.9356, 12.4473), "SM", True),
        (Point(-29.61, 28.23), "LS", True),
        (Point(-29.61, 28.23), "ZA", False),  # in its hole
        (Point(-29.31, 27.48), "ZA", True),  # in its hole, and close to its border
        (Point(1.3521, 103.8198), "SG", True),
        (Point(64.1466, -21.9426), "IS", True),
        (Point(-20.88, 55.45), "RE", None),
    ],
)
def test_point_when_looked_up_is_in_its_country(
    point: Point, country: str, *, expected: bool | None
) -> None:
    assert lies_in(point, country) is expected


def test_swapped_when_only_the_other_order_fits_says_so() -> None:
    assert swapped(Point(13.405, 52.52), "DE")
    assert not swapped(BERLIN, "DE")
    assert not swapped(BERLIN, "NZ")
    assert not swapped(Point(-20.88, 55.45), "RE")


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(codes()))
def test_point_when_anywhere_has_an_answer_for_every_country(
    latitude: float, longitude: float, country: str
) -> None:
    assert lies_in(Point(latitude, longitude), country) in {True, False, None}
