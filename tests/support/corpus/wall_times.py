"""Wall times in every zone that pages may have, and the instants that they are.

What Python derives from the pinned tzdata is what Lua and a real wiki have to derive.
"""

from space.dates.moments import Moment
from space.dates.zones import known_zone, names

SEASONS = (
    "2026-07-01 12:00",
    "2026-12-05 10:00",
    "2027-01-15 10:00",
    "2027-07-15 10:00",
)
EDGES = (
    "1900-01-01 00:00",
    *(
        f"{year}-{month}-01 12:00"
        for year in (1916, 1942, 1969)
        for month in ("02", "07")
    ),
    *(f"{year}-{month}-15 12:00" for year in (1975, 1999) for month in ("01", "08")),
    *("2037-12-31 23:59", "2038-07-01 12:00", "2100-03-01 00:00", "2199-12-31 23:59"),
)
FIXED = [
    name
    for sign in "+-"
    for minutes in range(0, 15 * 60, 15)
    if known_zone(name := f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}")
]
EVERY = sorted(names()) + FIXED


def instants(walls: tuple[str, ...]) -> dict[str, list[float]]:
    """Zone → the instants of wall times there, as seconds since 1970 in UTC."""
    return {
        name: [Moment.parse(wall, name).utc.timestamp() for wall in walls]
        for name in EVERY
    }
