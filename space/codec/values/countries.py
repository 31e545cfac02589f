"""Countries: ISO 3166-1 codes as tzdata lists them, Kosovo, and names people write.

`countries.json` has the names: English ones, and those of a country's own languages,
from CLDR; `python -m space.generate` writes it, as loading all of CLDR takes too
much memory for a web process.
"""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from space.text.folding import lookup

NAMES_FILE = Path(__file__).with_name("countries.json")
_KOSOVO = "XK"  # no code of ISO's, but the one that CLDR and everybody else uses
_SPACE = re.compile(r"\s+")


@cache
def codes() -> tuple[str, ...]:
    """The codes of two letters, in order."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    lines = table.splitlines()
    listed = (line[:2] for line in lines if not line.startswith("#"))
    return tuple(sorted((*listed, _KOSOVO)))


def code_of(text: str) -> str | None:
    """The code of a country by its code or a name of it, None for none."""
    code = lookup(text).upper()
    return code if code in codes() else _by_name().get(fold_name(text))


@lru_cache(maxsize=4096)  # lists ask for it for each of their events
@lru_cache(maxsize=4096)
def own_city(city: str, country: str) -> str:
    """The city, empty where it has the name of its country, as in Singapore.

    `country` is a code, or empty for none.
    """
    return "" if city and country and code_of(city) == country else city


def fold_name(name: str) -> str:
    """A name as names are compared: lower case, no article, no full stops."""
    plain = lookup(name).replace(".", "").replace("&", "and").replace("\u2019", "'")
    return _SPACE.sub(" ", plain).strip().removeprefix("the ")


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = json.loads(NAMES_FILE.read_text("utf-8"))
    return names
