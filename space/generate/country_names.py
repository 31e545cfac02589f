"""The names of `space/codec/values/countries.json`: folded name → code."""

import json
from collections.abc import Iterator
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

from space.codec.values.countries import codes, fold_name
from space.text.languages import country_name

_ALSO = {
    "AE": ("UAE", "Emirates"),
    "BN": ("Brunei Darussalam",),
    "BO": ("Plurinational State of Bolivia",),
    "CD": ("Democratic Republic of the Congo", "DR Congo", "DRC", "Congo-Kinshasa"),
    "CG": ("Republic of the Congo", "Congo-Brazzaville"),
    "CI": ("Ivory Coast",),
    "CV": ("Cabo Verde",),
    "CZ": ("Czech Republic",),
    "FK": ("Falklands",),
    "GB": ("UK", "Great Britain", "Britain"),
    "HK": ("Hong Kong",),
    "KP": ("DPRK",),
    "KR": ("Republic of Korea",),
    "LA": ("Lao PDR",),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia",),
    "MM": ("Burma", "Myanmar"),
    "MO": ("Macau", "Macao"),
    "NL": ("Holland",),
    "PS": ("Palestine", "State of Palestine"),
    "RU": ("Russian Federation",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey",),
    "TZ": ("United Republic of Tanzania",),
    "US": ("USA", "United States of America", "America"),
    "VA": ("Holy See",),
    "VN": ("Viet Nam",),
}
"""Country code → English names in wide use beside CLDR's."""


@cache
def country_names() -> str:
    """The file's text: JSON of folded names in English and the country's languages.

    English names win; a name of two countries in other languages is left out.
    """
    english = Locale("en").territories
    names: dict[str, str] = {}
    for code in codes():
        for name in (english[code], *_ALSO.get(code, ())):
            names[fold_name(name)] = code
    own: dict[str, set[str]] = {}
    for code in codes():
        for name in _own_names(code):
            own.setdefault(fold_name(name), set()).add(code)
    for name, owners in own.items():
        if len(owners) == 1:
            names.setdefault(name, *owners)
    return (
        json.dumps(dict(sorted(names.items())), ensure_ascii=False, indent="\t") + "\n"
    )


def _own_names(code: str) -> Iterator[str]:
    """The country's name in each of its official languages that CLDR has."""
    for language in get_official_languages(code, regional=True, de_facto=True):
        try:
            territories = Locale.parse(language).territories
        except UnknownLocaleError:
            continue
        if code in territories:
            yield territories[code]
            yield country_name(code, language)
