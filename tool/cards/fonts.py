"""Fonts by the characters that they have, each in files with some of these.

The fonts are Noto as Fontsource cuts it for browsers; `tool/build/fonts.mjs` writes
which file has which characters, so that a file is opened only for a text that needs it.
"""

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cachetools import LRUCache
from PIL import ImageFont
from PIL.ImageFont import FreeTypeFont

from space.text.languages import normal

_WEIGHT = 600  # of the variable fonts' axis: semi-bold

_BASIC = "noto-sans"
_HAN = ("noto-sans-sc", "noto-sans-jp", "noto-sans-kr", "noto-sans-tc")
_EMOJI = "noto-emoji"
_LAST = (*_HAN, _EMOJI)
_WRITES_HAN = {"ja": "noto-sans-jp", "ko": "noto-sans-kr"}
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue", "lzh", "hak")
_FOUND = 2048  # clusters whose file is remembered
_OPEN = 32  # files at once; a title of Han characters may need twenty


@dataclass(frozen=True, slots=True)
class FontFile:
    """A part of a font, and the code points that it has glyphs for, in runs."""

    path: Path
    firsts: "array[int]"
    lasts: "array[int]"

    @classmethod
    def of(cls, path: Path, runs: list[int]) -> "FontFile":
        """A file of a coverage that has first and last code points by turns."""
        return cls(path, array("L", runs[::2]), array("L", runs[1::2]))

    @property
    def is_emoji(self) -> bool:
        """Whether its spaces and digits are as wide as its pictures."""
        return self.path.name.startswith(_EMOJI)

    def has(self, characters: Iterable[str]) -> bool:
        """Whether it has a glyph for each of them."""
        return all(self._has(ord(character)) for character in characters)

    def _has(self, code: int) -> bool:
        place = bisect_right(self.firsts, code) - 1
        return place >= 0 and code <= self.lasts[place]


class Fonts:
    """The fonts of a folder, first read when a text asks for one; for one thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._found: LRUCache[tuple[str, str], FontFile | None] = LRUCache(_FOUND)
        self._opened: LRUCache[tuple[Path, int], FreeTypeFont] = LRUCache(_OPEN)

    def file(self, characters: str, language: str) -> FontFile | None:
        """The file with all of these, the best for a language; None without one."""
        key = (characters, language)
        if key not in self._found:
            files = self._files(language)
            self._found[key] = next((x for x in files if x.has(characters)), None)
        return self._found[key]

    def open(self, file: FontFile, size: int) -> FreeTypeFont:
        """A file at a size in pixels."""
        key = (file.path, size)
        if key not in self._opened:
            font = ImageFont.truetype(
                file.path, size, layout_engine=ImageFont.Layout.RAQM
            )
            if "-wght-" in file.path.name:
                font.set_variation_by_axes([_WEIGHT])
            self._opened[key] = font
        return self._opened[key]

    def _files(self, language: str) -> Iterator[FontFile]:
        """All files: Noto Sans, other scripts, Han as the language writes it, emoji."""
        own = _writes_han(normal(language))
        for family in (_BASIC, *self._scripts, own, *_LAST):
            yield from self._families[family]

    @cached_property
    def _families(self) -> dict[str, list[FontFile]]:
        return {
            path.stem: [
                FontFile.of(self._folder / name, runs)
                for name, runs in json.loads(path.read_bytes()).items()
            ]
            for path in sorted(self._folder.glob("*.json"))
        }

    @cached_property
    def _scripts(self) -> list[str]:
        return [name for name in self._families if name not in {_BASIC, *_LAST}]


def _writes_han(language: str) -> str:
    if language.startswith(_TRADITIONAL):
        return "noto-sans-tc"
    return _WRITES_HAN.get(language.partition("-")[0], _HAN[0])
