"""The report of a sync: pages decided on, records stored, ledger pages written."""

from dataclasses import dataclass

from space.review.model import LedgerEntry, State
from space.schema.problems import Problem
from space.settings.ruling_pages import PageProblems
from space.sync.ledger import is_written
from space.wiki.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Decided:
    """A page on which a decision was made.

    `title` is empty for a page that is gone; `before` is None for a page that the
    ledger did not have.
    """

    page: int
    title: str
    before: State | None
    entry: LedgerEntry


@dataclass(frozen=True, slots=True)
class SyncReport:
    """Counts, titles and answers of a sync, or in a dry run those it would have.

    Attributes:
        full: every page was compared, rather than recent changes read.
        failed: ids of pages that a bug kept from being decided on or stored; the log
            has its traceback.
        stored, removed: numbers of records.
        ledger: titles of ledger pages that differ from the wiki's.
        outcomes: ledger page and the wiki's answer to its edit; empty in a dry run.
        ledger_problems: ledger pages of which a part cannot be read; they are not
            written.
        ruling_problems: pages of settings, topics and reviewers whose text does not
            count.
    """

    full: bool
    decided: tuple[Decided, ...] = ()
    failed: tuple[int, ...] = ()
    stored: int = 0
    removed: int = 0
    ledger: tuple[str, ...] = ()
    outcomes: tuple[tuple[str, Outcome], ...] = ()
    ledger_problems: tuple[tuple[str, Problem], ...] = ()
    ruling_problems: tuple[PageProblems, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the wiki took all edits, so that nothing has to be done again."""
        return all(is_written(outcome) for _, outcome in self.outcomes)
