"""The order of names in lists that people read."""

import re

from space.text.folding import fold
from space.text.normal import normalize

_ACCENTS = re.compile("[\u0300-\u036f\u0653-\u0655]")


def alphabetical(name: str) -> str:
    """What to sort a name by: neither case nor accents count, nor carriers of hamza.

    So "Österreich" is beside "Oman". Letters of their own that some alphabets end with
    are not told apart, and Chinese is in the order of its characters' codes.
    """
    return _ACCENTS.sub("", normalize("NFD", fold(name)))
