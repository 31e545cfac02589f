"""Pages of a list by cursor: where the last one ended, not how many came before.

What is published meanwhile neither repeats nor hides anything on the pages to come.
"""

import base64
import binascii
import re

from space.store.queries.paging import Position

DEFAULT, MOST = 50, 200

_POSITION = re.compile(r"(-?[0-9]{1,15})\.([0-9]{1,15})", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,4}", re.ASCII)


def cursor(position: Position) -> str:
    """The position as a word that means nothing to its reader."""
    text = ".".join(map(str, position)).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def position(word: str) -> Position | None:
    """The inverse of `cursor`; None for any other text."""
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
    """How many to give, from 1 to `MOST`; None for any other text."""
    number = int(text) if _NUMBER.fullmatch(text) else 0
    return number if 1 <= number <= MOST else None
