"""The feed of discussions: the newest comments, by filter and page."""

import hashlib

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue

from space.feeds.atom import FeedHead, feed
from space.feeds.discussions import comment_entry
from space.publication.discussion_filters import TalkFilter
from space.text.messages import SOURCE, Translator
from tool.app.discuss.listing import asked_talk_filter
from tool.app.services import services
from tool.app.web.caching import allow_scripts
from tool.app.web.index import needs_index

blueprint = Blueprint("discussion_feeds", __name__, template_folder="templates")
blueprint.before_request(needs_index)
blueprint.after_request(allow_scripts)

COMMENTS = 50
MAX_AGE = 300  # seconds
_MEDIA = "application/atom+xml; charset=utf-8"


@blueprint.get("/feeds/discussions.atom")
def discussions_atom() -> ResponseReturnValue:
    """The newest comments as Atom (RFC 4287)."""
    wanted = asked_talk_filter()
    text = _text(wanted)
    etag = hashlib.sha256(text.encode()).hexdigest()[:32]
    response = make_response(text)
    response.content_type = _MEDIA
    response.set_etag(etag)
    response.cache_control.public = True
    response.cache_control.max_age = MAX_AGE
    return response.make_conditional(request)


def _text(wanted: TalkFilter) -> str:
    store, facts = services().store, services().facts
    rows = list(store.talk.comments(wanted, now=services().clock(), limit=COMMENTS))
    translator = Translator(services().catalogue, SOURCE)
    head = FeedHead(
        title=translator.text("tool-feed-discussions"),
        source=facts.addresses().tool(request.path, wanted.query()),
        page=facts.addresses().tool("/discuss", wanted.query()),
        author=translator.text("tool-feed-author"),
        updated=rows[0].comment.at if rows else None,
    )
    entries = (comment_entry(row, store.addresses) for row in rows)
    return "".join(feed(head).around(entries))
