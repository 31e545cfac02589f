"""Whose line a line is: it counts where the account that it names put it there.

Anybody can edit the page, and nobody is to be mentioned who did not ask for it. So a
line counts from the revision on by which its own account added it, and until that
account removes it. Who removes another's line has it rest, who restores it brings it
back; a line that somebody wrote in another's name never counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from space.follow.lines import FollowLine, read_lines
from space.wiki.values import Revision

MOST_LINES = 20
"""Of one account that count."""


@dataclass(frozen=True, slots=True)
class OwnLines:
    """Keys of lines that their accounts added → when, UTC; not all are on the page.

    `read` is the newest revision of the page that was read, 0 for none.
    """

    read: int = 0
    since: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, text: str) -> dict[FollowLine, datetime]:
        """The lines of the page's text that count, and since when."""
        return {
            line: self.since[line.key]
            for line in read_lines(text)
            if line.key in self.since
        }


def read_on(before: OwnLines, history: Sequence[Revision]) -> OwnLines:
    """What is known after some more revisions, oldest first and with text.

    The first of them is the one read last, if it is still there. What came with a
    hidden text has no known author, and neither has what follows that.
    """
    since = dict(before.since)
    known: set[FollowLine] | None = None
    if history and not history[0].parent:
        known = set()
    read = before.read
    for revision in history:
        lines = None if revision.text is None else set(read_lines(revision.text))
        if revision.id > before.read and known is not None and lines is not None:
            _take(since, _own(known - lines, revision), None)
            _take(since, _own(lines - known, revision), revision.timestamp)
        known = lines
        read = max(read, revision.id)
    return OwnLines(read, MappingProxyType(since))


def _own(lines: Iterable[FollowLine], revision: Revision) -> list[str]:
    """Sorted keys of the lines that name a revision's author."""
    return sorted(line.key for line in lines if line.user == revision.user)


def _take(since: dict[str, datetime], keys: list[str], at: datetime | None) -> None:
    """Take in lines that were added at a time, or forget those that were removed."""
    number = Counter(key.partition("|")[0] for key in since)
    for key in keys:
        user = key.partition("|")[0]
        if at is None:
            since.pop(key, None)
        elif key not in since and number[user] < MOST_LINES:
            since[key] = at
            number[user] += 1
