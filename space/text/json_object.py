"""The one reader of JSON that others wrote: pages of wikis and answers of servers."""

import json
from collections.abc import Iterator
from math import isfinite
from typing import Any

LARGEST_PAGE = 2 * 1024 * 1024
"""Octets of the longest page of a wiki ($wgMaxArticleSize)."""

DEEPEST = 64
"""Levels of objects and arrays; our own pages and the action API have about ten."""

_LARGEST_NUMBER = 2**63 - 1
"""Of an integer: what a column of the store holds."""


def read_object(source: str | bytes, most: int = LARGEST_PAGE) -> dict[str, Any] | None:
    """The JSON object that a text is; None where it is none that can be worked with.

    `most` is the greatest length, in characters of a text or octets of UTF-8. Refused
    are, beside what RFC 8259 does not allow: keys that an object has twice, numbers
    that are not finite or need more than 64 bits, halves of surrogate pairs, and more
    than `DEEPEST` levels, on which later steps would fail.
    """
    value = _read(source, most)
    return value if isinstance(value, dict) else None


def read_array(source: str | bytes, most: int = LARGEST_PAGE) -> list[Any] | None:
    """The JSON array that a text is; None under the conditions of `read_object`."""
    value = _read(source, most)
    return value if isinstance(value, list) else None


def _read(source: str | bytes, most: int) -> dict[str, Any] | list[Any] | None:
    if len(source) > most:
        return None
    try:
        text = source if isinstance(source, str) else source.decode()
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) and _is_plain(value) else None


def read_own_object(text: str) -> dict[str, Any] | None:
    """The JSON object of a text that we wrote ourselves; None where it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) < len(pairs):
        raise ValueError("a key stands twice")
    return keys


def _refuse(constant: str) -> None:
    """For NaN and Infinity, which Python's reader takes and RFC 8259 does not."""
    raise ValueError(constant)


def _is_plain(value: dict[str, Any] | list[Any]) -> bool:
    """Whether a value has no more than `DEEPEST` levels and only plain items."""
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        items = [item for container in level for item in _items(container)]
        if not all(map(_is_plain_item, items)):
            return False
        level = [item for item in items if isinstance(item, dict | list)]
        if not level:
            return True
    return False


def _items(container: dict[str, Any] | list[Any]) -> Iterator[Any]:
    """The members of an array; keys and values of an object."""
    yield from container
    if isinstance(container, dict):
        yield from container.values()


def _is_plain_item(item: Any) -> bool:
    if isinstance(item, str):
        return item.isascii() or _is_encodable(item)
    if isinstance(item, float):
        return isfinite(item)
    return not isinstance(item, int) or abs(item) <= _LARGEST_NUMBER


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
