"""Text as lines of glyphs: any script, fonts by character, at most so many lines."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import regex
from PIL.ImageDraw import ImageDraw
from PIL.ImageFont import FreeTypeFont

from space.text.clean import one_line
from tool.cards.bidi import base_level, in_visual_order, levels
from tool.cards.fonts import FontFile, Fonts

MOST = 180  # grapheme clusters of a text; what is longer is cut
_LONGEST = 8  # characters of a cluster; more are marks piled up for fun
_ELLIPSIS = "…"
_JOINERS = "\u200c\u200d"
_CLUSTER = regex.compile(r"\X")
_COMMON = regex.compile(r"[\p{Script=Common}\p{Script=Inherited}]+")
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_NO_BEGIN = regex.compile(
    r"[\p{Pe}\p{Pf}\p{Po}ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々]"
)
_NO_END = regex.compile(r"[\p{Ps}\p{Pi}]")
_HYPHENS = "-/\u2010\u2013\u2014"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


@dataclass(frozen=True, slots=True)
class Cluster:
    """A grapheme cluster, the file with its glyphs, and its embedding level."""

    text: str
    file: FontFile
    level: int


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text is set: fonts at a size in pixels, for a language."""

    fonts: Fonts
    size: int
    language: str

    def font(self, cluster: Cluster) -> FreeTypeFont:
        """The font of a cluster."""
        return self.fonts.open(cluster.file, self.size)

    def runs(self, clusters: Iterable[Cluster]) -> Iterator[list[Cluster]]:
        """Neighbours that are shaped together: of one file and one direction."""
        for _, run in groupby(clusters, key=lambda each: (each.file.path, each.level)):
            yield list(run)

    def width(self, clusters: Iterable[Cluster]) -> float:
        """The width of a line in pixels."""
        return sum(_length(self.font(run[0]), run) for run in self.runs(clusters))

    def draw(
        self,
        canvas: ImageDraw,
        place: tuple[float, float],
        line: Sequence[Cluster],
        colour: str,
    ) -> None:
        """Draw a line; `place` is where its baseline begins on the left."""
        x, y = place
        runs = [(run[0].level, run) for run in self.runs(line)]
        for run in in_visual_order(runs):
            font = self.font(run[0])
            way = _direction(run)
            canvas.text((x, y), _text(run), colour, font, "ls", direction=way)
            x += _length(font, run)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A text in clusters, without those that no font has."""

    clusters: list[Cluster]
    base: int

    @classmethod
    def of(cls, text: str, fonts: Fonts, language: str, base: int) -> "Paragraph":
        """The paragraph of a text; `base` is the level of one without letters."""
        pieces = _pieces(text)
        base = base_level("".join(pieces), base)
        found = levels("".join(pieces), base)
        clusters: list[Cluster] = []
        place = 0
        for piece in pieces:
            before = clusters[-1].file if clusters else None
            if cluster := _cluster(piece, found[place], before, fonts, language):
                clusters.append(cluster)
            place += len(piece)
        return cls(clusters, base)

    def lines(self, style: TextStyle, width: float, most: int) -> list[list[Cluster]]:
        """At most so many lines of a width in pixels; what is left becomes "…"."""
        found: list[list[Cluster]] = [[]]
        used = 0.0
        for word in _words(self.clusters):
            fits = style.width(_trimmed(word)) <= width
            for part in [word] if fits else [[cluster] for cluster in word]:
                needed = style.width(_trimmed(part))
                if found[-1] and used + needed > width:
                    if len(found) == most:
                        found[-1] = self._cut(found[-1], style, width)
                        return found
                    found.append([])
                    used = 0.0
                found[-1] += part
                used += style.width(part)
        return [line for line in map(_trimmed, found) if line]

    def _cut(
        self, line: list[Cluster], style: TextStyle, width: float
    ) -> list[Cluster]:
        """A line that ends in an ellipsis."""
        file = style.fonts.file(_ELLIPSIS, style.language)
        rest = _trimmed(line)
        if file is None:
            return rest
        end = Cluster(_ELLIPSIS, file, self.base)
        while rest and style.width([*rest, end]) > width:
            rest = _trimmed(rest[:-1])
        return [*rest, end]


def _pieces(text: str) -> list[str]:
    """The clusters of a text on one line, without what is not seen."""
    shown = (
        character
        for character in unicodedata.normalize("NFC", one_line(text)[: MOST * _LONGEST])
        if character in _JOINERS or unicodedata.category(character) not in _UNSEEN
    )
    return [
        piece[:_LONGEST] for piece in _CLUSTER.findall(one_line("".join(shown)))[:MOST]
    ]


def _cluster(
    piece: str, level: int, before: FontFile | None, fonts: Fonts, language: str
) -> Cluster | None:
    """A cluster with its file, less what no file has; None if nothing is left.

    What all scripts share stands in the file of what is before it, so that both are
    shaped together.
    """
    needed = [each for each in piece if not _is_ignorable(each)]
    if not needed:
        return None
    shared = before and not before.is_emoji and _COMMON.fullmatch(piece)
    if before and shared and before.has(needed):
        return Cluster(piece, before, level)
    if file := fonts.file("".join(needed), language):
        return Cluster(piece, file, level)
    file = fonts.file(needed[0], language)
    rest = "".join(each for each in needed if file and file.has(each))
    return Cluster(rest, file, level) if file else None


def _is_ignorable(character: str) -> bool:
    """Whether a shaper hides a character that a font lacks."""
    return character in _JOINERS or "\ufe00" <= character <= "\ufe0f"


def _words(clusters: Sequence[Cluster]) -> Iterator[list[Cluster]]:
    """What is kept on one line, with the spaces behind it."""
    word: list[Cluster] = []
    for cluster in clusters:
        if word and _may_break(word[-1].text, cluster.text):
            yield word
            word = []
        word.append(cluster)
    if word:
        yield word


def _may_break(before: str, after: str) -> bool:
    """Whether a line may end between two clusters (a simple reading of UAX 14)."""
    if after.isspace():
        return False
    if before.isspace() or before in _HYPHENS:
        return True
    if _NO_BEGIN.match(after) or _NO_END.match(before):
        return False
    return bool(_IDEOGRAPH.match(before) or _IDEOGRAPH.match(after))


def _trimmed(line: Sequence[Cluster]) -> list[Cluster]:
    """A line without the spaces at its end."""
    found = list(line)
    while found and found[-1].text.isspace():
        found.pop()
    return found


def _text(run: Iterable[Cluster]) -> str:
    return "".join(cluster.text for cluster in run)


def _direction(run: Sequence[Cluster]) -> str:
    return "rtl" if run[0].level % 2 else "ltr"


def _length(font: FreeTypeFont, run: Sequence[Cluster]) -> float:
    return font.getlength(_text(run), direction=_direction(run))
