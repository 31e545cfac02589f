"""Codes by their names in any language of CLDR, whole or by how they begin.

The file of an index has a line for each code: the code, and its folded names. It is
searched as one text, as a table of all names would take ten times its memory.
`python -m space.generate` writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from space.text.folding import lookup

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The index in a file; the codes come in the order of its lines."""

    file: Path

    def code_of(self, name: str) -> str | None:
        """The code that has a name in some language; None for none."""
        return next(self._lines_with(f"\t{lookup(name)}\t"), None)

    def codes_of_beginning(self, text: str) -> Iterator[str]:
        """Codes that have a name which begins so."""
        return self._lines_with(f"\t{lookup(text)}")

    def _lines_with(self, piece: str) -> Iterator[str]:
        """Codes of the lines that have a piece."""
        lines = _text(self.file)
        at = lines.find(piece)
        while at >= 0:
            start = lines.rfind("\n", 0, at) + 1
            yield lines[start : lines.index("\t", start)]
            at = lines.find(piece, lines.index("\n", at))


@cache
def _text(file: Path) -> str:
    return file.read_text("utf-8")


LANGUAGE_NAMES = NameIndex(_FOLDER / "language_names.tsv")
"""Languages that have a Wikipedia."""
COUNTRY_NAMES = NameIndex(_FOLDER / "country_names.tsv")
"""Countries, by codes of ISO 3166-1 alpha-2."""
