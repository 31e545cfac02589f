"""The items of a list value.

Lists are split first and decoded afterwards, so that `&#59;` is a semicolon that
separates nothing.
"""

import re

from space.codec.markup import Token, Tokens
from space.codec.references import REFERENCE, is_reference

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
        line_start = "\n" if number == 0 else ""
        first, *others = _cut(
            _BULLET.sub(
                "\n", line_start + token.lstrip(" \t\r\n" if line_start else "")
            ),
            pattern,
        )
        items[-1].append(first)
        items += [[other] for other in others]
    return list(items)


def _cut(text: str, pattern: re.Pattern[str]) -> list[str]:
    pieces = []
    start = 0
    for match in pattern.finditer(text):
        if len(match[0]) == 1 or not is_reference(match):
            pieces.append(text[start : match.end() - 1])
            start = match.end()
    return [*pieces, text[start:]]
