"""Paging through long lists: where a page begins, and the order of posts."""

from typing import Any

from sqlalchemy import Select

from space.store.tables.tables import records

Position = tuple[int, int]
"""A place in a list: the Unix time it is sorted by, and the page id."""


def newest_first(query: Select[Any]) -> Select[Any]:
    """The query in the order of posts: newest publication first, then page id."""
    return query.order_by(records.c.published.desc(), records.c.page_id.desc())
