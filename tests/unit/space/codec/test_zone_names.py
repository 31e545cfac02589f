"""What is suggested to somebody whose zone cannot be read."""

import pytest

from space.codec.values.zone_names import read_zone_name, suggested_zones
from space.dates.zones import names

PLACES = sorted(name for name in names() if "/" in name and "Etc/" not in name)


@pytest.mark.parametrize(
    ("typed", "country", "first"),
    [
        ("Lagos", None, "Africa/Lagos"),
        ("lagos", "NG", "Africa/Lagos"),
        ("New York", "US", "America/New_York"),
        ("new_york", None, "America/New_York"),
        ("São Paulo", None, "America/Sao_Paulo"),
        ("Buenos Aires", "AR", "America/Argentina/Buenos_Aires"),
        ("Lago", None, "Africa/Lagos"),
        ("Amerika/New_York", None, "America/New_York"),
        ("Germany", None, "Europe/Berlin"),
        ("Aotearoa", "NZ", "Pacific/Auckland"),
        ("CET", "NG", "Africa/Lagos"),
        ("nowhere at all", None, "Europe/Berlin"),
        ("", None, "Europe/Berlin"),
    ],
)
def test_suggestion_begins_with_the_zone_that_was_most_likely_meant(
    typed: str, country: str | None, first: str
) -> None:
    assert suggested_zones(typed, country)[0] == first


def test_suggestion_for_the_place_of_any_zone_is_that_zone() -> None:
    for name in PLACES:
        place = name.rpartition("/")[2].replace("_", " ")
        assert name in suggested_zones(place, None), place
        assert all(read_zone_name(each) for each in suggested_zones(place, "FR"))
