"""Comments as entries of an Atom feed (RFC 4287).

An entry is one comment, so that feed readers show every new comment as new. Its id has
the comment id of DiscussionTools, which stays when a thread is archived.
"""

from urllib.parse import quote

from space.feeds.atom import attribute, element, entry_of, link, timestamp
from space.publication.discussion import CommentRow
from space.text.clean import clean, one_line
from space.text.html.plain import text_of
from space.wiki.urls import Urls


def comment_entry(row: CommentRow, urls: Urls) -> str:
    """The entry of a comment on a talk page."""
    comment, thread = row.comment, row.thread
    anchor = quote(comment.id, safe="")
    name = one_line(comment.author)
    author = element("name", name) + element("uri", urls.page(f"User:{name}"))
    lines = [
        element("id", f"{urls.entry_id(thread.page_id)}#{anchor}"),
        element("title", one_line(thread.title) or thread.page_title),
        element("published", timestamp(comment.at)),
        element("updated", timestamp(comment.at)),
        link("alternate", f"{urls.page(thread.talk_title)}#{anchor}", "text/html"),
        f"<author>{author}</author>",
        f"<category{attribute('term', thread.kind)}/>",
        element("content", clean(text_of(comment.html))),
    ]
    return entry_of(lines)
