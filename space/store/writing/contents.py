"""Cache of the wiki's HTML of posts, by revision."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, exists, insert, select

from space.publication.publication import Publication
from space.store.tables.tables import contents, records, renderings
from space.wiki.values import batches

_AT_ONCE = 500


def store_content(connection: Connection, post: Publication, html: str) -> None:
    """Store the HTML of a post's published revision, in place of an older one."""
    connection.execute(delete(contents).where(contents.c.page_id == post.page_id))
    row = {"page_id": post.page_id, "revision": post.revision, "html": html}
    connection.execute(insert(contents).values(row))


def read_contents(connection: Connection, page_ids: Collection[int]) -> dict[int, str]:
    """Page id → HTML of the published revision; pages without it are absent."""
    htmls: dict[int, str] = {}
    for batch in batches(sorted(page_ids), _AT_ONCE):
        query = (
            select(contents.c.page_id, contents.c.html)
            .join(records, records.c.page_id == contents.c.page_id)
            .where(
                contents.c.page_id.in_(batch),
                contents.c.revision == records.c.revision,
            )
        )
        htmls |= {row.page_id: row.html for row in connection.execute(query)}
    return htmls


def delete_stale_contents(connection: Connection, page_ids: Collection[int]) -> None:
    """Delete the HTML of revisions of these pages that are not published any more."""
    own = records.c.page_id == contents.c.page_id
    published = exists().where(own, records.c.revision == contents.c.revision)
    mine = contents.c.page_id.in_(list(page_ids))
    connection.execute(delete(contents).where(mine, ~published))


def delete_renderings(connection: Connection, revisions: Collection[int]) -> None:
    """Delete the tool's HTML of some revisions."""
    for batch in batches(sorted(revisions), _AT_ONCE):
        old = renderings.c.revision.in_(batch)
        connection.execute(delete(renderings).where(old))


def delete_unpublished(connection: Connection) -> None:
    """Delete all HTML, the tool's too, of revisions that are not published any more.

    A page that is gone leaves some, and so does a reader who asks while it goes.
    """
    own = records.c.page_id == contents.c.page_id
    published = exists().where(own, records.c.revision == contents.c.revision)
    connection.execute(delete(contents).where(~published))
    revisions = select(records.c.revision).where(records.c.revision.is_not(None))
    stale = renderings.c.revision.not_in(revisions)
    connection.execute(delete(renderings).where(stale))
