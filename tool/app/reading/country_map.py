"""A small map of an event: the outline of its country with the point in it.

Drawn from the borders that forms use (Natural Earth), without a request of the reader's
browser. East and north are degrees, with east shortened as on the point's latitude.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from math import cos, radians

from space.publication.places import point_of
from space.schema.geo import Point
from space.schema.kinds import Values
from tool.app.form.borders import Ring, rings_of
from tool.app.views.items import text

WIDTH, HEIGHT = 320, 180  # units of the drawing
_MARGIN = 12  # units round the country
_WIDEST = 40.0  # degrees to each side of the point; of larger countries a part is shown
_ZOOM = 12  # of the map that the drawing leads to
_LEAST = 1.0  # degrees from top to bottom


@dataclass(frozen=True, slots=True)
class CountryMap:
    """The drawing of a country and a point in it.

    `path` is the `d` of an SVG path; `x` and `y` are where the point is.
    """

    path: str
    x: int
    y: int
    point: Point
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def place_on_map(self) -> str:
        """The fragment that opens the map at the point."""
        latitude, longitude = self.point.numbers()
        return f"map={_ZOOM}/{latitude}/{longitude}"


def map_of(values: Values) -> CountryMap | None:
    """The map of an event; None without a public point or borders round it."""
    point = point_of(values)
    return _drawn(text(values, "country"), point) if point else None


@lru_cache(maxsize=256)
def _drawn(country: str, point: Point) -> CountryMap | None:
    """The country round a point, scaled to fit the drawing; None without borders."""
    rings = [ring for ring in _near(rings_of(country), point) if ring]
    if not rings:
        return None
    squeeze = cos(radians(point.latitude)) or 1.0
    placed = [[(x * squeeze, -y) for x, y in ring] for ring in rings]
    at = (point.longitude * squeeze, -point.latitude)
    xs, ys = zip(at, *chain.from_iterable(placed), strict=True)
    wide, high = (max(max(line) - min(line), _LEAST) for line in (xs, ys))
    scale = min((WIDTH - 2 * _MARGIN) / wide, (HEIGHT - 2 * _MARGIN) / high)
    left = (WIDTH - (max(xs) + min(xs)) * scale) / 2
    top = (HEIGHT - (max(ys) + min(ys)) * scale) / 2

    def fitted(x: float, y: float) -> tuple[int, int]:
        return round(x * scale + left), round(y * scale + top)

    path = "".join(_path([fitted(*corner) for corner in ring]) for ring in placed)
    return CountryMap(path, *fitted(*at), point)


def _near(rings: Iterable[Ring], point: Point) -> Iterator[Ring]:
    """The rings that come within `_WIDEST` of a point, cut to that square."""

    def bounded(value: float, middle: float) -> float:
        return min(max(value, middle - _WIDEST), middle + _WIDEST)

    for ring in rings:
        cut = tuple(
            (bounded(x, point.longitude), bounded(y, point.latitude)) for x, y in ring
        )
        if any(corner == kept for corner, kept in zip(ring, cut, strict=True)):
            yield cut


def _path(corners: list[tuple[int, int]]) -> str:
    """A closed line without corners that the drawing cannot tell apart."""
    told = [corners[0]]
    told += [b for a, b in pairwise(corners) if a != b]
    if len(set(told)) < 3:
        return ""
    return "".join(_steps(told)) + "z"


def _steps(corners: list[tuple[int, int]]) -> Iterator[str]:
    yield f"M{corners[0][0]} {corners[0][1]}"
    for before, after in pairwise(corners):
        yield f"l{after[0] - before[0]} {after[1] - before[1]}"
