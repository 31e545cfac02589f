"""Discussions: a list of threads, a thread, and asking; writing is on the wiki."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from space.authoring.similar_questions import find_similar
from space.publication.discussion import questions_title
from space.publication.discussion_filters import KINDS, STATES
from tool.app.discuss.listing import asked_talk
from tool.app.discuss.threads import (
    ThreadView,
    ask_url,
    body_of,
    comment_views,
    count_comments,
    heading_of,
    subscribe_url,
    thread_views,
)
from tool.app.services import services
from tool.app.views.items import PostView
from tool.app.views.listing import typed
from tool.app.views.options import Options, languages_in_use
from tool.app.views.told_events import told_times
from tool.app.web.index import needs_index
from tool.app.web.language import interface_language
from tool.app.web.routes import PAGE_ID

blueprint = Blueprint("discuss", __name__, template_folder="templates")
blueprint.before_request(needs_index)

PAGE_SIZE = 30
LONGEST_QUESTION = 2000  # characters; it has to fit a URL


@blueprint.get("/discuss")
def discuss() -> ResponseReturnValue:
    """The list of threads that pass the filter."""
    asked = asked_talk()
    now = services().clock()
    rows = thread_views(
        services().store.discussions.threads(
            asked.filter, now=now, limit=PAGE_SIZE + 1, offset=asked.page * PAGE_SIZE
        )
    )
    return render_template(
        "discuss/discuss.html",
        section="discuss.discuss",
        asked=asked,
        states=STATES,
        kinds=KINDS,
        topics=_topic_options(),
        languages=languages_in_use(*asked.filter.languages),
        in_use=sum(bool(typed(key)) for key in ("q", "kind", "topic", "language")),
        subject=_subject(asked.filter.pages),
        threads=rows[:PAGE_SIZE],
        has_more=len(rows) > PAGE_SIZE,
    )


@blueprint.get(f"/discuss/{PAGE_ID}/<key>")
def thread(page_id: int, key: str) -> ResponseReturnValue:
    """A thread with all its comments, the oldest first; 404 when it is not stored."""
    stored = services().store.discussions.thread(page_id, key)
    if stored is None:
        abort(404)
    row, comments = stored
    view = ThreadView(row, interface_language(), services().clock())
    return render_template(
        "discuss/thread.html",
        section="discuss.discuss",
        thread=view,
        subject=_subject((page_id,)),
        comments=comment_views(view, comments),
        subscribe_url=subscribe_url(view, comments),
    )


@blueprint.get("/ask")
def ask() -> ResponseReturnValue:
    """A form for a question, then similar ones and the link to ask it on the wiki."""
    question = request.args.get("q", "").strip()[:LONGEST_QUESTION]
    now = services().clock()
    similar = find_similar(services().store, question, now) if question else None
    language = interface_language()
    if similar:
        found = (*similar.posts, *(row.publication for row in similar.events))
        count_comments(each.page_id for each in found)
    return render_template(
        "discuss/ask.html",
        section="discuss.discuss",
        question=question,
        heading=heading_of(question),
        longest=LONGEST_QUESTION,
        similar=similar,
        threads=thread_views(similar.threads) if similar else [],
        posts=[PostView(post, language) for post in similar.posts] if similar else [],
        events=told_times(similar.events) if similar else [],
        ask_url=ask_url(heading_of(question), body_of(question)),
        questions=questions_title(services().config.root),
    )


def _topic_options() -> Options:
    """Topics of the wiki by label, and the one asked for; empty where it lists none."""
    topics, asked = services().store.topics(), typed("topic")
    slug = topics.slugs.get(asked, asked)
    options = {
        asked if key == slug else key: label for key, label in topics.labels.items()
    }
    if options and asked:
        options.setdefault(asked, asked)
    return list(options.items())


def _subject(pages: tuple[int, ...]) -> tuple[str, str] | None:
    """URL and title of the only post or event in a filter; None for several or none."""
    record = services().store.records.get(pages[0]) if len(pages) == 1 else None
    if record is None or record.publication is None:
        return None
    address = url_for(f"read.{record.kind}", page_id=pages[0])
    return address, str(record.publication.values["title"])
