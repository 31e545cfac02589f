"""Folding of texts for comparison: case, width, spaces and invisible marks.

Lua reads the same tables (`Module:Space/Signs`, `Module:Space/Folds`).
"""

import re

from space.text.normal import normalize

_BLANK = (
    r"\t-\r\x1c-\x20\x85\xa0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
)
_JOINERS = r"\u200c\u200d"  # part letters of Persian, Malayalam and others in words
_MARKS = r"\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_SPACES = re.compile(f"[{_BLANK}]+")
_UNSEEN = re.compile(f"[{_JOINERS}{_MARKS}]")
_UNSEEN_MARKS = re.compile(f"[{_MARKS}]")
_ENDS = re.compile(rf"\A[{_BLANK}{_MARKS}]+|[{_BLANK}{_MARKS}]+\Z")
_SAYING = re.compile(f"[^{_BLANK}{_JOINERS}{_MARKS}]")


def fold(text: str) -> str:
    """The form in which texts are compared: case, width and spacing do not count."""
    return " ".join(_folded(text).replace("_", " ").split())


def lookup(text: str) -> str:
    """A code or name as tables have it: `bare`, in one case and width."""
    plain = bare(text)
    return plain.lower() if plain.isascii() else bare(_folded(plain))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = normalize("NFKC", text).casefold()
    return normalize("NFKC", folded)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see: only spaces of any kind and invisible marks."""
    return _SAYING.search(text) is None


def trim(text: str) -> str:
    """The text without spaces of any kind and invisible marks at its ends."""
    return _ENDS.sub("", text)


def bare(text: str) -> str:
    """A code or name as it is looked up: no invisible marks, single plain spaces.

    Empty where `is_blank`.
    """
    if text.isascii():
        return " ".join(text.split())
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip(" ")


def without_marks(text: str) -> str:
    """A word in single plain spaces without invisible marks, but for joiners."""
    return _SPACES.sub(" ", _UNSEEN_MARKS.sub("", text)).strip(" ")


def sign_of(character: str) -> str | None:
    """The replacement of a character in `bare`: a space, "", or None to keep it."""
    if _SPACES.fullmatch(character):
        return " "
    return "" if _UNSEEN.fullmatch(character) else None


def lower(text: str) -> str:
    """The text in lower case, one letter for one letter: `İ` stays as it is."""
    return "".join(map(_lower, text))


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


def capitalize(text: str) -> str:
    """The text with its first letter as wikis write it: `ǆ` is `ǅ`, `ß` stays."""
    first = text[:1].title()
    return first + text[1:] if len(first) == 1 else text
