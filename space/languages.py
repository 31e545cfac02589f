"""What is known of a language by its code: locale data, direction, fallbacks.

Codes are those of the wikis: BCP 47 in lower case, with a few of MediaWiki's own
(`be-tarask`, `zh-min-nan`, `simple`).
"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

FALLBACKS = Path(__file__).with_name("fallbacks.json")
Direction = Literal["ltr", "rtl"]

_CODE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,7}")
_RTL_SCRIPTS = frozenset(
    [
        "Adlm",
        "Arab",
        "Armi",
        "Hebr",
        "Mand",
        "Mend",
        "Nkoo",
        "Phnx",
        "Rohg",
        "Samr",
        "Syrc",
        "Thaa",
        "Yezi",
    ]
)
# Languages of the wikis that CLDR's likely subtags do not know or know otherwise.
_RTL_LANGUAGES = frozenset(("aeb", "arc", "bcc", "bqi", "khw", "luz", "ota", "pnb"))


@cache
def fallbacks() -> dict[str, tuple[str, ...]]:
    """MediaWiki's table: which languages stand in for one, in order; never English."""
    table = json.loads(FALLBACKS.read_text(encoding="utf-8"))
    del table["@metadata"]
    return {code: tuple(chain) for code, chain in table.items()}


def fallback_chain(code: str) -> tuple[str, ...]:
    """The language itself, those that stand in for it, and English at the end."""
    chain = [code]
    for language in chain:
        chain.extend(
            other for other in fallbacks().get(language, ()) if other not in chain
        )
    if "en" not in chain:
        chain.append("en")
    return tuple(chain)


def is_code(text: str) -> bool:
    """Whether a text has the shape of a language code."""
    return _CODE.fullmatch(text) is not None


def _parse(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=2048)  # codes may come from outside
def locale(code: str) -> Locale:
    """Locale data for dates, numbers and plurals, of the nearest language with some."""
    for candidate in fallback_chain(code):
        found = _parse(candidate)
        if found is not None:
            return found
    return Locale("en")


@lru_cache(maxsize=2048)  # codes may come from outside
def direction(code: str) -> Direction:
    """The direction in which a language is written; left to right where unknown."""
    primary, _, rest = code.lower().partition("-")
    scripts = [part.title() for part in rest.split("-") if len(part) == len("Arab")]
    for script in scripts:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    if primary in _RTL_LANGUAGES:
        return "rtl"
    likely = get_global("likely_subtags").get(primary, primary)
    return "rtl" if _RTL_SCRIPTS.intersection(likely.split("_")) else "ltr"


@lru_cache(maxsize=2048)  # codes may come from outside
def name(code: str, in_language: str) -> str:
    """A language's name in another language; its code where that is unknown."""
    parsed = _parse(code)
    if parsed is None:
        return code
    found = parsed.get_display_name(locale(in_language)) or parsed.english_name
    return found or code
