"""Cursors: a page of a list begins after the position where the last one ended.

Unlike offsets they neither repeat nor skip an item when others are published
meanwhile.
"""

import base64
import binascii
import re

from space.store.queries.sql.paging import Position

DEFAULT, MOST = 50, 200  # items on a page

_POSITION = re.compile(r"(-?[0-9]{1,15})\.([0-9]{1,15})", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


def cursor(position: Position) -> str:
    """The opaque cursor of a position: URL-safe Base64 without padding."""
    text = ".".join(map(str, position)).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def position(word: str) -> Position | None:
    """The position of a cursor, None for any text that is no cursor."""
    try:
        octets = word.encode("ascii")
        text = base64.b64decode(
            octets + b"=" * (-len(octets) % 4), b"-_", validate=True
        )
        match = _POSITION.fullmatch(text.decode("ascii"))
    except (ValueError, binascii.Error):
        return None
    return (int(match[1]), int(match[2])) if match else None


def size(text: str) -> int | None:
    """The number of items that a text asks for, None unless it is from 1 to `MOST`."""
    number = int(text) if _NUMBER.fullmatch(text) else 0
    return number if 1 <= number <= MOST else None
