"""The patrol log of pages that wait for a patrol."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from space.review.model import LedgerEntry, Patrol
from space.wiki.port import WikiReader
from space.wiki.values import LogEntry, PageInfo

WHOLE_LOG = timedelta(days=31)
"""How far back the log of all pages is read; recent changes, where people patrol,
reach back 30 days on Wikimedia's wikis. What is older is asked for page by page."""


@dataclass(slots=True)
class Patrols:
    """Patrols by page id, and the newest log entry that was read of each page."""

    by_page: dict[int, list[Patrol]] = field(default_factory=dict)
    newest: dict[int, int] = field(default_factory=dict)

    def add(self, log: Iterable[LogEntry]) -> None:
        """Take in entries of the patrol log, but for automatic ones."""
        for entry in log:
            if entry.params.get("auto"):
                continue
            revision = int(str(entry.params["curid"]))
            patrol = Patrol(revision, entry.user, entry.timestamp)
            patrols = self.by_page.setdefault(entry.page_id, [])
            if patrol not in patrols:
                patrols.append(patrol)
            last = self.newest.get(entry.page_id, 0)
            self.newest[entry.page_id] = max(last, entry.id)

    def of(self, page: int) -> tuple[Patrol, ...]:
        """The patrols of a page's revisions; empty if there are none."""
        return tuple(self.by_page.get(page, ()))

    def news(self, entry: LedgerEntry) -> bool:
        """Whether a page with a pending revision has a patrol new to its entry."""
        if entry.status.pending is None:
            return False
        counted = {patrol.revision for patrol in entry.patrols}
        return any(patrol.revision not in counted for patrol in self.of(entry.page))


def read_patrols(
    wiki: WikiReader,
    needs: Mapping[int, datetime],
    pages: Mapping[int, PageInfo],
    now: datetime,
) -> Patrols:
    """The patrol log of the pages in `needs`, each from its time on (aware)."""
    patrols = Patrols()
    recent = [time for time in needs.values() if now - time <= WHOLE_LOG]
    if recent:
        patrols.add(wiki.log("patrol", since=min(recent)))
    for page, time in sorted(needs.items()):
        if now - time > WHOLE_LOG:
            patrols.add(wiki.log("patrol", since=time, title=pages[page].title))
    return patrols
