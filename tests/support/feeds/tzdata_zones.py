"""The zones of the pinned tzdata package, whatever the machine has."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

from space.dates.tzdata import read_zone

ZONES = sorted(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def tzdata(name: str) -> ZoneInfo:
    """A zone by its IANA name."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


HALF_HOUR = timedelta(minutes=30)
TRICKY = [
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Havana",
    "America/Nuuk",
    "America/New_York",
    "America/Santiago",
    "Asia/Gaza",
    "Asia/Jerusalem",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Auckland",
    "Pacific/Chatham",
]


def around_changes(name: str) -> set[datetime]:
    """Wall times around each change of 2024 to 2030, and each quarter's noon."""
    walls = {datetime(y, m, 1, 12) for y in range(2024, 2031) for m in (1, 4, 7, 10)}  # noqa: DTZ001 - wall time
    start, end = (int(datetime(y, 1, 2, tzinfo=UTC).timestamp()) for y in (2024, 2030))
    for change in read_zone(name).between(start, end):
        shift = timedelta(seconds=abs(change.after.offset - change.before.offset))
        wall = change.wall.replace(tzinfo=None)
        walls |= {wall - shift - HALF_HOUR, wall + shift + HALF_HOUR}
    return walls
