"""Cache of complete, unfiltered feeds, without their envelopes.

Rows are keyed by the feed's ETag, so a stale one is never served. Nearly all readers
ask for a feed without a filter.
"""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert

from space.store.tables.tables import whole_feeds

PIECE = 60_000
"""Octets in one row.

What is longer the web process takes from the kernel each time (`gunicorn.conf.py`),
which costs more than to read it.
"""


def store_whole_feed(connection: Connection, form: str, etag: str, text: bytes) -> None:
    """Store a feed's text in UTF-8, in place of the one before."""
    connection.execute(delete(whole_feeds).where(whole_feeds.c.form == form))
    for number, piece in enumerate(pieces(text)):
        row = insert(whole_feeds).values(
            form=form, number=number, etag=etag, text=piece, octets=len(piece)
        )
        connection.execute(row)


def pieces(text: bytes) -> Iterator[bytes]:
    """A text as rows have it."""
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]
