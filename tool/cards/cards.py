"""Cards as PNG, drawn when they are first asked for and kept for a while."""

import hashlib
from dataclasses import astuple
from pathlib import Path
from threading import Lock

from cachetools import LRUCache

from tool.cards.drawing import LOOK, Card, draw
from tool.cards.fonts import Fonts

_DIGITS = 12  # hexadecimal, of a SHA-256


def mark_of(card: Card) -> str:
    """A hash of what a card shows and how, for its address."""
    drawn = repr((LOOK, astuple(card)))
    return hashlib.sha256(drawn.encode()).hexdigest()[:_DIGITS]


class Cards:
    """The cards of one process by their marks, least recently used ones leave first.

    One is drawn at a time, so that no more than one thread of the tool is busy with it.
    """

    SIZE = 2**23  # octets of all together: some 300 cards

    def __init__(self, fonts: Path) -> None:
        """Draw with the fonts of a folder."""
        self._fonts = Fonts(fonts)
        self._drawn: LRUCache[str, bytes] = LRUCache(self.SIZE, getsizeof=len)
        self._lock = Lock()

    def get(self, mark: str) -> bytes | None:
        """The PNG of a card by its mark, None when it is not kept."""
        with self._lock:
            return self._drawn.get(mark)

    def draw(self, card: Card) -> bytes:
        """The PNG of a card."""
        mark = mark_of(card)
        with self._lock:
            png = self._drawn.get(mark)
            if png is None:
                png = self._drawn[mark] = draw(card, self._fonts)
            return png
