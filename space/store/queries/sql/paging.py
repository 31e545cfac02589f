"""Paging through long lists: a page of ids, and how many there are."""

from typing import Any

from sqlalchemy import Connection, Select, func, select

from space.store.tables.tables import records

Position = tuple[int, int]
"""A place in a list: the Unix time it is sorted by, and the page id."""


def page_of(
    connection: Connection, query: Select[Any], *, limit: int, offset: int = 0
) -> tuple[list[int], int]:
    """Some of the page ids that a query finds in its order, and how many there are.

    Both at once, as to find them is what costs; what is shown of them is read after.
    """
    counted = query.add_columns(func.count().over()).limit(limit).offset(offset)
    rows = connection.execute(counted).all()
    if rows or not offset:
        return [row[0] for row in rows], rows[0][1] if rows else 0
    every = select(func.count()).select_from(query.order_by(None).subquery())
    return [], connection.scalar(every) or 0


def newest_first(query: Select[Any]) -> Select[Any]:
    """The query in the order of posts: newest publication first, then page id."""
    return query.order_by(records.c.published.desc(), records.c.page_id.desc())
