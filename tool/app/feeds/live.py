"""Entries of feeds that are rendered at each request: comments, the review queue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from space.feeds.comments import comment_entry
from space.feeds.review_queue import queue_entry
from space.feeds.table import COMMENT, WAITING
from tool.app.discuss.listing import asked_talk_filter
from tool.app.feeds.feed_language import feed_words
from tool.app.review.queue import requested_part
from tool.app.services import services

COMMENTS, PAGES = 50, 100  # the most that a feed has


@dataclass(frozen=True, slots=True)
class LiveEntries:
    """The entries that the request's filter lets through, the newest first.

    `query` is that filter in its one form, `updated` the time of the newest entry,
    UTC and aware, None where there is none.
    """

    query: str
    updated: datetime | None
    texts: Iterable[str]


def comments() -> LiveEntries:
    """The newest comments; raises `BadFilterError`."""
    asked = asked_talk_filter()
    store, now = services().store, services().clock()
    rows = list(store.discussions.comments(asked, now=now, limit=COMMENTS))
    return LiveEntries(
        query=asked.query(),
        updated=rows[0].comment.at if rows else None,
        texts=(comment_entry(row, store.addresses) for row in rows),
    )


def waiting_pages() -> LiveEntries:
    """The newest pages that wait for a reviewer; raises `BadFilterError`."""
    part = requested_part()
    waiting = [row for row in part.rows() if row.waits]
    rows = sorted(waiting, key=lambda row: row.pending_since, reverse=True)[:PAGES]
    urls, words = services().facts.addresses(), feed_words()
    return LiveEntries(
        query=urlencode(part.query(), doseq=True),
        updated=max((row.pending_since for row in rows), default=None),
        texts=(queue_entry(row, urls, words) for row in rows),
    )


LIVE: Mapping[str, Callable[[], LiveEntries]] = {
    COMMENT: comments,
    WAITING: waiting_pages,
}
"""Kind of entries → what makes the newest of them."""
