"""Map tiles of the sandbox: land and sea, drawn on the spot.

In the projection and under the addresses that map libraries expect
(https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames), so that the tool's map works
here without any network. The land is the one that the tool's own drawing shows.
"""

import re
from functools import cache
from math import asinh, pi, radians, tan
from pathlib import Path

PATH = re.compile(r"/tiles/([0-9]{1,2})/([0-9]{1,6})/([0-9]{1,6})\.svg", re.ASCII)
TEMPLATE = "/tiles/{z}/{x}/{y}.svg"
LAND = Path(__file__).resolve().parents[2] / "tool/app/static/vendor/land.svg"
SIZE = 256  # units of the whole world, and pixels of a tile
_STEP = 10  # units of the drawing in a degree
_NORTH = 85.05  # where the projection ends
_RINGS = re.compile(r"M([^lM]+)l([^zM]+)z")


def tile(z: int, x: int, y: int) -> str | None:
    """One tile as SVG; None for one that is not on the map."""
    across = 2**z
    if x >= across or y >= across:
        return None
    side = SIZE / across
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}"'
        f' viewBox="{x * side} {y * side} {side} {side}">'
        f'<rect width="{SIZE}" height="{SIZE}" fill="#dce9f2"/>'
        f'<path d="{_land()}" fill="#f4f1ea" stroke="#a2a9b1" stroke-width="1"'
        ' vector-effect="non-scaling-stroke"/></svg>'
    )


@cache
def _land() -> str:
    rings = _RINGS.findall(LAND.read_text("utf-8"))
    return "".join(_ring(start, steps) for start, steps in rings)


def _ring(start: str, steps: str) -> str:
    x, y = map(int, start.split(","))
    points = [_projected(x, y)]
    for step in steps.split():
        right, down = map(int, step.split(","))
        x, y = x + right, y + down
        points.append(_projected(x, y))
    return f"M{'L'.join(points)}z"


def _projected(x: int, y: int) -> str:
    """A point of the drawing, which has its corner at 180° W 90° N, in Mercator's."""
    north = max(-_NORTH, min(_NORTH, 90 - y / _STEP))
    across = x / _STEP / 360
    down = (1 - asinh(tan(radians(north))) / pi) / 2
    return f"{across * SIZE:.3f},{down * SIZE:.3f}"
