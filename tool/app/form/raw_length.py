"""How much of a form is read: raw inputs far longer than their field are refused.

A form is judged by the canonical values of its fields. Markup, spaces and other
spellings make raw inputs longer than these, but not much; so what is several times too
long is a problem before anything reads it.
"""

from collections.abc import Sequence

from space.codec.items import SEPARATORS
from space.codec.readers import CODES
from space.schema.kinds import Field
from space.schema.problems import Problem

LONGEST_BODY = 200_000  # octets of the page's text; what waits for a sign-in is as long
ROOM = 4  # raw characters for each of a value, and raw items for each of a list
LEAST = 1_000  # characters that every field may have: names of codes, URLs of files


def longest_raw(of: Field) -> int:
    """The most characters that all inputs of a field may have together."""
    return max(LEAST, ROOM * of.max_length * of.max_items)


def raw_problems(of: Field, texts: Sequence[str]) -> tuple[Problem, ...]:
    """The problem of raw inputs that are not to be read; empty when they may be."""
    length = sum(map(len, texts))
    if length > longest_raw(of):
        most = longest_raw(of) if of.multiple else of.max_length
        return (Problem("too-long", of.name, params=(str(most), str(length))),)
    items = sum(1 + _separators(of, text) for text in texts)
    if of.multiple and items > ROOM * of.max_items:
        most = of.max_items
        return (Problem("too-many", of.name, params=(str(most), str(items))),)
    return ()


def body_problems(body: str) -> tuple[Problem, ...]:
    """The problem of a page's text that is longer than forms take, if it is."""
    octets = len(body.encode(errors="replace"))
    if octets <= LONGEST_BODY:
        return ()
    return (
        Problem("text-too-long", params=(_kilobytes(LONGEST_BODY), _kilobytes(octets))),
    )


def _separators(of: Field, text: str) -> int:
    marks = f"\n{SEPARATORS}," if of.reader in CODES else f"\n{SEPARATORS}"
    return sum(text.count(mark) for mark in marks)


def _kilobytes(octets: int) -> str:
    return str(-(-octets // 1000))
