"""Scenes: drawn stand-ins for photographs, the same for the same name.

A scene is the inside of an SVG of `WIDTH` by `HEIGHT`, with light, distance and people,
so that pages look with it as they would with what people take pictures of.
"""

from collections.abc import Callable, Iterator, Mapping
from random import Random

WIDTH, HEIGHT = 1600, 1000
_SKIN = ("#5b3a29", "#8d5524", "#c68642", "#e0ac69", "#f1c27d")
_CLOTHES = ("#34495e", "#7d3c98", "#117864", "#b03a2e", "#b9770e", "#2e4053", "#d0d3d4")
_SPINES = ("#7b241c", "#1a5276", "#145a32", "#7e5109", "#4a235a", "#b7950b", "#d7ccc8")


def scene(kind: str, name: str) -> str:
    """The scene of a kind in `SCENES`; a name decides on its details."""
    random = Random(name)  # noqa: S311 - a drawing, the same each time
    return "".join(SCENES[kind](random))


def _fade(key: str, *stops: str, dark: bool = False) -> str:
    """A gradient from top to bottom, or the shade at the borders of a photograph."""
    if dark:
        return (
            f'<radialGradient id="{key}" r="0.8"><stop offset="0.55" stop-opacity="0"/>'
            '<stop offset="1" stop-opacity="0.45"/></radialGradient>'
        )
    last = len(stops) - 1
    listed = "".join(
        f'<stop offset="{number / last:.2f}" stop-color="{colour}"/>'
        for number, colour in enumerate(stops)
    )
    return (
        f'<linearGradient id="{key}" x1="0" y1="0" x2="0" y2="1">{listed}'
        "</linearGradient>"
    )


def _box(x: float, y: float, width: float, height: float, fill: str) -> str:
    return (
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{width:.0f}" height="{height:.0f}"'
        f' fill="{fill}"/>'
    )


def _dot(x: float, y: float, radius: float, fill: str, opacity: float = 1) -> str:
    return (
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="{fill}"'
        f' opacity="{opacity}"/>'
    )


def _whole(*stops: str) -> str:
    return _fade("back", *stops) + _box(0, 0, WIDTH, HEIGHT, "url(#back)")


def _shade() -> str:
    return _fade("shade", dark=True) + _box(0, 0, WIDTH, HEIGHT, "url(#shade)")


def _ridge(random: Random, level: float, rough: float, fill: str) -> str:
    """A line of hills, filled down to the lower edge."""
    points = " ".join(
        f"L{x} {level + random.uniform(-rough, rough):.0f}"
        for x in range(0, WIDTH + 1, 100)
    )
    return f'<path d="M0 {HEIGHT}{points}L{WIDTH} {HEIGHT}z" fill="{fill}"/>'


def _person(random: Random, x: float, y: float, size: float) -> str:
    """Head, hair and shoulders; `y` is where the shoulders end."""
    skin, clothes = random.choice(_SKIN), random.choice(_CLOTHES)
    hair = random.choice(("#1c1310", "#3b2314", "#6e4b2a", "#8a8a8a"))
    head = y - size * 1.15
    return (
        f'<path d="M{x - size:.0f} {y:.0f}q0 {-size:.0f} {size:.0f} {-size:.0f}'
        f't{size:.0f} {size:.0f}z" fill="{clothes}"/>'
        + _dot(x, head - size * 0.08, size * 0.46, hair)
        + _dot(x, head + size * 0.06, size * 0.38, skin)
    )


def _laptop(x: float, y: float, size: float) -> str:
    return _box(x - size, y - size * 1.2, size * 2, size * 1.2, "#aeb6bf") + _box(
        x - size * 0.9, y - size * 1.1, size * 1.8, size, "#f4f6f7"
    )


def _table(random: Random, y: float, people: int) -> Iterator[str]:
    """People at a table, some of them with a laptop."""
    places = [WIDTH * (place + 0.5) / people for place in range(people)]
    for x in places:
        yield _person(random, x + random.uniform(-25, 25), y + 20, 95)
    yield _fade("wood", "#a9714b", "#6e4529") + _box(0, y, WIDTH, HEIGHT, "url(#wood)")
    for x in places:
        if random.random() < 0.7:
            yield _laptop(x, y + 110, 75)


