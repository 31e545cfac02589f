"""Threads from the answer of `action=discussiontoolspageinfo`.

Asked with `prop=threaditemshtml|transcludedfrom` and `excludesignatures`
(https://www.mediawiki.org/wiki/Extension:DiscussionTools). A comment that comes from
another page is that page's, as it changes when that one does.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from space.text.html.plain import text_of
from space.wiki.talk.html import reduce
from space.wiki.threads import Comment, Thread

Item = Mapping[str, Any]

_VERDICT, _INTEREST = (
    re.compile(rf'"wt":"\s*(?:template:)?space[ _]{name}\s*"', re.IGNORECASE)
    for name in ("review", "interested")
)


def read_answer(answer: Item) -> tuple[Thread, ...]:
    """The threads of one page; `answer` is the object under the module's name."""
    items = answer["threaditemshtml"]
    reader = _ItemReader(answer.get("transcludedfrom") or {})
    nested = {heading["id"] for item in items for heading in _headings(item)}
    threads = (reader.thread(item) for item in items if item["id"] not in nested)
    return tuple(thread for thread in threads if thread is not None)


def _headings(item: Item) -> Iterator[Item]:
    """Headings below a heading, which the answer has a second time beside it."""
    waiting = [item]
    while waiting:
        for reply in waiting.pop()["replies"]:
            if reply["type"] == "heading":
                yield reply
                waiting.append(reply)


@dataclass(slots=True)
class _ItemReader:
    """`elsewhere` says by id whether an item comes from another page."""

    elsewhere: Mapping[str, Any]
    comments: list[Comment] = field(default_factory=list)

    def thread(self, heading: Item) -> Thread | None:
        """A heading with all comments below it; None where there are none."""
        self.comments = []
        self._read(heading["replies"], "")
        if not self.comments:
            return None
        title = " ".join(text_of(heading["html"]).split())
        return Thread(heading["id"], title, tuple(self.comments))

    def _read(self, items: list[Item], parent: str) -> None:
        stack = [(item, parent) for item in reversed(items)]
        while stack:
            item, above = stack.pop()
            comment = item["type"] == "comment"
            if comment and not self.elsewhere.get(item["id"]):
                self.comments.append(_comment(item, above))
            below = item["id"] if comment else ""
            stack += [(reply, below) for reply in reversed(item["replies"])]


def _comment(item: Item, parent: str) -> Comment:
    html = item["html"]
    return Comment(
        id=item["id"],
        author=item["author"],
        at=datetime.fromisoformat(item["timestamp"]),
        level=item["level"],
        parent=parent,
        html=reduce(html),
        verdict=_VERDICT.search(html) is not None,
        interest=_INTEREST.search(html) is not None,
    )
