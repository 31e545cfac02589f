"""Test of a point against the borders of a country, for warnings in a form.

Borders are those of Natural Earth, accurate to about two kilometres, and take no side
in disputes: a form may ask "is this right?" and no more. `npm run build` writes
a JSON file of rings for each country (`tool/build/borders.mjs`).
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

from babel.core import get_global

from space.publication.places import point_of
from space.schema.geo import Point
from space.schema.kinds import Values
from space.schema.problems import Problem

AREAS = Path(__file__).resolve().parents[1] / "data" / "borders"
STEP = 100  # units of the files in a degree
NEAR = 0.5  # degrees; the borders leave out islands and piers
_ROUND = 360.0

Ring = tuple[tuple[float, float], ...]
"""Corners of a polygon: degrees of longitude and latitude."""


def lies_in(point: Point, country: str) -> bool | None:
    """Whether a point is in a country (ISO 3166-1 alpha-2) or within `NEAR` of it.

    None for a country without a file of borders.
    """
    rings = rings_of(country)
    if not rings:
        return None
    return _inside(point, rings) or any(_touches(point, ring) for ring in rings)


def swapped(point: Point, country: str) -> bool:
    """Whether the point lies in the country only with its coordinates swapped."""
    other = Point(point.longitude, point.latitude)
    if abs(other.latitude) > 90 or lies_in(point, country) is not False:
        return False
    return lies_in(other, country) is True


def point_problems(values: Values) -> tuple[Problem, ...]:
    """A warning if the coordinates of an event are not in its country, else none."""
    point, country = point_of(values), values.get("country")
    if point is None or not isinstance(country, str):
        return ()
    if swapped(point, country):
        return (Problem("point-swapped", "coordinates", severity="warning"),)
    if lies_in(point, country) is False:
        return (Problem("point-elsewhere", "coordinates", severity="warning"),)
    return ()


def _inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Even-odd rule over all rings, holes included."""
    crossed = 0
    for ring in rings:
        for (x, y), (next_x, next_y) in _edges(ring):
            if (y > point.latitude) != (next_y > point.latitude):
                at = x + (point.latitude - y) * (next_x - x) / (next_y - y)
                crossed += at > point.longitude
    return crossed % 2 == 1


def _touches(point: Point, ring: Ring) -> bool:
    return any(_is_near(point, start, end) for start, end in _edges(ring))


def _is_near(
    point: Point, start: tuple[float, float], end: tuple[float, float]
) -> bool:
    """Whether an edge comes within `NEAR` degrees, measured on the flat map."""
    east = (point.longitude - start[0] + _ROUND / 2) % _ROUND - _ROUND / 2
    north = point.latitude - start[1]
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    share = (east * along_x + north * along_y) / length if length else 0
    share = min(max(share, 0), 1)
    return (east - share * along_x) ** 2 + (north - share * along_y) ** 2 <= NEAR**2


def _edges(ring: Ring) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(ring, (*ring[1:], ring[0]), strict=True)


@lru_cache(maxsize=16)
def rings_of(country: str) -> tuple[Ring, ...]:
    """The polygons of a country; empty without a file for it."""
    for path in (AREAS / f"{code}.json" for code in _numbers().get(country, ())):
        if path.exists():
            return tuple(map(_ring, json.loads(path.read_text("utf-8"))))
    return ()


@cache
def _numbers() -> Mapping[str, list[str]]:
    """Country → its numeric codes of ISO 3166-1; withdrawn codes have no file."""
    numbers: dict[str, list[str]] = {}
    for code, territories in get_global("territory_aliases").items():
        if code.isdigit():
            numbers.setdefault(territories[0], []).append(code)
    return numbers


def _ring(flat: list[int]) -> Ring:
    numbers = [number / STEP for number in flat]
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))
