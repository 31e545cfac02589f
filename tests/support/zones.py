"""The zones of the pinned tzdata package, whatever the machine has."""

from importlib.resources import files
from zoneinfo import ZoneInfo

ZONES = sorted(files("tzdata").joinpath("zones").read_text(encoding="ascii").split())


def tzdata(name: str) -> ZoneInfo:
    """A zone by its IANA name."""
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)
