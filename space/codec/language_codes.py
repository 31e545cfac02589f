"""Language codes (BCP 47, https://www.rfc-editor.org/info/bcp47) as people write them.

The wikis have some codes of their own; they are told here as MediaWiki's
`LanguageCode::bcp47` tells them to browsers.
"""

import re
from functools import cache

from babel import Locale

from space.folding import lookup

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
_CODE = re.compile(
    r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.ASCII,
)


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


def code_of_name(name: str) -> str | None:
    """The code of a language by its English name, to suggest it."""
    return _codes_by_name().get(lookup(name))


@cache
def _codes_by_name() -> dict[str, str]:
    languages = Locale("en").languages
    return {lookup(name): code.replace("_", "-") for code, name in languages.items()}
