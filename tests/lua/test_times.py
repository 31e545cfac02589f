"""Agreement of Module:Space/Times with space/dates."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from space.dates.moments import Moment
from tests.lua.scribunto import Scribunto
from tests.support.corpus.wall_times import EDGES, EVERY, SEASONS, instants
from tests.support.feeds.tzdata_zones import ZONES, around_changes

CLOCKS = [
    ("2026-11-28 10:00", "Pacific/Auckland"),
    ("2026-03-29 02:30", "Europe/Berlin"),  # skipped
    ("2026-10-25 02:30", "Europe/Berlin"),  # shown twice
    ("2026-11-01 01:30", "America/New_York"),  # shown twice
    ("2026-04-05 02:15", "Australia/Lord_Howe"),  # half an hour
    ("2026-04-24", "Africa/Cairo"),  # midnight is skipped
    ("2026-01-01", "UTC+05:45"),
    ("2026-06-15 23:59", "UTC-03:30"),
]


@pytest.mark.parametrize(("wall", "zone"), CLOCKS)
def test_instant_of_a_wall_time_is_that_of_the_domain(
    scribunto: Callable[..., Scribunto], wall: str, zone: str
) -> None:
    instant = scribunto().run(
        "return require('Module:Space/Times').instant(...)", wall, zone
    )

    assert instant == Moment.parse(wall, zone).utc.timestamp()


INSTANTS = """
local zones, walls = ...
local found = {}
for _, zone in ipairs(zones) do
    found[zone] = {}
    for place, wall in ipairs(walls) do
        found[zone][place] = require('Module:Space/Times').instant(wall, zone)
    end
end
return found
"""


@pytest.mark.parametrize("walls", [SEASONS, EDGES], ids=["seasons", "edges"])
def test_instant_in_every_zone_that_a_page_may_have_is_that_of_the_domain(
    lua: Scribunto, walls: tuple[str, ...]
) -> None:
    assert lua.run(INSTANTS, EVERY, walls) == instants(walls)


def test_instant_around_each_change_of_clocks_is_that_of_the_domain(
    lua: Scribunto,
) -> None:
    # UTC and fixed offsets have no changes.
    for zone in set(ZONES) & set(EVERY) - {"UTC"}:
        walls = [f"{wall:%Y-%m-%d %H:%M}" for wall in sorted(around_changes(zone))]

        expected = [Moment.parse(wall, zone).utc.timestamp() for wall in walls]
        assert lua.run(INSTANTS, [zone], walls) == {zone: expected}


@given(
    day=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    clock=st.times(),
    zone=st.sampled_from(EVERY),
)
def test_instant_of_any_time_in_any_zone_is_that_of_the_domain(
    lua: Scribunto, day: date, clock: time, zone: str
) -> None:
    wall = f"{day} {clock:%H:%M}"

    found = lua.run(INSTANTS, [zone], [wall])

    assert found == {zone: [Moment.parse(wall, zone).utc.timestamp()]}


@pytest.mark.parametrize(
    "zone", ["Middle/Earth", "CET", "Etc/GMT+15", "UTC+5", "UTC+05:30 ", ""]
)
def test_instant_when_the_zone_is_unknown_is_nil(lua: Scribunto, zone: str) -> None:
    call = "return require('Module:Space/Times').instant('2026-11-28 10:00', ...)"

    assert lua.run(call, zone) is None


@pytest.mark.parametrize(
    ("zone", "place"),
    [
        ("America/Argentina/Buenos_Aires", "Buenos Aires"),
        ("Etc/UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("UTC+05:30", "UTC+05:30"),
    ],
)
def test_place_of_a_zone_is_what_people_call_it(
    lua: Scribunto, zone: str, place: str
) -> None:
    call = "return require('Module:Space/TimeZone').place(...)"
    assert lua.run(call, zone) == place


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("2026-02-28", True),
        ("0001-01-01", True),
        ("9999-12-31", True),
        ("2000-02-29", True),
        ("2100-02-29", False),
        ("2026-02-30", False),
        ("2026-00-10", False),
        ("2026-10-00", False),
        ("0000-01-01", False),
        ("10000-01-01", False),
        ("28 February", False),
        ("2026-02-28 10:00", False),
        ("", False),
    ],
)
def test_is_date_says_what_the_calendar_has(
    lua: Scribunto, text: str, *, is_one: bool
) -> None:
    assert lua.run("return require('Module:Space/Times').isDate(...)", text) is is_one


@given(day=st.dates(), days=st.integers(-800, 800))
def test_days_are_counted_as_the_domain_counts_them(
    lua: Scribunto, day: date, days: int
) -> None:
    assume(1 <= day.toordinal() + days <= date.max.toordinal())
    call = """
    local Times, day, days = require('Module:Space/Times'), ...
    local later = Times.addDays(day, days)
    return { later, Times.daysBetween(day, later), Times.weekday(later) }
    """

    later = day + timedelta(days)
    assert lua.run(call, str(day), days) == [str(later), days, later.isoweekday()]


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        ("2026-11-28 10:00", None, "Saturday, 28 November 2026, 10:00"),
        (
            "2026-11-28 10:00",
            "2026-11-28 16:00",
            "Saturday, 28 November 2026, 10:00–16:00",
        ),
        (
            "2026-11-28 22:00",
            "2026-11-29 01:00",
            "Saturday, 28 November 2026, 22:00 – Sunday, 29 November 2026, 01:00",
        ),
        ("2026-11-28", "2026-11-28", "Saturday, 28 November 2026"),
        (
            "2026-11-28",
            "2026-11-30",
            "Saturday, 28 November 2026 – Monday, 30 November 2026",
        ),
    ],
)
def test_write_range_says_each_date_once(
    scribunto: Callable[..., Scribunto], first: str, last: str | None, written: str
) -> None:
    call = "return require('Module:Space/Times').writeRange(...)"

    assert scribunto().run(call, first, last) == written


def test_span_of_whole_days_ends_after_the_last_one(
    scribunto: Callable[..., Scribunto],
) -> None:
    call = "return { require('Module:Space/Times').span(...) }"

    span = scribunto().run(call, "2026-11-13", "2026-11-15", "Europe/Brussels")

    days = 3
    assert span[1] - span[0] == days * 86_400


def test_offset_is_that_of_the_day(scribunto: Callable[..., Scribunto]) -> None:
    call = "return require('Module:Space/Times').offset(...)"
    lua = scribunto()

    assert lua.run(call, "2026-11-28 10:00", "Pacific/Auckland") == "UTC+13:00"
    assert lua.run(call, "2026-06-28 10:00", "Pacific/Auckland") == "UTC+12:00"
    assert lua.run(call, "2026-06-28 10:00", "America/St_Johns") == "UTC−02:30"
