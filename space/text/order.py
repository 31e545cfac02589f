"""The order of names in lists that people read."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from space.text.folding import fold
from space.text.languages import fallback_chain
from space.text.normal import normalize

ORDERS = Path(__file__).with_name("orders.json")
_UNKNOWN = 1 << 20
"""What comes before the code of a character that no table has: it is after all."""
_WEIGHTLESS = frozenset({"Cf", "Mc", "Me", "Mn"})
"""Categories of combining marks and of joiners."""

SortKey = tuple[tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class LetterOrder:
    """The order of a language's letters by CLDR, without case and accents.

    `places` are those of characters, equal where only an accent tells them apart;
    `pairs` are the letters that are sorted as two.
    """

    places: Mapping[str, int]
    pairs: Mapping[str, str]

    def key(self, name: str) -> SortKey:
        """What to sort a name by; of equal letters the characters decide."""
        folded = fold(name)
        spread = "".join(self.pairs.get(sign, sign) for sign in folded)
        places = [place for sign in spread for place in self._places(sign)]
        return tuple(places), folded

    def _places(self, sign: str) -> list[int]:
        """The places of a character, or of what it is made of.

        Combining marks count only where the language has them as letters.
        """
        if sign in self.places:
            return [self.places[sign]]
        parts = normalize("NFD", sign)
        if parts != sign:
            return [place for part in parts for place in self._places(part)]
        weightless = unicodedata.category(sign) in _WEIGHTLESS
        return [] if weightless else [_UNKNOWN + ord(sign)]


def alphabetical(name: str, language: str) -> SortKey:
    """What to sort a name by in a list for readers of a language."""
    return letter_order(language).key(name)


@lru_cache(maxsize=256)  # codes may come from outside
def letter_order(language: str) -> LetterOrder:
    """The order of the nearest language that has one; English has."""
    return next(filter(None, map(_orders().get, fallback_chain(language))))


@cache
def _orders() -> Mapping[str, LetterOrder]:
    tables = json.loads(ORDERS.read_text(encoding="utf-8"))
    del tables["@metadata"]
    return {
        code: LetterOrder(_places(table["order"]), table["as"])
        for code, table in tables.items()
    }


def _places(order: str) -> Mapping[str, int]:
    groups = enumerate(order.split(" "), 1)
    return {" ": 0, **{sign: place for place, group in groups for sign in group}}
