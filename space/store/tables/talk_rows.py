"""Rows of threads and comments, and the values they stand for."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from space.publication.discussion import ARCHIVES, TalkPageRow, ThreadRow
from space.store.tables.record_rows import known_moment, seconds
from space.text.folding import fold
from space.text.html.plain import text_of
from space.wiki.threads import Comment, Thread

VERDICT, INTEREST = 1, 2
"""What the column `verdict` has of comments that say nothing; 0 of all others."""

_SEARCHED = 20_000  # characters of a thread


def rows_of(
    page: TalkPageRow, page_threads: Iterable[Thread]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a page's threads and of their comments."""
    own = {"talk_id": page.talk_id}
    thread_rows: list[dict[str, Any]] = []
    comment_rows: list[dict[str, Any]] = []
    for thread in page_threads:
        texts = [text_of(comment.html) for comment in thread.comments]
        thread_rows.append(
            {
                **own,
                "thread": thread.id,
                "page_id": page.page_id,
                "title": thread.title,
                "author": thread.author,
                "begun": seconds(thread.first),
                "active": seconds(thread.newest.at),
                "comments": sum(comment.is_talk for comment in thread.comments),
                "people": len(thread.people),
                "answered": int(thread.answered),
                "place": page.place,
                "copy": 0,
                "aside": 0,
                "search": fold("\n".join([thread.title, *texts]))[:_SEARCHED],
            }
        )
        for comment in thread.comments:
            number = len(comment_rows)
            row = _comment_row(comment)
            comment_rows.append({**own, "number": number, "thread": thread.id, **row})
    return thread_rows, comment_rows


def interest_rows(
    page: TalkPageRow, page_threads: Iterable[Thread], first: int
) -> list[dict[str, Any]]:
    """Rows of the interested in threads in which nobody talks, numbered from `first`.

    Such threads have no row of their own, so lists know neither them nor these.
    """
    rows = [
        {"talk_id": page.talk_id, "thread": thread.id, **_comment_row(comment)}
        for thread in page_threads
        if not thread.is_talk
        for comment in thread.comments
        if comment.interest
    ]
    return [{**row, "number": first + number} for number, row in enumerate(rows)]


def _comment_row(comment: Comment) -> dict[str, Any]:
    return {
        "comment": comment.id,
        "parent": comment.parent,
        "level": comment.level,
        "author": comment.author,
        "at": seconds(comment.at),
        "html": comment.html,
        "verdict": VERDICT if comment.verdict else INTEREST * comment.interest,
    }


def to_thread(row: Mapping[str, Any]) -> ThreadRow:
    """The thread of a row joined with its talk page and its record."""
    return ThreadRow(
        id=row["thread"],
        title=row["title"],
        talk_id=row["talk_id"],
        talk_title=row["talk_title"],
        page_id=row["page_id"],
        page_title=row["page_title"] or row["talk_title"],
        subject=str(json.loads(row["fields"])["title"]) if row["fields"] else "",
        kind=row["kind"] or "question",
        author=row["author"],
        begun=known_moment(row["begun"]),
        active=known_moment(row["active"]),
        comments=row["comments"],
        people=row["people"],
        answered=bool(row["answered"]),
        archived=row["place"] in ARCHIVES.values(),
        aside=bool(row["aside"]),
    )


def to_comment(row: Mapping[str, Any]) -> Comment:
    """The comment of a row."""
    return Comment(
        id=row["comment"],
        author=row["author"],
        at=known_moment(row["at"]),
        level=row["level"],
        parent=row["parent"],
        html=row["html"],
        verdict=row["verdict"] == VERDICT,
        interest=row["verdict"] == INTEREST,
    )
