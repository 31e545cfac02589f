"""Versions of posts: which records are translations of each other.

They follow from the records and from `POST_TITLES` alone, in whatever order pages are
put or removed.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from space.publication.publication import Publication
from space.publication.translations import (
    PostLink,
    PostTitles,
    PostVersion,
    versions_of,
)
from space.store.index.record_index import Relations
from space.store.keys import POST_TITLES
from space.store.tables.key_values import read_value
from space.store.tables.record_rows import to_listed, to_publication
from space.store.tables.tables import records
from space.store.writing.contents import read_contents
from space.wiki.values import batches

_AT_ONCE = 500
_ROW = Mapping[str, Any]


def relate_posts(connection: Connection, put: Collection[int]) -> dict[int, Relations]:
    """The relations of posts that are `put`, and of those whose versions changed."""
    titles = read_value(connection, POST_TITLES) or PostTitles()
    rows = {row["page_id"]: row for row in _concerned(connection, titles)}
    versions = versions_of(map(_telling, rows.values()), titles)
    stale = {
        page
        for page, row in rows.items()
        if to_listed(row).versions != versions.get(page, ())
    }
    pages = stale | {*put}
    htmls = read_contents(connection, pages)
    return {
        page: Relations(versions=versions.get(page, ()), html=htmls.get(page, ""))
        for page in pages
    }


def _concerned(connection: Connection, titles: PostTitles) -> Iterator[_ROW]:
    """Published posts that have versions, had them, or may have."""
    # Each by an index alone; one condition of them all would look at all records.
    own, original = records.c.page_id, records.c.original_title
    naming = connection.execute(select(own, original).where(original.is_not(None)))
    named = dict(map(tuple, naming))
    having = select(own).where(records.c.versions.is_not(None))
    pages = {*named, *connection.scalars(having)}
    for batch in batches(sorted({*named.values(), *titles.titles()}), _AT_ONCE):
        titled = select(own).where(records.c.page_title.in_(batch))
        pages.update(connection.scalars(titled))
    for batch in batches(sorted(pages), _AT_ONCE):
        query = select(records).where(own.in_(batch)).order_by(own)
        for row in connection.execute(query).mappings():
            if row["kind"] == "post" and row["revision"] is not None:
                yield dict(row)


def _telling(row: _ROW) -> PostLink:
    post: Publication = to_publication(row)
    values = post.values
    return PostLink(
        PostVersion(
            str(values["language"]), post.page_title, post.page_id, str(values["title"])
        ),
        row["published"],
        row["original_title"],
    )
