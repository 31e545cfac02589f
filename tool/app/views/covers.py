"""Covers: small drawings for what has no picture, the same for the same title.

They stand in the page itself, so that none is asked for. `css/lists.css` has their
colours, which follow the reader's: a drawing only says which.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import sha256

from flask import Flask
from markupsafe import Markup

from tool.app.views.items import ItemView

COLOURS = 6
WIDTH, HEIGHT = 48, 32
_SVG = Markup(
    '<svg class="cover cover--{}" viewBox="0 0 48 32" aria-hidden="true"'
    ' preserveAspectRatio="xMidYMid slice">{}</svg>'
)
_DISC = Markup('<circle cx="{}" cy="{}" r="{}"/>')
_RING = Markup('<circle class="line" cx="{}" cy="{}" r="{}"/>')
_LAND = Markup('<path d="M0 {}Q12 {} 24 {}T48 {}V32H0z"/>')

Numbers = Iterator[int]
"""From 0 to 255, in an order that only the title decides."""


def cover(item: ItemView) -> Markup:
    """The cover of a post or an event, as decoration."""
    return _drawn(item.publication.kind, item.title)


@lru_cache(maxsize=1024)
def _drawn(kind: str, title: str) -> Markup:
    numbers = iter(sha256(title.encode()).digest())
    colour = next(numbers) % COLOURS
    motifs = _MOTIFS[kind]
    motif = motifs[next(numbers) % len(motifs)]
    return _SVG.format(colour, motif(numbers))


def _between(numbers: Numbers, least: int, most: int) -> int:
    return least + next(numbers) % (most - least + 1)


def _orbits(numbers: Numbers) -> Markup:
    """A sun in a corner, and what goes round it."""
    x, y = _between(numbers, 2, 14), _between(numbers, 22, 32)
    drawn = _DISC.format(x, y, _between(numbers, 5, 8))
    for radius in (14, 22, 31):
        drawn += _RING.format(x, y, radius)
        # Pythagorean triples keep the planets on their rings, in whole numbers enough.
        across, up = ((0.6, 0.8), (0.8, 0.6), (0.92, 0.39))[next(numbers) % 3]
        planet = _between(numbers, 2, 4) / 2 + 0.5
        drawn += _DISC.format(
            round(x + across * radius, 1), round(y - up * radius, 1), planet
        )
    return drawn


def _planet(numbers: Numbers) -> Markup:
    """A planet with rings, and stars."""
    x, y = _between(numbers, 16, 32), _between(numbers, 12, 20)
    drawn = _DISC.format(x, y, 8) + _RING.format(x, y, 11) + _RING.format(x, y, 14)
    for _ in range(5):
        drawn += _DISC.format(_between(numbers, 1, 47), _between(numbers, 1, 31), 0.6)
    return drawn


def _hills(numbers: Numbers) -> Markup:
    """A moon over land."""
    drawn = _DISC.format(
        _between(numbers, 8, 40), _between(numbers, 6, 11), _between(numbers, 3, 5)
    )
    for level in (18, 23):
        heights = (_between(numbers, level - 3, level + 3) for _ in range(4))
        drawn += _LAND.format(*heights)
    return drawn


_MOTIFS: dict[str, tuple[Callable[[Numbers], Markup], ...]] = {
    "event": (_orbits, _planet),
    "post": (_hills, _planet),
}


def init_app(app: Flask) -> None:
    """Offer `cover(item)` to templates."""
    app.jinja_env.globals["cover"] = cover
