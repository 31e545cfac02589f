"""Similarity of texts by sketches, without comparing every pair.

A sketch keeps the smallest hashes of all runs of a text's characters. Of two texts the
smallest hashes of both together are a sample of all their runs; the share of it that
both have estimates how much they have in common (A. Z. Broder, "On the resemblance and
containment of documents", 1997). Characters instead of words suit every script.
"""

import heapq
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping

from space.text.folding import fold

RUN = 9  # characters
SIZE = 32  # hashes of a sketch
SHORTEST = 200  # characters; what is shorter is alike by chance
ALIKE = 0.8  # share of the sample
OLDEST = 50  # pages that a run of characters leads to, or a flood of copies gets slow

Sketch = tuple[int, ...]


def sketch(text: str) -> Sketch:
    """The sketch of a text, ascending; empty for one too short to be compared."""
    folded = fold(text)
    if len(folded) < SHORTEST:
        return ()
    runs = {folded[start : start + RUN] for start in range(len(folded) - RUN + 1)}
    hashes = {zlib.crc32(run.encode()) for run in runs}
    return tuple(heapq.nsmallest(SIZE, hashes))


def resemblance(one: Sketch, other: Sketch) -> float:
    """About the share of runs that two texts have in common, from 0 to 1."""
    if not one or not other:
        return 0.0
    both = set(one) & set(other)
    sample = heapq.nsmallest(SIZE, {*one, *other})
    return len(both.intersection(sample)) / len(sample)


class Library:
    """An index of sketches: hash → ids of pages, oldest first."""

    def __init__(self, sketches: Mapping[int, Sketch]) -> None:
        self._sketches = sketches
        self._pages: dict[int, list[int]] = {}
        for page in sorted(sketches):
            for number in sketches[page]:
                pages = self._pages.setdefault(number, [])
                if len(pages) < OLDEST:
                    pages.append(page)

    def like(self, page: int) -> int | None:
        """The page made before this one that its text is most like, if any.

        The oldest of several: copies of copies name the first.
        """
        own = self._sketches.get(page, ())
        shared = Counter(self._sharing(own, page))
        alike = (
            (resemblance(own, self._sketches[other]), -other)
            for other, count in shared.items()
            if count >= ALIKE * len(own) / 2
        )
        best = max((pair for pair in alike if pair[0] >= ALIKE), default=None)
        return -best[1] if best else None

    def _sharing(self, own: Sketch, page: int) -> Iterable[int]:
        for number in own:
            for other in self._pages[number]:
                if other >= page:
                    break
                yield other
