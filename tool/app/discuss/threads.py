"""Threads as pages show them, and the wiki's own places to answer and to ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, g
from markupsafe import Markup

from space.errors import WikiUnavailableError
from space.publication.discussion import Talked, ThreadRow
from space.publication.discussion_filters import TalkFilter
from space.sync.talk_pages import questions_title
from space.text.html.sanitize import sanitize
from space.wiki.talk import ids
from space.wiki.threads import Comment
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language
from tool.app.web.links import wiki_url

TOPIC_LENGTH = 100  # of a heading that a question becomes
DEEPEST = 6  # levels that are shown as such
QUESTIONS = 4  # that are shown where somebody may answer them
_WAITING = TalkFilter(kinds=("question",), state="unanswered")
_TOOLS = "DiscussionTools"
_INTRO = "Template:Space_question/intro"
_PRELOAD = "Template:Space_question/preload"


def wiki_action(title: str, **query: str) -> str:
    """The address of something to do on a wiki page."""
    address = wiki_url(title)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def ask_url(title: str, text: str) -> str:
    """The wiki's own form for a new topic on the questions page, filled in.

    `text` is what stands below the heading; the wiki would show the name of an empty
    parameter.
    """
    preload = {"preload": _PRELOAD, "preloadparams[]": text} if text else {}
    return wiki_action(
        questions_title(services().config.root),
        **{
            "action": "edit",
            "section": "new",
            "dtenable": "1",
            "dtpreload": "1",
            "editintro": _INTRO,
            "preloadtitle": title,
            **preload,
        },
    )


def heading_of(question: str) -> str:
    """A question as a heading: its first line, cut at a word."""
    line = " ".join(question.strip().partition("\n")[0].split())
    if len(line) <= TOPIC_LENGTH:
        return line
    return line[:TOPIC_LENGTH].rpartition(" ")[0] or line[:TOPIC_LENGTH]


def body_of(question: str) -> str:
    """What a question says below its heading: empty if the heading has all of it."""
    line, _, rest = question.strip().partition("\n")
    whole = " ".join(line.split()) == heading_of(question)
    return rest.strip() if whole else question.strip()


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread, for a reader of `language`."""

    row: ThreadRow
    language: str
    now: datetime

    @property
    def key(self) -> str:
        """Its part of an address."""
        return self.row.key

    @property
    def title(self) -> str:
        """Its heading; empty for what stands above the first one."""
        return self.row.title

    @property
    def begun(self) -> str:
        """The day it was begun."""
        return dates.short_day(self.row.begun.date(), self.language)

    @property
    def active(self) -> str:
        """The day of its newest comment."""
        return dates.short_day(self.row.active.date(), self.language)

    @property
    def waits(self) -> int:
        """Whole days without an answer; 0 for one that has some, or just began."""
        if self.row.answered or self.row.archived:
            return 0
        return (self.now - self.row.begun).days

    @property
    def url(self) -> str:
        """Where it is on the wiki."""
        heading = "_".join(self.row.title.split())
        return f"{wiki_url(self.row.talk_title)}#{heading}"

    @property
    def watch_url(self) -> str:
        """Where the wiki asks whether to watch the page."""
        return wiki_action(self.row.talk_title, action="watch")


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment of a thread; `answers` is whom it answers, if anybody."""

    comment: Comment
    thread: ThreadView
    answers: str

    @property
    def depth(self) -> int:
        """How deep it is shown, from 1."""
        return min(self.comment.level, DEEPEST)

    @property
    def when(self) -> str:
        """When it was written, by UTC."""
        return dates.instant(self.comment.at, self.thread.language)

    @property
    def html(self) -> Markup:
        """Its text, clean."""
        base = wiki_url("")
        return Markup(sanitize(self.comment.html, base))  # noqa: S704 - sanitized

    @property
    def author_url(self) -> str:
        """The author's page on the wiki."""
        return wiki_url(f"User:{self.comment.author}")

    @property
    def url(self) -> str:
        """Where it is on the wiki, with the wiki's own link to answer it."""
        if not has_reply_tool():
            return self.thread.url
        return f"{wiki_url(self.thread.row.talk_title)}#{self.comment.id}"


def has_reply_tool() -> bool:
    """Whether the wiki has DiscussionTools; guessed while it is silent."""
    try:
        return _TOOLS in services().facts.site().extensions
    except WikiUnavailableError:
        return True


def subscribe_url(thread: ThreadView, comments: Iterable[Comment]) -> str | None:
    """Where the wiki asks whether to be told of new comments in this thread."""
    if not has_reply_tool() or not thread.title:
        return None
    oldest = min(comments, key=lambda comment: comment.at)
    return wiki_action(
        thread.row.talk_title,
        action="dtsubscribe",
        commentname=f"h-{ids.mark(oldest.author, oldest.at)}",
        section="_".join(thread.title.split()),
    )


def thread_views(rows: Iterable[ThreadRow]) -> list[ThreadView]:
    """Threads for the current reader."""
    language, now = interface_language(), services().clock()
    return [ThreadView(row, language, now) for row in rows]


def waiting_questions() -> list[ThreadView]:
    """Questions that nobody answered yet, a few, the longest wait first."""
    rows = services().store.discussions.threads(
        _WAITING, now=services().clock(), limit=QUESTIONS
    )
    return thread_views(rows)


def comment_views(thread: ThreadView, comments: Iterable[Comment]) -> list[CommentView]:
    """The comments of a thread, each with whom it answers."""
    authors: dict[str, str] = {}
    views = []
    for comment in comments:
        views.append(CommentView(comment, thread, authors.get(comment.parent, "")))
        authors[comment.id] = comment.author
    return views


@dataclass(frozen=True, slots=True)
class TalkedView:
    """How much a page is talked about."""

    comments: int
    latest: str


def talked(page_id: int) -> TalkedView | None:
    """How much a page is talked about, None if not at all; one question a request."""
    by_page: Mapping[int, Talked] | None = g.get("talked")
    if by_page is None:
        by_page = g.talked = services().store.discussions.talked()
    counted = by_page.get(page_id)
    if counted is None or not counted.comments:
        return None
    latest = dates.short_day(counted.active.date(), interface_language())
    return TalkedView(counted.comments, latest)


def init_app(app: Flask) -> None:
    """Offer `talked(page_id)` to templates."""
    app.jinja_env.globals["talked"] = talked
