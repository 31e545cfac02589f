"""Module:Space/Times against the domain's own times (DESIGN §5: fold=0)."""

from collections.abc import Callable

import pytest

from space.times import Moment
from tests.lua.scribunto import Scribunto

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


def test_instant_when_the_zone_is_unknown_is_nil(
    scribunto: Callable[..., Scribunto],
) -> None:
    call = "return require('Module:Space/Times').instant('2026-11-28 10:00', ...)"

    assert scribunto().run(call, "Middle/Earth") is None


def test_is_date_when_the_calendar_lacks_the_day_is_false(
    scribunto: Callable[..., Scribunto],
) -> None:
    call = "return require('Module:Space/Times').isDate(...)"

    assert scribunto().run(call, "2026-02-28") is True
    assert scribunto().run(call, "2026-02-30") is False
    assert scribunto().run(call, "28 February") is False


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
