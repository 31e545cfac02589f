"""The names of `space/codec/values/languages.json`: folded name → code."""

import json
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale, UnknownLocaleError

from space.text.folding import lookup
from space.text.languages import AUTONYMS, WIKI_CODES, read_language_code

_ALSO = {
    "az": ("Azeri",),
    "bn": ("Bengali",),
    "en-simple": ("Simple English",),
    "es": ("Castilian",),
    "fa": ("Farsi",),
    "ky": ("Kirghiz",),
    "my": ("Myanmar",),
    "nl-BE": ("Flemish",),
    "nqo": ("Nko",),
    "or": ("Oriya",),
    "pa": ("Panjabi",),
    "ps": ("Pushto",),
    "tl": ("Tagalog",),
    "ug": ("Uighur",),
    "yue": ("Cantonese",),
    "zh": ("Mandarin",),
}
"""Language code → English names in wide use beside CLDR's."""


@cache
def language_names() -> str:
    """The file's text: JSON of folded names in English and in the language itself.

    English names win. A name of two languages is left out, and so is one that is the
    code of a language or as short as one.
    """
    names: dict[str, str] = {}
    for code, name in _english():
        names.setdefault(lookup(name), code)
    own: dict[str, set[str]] = {}
    for code, name in _own_names():
        own.setdefault(lookup(name), set()).add(code)
    for name, owners in own.items():
        if len(owners) == 1:
            names.setdefault(name, *owners)
    kept = {name: code for name, code in sorted(names.items()) if not _is_code(name)}
    return json.dumps(kept, ensure_ascii=False, indent="\t") + "\n"


def _is_code(name: str) -> bool:
    """Whether a folded name is a code that CLDR or a wiki has, or could be one."""
    codes = {str(code).replace("_", "-").lower() for code in Locale("en").languages}
    if name in codes or name in WIKI_CODES:
        return True
    shaped = read_language_code(name) is not None and " " not in name
    return shaped and (len(name) <= len("en") or "-" in name)


def _english() -> Iterator[tuple[str, str]]:
    for code, names in _ALSO.items():
        yield from ((code, name) for name in names)
    for code, name in Locale("en").languages.items():
        if known := read_language_code(str(code)):
            yield known, str(name)


def _own_names() -> Iterator[tuple[str, str]]:
    """Names of languages in themselves, by the wikis and by CLDR."""
    autonyms: Mapping[str, str] = json.loads(AUTONYMS.read_text("utf-8"))
    for code, name in autonyms.items():
        if not code.startswith("@") and (known := read_language_code(code)):
            yield known, name
    for code in map(str, Locale("en").languages):
        try:
            name = str(Locale.parse(code).languages.get(code) or "")
        except (UnknownLocaleError, ValueError):
            continue
        if name and (known := read_language_code(code)):
            yield known, name
