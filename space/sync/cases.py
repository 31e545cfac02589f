"""What decisions on pages rest on, and the decisions."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from space.review.decide import decide
from space.review.judge import people, rights_of
from space.review.model import (
    Ending,
    LedgerEntry,
    PageHistory,
    PageRevision,
    Patrol,
    Read,
    Rights,
    Verdict,
)
from space.review.policy import Policy
from space.sync.revisions import Texts
from space.wiki.port import WikiReader
from space.wiki.values import PageInfo, Revision

_LOG = logging.getLogger(__name__)


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


def read_rights(
    wiki: WikiReader, cases: Iterable[Case], texts: Texts, policy: Policy
) -> Mapping[str, Rights]:
    """The rights that the decisions need, as they are now."""
    names = {
        name
        for case in cases
        for name in people(case.history(texts), case.entry, case.verdicts)
    }
    accounts = wiki.accounts(sorted(names)) if names else {}
    return {name: rights_of(account, policy) for name, account in accounts.items()}


def decide_all(
    cases: Iterable[Case],
    texts: Texts,
    rights: Mapping[str, Rights],
    policy: Policy,
    today: date,
) -> dict[int, LedgerEntry]:
    """The new entries by page id.

    Texts are fetched as decisions ask for them, for all pages together. A page on
    which deciding fails, which it should not, is logged and left as it was.
    """
    decided: dict[int, LedgerEntry] = {}
    open_cases = list(cases)
    while open_cases:
        wanted: set[int] = set()
        waiting = []
        for case in open_cases:
            try:
                decision = decide(
                    case.history(texts),
                    case.entry,
                    case.verdicts,
                    case.patrols,
                    rights,
                    policy=policy,
                    today=today,
                )
            except Exception:  # noqa: BLE001 - one page must not stop all others
                _LOG.exception("deciding failed: page=%d", case.page)
                continue
            if decision.wants:
                wanted |= decision.wants
                waiting.append(case)
            else:
                decided[case.page] = decision.entry
        texts.fetch(wanted)
        open_cases = waiting
    return decided


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
