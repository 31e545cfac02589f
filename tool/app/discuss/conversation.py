"""What people said about a post or an event, for its own page."""

from dataclasses import dataclass
from itertools import groupby

from flask import Flask

from space.publication.publication import Publication
from tool.app.discuss.threads import (
    CommentView,
    ThreadView,
    comment_views,
    has_reply_tool,
    thread_views,
    wiki_action,
)
from tool.app.services import services
from tool.app.web.links import wiki_url

MOST = 20  # comments on a page


@dataclass(frozen=True, slots=True)
class Conversation:
    """Threads with their comments, the one that was active last first; at most `MOST`.

    `join_url` is where on the wiki to say something, too: the talk page, or its form
    for a new topic while it has none.
    """

    threads: tuple[tuple[ThreadView, list[CommentView]], ...]
    join_url: str


def conversation(publication: Publication) -> Conversation:
    """The conversation about a publication, for the current reader."""
    said = services().store.discussions.about(publication.page_id, MOST)
    threads = []
    for row, comments in groupby(said, key=lambda each: each.thread):
        (view,) = thread_views([row])
        threads.append((view, comment_views(view, (each.comment for each in comments))))
    talk = services().facts.talk_title(publication.page_title)
    return Conversation(tuple(threads), wiki_url(talk) if threads else _new_topic(talk))


def _new_topic(talk: str) -> str:
    tool = {"dtenable": "1"} if has_reply_tool() else {}
    return wiki_action(talk, action="edit", section="new", **tool)


def init_app(app: Flask) -> None:
    """Offer `conversation(publication)` to templates."""
    app.jinja_env.globals["conversation"] = conversation