def _library(random: Random) -> Iterator[str]:
    yield _whole("#4e342e", "#3e2723")
    for shelf in range(4):
        y = 40 + shelf * 160
        x = 20.0
        while x < WIDTH - 40:
            width, height = random.randint(16, 44), random.randint(95, 140)
            yield _box(x, y + 145 - height, width, height, random.choice(_SPINES))
            x += width + 3
        yield _box(0, y + 145, WIDTH, 14, "#8d6e63")
    yield from _table(random, 720, 5)


def _workshop(random: Random) -> Iterator[str]:
    yield _whole("#f5efe6", "#d7ccc0")
    yield _fade("day", "#90caf9", "#e3f2fd")
    for x in (90, 1180):
        yield _box(x, 90, 330, 380, "url(#day)")
        yield _box(x + 158, 90, 14, 380, "#fff")
    yield _box(540, 110, 520, 320, "#37474f") + _box(556, 126, 488, 288, "#fafafa")
    for line in range(5):
        yield _box(600, 180 + line * 44, random.randint(180, 380), 14, "#90a4ae")
    yield _person(random, 1110, 620, 110)
    yield from _table(random, 740, 4)


def _hall(random: Random) -> Iterator[str]:
    yield _whole("#1b2631", "#0b0f14")
    yield _fade("screen", "#aed6f1", "#2e86c1") + _box(
        480, 90, 640, 330, "url(#screen)"
    )
    yield _dot(800, 250, 80, "#fdfefe", 0.85) + _dot(800, 250, 46, "#2e86c1", 0.9)
    yield '<path d="M420 90L0 1000H1600L1180 90z" fill="#fff" opacity="0.05"/>'
    yield _box(360, 470, 880, 40, "#5d4037") + _person(random, 620, 470, 46)
    for row in range(5):
        size = 34 + row * 16
        y = 590 + row * 95
        step = size * 2.5
        for place in range(int(WIDTH / step) + 2):
            yield _person(random, place * step + row % 2 * step / 2, y, size)
    yield _shade()


