"""Threads and comments of talk pages, as the store has them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from space.wiki.threads import Comment

TALK_PAGE, QUESTIONS = "talk", "questions"
"""Places of threads: a talk page, and the questions page."""
ARCHIVES = {TALK_PAGE: "talk-archive", QUESTIONS: "old-questions"}
"""Place → the place of threads archived on its subpages."""


def questions_title(root: str) -> str:
    """The title of the page where newcomers ask."""
    return f"{root}/Questions"


@dataclass(frozen=True, slots=True)
class TalkPageRow:
    """A talk page as it was last read; `latest` 0 asks to read it again."""

    talk_id: int
    page_id: int  # of what it talks about
    title: str
    latest: int
    place: str


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread as lists show it, without its comments.

    `page_title` is the page that it is about and `subject` what that calls itself,
    empty for a question; `kind` is "post", "event", "translation" or "question".
    """

    id: str
    title: str
    talk_id: int
    talk_title: str
    page_id: int
    page_title: str
    subject: str
    kind: str
    author: str
    begun: datetime
    active: datetime
    comments: int
    people: int
    answered: bool
    archived: bool
    aside: bool

    @property
    def key(self) -> str:
        """The thread's key in URLs: short, and fit for any title."""
        return thread_key(self.id)


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment with the thread it belongs to."""

    comment: Comment
    thread: ThreadRow


@dataclass(frozen=True, slots=True)
class Talked:
    """The number of comments on a page, and the time of the newest, aware.

    `active` is None without comments. `interested` is how many accounts are interested
    in an event.
    """

    comments: int
    active: datetime | None
    interested: int = 0


def thread_key(thread_id: str) -> str:
    """A short hash of a thread's id, unique among the threads of its page."""
    digest = hashlib.sha1(thread_id.encode(), usedforsecurity=False)
    return digest.hexdigest()[:12]
