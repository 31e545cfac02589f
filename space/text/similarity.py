"""Similarity of texts by sketches, without comparing every pair.

A sketch keeps the smallest hashes of all runs of a text's characters. Of two texts the
smallest hashes of both together are a sample of all their runs; the share of it that
both have estimates how much they have in common (A. Z. Broder, "On the resemblance and
containment of documents", 1997). Characters instead of words suit every script.
"""

import heapq
import zlib
from array import array
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


class Sketches:
    """The sketches of many pages, packed: 128 octets each."""

    def __init__(self) -> None:
        self._packed: dict[int, bytes] = {}

    def put(self, page: int, numbers: Sketch) -> None:
        """Keep a page's sketch in place of the one it had; an empty one is none."""
        if numbers:
            self._packed[page] = array("I", numbers).tobytes()
        else:
            self._packed.pop(page, None)

    def get(self, page: int) -> Sketch:
        """The sketch of a page; empty for one without."""
        return tuple(array("I", self._packed.get(page, b"")))

    def like(self, pages: Iterable[int]) -> Mapping[int, int]:
        """What each of some pages is most like, as `Library.like` of all; no Nones.

        One pass over all sketches, whatever the number of pages.
        """
        wanted = [page for page in pages if page in self._packed]
        if not wanted:
            return {}
        hashes = {number for page in wanted for number in self.get(page)}
        sharing = {
            page: tuple(numbers)
            for page, packed in self._packed.items()
            if not hashes.isdisjoint(numbers := array("I", packed))
        }
        library = Library(sharing)
        return {page: like for page in wanted if (like := library.like(page))}


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
