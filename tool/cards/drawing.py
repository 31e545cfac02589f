"""What a card looks like: title, who and when, the mark of the site."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw
from PIL.ImageColor import getrgb

from tool.cards.fonts import Fonts
from tool.cards.typesetting import Cluster, Paragraph, TextStyle

WIDTH, HEIGHT = 1200, 630
LOOK = 1
"""Raised whenever the same card is drawn differently: addresses name it."""

_MARGIN = 80
_TITLE_SIZES = (72, 62, 54)
_TITLE_LINES = 3
_LINE_HEIGHT = 1.28
_SMALL = 34
_TITLE_TOP, _TITLE_END = 168, 456
_WHO, _WHEN = 520, 568  # baselines
# Colours of Codex: grounds, base and subtle text, progressive.
_GROUND, _TINT, _EDGE = "#ffffff", "#f1f4fd", "#d9e2fa"
_INK, _QUIET, _ACCENT = "#202122", "#54595d", "#3366cc"
_BLUE, _GREEN, _RED = "#006699", "#339966", "#990000"  # of the movement's logos
_BAND = 14  # pixels at the foot
_FINER = 3  # shapes are drawn so many times as large, for smooth edges
_ORBIT = (
    ((3.2, 22.6), (1.4, 20.8), (6.6, 15.4), (14.2, 11.7)),
    ((14.2, 11.7), (21.8, 8.0), (28.7, 7.0), (29.6, 9.3)),
    ((29.6, 9.3), (30.5, 11.6), (25.9, 16.5), (18.3, 20.2)),
    ((18.3, 20.2), (10.7, 23.9), (5.0, 24.4), (3.2, 22.6)),
)
"""The ring of `space.svg`, as Bézier curves in its 32 units."""
_STEPS = 24  # of a curve
_SHADES = 8  # between two colours


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, as plain text; `right_to_left` of a title without letters."""

    title: str
    who: str
    when: str
    site: str
    language: str
    right_to_left: bool = False


def draw(card: Card, fonts: Fonts) -> bytes:
    """A card as PNG."""
    base = int(card.right_to_left)
    title = Paragraph.of(card.title, fonts, card.language, base)
    mirrored = bool(title.base)
    picture = _ground(mirrored).copy()
    canvas = ImageDraw.Draw(picture)

    def put(
        line: list[Cluster], style: TextStyle, y: float, colour: str, gap: int
    ) -> None:
        x = WIDTH - gap - style.width(line) if mirrored else gap
        style.draw(canvas, (x, y), line, colour)

    def put_small(text: str, y: int, colour: str, gap: int) -> None:
        style = TextStyle(fonts, _SMALL, card.language)
        paragraph = Paragraph.of(text, fonts, card.language, title.base)
        for line in paragraph.lines(style, WIDTH - gap - _MARGIN, 1):
            put(line, style, y, colour, gap)

    style, lines = _fitting(title, fonts, card.language)
    step = style.size * _LINE_HEIGHT
    middle = (_TITLE_TOP + _TITLE_END) / 2
    first = middle - step * len(lines) / 2 + style.size
    for number, line in enumerate(lines):
        put(line, style, first + step * number, _INK, _MARGIN)
    put_small(card.site, 122, _INK, _MARGIN + 92)
    put_small(card.who, _WHO if card.when else _WHEN, _INK, _MARGIN)
    put_small(card.when, _WHEN, _QUIET, _MARGIN)
    return _png(picture)


def _fitting(
    title: Paragraph, fonts: Fonts, language: str
) -> tuple[TextStyle, list[list[Cluster]]]:
    """The largest size at which the whole title fits, else the smallest."""
    width = WIDTH - 2 * _MARGIN
    for size in _TITLE_SIZES:
        style = TextStyle(fonts, size, language)
        lines = title.lines(style, width, _TITLE_LINES + 1)
        if len(lines) <= _TITLE_LINES:
            return style, lines
    return style, title.lines(style, width, _TITLE_LINES)


@cache
def _ground(mirrored: bool) -> Image.Image:  # noqa: FBT001 - a key of the cache
    """What is below the text: a planet at the far end, the mark at the beginning."""
    large = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER), _GROUND)
    canvas = ImageDraw.Draw(large)
    _planet(canvas, (770, 190, 17), (_EDGE, _TINT, _EDGE))
    found = large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    found = found.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if mirrored else found
    mark = Image.new("RGB", (72 * _FINER, 72 * _FINER), _GROUND)
    _planet(ImageDraw.Draw(mark), (0, 0, 72 / 32), (_GREEN, _BLUE, _RED))
    ImageDraw.Draw(found).rectangle((0, HEIGHT - _BAND, WIDTH, HEIGHT), _ACCENT)
    x = WIDTH - _MARGIN - 72 if mirrored else _MARGIN
    found.paste(mark.resize((72, 72), Image.Resampling.LANCZOS), (x, 74))
    return found


def _planet(
    canvas: ImageDraw.ImageDraw,
    place: tuple[float, float, float],
    colours: tuple[str, str, str],
) -> None:
    """The mark of `space.svg`: left, top and pixels a unit; ring, ball and moon."""
    left, top, scale = place
    ring, ball, moon = colours

    def at(x: float, y: float) -> tuple[float, float]:
        return (
            (left + x * scale) * _FINER,
            (top + y * scale) * _FINER,
        )

    canvas.ellipse((*at(5, 5), *at(27, 27)), ball)
    points = [at(*point) for curve in _ORBIT for point in _curve(curve)]
    points += points[:2]  # so that the ends of the ring join
    canvas.line(points, ring, round(2.4 * scale * _FINER), joint="curve")
    canvas.ellipse((*at(24.5, 5), *at(30.5, 11)), moon)


def _curve(curve: tuple[tuple[float, float], ...]) -> list[tuple[float, float]]:
    """Points on a cubic Bézier curve."""
    found = []
    for step in range(_STEPS + 1):
        t = step / _STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
        x, y = (
            sum(
                weight * point[axis]
                for weight, point in zip(weights, curve, strict=True)
            )
            for axis in (0, 1)
        )
        found.append((x, y))
    return found


def _png(picture: Image.Image) -> bytes:
    found = BytesIO()
    few = picture.quantize(palette=_palette(), dither=Image.Dither.NONE)
    few.save(found, "PNG", compress_level=6)
    return found.getvalue()


@cache
def _palette() -> Image.Image:
    """The colours of a card, and those of the edges between them."""
    grounds = (_GROUND, _TINT, _EDGE)
    inks = (_INK, _QUIET, _BLUE, _GREEN, _RED)
    pairs = [(one, other) for one in grounds for other in (*inks, *grounds)]
    mixed = (
        round(a + (b - a) * step / _SHADES)
        for one, other in [*pairs, (_ACCENT, _ACCENT)]
        for step in range(_SHADES + 1)
        for a, b in zip(getrgb(one), getrgb(other), strict=True)
    )
    found = Image.new("P", (1, 1))
    found.putpalette(list(mixed))
    return found
