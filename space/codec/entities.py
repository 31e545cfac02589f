"""Character references (`&amp;`, `&#59;`) as MediaWiki's Sanitizer knows them.

HTML's named references with their semicolon, two of MediaWiki's own, and numbers; a
number of a character that a wiki cannot store stands for U+FFFD.
https://doc.wikimedia.org/mediawiki-core/master/php/classSanitizer.html
"""

import re
from html.entities import html5

REFERENCE = re.compile(
    r"&(?:#([0-9]+)|#[xX]([0-9A-Fa-f]+)|([0-9A-Za-z\x80-\U0010ffff]+));", re.ASCII
)
NAMED = {
    name.removesuffix(";"): text for name, text in html5.items() if name.endswith(";")
} | dict.fromkeys(("רלמ", "رلم"), "\N{RIGHT-TO-LEFT MARK}")
"""Name of a reference → its characters, all that the wiki's parser knows."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_MAX_DIGITS = 9
_STORABLE = "\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff"
_NOT_STORABLE = re.compile(f"[^{_STORABLE}]")


def storable(text: str) -> str:
    """The text with U+FFFD for each character that a wiki page cannot hold."""
    return _NOT_STORABLE.sub(REPLACEMENT, text)


def is_reference(match: re.Match[str]) -> bool:
    """Whether a match of `REFERENCE` is one; `&zzz;` only looks so."""
    return match[3] is None or match[3] in NAMED


def decode(text: str) -> str:
    """The text with its references replaced by their characters, once."""
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED.get(name, match[0])
    digits = (decimal or hexadecimal).lstrip("0")
    if len(digits) > _MAX_DIGITS:
        return REPLACEMENT
    number = int(digits or "0", 10 if decimal else 16)
    return storable(chr(number)) if number <= 0x10FFFF else REPLACEMENT
