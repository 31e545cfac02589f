"""Languages of posts in the store: which records are versions of one post.

All of it follows from the records and from what is known of titles, whatever was put or
removed in whatever order. What the wiki made of a post's body joins its feeds here too.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    delete,
    exists,
    insert,
    or_,
    select,
)

from space.publication.publication import Publication
from space.publication.translations import Known, PostLink, PostVersion, versions_of
from space.store.index.expansion import insert_rows, remove_rows
from space.store.index.rows import rows_of
from space.store.keys import POST_TITLES
from space.store.tables.key_values import read_value
from space.store.tables.records import to_listed, to_publication, to_record
from space.store.tables.tables import contents, records
from space.wiki.urls import Urls
from space.wiki.values import batches

_AT_ONCE = 500
_ROW = Mapping[str, Any]


def link_versions(
    connection: Connection, addresses: Urls, today: date, put: Collection[int]
) -> None:
    """Bring the versions of all posts up to date after some pages were `put`."""
    known = read_value(connection, POST_TITLES) or Known()
    rows = {row["page_id"]: row for row in _concerned(connection, known)}
    found = versions_of(map(_telling, rows.values()), known)
    changed = {
        page: replace(to_publication(row), versions=found.get(page, ()))
        for page, row in rows.items()
        if to_listed(row).versions != found.get(page, ())
    }
    htmls = read_htmls(connection, (*put, *changed))
    missing = [page for page in put if page in htmls and page not in changed]
    for row in _rows(connection, records.c.page_id, missing):
        changed[row["page_id"]] = to_listed(row)
        rows[row["page_id"]] = row
    remove_rows(connection, changed)
    insert_rows(
        connection,
        (
            rows_of(
                replace(to_record(rows[page]), publication=publication),
                addresses,
                today,
                html=htmls.get(page, ""),
            )
            for page, publication in sorted(changed.items())
        ),
    )


def read_htmls(connection: Connection, page_ids: Iterable[int]) -> dict[int, str]:
    """Page id → what the wiki made of the published revision, where it is known."""
    found: dict[int, str] = {}
    for batch in batches(sorted(set(page_ids)), _AT_ONCE):
        query = (
            select(contents.c.page_id, contents.c.html)
            .join(records, records.c.page_id == contents.c.page_id)
            .where(
                contents.c.page_id.in_(batch),
                contents.c.revision == records.c.revision,
            )
        )
        found |= {row.page_id: row.html for row in connection.execute(query)}
    return found


def keep_content(connection: Connection, post: Publication, html: str) -> None:
    """Keep what the wiki made of a post, in place of what it made before."""
    connection.execute(delete(contents).where(contents.c.page_id == post.page_id))
    row = {"page_id": post.page_id, "revision": post.revision, "html": html}
    connection.execute(insert(contents).values(row))


def forget_contents(connection: Connection, page_ids: Iterable[int]) -> None:
    """Keep nothing of revisions of these pages that are not published any more."""
    own = records.c.page_id == contents.c.page_id
    published = exists().where(own, records.c.revision == contents.c.revision)
    mine = contents.c.page_id.in_(list(page_ids))
    connection.execute(delete(contents).where(mine, ~published))


def _concerned(connection: Connection, known: Known) -> Iterator[_ROW]:
    """Published posts that have versions, had them, or may have."""
    named = select(records.c.original_title).where(
        records.c.original_title.is_not(None), records.c.revision.is_not(None)
    )
    linked = or_(
        records.c.original_title.is_not(None),
        records.c.versions.is_not(None),
        records.c.page_title.in_(named),
    )
    yield from _select(connection, linked)
    titles = sorted(known.titles())
    yield from _rows(connection, records.c.page_title, titles)


def _rows(
    connection: Connection, column: ColumnElement[Any], values: Collection[Any]
) -> Iterator[_ROW]:
    for batch in batches(sorted(values), _AT_ONCE):
        yield from _select(connection, column.in_(batch))


def _select(connection: Connection, condition: ColumnElement[bool]) -> list[_ROW]:
    posts = records.c.kind == "post", records.c.revision.is_not(None)
    query = select(records).where(*posts, condition).order_by(records.c.page_id)
    return [dict(row) for row in connection.execute(query).mappings()]


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
