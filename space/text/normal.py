"""Normal forms of Unicode, in linear time for any text.

Normalizing sorts marks that follow each other, for which Python takes quadratic time.
After 30 of them a text gets a joiner that parts them, as no language has so many: the
Stream-Safe Text Format, https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
"""

import unicodedata
from typing import Literal

import regex

_JOINER = "\N{COMBINING GRAPHEME JOINER}"
_MARK = rf"[\p{{M}}--{_JOINER}]"
_RUN = regex.compile(rf"(?V1){_MARK}{{30}}+(?={_MARK})")


def normalize(form: Literal["NFC", "NFD", "NFKC", "NFKD"], text: str) -> str:
    """The text in a normal form."""
    if text.isascii():
        return text
    return unicodedata.normalize(form, _RUN.sub(rf"\g<0>{_JOINER}", text))
