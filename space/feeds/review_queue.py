"""Rows of the review queue as entries of an Atom feed (RFC 4287).

An entry is a pending revision: when its page changes again, feed readers show a new
entry. It has the page's name and author, the days and the country of an event, but no
word of its text, which nobody has accepted.
"""

from space.feeds.atom import attribute, element, entry_of, link, timestamp
from space.feeds.words import FeedWords
from space.review.queue.event_facts import EventFacts
from space.review.queue.rows import Row
from space.text.clean import one_line
from space.wiki.urls import Urls

_DASH = " – "  # noqa: RUF001 - an en dash is what stands between two days


def queue_entry(row: Row, urls: Urls, words: FeedWords) -> str:
    """The entry of a row; the wiki's host is its author where no account is known."""
    author = row.author or urls.host
    lines = [
        element("id", f"{urls.entry_id(row.page)}&oldid={row.pending_revision}"),
        element("title", one_line(row.name)),
        element("published", timestamp(row.pending_since)),
        element("updated", timestamp(row.pending_since)),
        link("alternate", urls.tool(f"/review/{row.page}"), "text/html"),
        f"<author>{element('name', one_line(author))}</author>",
        f"<category{attribute('term', row.kind)}/>",
    ]
    if row.event:
        lines.append(element("summary", _facts(row.event, words)))
    return entry_of(lines)


def _facts(event: EventFacts, words: FeedWords) -> str:
    """The days of an event, and its country."""
    days = dict.fromkeys((event.first.isoformat(), event.last.isoformat()))
    country = words.country(event.country) if event.country else ""
    return ", ".join(filter(None, (_DASH.join(days), country)))
