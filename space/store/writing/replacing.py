"""Rows of records in the tables that hold what is rendered."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert

from space.store.index.record_index import Rows
from space.store.tables.tables import RENDERED


def replace_rows(
    connection: Connection, page_ids: Iterable[int], indexed: Iterable[Rows] = ()
) -> None:
    """Delete all rows of some pages, and insert those of indexed records."""
    ids, records = list(page_ids), list(indexed)
    for table in RENDERED:
        connection.execute(delete(table).where(table.c.page_id.in_(ids)))
        if rows := [row for record in records for row in record[table.name]]:
            connection.execute(insert(table), rows)
