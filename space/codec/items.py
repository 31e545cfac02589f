"""The items of a list value.

Lists are split first and decoded afterwards, so that `&#59;` is a semicolon that
separates nothing.
"""

import re

from space.codec.entities import REFERENCE, is_reference
from space.codec.markup import Token, Tokens
from space.codec.scanner import OPAQUE, mask, outermost

SEPARATORS = ";\N{FULLWIDTH SEMICOLON}\N{ARABIC SEMICOLON}\N{ARABIC COMMA}、"
_BULLET = re.compile(r"\n[ \t]*(?:\*+|#+(?=[ \t]))")
_CUT = re.compile(rf"{REFERENCE.pattern}|[\n{SEPARATORS}]", re.ASCII)
_CUT_AT_COMMAS = re.compile(rf"{REFERENCE.pattern}|[\n,{SEPARATORS}]", re.ASCII)


def split_items(tokens: Tokens, *, commas: bool) -> list[Tokens]:
    """The items of a value in order, empty ones too.

    `commas` says whether Latin commas separate, as they do between codes.
    """
    pattern = _CUT_AT_COMMAS if commas else _CUT
    items: list[list[Token]] = [[]]
    for number, token in enumerate(tokens):
        if not isinstance(token, str):
            items[-1].append(token)
            continue
        text = token if number else "\n" + token.lstrip(" \t\r\n")
        first, *others = _cut(_BULLET.sub("\n", text), pattern)
        items[-1].append(first)
        items += [[other] for other in others]
    return list(items)


def raw_items(raw: str, *, commas: bool = False) -> list[str]:
    """The items of a raw value as they are written, without bullets around them.

    `commas` is as for `split_items`.
    """
    masked = list(mask(raw))
    for element in outermost("".join(masked)):
        masked[element.start : element.end] = OPAQUE * (element.end - element.start)
    items = []
    end = 0
    for piece in _cut("".join(masked), _CUT_AT_COMMAS if commas else _CUT):
        items.append(
            _BULLET.sub("", f"\n{raw[end : end + len(piece)].strip()}").strip()
        )
        end += len(piece) + 1
    return items


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces = []
    start = 0
    for match in pattern.finditer(text):
        if len(match[0]) == 1 or not is_reference(match):
            pieces.append(text[start : match.end() - 1])
            start = match.end()
    return [*pieces, text[start:]]
