"""A case: a page on which to decide, with its revisions, verdicts and patrols."""

from dataclasses import dataclass
from datetime import datetime

from space.review.model import (
    Ending,
    LedgerEntry,
    PageHistory,
    PageRevision,
    Patrol,
    Read,
    Verdict,
)
from space.sync.reading.revisions import Texts
from space.wiki.values import PageInfo, Revision


@dataclass(slots=True)
class Case:
    """A page on which to decide, filled as it is read.

    `talk` is the newest revision that was read of its talk page, `log` the newest entry
    of the patrol log; 0 while none was. `patrols` are those from `patrols_since` on
    (UTC, aware), None while none were read. `ended` says how the page ended, `returned`
    when it came back, `moved` when it or its talk page was moved to where it is, if a
    verdict depends on that (UTC, aware).
    """

    page: int
    info: PageInfo | None  # None for a page that is deleted
    entry: LedgerEntry | None
    kind: str
    revisions: tuple[Revision, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    patrols: tuple[Patrol, ...] = ()
    talk: int = 0  # the newest revision of the talk page that was read
    log: int = 0  # the newest entry of the patrol log
    patrols_since: datetime | None = None
    ended: Ending | None = None
    returned: datetime | None = None
    moved: datetime | None = None

    @property
    def unread(self) -> tuple[Revision, ...]:
        """The revisions after the last one that the ledger has read, oldest first."""
        read = self.entry.read.page if self.entry else 0
        return tuple(row for row in self.revisions if row.id > read)

    def history(self, texts: Texts) -> PageHistory:
        """The page as `space.review.decide` takes it, with the fetched texts."""
        return PageHistory(
            page=self.page,
            kind=self.kind,
            revisions=tuple(_revision(row, texts) for row in self.revisions),
            ended=self.ended,
            returned=self.returned,
            moved=self.moved,
            read=Read(talk=self.talk, log=self.log),
        )


def _revision(row: Revision, texts: Texts) -> PageRevision:
    text = texts.get(row.id)
    # A revision hidden since its history was read counts as hidden.
    hidden = row.text_hidden or texts.is_hidden(row.id)
    return PageRevision(
        id=row.id,
        timestamp=row.timestamp,
        user=row.user,
        user_id=row.user_id,
        sha1=None if hidden else row.sha1,
        parent=row.parent,
        text_hidden=hidden,
        content=text.content if text and not hidden else None,
    )
