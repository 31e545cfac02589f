"""Publications by page id, as lists show them, and what was read of them before.

A list that is made again shows nearly the same pages as the last time. What a row says
is kept by the row itself, with all its columns: another row is another publication, so
nothing that is kept can be out of date.
"""

from collections.abc import Collection
from threading import Lock
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Connection, select

from space.publication.publication import Publication
from space.store.queries.sql.prepared import Prepared, any_id
from space.store.tables.record_rows import OF_PUBLICATION, to_listed
from space.store.tables.tables import records, searchable

SIZE = 2**22
"""Characters in the columns of all rows that are kept; read, they take some times as
much memory."""

_OWN = records.c.page_id.in_(any_id())
_MINUTES = searchable.c.minutes
_COLUMNS = (*OF_PUBLICATION, records.c.recurs)
_PLAIN = Prepared(select(*_COLUMNS).where(_OWN))
_TIMED = Prepared(
    select(*_COLUMNS, _MINUTES)
    .select_from(
        records.outerjoin(searchable, searchable.c.page_id == records.c.page_id)
    )
    .where(_OWN)
)
_NAMES = tuple(column.name for column in (*_COLUMNS, _MINUTES))
_REVISION, _RECURS = _NAMES.index("revision"), _NAMES.index("recurs")
_LONG = tuple(map(_NAMES.index, ("fields", "inherited", "versions")))

Row = tuple[Any, ...]


class Publications:
    """The published pages of a store, each read once as long as its row is the same."""

    def __init__(self) -> None:
        self._read: LRUCache[Row, Publication] = LRUCache(SIZE, getsizeof=_size)
        self._lock = Lock()

    def of(
        self, connection: Connection, page_ids: Collection[int], *, timed: bool = False
    ) -> dict[int, Publication]:
        """Some of them by page id; if `timed`, with the minutes of reading them."""
        rows = self._rows(connection, page_ids, _TIMED if timed else _PLAIN)
        return {row[0]: self._publication(row) for row in rows}

    def of_events(
        self, connection: Connection, page_ids: Collection[int]
    ) -> dict[int, tuple[Publication, bool]]:
        """Some of them by page id, and whether they are series."""
        rows = self._rows(connection, page_ids, _PLAIN)
        return {row[0]: (self._publication(row), bool(row[_RECURS])) for row in rows}

    @staticmethod
    def _rows(
        connection: Connection, page_ids: Collection[int], query: Prepared
    ) -> list[Row]:
        rows = query.rows(connection, page_ids) if page_ids else []
        return [row for row in rows if row[_REVISION] is not None]

    def _publication(self, row: Row) -> Publication:
        known = self._known(row)
        if known is None:
            known = to_listed(dict(zip(_NAMES, row, strict=False)), row)
            with self._lock:
                self._read[row] = known
        return known

    def _known(self, row: Row) -> Publication | None:
        try:
            with self._lock:
                return self._read[row]
        except KeyError:
            return None


def _size(publication: Publication) -> int:
    row = publication.read_from
    return sum(len(row[place] or "") for place in _LONG) + 200
