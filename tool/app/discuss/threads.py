"""View models of threads and comments, and links to answer and to ask on the wiki."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, g
from markupsafe import Markup

from space.errors import WikiUnavailableError
from space.publication.discussion import Talked, ThreadRow, questions_title
from space.publication.discussion_filters import TalkFilter
from space.text.html.sanitize import sanitize
from space.wiki.talk import ids
from space.wiki.threads import Comment
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.fresh_pages import quarter_of
from tool.app.web.language import interface_language
from tool.app.web.links import wiki_url

TOPIC_LENGTH = 100  # characters of the heading of a question
DEEPEST = 6  # the deepest level that is indented further
QUESTIONS = 4  # the most unanswered ones that `waiting_questions` gives
_WAITING = TalkFilter(kinds=("question",), state="unanswered")
_TOOLS = "DiscussionTools"
_INTRO = "Template:Space_question/intro"
_PRELOAD = "Template:Space_question/preload"


def wiki_action(title: str, **query: str) -> str:
    """The URL of an action on a wiki page."""
    address = wiki_url(title)
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}"


def ask_url(title: str, text: str) -> str:
    """The URL of the wiki's form for a new topic on the questions page, filled in.

    `text` goes below the heading. When it is empty there is no preload, which would
    show the name of its parameter.
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
    """The heading for a question: its first line, cut between words."""
    line = " ".join(question.strip().partition("\n")[0].split())
    if len(line) <= TOPIC_LENGTH:
        return line
    return line[:TOPIC_LENGTH].rpartition(" ")[0] or line[:TOPIC_LENGTH]


def body_of(question: str) -> str:
    """The text below the heading of a question; empty when the heading has all."""
    line, _, rest = question.strip().partition("\n")
    whole = " ".join(line.split()) == heading_of(question)
    return rest.strip() if whole else question.strip()


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A thread for a reader of `language`, as of `now`, aware."""

    row: ThreadRow
    language: str
    now: datetime

    @property
    def key(self) -> str:
        """Its part of the URL of its page."""
        return self.row.key

    @property
    def title(self) -> str:
        """Its heading; empty for comments above the first heading of a talk page."""
        return self.row.title

    @property
    def begun(self) -> str:
        """The day of its first comment."""
        return dates.short_day(self.row.begun.date(), self.language)

    @property
    def active(self) -> str:
        """The day of its newest comment."""
        return dates.short_day(self.row.active.date(), self.language)

    @property
    def waits(self) -> int:
        """Whole days without an answer; 0 when it is answered, archived or new."""
        if self.row.answered or self.row.archived:
            return 0
        return (self.now - self.row.begun).days

    @property
    def url(self) -> str:
        """Its URL on the wiki."""
        heading = "_".join(self.row.title.split())
        return f"{wiki_url(self.row.talk_title)}#{heading}"

    @property
    def watch_url(self) -> str:
        """The URL of the wiki's form to watch its talk page."""
        return wiki_action(self.row.talk_title, action="watch")


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment of a thread; `answers` is the author of its parent, empty without."""

    comment: Comment
    thread: ThreadView
    answers: str

    @property
    def depth(self) -> int:
        """The level at which it is indented, from 1 to `DEEPEST`."""
        return min(self.comment.level, DEEPEST)

    @property
    def when(self) -> str:
        """When it was signed, in UTC."""
        return dates.instant(self.comment.at, self.thread.language)

    @property
    def html(self) -> Markup:
        """Its sanitized text."""
        base = wiki_url("")
        return Markup(sanitize(self.comment.html, base))  # noqa: S704 - sanitized

    @property
    def author_url(self) -> str:
        """The URL of the author's user page."""
        return wiki_url(f"User:{self.comment.author}")

    @property
    def url(self) -> str:
        """Its URL on the wiki, where the reply tool is; else that of its thread."""
        if not has_reply_tool():
            return self.thread.url
        return f"{wiki_url(self.thread.row.talk_title)}#{self.comment.id}"


def has_reply_tool() -> bool:
    """Whether the wiki has DiscussionTools; True while the wiki does not answer."""
    try:
        return _TOOLS in services().facts.site().extensions
    except WikiUnavailableError:
        return True


def subscribe_url(thread: ThreadView, comments: Iterable[Comment]) -> str | None:
    """The URL of the wiki's form to subscribe to the thread; None where it has none."""
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
    """Views of threads for the current reader."""
    language, now = interface_language(), quarter_of(services().clock())
    return [ThreadView(row, language, now) for row in rows]


def waiting_questions() -> list[ThreadView]:
    """Unanswered questions, the longest wait first, at most `QUESTIONS`."""
    rows = services().store.discussions.threads(
        _WAITING, now=services().clock(), limit=QUESTIONS
    )
    return thread_views(rows)


def comment_views(thread: ThreadView, comments: Iterable[Comment]) -> list[CommentView]:
    """Views of a thread's comments; parents have to come before their answers."""
    authors: dict[str, str] = {}
    views = []
    for comment in comments:
        views.append(CommentView(comment, thread, authors.get(comment.parent, "")))
        authors[comment.id] = comment.author
    return views


@dataclass(frozen=True, slots=True)
class TalkedView:
    """The number of comments on a page, and the day of the newest.

    The day is empty without comments. `interested` is how many accounts are.
    """

    comments: int
    latest: str
    interested: int = 0


def count_comments(page_ids: Iterable[int]) -> None:
    """Read at once how much is said of pages that the current page will list."""
    counts = _counts()
    unknown = [page_id for page_id in page_ids if page_id not in counts]
    found = services().store.discussions.talked(unknown) if unknown else {}
    counts |= {page_id: found.get(page_id) for page_id in unknown}


def _counts() -> dict[int, Talked | None]:
    """What was read of comments in this request; None for a page without any."""
    if "talked" not in g:
        g.talked = {}
    counts: dict[int, Talked | None] = g.talked
    return counts


def talked(page_id: int) -> TalkedView | None:
    """The comments on a page, None without any."""
    return all_talked([page_id]).get(page_id)


def all_talked(page_ids: Iterable[int]) -> dict[int, TalkedView]:
    """Comments and the interested by page id, of those pages that have any."""
    page_ids = tuple(page_ids)
    count_comments(page_ids)
    counts, language = _counts(), interface_language()
    return {
        page_id: TalkedView(
            counted.comments,
            dates.short_day(counted.active.date(), language) if counted.active else "",
            counted.interested,
        )
        for page_id in page_ids
        if (counted := counts[page_id]) and (counted.comments or counted.interested)
    }


def init_app(app: Flask) -> None:
    """Offer `talked(page_id)` to templates."""
    app.jinja_env.globals["talked"] = talked
