"""The changes of the store that a sync makes: records to put, page ids to remove."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.exc import OperationalError

from space.review.ledger import block_of
from space.review.model import LedgerEntry
from space.review.record import Record
from space.sync.context import Context
from space.sync.records import (
    FAILED,
    failed_record,
    record_of,
)


@dataclass(frozen=True, slots=True)
class StoreChanges:
    """What the store lacks of the ledger: records to put, ids of pages to remove."""

    new: tuple[Record, ...]
    gone: tuple[int, ...]

    @classmethod
    def of(
        cls,
        context: Context,
        entries: Mapping[int, LedgerEntry],
        decided: Collection[int],
        unwritten: Collection[int],
    ) -> "StoreChanges":
        """The changes that bring the store to the entries, which are by page id.

        A page stays as it is when it failed, or when it is in `decided` (page ids)
        while its block of the ledger is in `unwritten` (block numbers).
        """
        new = []
        stay: set[int] = set()
        for page, entry in entries.items():
            is_unwritten = page in decided and block_of(page) in unwritten
            if page in context.failed or is_unwritten:
                stay.add(page)
                continue
            info, stored = context.found.pages.get(page), context.records.get(page)
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
            if _without_body(record) != stored:
                new.append(record)
        stay |= context.failed
        gone = (page for page in context.records if page not in stay)
        return cls(tuple(new), tuple(gone))

    def apply(self, context: Context) -> None:
        """Make the changes, and give pages that failed a problem that says so."""
        context.store.remove(*self.gone)
        _put(context, self.new)
        for page in sorted(context.failed):
            info = context.found.pages.get(page)
            if page in context.records:
                context.store.set_problems(page, FAILED)
            elif info is not None:
                _put(context, [failed_record(info, context.kind(page))])

    def records(self, before: Mapping[int, Record]) -> dict[int, Record]:
        """The records after the changes, by page id."""
        records = {**before, **{record.page_id: record for record in self.new}}
        for page in self.gone:
            records.pop(page, None)
        return records


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
