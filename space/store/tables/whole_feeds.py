"""Cache of complete, unfiltered feeds, without their envelopes.

Rows are keyed by the feed's ETag, so a stale one is never served. Nearly all readers
ask for a feed without a filter.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select

from space.store.tables.tables import whole_feeds

PIECE = 60_000
"""Octets in one row.

What is longer the web process takes from the kernel each time (`gunicorn.conf.py`),
which costs more than to read it.
"""
AT_ONCE = 8  # rows


def store_whole_feed(connection: Connection, form: str, etag: str, text: bytes) -> None:
    """Store a feed's text in UTF-8, in place of the one before."""
    connection.execute(delete(whole_feeds).where(whole_feeds.c.form == form))
    for number, piece in enumerate(pieces(text)):
        row = insert(whole_feeds).values(
            form=form, number=number, etag=etag, text=piece, octets=len(piece)
        )
        connection.execute(row)


def whole_length(connection: Connection, form: str, etag: str) -> int | None:
    """The length of a feed's text in octets; None when it is not stored."""
    query = select(func.sum(whole_feeds.c.octets)).where(_found(form, etag))
    length = connection.scalar(query)
    return None if length is None else int(length)


def read_whole(connection: Connection, form: str, etag: str) -> Iterator[bytes]:
    """The pieces of a feed's text, some in memory at a time."""
    query = (
        select(whole_feeds.c.text)
        .where(_found(form, etag))
        .order_by(whole_feeds.c.number)
    )
    streamed = connection.execution_options(stream_results=True, yield_per=AT_ONCE)
    for texts in streamed.scalars(query).partitions():
        yield from texts


def pieces(text: bytes) -> Iterator[bytes]:
    """A text as rows have it."""
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


def _found(form: str, etag: str) -> ColumnElement[bool]:
    return and_(whole_feeds.c.form == form, whole_feeds.c.etag == etag)
