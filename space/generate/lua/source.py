"""Serializer of plain data as Lua 5.1 source."""

import re
import unicodedata
from collections.abc import Mapping, Sequence

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_KEYWORDS = re.compile(
    r"(and|break|do|else|elseif|end|false|for|function|goto|if|in|local|nil|not|or"
    r"|repeat|return|then|true|until|while)\Z"
)
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r"}

Data = None | bool | int | float | str | Sequence["Data"] | Mapping[str, "Data"]
"""Data that a Lua table can have; a None in a mapping is left out."""


def literal(data: Data, indent: int = 0) -> str:
    """Lua 5.1 source of `data`, indented with tabs, as the wiki's code editor does.

    Text is UTF-8 in single quotes. A Lua table with a `nil` is one without the key,
    so a None in a mapping is left out; in a sequence it would end the sequence and
    raises ValueError.
    """
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, int | float):
        return repr(data)
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, Mapping):
        return _table(
            [
                f"{_key(key)} = {literal(value, indent + 1)}"
                for key, value in data.items()
                if value is not None
            ],
            indent,
        )
    if data is None:
        raise ValueError("nil has no place in a table")
    items = ", ".join(literal(item, indent) for item in data)
    return f"{{ {items} }}" if items else "{}"


def module(data: Data, *, says: str) -> str:
    """A module that returns `data`, opened by the comment `says`."""
    return f"-- {says}\nreturn {literal(data)}\n"


def _table(entries: Sequence[str], indent: int) -> str:
    if not entries:
        return "{}"
    tabs = "\t" * (indent + 1)
    lines = "".join(f"{tabs}{entry},\n" for entry in entries)
    return "{\n" + lines + "\t" * indent + "}"


def _key(key: str) -> str:
    if _NAME.match(key) and not _KEYWORDS.match(key):
        return key
    return f"[{_text(key)}]"


def _text(text: str) -> str:
    # What a wiki would change on saving, or nobody could see, goes in as octets.
    stable = unicodedata.is_normalized("NFC", text) and not unicodedata.combining(
        text[:1] or " "
    )
    if stable and text.isprintable() and not _ESCAPES.keys() & set(text):
        return f"'{text}'"
    escaped = "".join(
        _ESCAPES.get(c) or (c if c.isascii() or stable else _octets(c))
        if c.isprintable() or c in _ESCAPES
        else _octets(c)
        for c in text
    )
    return f"'{escaped}'"


def _octets(character: str) -> str:
    return "".join(f"\\{octet:03d}" for octet in character.encode())
