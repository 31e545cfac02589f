from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.tzdata import read_zone
from tests.support.feeds.zones import ZONES, tzdata

MOMENTS = st.integers(
    int(datetime(1990, 1, 1, tzinfo=UTC).timestamp()),
    int(datetime(2060, 1, 1, tzinfo=UTC).timestamp()),
)


@given(st.sampled_from(ZONES), MOMENTS)
def test_at_when_compared_with_zoneinfo_then_clocks_agree(
    name: str, moment: int
) -> None:
    local = read_zone(name).at(moment)
    expected = datetime.fromtimestamp(moment, tzdata(name))
    assert local.offset == expected.utcoffset().total_seconds()
    assert local.name == expected.tzname()


@pytest.mark.parametrize(
    "name",
    [
        "Africa/Cairo",
        "America/New_York",
        "America/Nuuk",
        "America/Santiago",
        "Asia/Gaza",
        "Asia/Jerusalem",
        "Australia/Lord_Howe",
        "Europe/Dublin",
        "Pacific/Apia",
    ],
)
def test_between_when_each_change_is_tried_then_clocks_change_at_it(name: str) -> None:
    zone = tzdata(name)
    start, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (2009, 2045))
    changes = list(read_zone(name).between(start, end))
    assert changes
    assert changes == sorted(changes, key=lambda change: change.at)
    for change in changes:
        before, after = (
            datetime.fromtimestamp(moment, zone).utcoffset().total_seconds()
            for moment in (change.at - 1, change.at)
        )
        assert (change.before.offset, change.after.offset) == (before, after)
        if change.before.offset != change.after.offset:
            assert change.wall.timestamp() == change.at + before


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("Europe/Berlin", 1996),
        ("America/New_York", 2007),
        ("Africa/Cairo", 2023),
        ("America/Havana", 2027),  # no winter time in 2026, which the rules would make
    ],
)
def test_ruled_since_when_rules_changed_then_is_the_year_of_the_last_change(
    name: str, year: int
) -> None:
    since = read_zone(name).ruled_since
    assert datetime.fromtimestamp(since, UTC).year == year


def test_ruled_since_when_there_are_no_rules_then_is_none() -> None:
    assert read_zone("Asia/Kolkata").ruled_since is None


def test_read_zone_when_unknown_then_file_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        read_zone("Mars/Phobos")
