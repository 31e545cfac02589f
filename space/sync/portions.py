"""Portions of a sync: blocks of the ledger that are read and written together.

A sync that has much to read does so portion by portion. What one of them has read goes
when it is written, and a process that was killed goes on with the one it was at.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from space.review.ledger import block_of

PAGES = 500
"""How many pages with news a portion has, if a block alone has not more."""
BLOCKS = 100
"""The most blocks of a portion: lists of its pages are memory, too."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Portion:
    """The pages of some blocks (numbers) of the ledger, by page id."""

    blocks: frozenset[int]

    def __contains__(self, page: object) -> bool:
        return isinstance(page, int) and block_of(page) in self.blocks

    def of(self, pages: Iterable[int]) -> set[int]:
        """Those of some pages that are in the portion."""
        return {page for page in pages if page in self}

    def part(self, values: Mapping[int, Value]) -> dict[int, Value]:
        """The values of pages in the portion, which are by page id."""
        return {page: value for page, value in values.items() if page in self}


def portions(blocks: Iterable[int], changed: Collection[int]) -> Iterator[Portion]:
    """All `blocks` and those of `changed` pages, in order, in portions.

    Each has at most `BLOCKS` blocks, and `PAGES` changed pages, but for a block that
    alone has more. There is at least one.
    """
    counts = Counter(map(block_of, changed))
    portion: list[int] = []
    pages = 0
    for number in sorted({*blocks, *counts}):
        is_full = counts[number] and pages + counts[number] > PAGES
        if portion and (is_full or len(portion) >= BLOCKS):
            yield Portion(frozenset(portion))
            portion, pages = [], 0
        portion.append(number)
        pages += counts[number]
    yield Portion(frozenset(portion))
