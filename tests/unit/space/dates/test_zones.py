from datetime import UTC, datetime, timedelta

import pytest

from space.dates.zones import (
    fixed_offset,
    known_zone,
    names,
    zone,
    zones_of_abbreviation,
    zones_of_country,
)


@pytest.mark.parametrize(
    "name",
    ["Pacific/Auckland", "Etc/UTC", "UTC", "America/Argentina/Salta", "UTC+05:30"],
)
def test_zone_when_known_has_an_offset(name: str) -> None:
    assert known_zone(name)
    assert zone(name).utcoffset(datetime(2026, 1, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize(
    "name",
    ["CET", "EST5EDT", "Japan", "", "../etc/passwd", "Europe/../../x", "europe/berlin"],
)
def test_zone_when_not_a_full_name_is_unknown(name: str) -> None:
    assert not known_zone(name)
    with pytest.raises(LookupError):
        zone(name)


@pytest.mark.parametrize(
    ("name", "minutes"),
    [("UTC+05:30", 330), ("UTC-12:00", -720), ("UTC+14:00", 840), ("UTC-00:30", -30)],
)
def test_fixed_offset_when_inhabited_is_its_distance(name: str, minutes: int) -> None:
    assert fixed_offset(name) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    "name", ["UTC+5:30", "UTC+14:30", "UTC-13:00", "UTC+00:00", "UTC+05:60", "+05:30"]
)
def test_fixed_offset_when_not_canonical_or_nowhere_is_none(name: str) -> None:
    assert fixed_offset(name) is None


def test_zone_when_read_twice_is_one_object() -> None:
    assert zone("Europe/Berlin") is zone("Europe/Berlin")


def test_names_when_listed_all_open() -> None:
    assert len(names()) > 400
    assert all(str(zone(name)) == name for name in names())


def test_zones_of_country_when_large_begin_with_the_most_used() -> None:
    assert zones_of_country("NZ") == ("Pacific/Auckland", "Pacific/Chatham")
    assert zones_of_country("US")[0] == "America/New_York"
    assert zones_of_country("XX") == ()


def test_zones_of_abbreviation_when_ambiguous_name_all_continents() -> None:
    assert "Europe/Berlin" in zones_of_abbreviation("cet")
    assert set(zones_of_abbreviation("IST")) == {
        "Asia/Kolkata",
        "Europe/Dublin",
        "Asia/Jerusalem",
    }
    assert zones_of_abbreviation("XYZ") == ()
