from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.tzdata import Transition, _block_size, _seconds, read_zone
from tests.support.feeds.tzdata_zones import ZONES, tzdata

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


def test_at_when_before_all_changes_then_is_the_first_time_of_the_place() -> None:
    long_ago = int(datetime(1850, 1, 1, tzinfo=UTC).timestamp())
    zone = read_zone("Europe/Berlin")
    change = next(zone.between(long_ago, 0))
    assert (zone.at(long_ago).name, change.before.name) == ("LMT", "LMT")


def test_zone_when_its_clocks_never_change_then_has_one_time() -> None:
    zone = read_zone("Etc/UTC")
    assert zone.at(0).name == "UTC"
    assert list(zone.between(0, 2**31)) == []


@pytest.mark.parametrize("year", [1995, 2045])  # recorded, and made by the rules
def test_between_when_a_change_is_at_its_end_then_it_is_included(year: int) -> None:
    zone = read_zone("Europe/Berlin")
    start = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    spring = int(datetime(year, 3, 1, tzinfo=UTC).timestamp())
    change, *_ = zone.between(spring, spring + 60 * 86400)
    assert list(zone.between(start, change.at)) == [change]
    assert list(zone.between(change.at - 1, change.at)) == [change]
    assert list(zone.between(start, change.at - 1)) == []
    assert list(zone.between(change.at, change.at + 1)) == []


@pytest.mark.parametrize("name", ["Africa/Cairo", "America/Havana", "Asia/Gaza"])
def test_between_when_a_file_names_a_change_of_nothing_then_leaves_it_out(
    name: str,
) -> None:
    start, end = (int(datetime(y, 1, 1, tzinfo=UTC).timestamp()) for y in (1950, 2030))
    changes: list[Transition] = list(read_zone(name).between(start, end))
    assert all(change.before != change.after for change in changes)
    assert all(start < change.at <= end for change in changes)


def test_rules_when_names_are_numbers_then_are_read_without_brackets() -> None:
    begin, end = read_zone("America/Nuuk").rules
    assert (begin.before.name, begin.after.name) == ("-02", "-01")
    assert (end.before.name, end.after.name) == ("-01", "-02")


def test_rules_when_read_then_say_which_time_is_summer_time() -> None:
    begin, end = read_zone("Europe/Berlin").rules
    assert (begin.before.summer, begin.after.summer) == (False, True)
    assert (begin.before.offset, begin.after.offset) == (3600, 7200)
    assert (end.before, end.after) == (begin.after, begin.before)


def test_block_size_when_counted_then_is_that_of_rfc_8536() -> None:
    counts = (1, 20, 300, 4000, 50000, 600000)  # isut, isstd, leap, times, types, chars
    own = 600000 + 50000 * 6 + 20 + 1
    assert _block_size(counts, time_size=4) == own + 4000 * 5 + 300 * 8
    assert _block_size(counts, time_size=8) == own + 4000 * 9 + 300 * 12


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("2", 7200), ("+1:30", 5400), ("-1:30:15", -5415), ("0:00:01", 1)],
)
def test_seconds_when_time_of_a_rule_then_is_their_number(
    text: str, seconds: int
) -> None:
    assert _seconds(text) == seconds
