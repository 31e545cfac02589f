"""The queue as an Atom feed (RFC 4287), for those who watch it.

An entry is a revision that waits: when a page that waits changes again, readers of
the feed hear of it once more. It says what a list of pages says, and nothing of the
text, which nobody has accepted.
"""

from space.feeds.atom import attribute, element, entry_of, link, timestamp
from space.review.queue.rows import Row
from space.text.clean import one_line
from space.wiki.urls import Urls


def queue_entry(row: Row, addresses: Urls) -> str:
    """The entry of a row; the same at any time."""
    author = row.author or addresses.host
    lines = [
        element("id", f"{addresses.entry_id(row.page)}&oldid={row.pending_revision}"),
        element("title", one_line(row.name)),
        element("published", timestamp(row.pending_since)),
        element("updated", timestamp(row.pending_since)),
        link("alternate", addresses.tool(f"/review/{row.page}"), "text/html"),
        f"<author>{element('name', one_line(author))}</author>",
        f"<category{attribute('term', row.kind)}/>",
    ]
    return entry_of(lines)