def _city(random: Random) -> Iterator[str]:
    yield _whole("#274060", "#e07a5f", "#f6d7a7")
    yield _dot(random.randint(300, 1300), 520, 90, "#fff3d6", 0.9)
    for level, low, high, fill in (
        (0, 220, 420, "#8c6a7a"),
        (1, 150, 360, "#5d4a66"),
        (2, 90, 300, "#2f2a44"),
    ):
        x = -20.0
        while x < WIDTH:
            width, height = random.randint(70, 170), random.randint(low, high)
            top = 860 - height
            yield _box(x, top, width, HEIGHT, fill)
            for window in range(random.randint(0, 9) if level == 2 else 0):
                left = x + 12 + window % 3 * width / 3.4
                yield _box(left, top + 24 + window // 3 * 46, 14, 20, "#ffd98a")
            x += width + random.randint(0, 12)
    yield _fade("river", "#6c5a7a", "#1d1a2b") + _box(0, 860, WIDTH, 140, "url(#river)")
    yield _shade()


def _mountains(random: Random) -> Iterator[str]:
    yield _whole("#5dade2", "#d6eaf8", "#fdebd0")
    yield _dot(random.randint(250, 1350), 240, 70, "#fffbea", 0.95)
    for level, rough, fill in (
        (430, 110, "#a9bcd0"),
        (530, 90, "#7f97ad"),
        (640, 60, "#55705f"),
        (760, 40, "#35523c"),
    ):
        yield _ridge(random, level, rough, fill)
    yield _fade("lake", "#7fb3d5", "#1b4f72") + _box(0, 820, WIDTH, 180, "url(#lake)")
    for x in (520, 640, 770):
        yield _person(random, x, 850, 38)
    yield _shade()


def _sea(random: Random) -> Iterator[str]:
    yield _whole("#7a9cb8", "#dfe6ea", "#5b8aa6", "#1f4e66")
    for _ in range(60):
        y = random.randint(560, 980)
        yield _box(random.randint(0, WIDTH), y, 10 + (y - 540) / 4, 3, "#d6e6ee")
    yield '<path d="M560 1000L770 520H830L1040 1000z" fill="#7b5b43"/>'
    for plank in range(12):
        top = 540 + plank**2 * 3.4
        yield _box(790 - plank * 20, top, 20 + plank * 40, 4, "#5a402d")
    for x, y, size in ((770, 690, 34), (860, 760, 48), (720, 880, 64)):
        yield _person(random, x, y, size)
        colour = random.choice(_CLOTHES)
        top = y - size * 2.1
        yield (
            f'<path d="M{x - size * 1.3:.0f} {top:.0f}'
            f'a{size * 1.3:.0f} {size * 1.1:.0f} 0 0 1 {size * 2.6:.0f} 0z"'
            f' fill="{colour}"/>'
        )
    yield _shade()


def _garden(random: Random) -> Iterator[str]:
    yield _whole("#85c1e9", "#eaf2f8", "#7dcea0", "#1e8449")
    for _ in range(26):
        x, y = random.randint(-40, WIDTH + 40), random.randint(330, 520)
        green = random.choice(("#1e6b3a", "#2e8b57", "#3a9d5d", "#6aa84f"))
        yield _box(x - 10, y, 20, 150, "#5d4037") + _dot(
            x, y, random.randint(60, 120), green
        )
    yield '<path d="M500 1000Q760 760 800 600H850Q900 780 1150 1000z" fill="#d8c3a5"/>'
    for x in range(260, 1400, 190):
        yield _person(random, x + random.randint(-40, 40), random.randint(820, 940), 70)
    yield _shade()


def _cake(random: Random) -> Iterator[str]:
    yield _whole("#4a235a", "#7b4173")
    for _ in range(40):
        x, y = random.randint(0, WIDTH), random.randint(0, 620)
        yield _dot(x, y, random.randint(14, 60), "#ffe0b2", 0.18)
    yield _fade("cloth", "#f8f4ec", "#cfc4b2") + _box(0, 760, WIDTH, 240, "url(#cloth)")
    yield '<ellipse cx="800" cy="820" rx="470" ry="70" fill="#b0bec5"/>'
    for top, half, fill in ((610, 360, "#f5cba7"), (460, 250, "#fadbd8")):
        yield _box(800 - half, top, half * 2, 190, fill)
        yield _box(800 - half, top, half * 2, 36, "#fffaf3")
    for x in range(620, 1000, 60):
        yield _box(x, 390, 12, 70, random.choice(_CLOTHES)) + _dot(
            x + 6, 376, 15, "#ffcc66"
        )
    yield _shade()


def _plan(random: Random) -> Iterator[str]:
    yield _whole("#f3ecd9", "#e9dfc4")
    yield '<path d="M0 700Q500 520 900 720T1600 560V760Q1200 900 800 830T0 860z"'
    yield ' fill="#9fc5e8"/>'
    for _ in range(9):
        x, y = random.randint(0, WIDTH), random.randint(0, HEIGHT)
        yield (
            f'<path d="M{x} 0L{random.randint(0, WIDTH)} {HEIGHT}M0 {y}L{WIDTH}'
            f' {random.randint(0, HEIGHT)}" stroke="#fff" stroke-width="20"/>'
        )
    for _ in range(7):
        x, y = random.randint(150, 1450), random.randint(150, 850)
        yield (
            f'<path d="M{x} {y}q-70 -90 -70 -130a70 70 0 0 1 140 0q0 40 -70 130z"'
            ' fill="#c0392b"/>' + _dot(x, y - 130, 26, "#fff")
        )


def _pages(random: Random) -> Iterator[str]:
    yield _whole("#5d4b3c", "#2f251d")
    yield '<path d="M180 190L800 150V880L180 930z" fill="#f4ecd8"/>'
    yield '<path d="M1420 190L800 150V880L1420 930z" fill="#e8dcc0"/>'
    for column in (240, 520, 860, 1140):
        for line in range(20):
            width = random.randint(150, 220)
            yield _box(column, 250 + line * 30, width, 9, "#6b6255")
    yield '<path d="M1250 1000q-40 -260 90 -330q60 -20 50 40l-40 120l160 170z"'
    yield ' fill="#c68642"/>'
    yield _shade()


SCENES: Mapping[str, Callable[[Random], Iterator[str]]] = {
    "cake": _cake,
    "city": _city,
    "garden": _garden,
    "hall": _hall,
    "library": _library,
    "mountains": _mountains,
    "pages": _pages,
    "plan": _plan,
    "sea": _sea,
    "workshop": _workshop,
}
"""Kind → what draws it."""
