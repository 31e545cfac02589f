"""The changes of the store that a sync makes, and the order in which they come.

What takes something away comes first, since that needs no ledger. A page that was
decided on follows as soon as its block of the ledger is on the wiki; all others come
last.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy.exc import OperationalError

from space.review.ledger import block_of
from space.review.model import LedgerEntry
from space.review.record import Record
from space.sync.context import Context
from space.sync.portions import Portion
from space.sync.records import (
    FAILED,
    failed_record,
    record_of,
    takes_away,
)


@dataclass(frozen=True, slots=True)
class StoreChanges:
    """What the store lacks of the ledger: records to put, ids of pages to remove."""

    new: Mapping[int, Record] = field(default_factory=dict)
    gone: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        context: Context,
        entries: Mapping[int, LedgerEntry],
        decided: Collection[int],
        portion: Portion,
    ) -> "StoreChanges":
        """The changes that bring a portion of the store to its entries (by page id).

        A page that failed stays as it is; `decided` are ids of pages whose entry may be
        new.
        """
        new: dict[int, Record] = {}
        stay: set[int] = set()
        for page, entry in entries.items():
            if page in context.failed:
                stay.add(page)
                continue
            info = context.found.pages.get(page)
            if page not in decided and info and context.is_current(entry, info):
                stay.add(page)
                continue
            try:
                record = record_of(
                    entry, info, context.texts, context.site, context.hidden.hidden
                )
            except Exception:  # noqa: BLE001 - one page must not stop all others
                context.fail(page)
                continue
            context.note_withheld(entry)
            if record is None:
                continue
            stay.add(page)
            if _without_body(record) != context.records.get(page):
                new[page] = record
        stay |= context.failed
        return cls(new, frozenset(portion.of(context.records) - stay))

    @property
    def pages(self) -> frozenset[int]:
        """Ids of the pages that change."""
        return self.gone.union(self.new)

    def only(self, pages: Collection[int]) -> "StoreChanges":
        """The changes of some pages."""
        return StoreChanges(
            {page: self.new[page] for page in self.new if page in pages},
            self.gone.intersection(pages),
        )

    def taking_away(self, before: Mapping[int, Record]) -> "StoreChanges":
        """The changes that only take something away of what records had `before`."""
        less = {
            page
            for page, record in self.new.items()
            if page in before and takes_away(before[page], record)
        }
        return self.only(less | self.gone)

    def apply(self, context: Context) -> None:
        """Make the changes."""
        context.store.remove(*self.gone)
        _put(context, tuple(self.new.values()))


@dataclass(slots=True)
class Following:
    """How a portion of the store follows the ledger in one sync.

    `done` are ids of pages whose changes were made.
    """

    context: Context
    changes: StoreChanges
    decided: Collection[int]
    portion: Portion
    done: set[int] = field(default_factory=set)

    def take_away(self) -> frozenset[int]:
        """Make the changes that need no ledger; ids of their pages."""
        return self._make(self.changes.taking_away(self.context.records))

    def follow(self, block: int) -> None:
        """Make the changes of pages decided on in a block that is on the wiki."""
        pages = {page for page in self.decided if block_of(page) == block}
        self._make(self.changes.only(pages))

    def finish(self, unwritten: Iterable[int]) -> None:
        """Make the other changes, but those of `unwritten` blocks' decided pages.

        Pages that failed get a problem that says so.
        """
        blocks = set(unwritten)
        waiting = {page for page in self.decided if block_of(page) in blocks}
        self._make(self.changes.only(self.changes.pages - waiting))
        context = self.context
        for page in sorted(self.portion.of(context.failed)):
            info = context.found.pages.get(page)
            if page in context.records:
                context.store.set_problems(page, FAILED)
            elif info is not None:
                _put(context, [failed_record(info, context.kind(page))])

    def _make(self, changes: StoreChanges) -> frozenset[int]:
        left = changes.only(changes.pages - self.done)
        if left.pages:
            left.apply(self.context)
            self.done |= left.pages
        return left.pages


def _put(context: Context, records: Sequence[Record]) -> None:
    """Put records into the store.

    A record that cannot be rendered, which no page should be able to bring about, is
    logged and left out, as is one that the database refuses for what it holds; the
    others are stored. Raises `OperationalError` when the database is in the way.
    """
    try:
        context.store.put(*records)
    except OperationalError:
        raise
    except Exception:  # noqa: BLE001 - one page must not stop all others
        if len(records) == 1:
            context.fail(records[0].page_id)
            return
        for record in records:
            _put(context, [record])


def _without_body(record: Record) -> Record:
    """The record without its body, which the store does not give back."""
    if record.publication is None:
        return record
    return replace(record, publication=replace(record.publication, body=""))
