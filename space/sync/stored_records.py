"""The store's records as they were before a sync, read when they are asked for."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from space.review.ledger import BLOCK, block_of
from space.review.record import Record
from space.store.reader import StoreReader


class StoredRecords(Mapping[int, Record]):
    """Records by page id, of which those of one block of the ledger are in memory.

    Pages come in the order of their ids, so each block is read once; all records as
    values would be most of the memory of a sync. What the sync has changed already is
    asked for no more.
    """

    def __init__(self, store: StoreReader) -> None:
        self._records = store.records
        self._pages = array("q", sorted(store.records.newest_revisions()))
        self._block: int | None = None
        self._known: Mapping[int, Record] = {}

    def __getitem__(self, page: int) -> Record:
        if page not in self:
            raise KeyError(page)
        number = block_of(page)
        if number != self._block:
            first = number * BLOCK
            self._known = self._records.of(range(first, first + BLOCK))
            self._block = number
        return self._known[page]

    def __iter__(self) -> Iterator[int]:
        return iter(self._pages)

    def __len__(self) -> int:
        return len(self._pages)

    def __contains__(self, page: object) -> bool:
        if not isinstance(page, int):
            return False
        place = bisect_left(self._pages, page)
        return place < len(self._pages) and self._pages[place] == page
