"""Languages by their codes: one form to compare them in, names, direction, fallbacks.

Two kinds of codes meet here. Pages hold BCP 47 in its standard case (`pt-BR`,
`sr-Latn`, https://www.rfc-editor.org/info/bcp47). Wikis, addresses and the interface
have MediaWiki's: lower case, with a few of its own (`sr-el`, `zh-min-nan`, `simple`).
Every function takes either; `normal` is what to compare.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from space.text.folding import lookup
from space.text.locale_data import lightened

FALLBACKS = Path(__file__).with_name("fallbacks.json")
AUTONYMS = Path(__file__).with_name("autonyms.json")
SHORT_TERRITORIES = Path(__file__).with_name("short_territories.json")
Direction = Literal["ltr", "rtl"]

# As MediaWiki's `LanguageCode::bcp47` tells them to browsers.
WIKI_CODES = {
    "als": "gsw",
    "bat-smg": "sgs",
    "be-x-old": "be-tarask",
    "cbk-zam": "cbk",
    "fiu-vro": "vro",
    "map-bms": "jv-x-bms",
    "mo": "ro-Cyrl-MD",
    "no": "nb",
    "nrm": "nrf",
    "roa-rup": "rup",
    "roa-tara": "nap-x-tara",
    "simple": "en-simple",
    "sr-ec": "sr-Cyrl",
    "sr-el": "sr-Latn",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
# MediaWiki's codes with a region, written out with the script they imply.
WRITTEN_OUT = {
    "crh-latn-ro": "crh-ro",
    "egl": "eml",
    "kk-arab-cn": "kk-cn",
    "kk-latn-tr": "kk-tr",
    "zh-hans-cn": "zh-cn",
    "zh-hans-my": "zh-my",
    "zh-hans-sg": "zh-sg",
    "zh-hant-hk": "zh-hk",
    "zh-hant-mo": "zh-mo",
    "zh-hant-tw": "zh-tw",
}
_SHAPE = re.compile(r"[a-z]{2,8}(-[a-z0-9]{1,8}){0,7}")
_PRIVATE = re.compile(r"q[a-t][a-z](-.*)?")  # RFC 5646, 2.2.1: `qaa` to `qtz`
_CODE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII,
)
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
_DIRECTIONS: dict[str, Direction] = {
    **dict.fromkeys(("brh", "lad"), "ltr"),
    **dict.fromkeys(
        ("aeb", "arc", "bcc", "bqi", "khw", "kk-cn", "luz", "ota", "pnb"), "rtl"
    ),
}


def read_language_code(text: str) -> str | None:
    """The code in its standard case, None where this is none; names are not read."""
    code = lookup(text).replace("_", "-").replace(" ", "-")
    if code in WIKI_CODES:
        return WIKI_CODES[code]
    if not _CODE.fullmatch(code):
        return None
    language, *parts = code.split("-")
    private = False
    for number, part in enumerate(parts):
        private = private or part == "x"
        if not private and len(part) == 4 and part.isalpha():
            parts[number] = part.title()
        elif not private and len(part) == 2:
            parts[number] = part.upper()
    return "-".join([language, *parts])


@lru_cache(maxsize=4096)  # codes may come from outside
def normal(code: str) -> str:
    """The form in which codes are compared: BCP 47 in lower case, whoever's it is.

    What is no code comes back in lower case.
    """
    lower = (read_language_code(code) or code).lower()
    return WRITTEN_OUT.get(lower, lower)


def is_same(one: str, other: str) -> bool:
    """Whether two codes are of one language."""
    return normal(one) == normal(other)


@lru_cache(maxsize=4096)  # codes may come from outside
def spellings(code: str) -> frozenset[str]:
    """All codes of a language: canonical, as given, and those of wikis."""
    canonical = normal(code)
    codes = {*WIKI_CODES, *WIKI_CODES.values(), *WRITTEN_OUT, code, canonical}
    same = {spelling for spelling in codes if normal(spelling) == canonical}
    return frozenset(
        {*same, *(read_language_code(spelling) or spelling for spelling in same)}
    )


@cache
def fallbacks() -> dict[str, tuple[str, ...]]:
    """MediaWiki's table: which languages stand in for one, in order; never English."""
    table = json.loads(FALLBACKS.read_text(encoding="utf-8"))
    del table["@metadata"]
    return {code: tuple(chain) for code, chain in table.items()}


@lru_cache(maxsize=2048)  # codes may come from outside
def fallback_chain(code: str) -> tuple[str, ...]:
    """The fallback chain of a language: itself first, English last.

    Between them MediaWiki's fallbacks, then the language without region or script.
    """
    table = fallbacks()
    chain = [code]
    for language in chain:
        others = table.get(language) or table.get(normal(language), ())
        chain.extend(other for other in others if other not in chain)
    parts = normal(code).split("-")
    shorter = ("-".join(parts[:end]) for end in range(len(parts) - 1, 0, -1))
    chain += [
        shorter_code
        for shorter_code in shorter
        if shorter_code not in chain and shorter_code[-2:-1] != "-"
    ]
    if "en" not in chain:
        chain.append("en")
    return tuple(chain)


