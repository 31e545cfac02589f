"""Languages by their names in any language of CLDR, whole or by how they begin.

`language_names.tsv` has a line for each language that has a Wikipedia: its code, and
its folded names. It is searched as one text, as tables of all names would take ten
times its memory. `python -m space.generate` writes it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from space.text.folding import lookup

NAMES_FILE = Path(__file__).with_name("language_names.tsv")


def code_of_any_name(name: str) -> str | None:
    """The code of the language with a name in some language; None for none."""
    return next(_lines_with(f"\t{lookup(name)}\t"), None)


def codes_of_beginning(text: str) -> Iterator[str]:
    """Codes of languages with a name that begins so, in the order of the codes."""
    return _lines_with(f"\t{lookup(text)}")


def _lines_with(piece: str) -> Iterator[str]:
    """Codes of the lines that have a piece."""
    lines = _lines()
    at = lines.find(piece)
    while at >= 0:
        start = lines.rfind("\n", 0, at) + 1
        yield lines[start : lines.index("\t", start)]
        at = lines.find(piece, lines.index("\n", at))


@cache
def _lines() -> str:
    return NAMES_FILE.read_text("utf-8")
