"""Numbers in the digits of a language, as its wiki writes them.

Which digits these are is MediaWiki's table, not CLDR's: the tool and the wiki show the
same numbers.
"""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal, format_percent

from space.text.languages import fallback_chain, locale

DIGITS = Path(__file__).with_name("digits.json")
LATIN = "latn"


@lru_cache(maxsize=256)  # codes may come from outside
def numbering_system(language: str) -> str:
    """CLDR's name of the digits of a language: its own, or those of its fallbacks."""
    known = _table()["languages"]
    return next(str(known[code]) for code in fallback_chain(language) if code in known)


def in_digits(text: str, language: str) -> str:
    """A text for people with the digits of a language in place of 0 to 9."""
    system = numbering_system(language)
    return text if system == LATIN else text.translate(_translation(system))


@lru_cache(maxsize=4096)  # a month asks for its days again and again
def number(value: int, language: str) -> str:
    """A number with the digits of a language, and with what groups them there."""
    symbols = _symbols(language)
    text = format_decimal(value, locale=locale(language), numbering_system=symbols)
    return in_digits(text, language)


def percent(share: float, language: str) -> str:
    """A share of 1 in percent, with the digits of a language."""
    symbols = _symbols(language)
    text = format_percent(share, locale=locale(language), numbering_system=symbols)
    return in_digits(text, language)


def _symbols(language: str) -> str:
    """The numbering system whose separators Babel knows in a language."""
    system = numbering_system(language)
    return system if system in locale(language).number_symbols else LATIN


@cache
def _translation(system: str) -> dict[int, int]:
    return str.maketrans("0123456789", _table()["systems"][system])


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = json.loads(DIGITS.read_text(encoding="utf-8"))
    return table
