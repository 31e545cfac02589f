"""Languages: codes, and names people write.

`languages.json` has the names: English ones, and each language's name in itself, from
CLDR and MediaWiki; `python -m space.generate` writes it.
"""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from space.text.folding import lookup
from space.text.languages import read_language_code

NAMES_FILE = Path(__file__).with_name("languages.json")


def read_language(text: str) -> str | None:
    """The code, in its standard case, of a language by its code or a name of it.

    Names come first, as some have the shape of a code ("Low German", "Ido").
    """
    return codes_by_name().get(lookup(text)) or read_language_code(text)


@cache
def codes_by_name() -> Mapping[str, str]:
    """Folded name → code."""
    names: dict[str, str] = json.loads(NAMES_FILE.read_text("utf-8"))
    return names
