"""The cases of a sync: pages on which to decide, and what decisions rest on."""

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
    """One page on which to decide, and what was read of it so far."""

    page: int
    info: PageInfo | None  # None for a page that is deleted
    entry: LedgerEntry | None
    kind: str
    revisions: tuple[Revision, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    patrols: tuple[Patrol, ...] = ()
    talk: int = 0  # the newest revision of the talk page that was read
    log: int = 0  # the newest entry of the patrol log
    ended: Ending | None = None
    returned: datetime | None = None

    @property
    def unread(self) -> tuple[Revision, ...]:
        """Revisions that the ledger does not know yet."""
        read = self.entry.read.page if self.entry else 0
        return tuple(row for row in self.revisions if row.id > read)

    def history(self, texts: Texts) -> PageHistory:
        """What `decide` is told, with the texts that are known."""
        first = self.revisions[0] if self.revisions else None
        return PageHistory(
            page=self.page,
            kind=self.kind,
            creator=first.user if first else None,
            created=first.timestamp if first else None,
            revisions=tuple(_revision(row, texts) for row in self.revisions),
            ended=self.ended,
            returned=self.returned,
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
        sha1=None if hidden else row.sha1,
        parent=row.parent,
        text_hidden=hidden,
        content=text.content if text and not hidden else None,
    )
