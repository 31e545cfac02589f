"""Reading time of a text, in any script.

Words where they are parted by spaces, characters where they are not. The speeds are
those of silent reading, rounded down: some 240 words a minute in English (M. Brysbaert,
"How many words do we read per minute?", 2019), 255 characters in Chinese (S.
Trauzettel-Klosinski, K. Dietz, "Standardized assessment of reading performance", 2012);
in scripts such as Thai, some five letters to a word.
"""

from math import ceil

import regex

WORDS_A_MINUTE = 200
IDEOGRAPHS_A_MINUTE = 255
LETTERS_A_MINUTE = 1000

_IDEOGRAPHS = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Yi}]")
_LETTERS = regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
_WORDS = regex.compile(r"[\p{L}\p{N}][\p{L}\p{M}\p{N}'\u2019\u200c\u200d-]*")


def reading_minutes(text: str) -> int:
    """Whole minutes for a plain text, at least one; 0 for a text without words."""
    ideographs = len(_IDEOGRAPHS.findall(text))
    letters = len(_LETTERS.findall(text))
    rest = _LETTERS.sub(" ", _IDEOGRAPHS.sub(" ", text))
    words = len(_WORDS.findall(rest))
    return ceil(
        words / WORDS_A_MINUTE
        + ideographs / IDEOGRAPHS_A_MINUTE
        + letters / LETTERS_A_MINUTE
    )
