import pytest

from space.codec.values.city_zones import (
    fits_country,
    zone_of_city,
    zone_of_country,
    zone_of_place,
)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        *(("Lagos", "Africa/Lagos"), ("لاغوس", "Africa/Lagos")),
        *(("東京", "Asia/Tokyo"), ("new york", "America/New_York")),
        *(("New York City", "America/New_York"), ("Kyiv", "Europe/Kyiv")),
        *(("Nigeria", "Africa/Lagos"), ("Brazil", ""), ("tea", ""), ("", "")),
    ],
)
def test_zone_of_city_when_named_in_any_language_then_is_found(
    name: str, zone: str
) -> None:
    assert zone_of_city(name) == zone


@pytest.mark.parametrize(
    ("country", "city", "zone"),
    [
        *(("NG", "Abuja", "Africa/Lagos"), ("US", "Chicago", "America/Chicago")),
        *(("US", "Seattle", ""), ("PT", "Lagos", ""), ("", "Lagos", "")),
        ("DE", "München", "Europe/Berlin"),
    ],
)
def test_zone_of_place_when_it_is_sure_then_is_told(
    country: str, city: str, zone: str
) -> None:
    assert zone_of_place(country, city) == zone


def test_zone_of_country_when_its_clocks_agree_then_is_the_first() -> None:
    zones = [zone_of_country(country) for country in ("DE", "AU", "XX")]
    assert zones == ["Europe/Berlin", "", ""]


@pytest.mark.parametrize(
    ("zone", "country", "fits"),
    [
        *(("Europe/Berlin", "NG", False), ("Africa/Lagos", "NG", True)),
        *(("UTC+01:00", "NG", True), ("Europe/Vienna", "DE", True)),
        *(("America/Chicago", "US", True), ("UTC", "BV", True)),
    ],
)
def test_fits_country_when_clocks_agree_then_does(
    zone: str, country: str, *, fits: bool
) -> None:
    assert fits_country(zone, country) is fits