@lru_cache(maxsize=2048)  # codes may come from outside
def _ranks(asked: str) -> Mapping[str, int]:
    ranks: dict[str, int] = {}
    for place, code in enumerate(fallback_chain(asked)):
        ranks.setdefault(normal(code), 2 * place)
    return ranks


def rank(code: str, asked: str) -> int:
    """The rank of a language for readers of `asked`; the smaller the better.

    0 is the language itself, then come its fallbacks, others of its primary language,
    English, and all the rest with one rank.
    """
    ranks = _ranks(asked)
    rank = ranks.get(normal(code))
    if rank is not None:
        return rank
    english = ranks["en"]
    primary = normal(asked).partition("-")[0]
    if primary != normal(code).partition("-")[0]:
        return 2 * len(ranks)
    return english + 1 if primary == "en" else english - 1


def rank_among(code: str, asked: Sequence[str]) -> tuple[int, int]:
    """The rank of a language for readers of several, best one first; smaller is better.

    Before the fallbacks of the first one come all that are asked for, in their order,
    each with its varieties. English is asked for where nothing is.
    """
    primary = normal(code).partition("-")[0]
    for place, language in enumerate(asked):
        if normal(language).partition("-")[0] == primary:
            return place, rank(code, language)
    return len(asked), rank(code, asked[0] if asked else "en")


def is_code(text: str) -> bool:
    """Whether a text has the shape of a language code."""
    return _SHAPE.fullmatch(text) is not None


def may_be_spoken(text: str) -> bool:
    """Whether a text has the shape of a code of a language that people may speak.

    Those for private use are none, as MediaWiki's `qqq` and `qqx`.
    """
    return is_code(text) and _PRIVATE.fullmatch(text) is None


def _parse(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@lru_cache(maxsize=2048)  # codes may come from outside
def locale(code: str) -> Locale:
    """Locale data for dates, numbers and plurals, of the nearest language with some."""
    for candidate in fallback_chain(code):
        parsed = _parse(candidate)
        if parsed is not None:
            return lightened(parsed)
    return lightened(Locale("en"))


@lru_cache(maxsize=2048)  # codes may come from outside
def direction(code: str) -> Direction:
    """The direction in which a language is written; left to right where unknown."""
    standard = normal(code)
    primary, _, rest = standard.partition("-")
    scripts = [part.title() for part in rest.split("-") if len(part) == len("Arab")]
    for script in scripts:
        return "rtl" if script in _RTL_SCRIPTS else "ltr"
    usual = _DIRECTIONS.get(standard) or _DIRECTIONS.get(primary)
    if usual:
        return usual
    likely = get_global("likely_subtags").get(primary, primary)
    return "rtl" if _RTL_SCRIPTS.intersection(likely.split("_")) else "ltr"


@cache
def _autonyms() -> dict[str, str]:
    """Names of languages in themselves, of those that CLDR does not name."""
    table = json.loads(AUTONYMS.read_text(encoding="utf-8"))
    del table["@metadata"]
    return {**table, **{normal(code): name for code, name in table.items()}}


def names_in(language: str) -> Mapping[str, str]:
    """Code, in lower case → name in a language: CLDR's, and the wikis' others."""
    said = {code: str(name) for code, name in locale(language).languages.items()}
    named = {code.replace("_", "-").lower(): name for code, name in said.items()}
    others = {
        code: name
        for code, name in _autonyms().items()
        if (read_language_code(code) or code).lower() == code
    }
    return {**others, **named}


@cache
def _short_territories() -> dict[str, dict[str, str]]:
    """Locale → country code → name, of those that CLDR's usual name makes long."""
    table: dict[str, dict[str, str]] = json.loads(
        SHORT_TERRITORIES.read_text(encoding="utf-8")
    )
    del table["@metadata"]
    return table


@lru_cache(maxsize=2048)  # codes may come from outside
def country_name(code: str, in_language: str) -> str:
    """The name of an ISO 3166 country in a language; its code where there is none.

    It is the short one for Hong Kong, Macao, Myanmar and Palestine.
    """
    said = locale(in_language)
    base = f"{said.language}_{said.script}" if said.script else said.language
    for names in map(_short_territories().get, (str(said), base)):
        if names and code in names:
            return names[code]
    return str(said.territories.get(code, code))


@lru_cache(maxsize=2048)  # codes may come from outside
def name(code: str, in_language: str) -> str:
    """A language's name in another language, else in English, else in itself.

    Every language of the wikis has one; of other codes, the code.
    """
    standard = read_language_code(code) or code
    if standard == WIKI_CODES["simple"]:  # CLDR does not know it, and says "English"
        return "Simple English"
    said = locale(in_language)
    parsed = _parse(standard)
    name = parsed and (parsed.get_display_name(said) or parsed.english_name)
    for names in (said.languages, Locale("en").languages):
        name = name or names.get(standard.replace("-", "_"))
    return name or _autonyms().get(code) or _autonyms().get(normal(code), code)
