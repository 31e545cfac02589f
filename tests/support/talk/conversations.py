"""Threads on the tool's in-memory wiki."""

from datetime import timedelta

from space.publication.discussion import QUESTIONS, TALK_PAGE, TalkPageRow, thread_key
from space.wiki.talk.ids import stamp
from space.wiki.threads import Comment, Thread
from tests.support.feeds.publications import NOW
from tests.support.tool.app import ToolApp

ASKED = 90
"""Page id of the questions page."""
LONG = "A very long question " * 6 + "🎉"


def thread(title: str, *authors: str, days: float = 1, html: str = "text") -> Thread:
    """A thread begun so many days ago: each comment a minute later, answering."""
    begun = NOW - timedelta(days=days)
    comments: list[Comment] = []
    for number, author in enumerate(authors):
        at = begun + timedelta(minutes=number)
        comments.append(
            Comment(
                id=f"c-{author}-{stamp(at)}-{title.replace(' ', '_')}",
                author=author,
                at=at,
                level=number + 1,
                parent=comments[-1].id if comments else "",
                html=f"<p>{html} {number}</p>",
            )
        )
    return Thread(f"h-{title}-{stamp(begun)}", title, tuple(comments))


def put(
    tool: ToolApp,
    talk_id: int,
    page_id: int,
    *threads: Thread,
    place: str = TALK_PAGE,
    title: str = "",
) -> None:
    """Put a talk page into the index."""
    name = title or f"Talk:Page {page_id}"
    tool.store.put_talk(TalkPageRow(talk_id, page_id, name, 1, place), threads)


def ask(tool: ToolApp, *threads: Thread) -> None:
    """Put threads onto the questions page."""
    put(tool, ASKED, ASKED, *threads, place=QUESTIONS, title="Space/Questions")


def path_of(page_id: int, found: Thread) -> str:
    """Where the tool shows a thread."""
    return f"/discuss/{page_id}/{thread_key(found.id)}"


CHAT = thread("أين نلتقي؟", *("Ann", "عمر", "Olu") * 3, html="نعم <b>yes</b>")
QUESTION = thread(LONG, "Lena", days=5, html='See <a href="./Help">help</a>.')


def talk_some(tool: ToolApp) -> None:
    """Threads of every look."""
    put(tool, 120, 12, CHAT)
    ask(tool, QUESTION, thread("Answered", "Eva", "Olu", days=0.5))
