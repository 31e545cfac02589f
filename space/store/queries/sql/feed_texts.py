"""Texts of whole feeds: in parts, or built in advance.

They are long, so a few rows of them are in memory at a time.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, select

from space.store.queries.sql.prepared import Prepared, given
from space.store.tables.tables import feed_parts, whole_feeds

_OF_FORM = feed_parts.c.form == given("form")
_PARTS = Prepared(
    select(feed_parts.c.text)
    .where(_OF_FORM)
    .order_by(feed_parts.c.section, feed_parts.c.first, feed_parts.c.number)
)
_OF_TAG = and_(whole_feeds.c.form == given("form"), whole_feeds.c.etag == given("etag"))
_LENGTH = Prepared(select(func.sum(whole_feeds.c.octets)).where(_OF_TAG))
_WHOLE = Prepared(
    select(whole_feeds.c.text).where(_OF_TAG).order_by(whole_feeds.c.number)
)


def read_parts(connection: Connection, form: str) -> Iterator[bytes]:
    """The texts of a feed's parts in their order."""
    for (text,) in _PARTS.streamed(connection, form=form):
        yield text


def whole_length(connection: Connection, form: str, etag: str) -> int | None:
    """The length of a feed's text in octets; None when it is not stored."""
    [(length,)] = _LENGTH.rows(connection, form=form, etag=etag)
    return None if length is None else int(length)


def read_whole(connection: Connection, form: str, etag: str) -> Iterator[bytes]:
    """The pieces of a feed's text."""
    for (text,) in _WHOLE.streamed(connection, form=form, etag=etag):
        yield text
