"""The queue and the figures, made anew with each sync.

What they need of the wiki is asked for those pages only that wait: who made the newest
revision of what was changed after review, the accounts, and addresses that the wiki's
list of spam was not asked about today.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from space.review.queue.accounts import Person
from space.review.queue.rows import author_of, in_queue, queue_rows
from space.review.queue.stored import keep_rows
from space.review.record import Record
from space.store.store import Store
from space.sync.memory import Memory
from space.wiki.port import WikiReader


def sync_queue(
    wiki: WikiReader,
    store: Store,
    records: Mapping[int, Record],
    memory: Memory,
    today: date,
) -> None:
    """Keep the queue of these records in the store."""
    waiting = [record for record in records.values() if in_queue(record, today)]
    authors = _authors(wiki, waiting)
    names = sorted({name for r in waiting if (name := author_of(r, authors))})
    accounts = wiki.accounts(names) if names else {}
    people = {name: Person.of(account) for name, account in accounts.items()}
    spam = _spam(wiki, waiting, memory, today)
    keep_rows(store, queue_rows(records.values(), authors, people, spam, today))


def _authors(wiki: WikiReader, waiting: Iterable[Record]) -> dict[int, str | None]:
    """Who made the pending revision of each page that was published before."""
    changed = {
        record.pending: record.page_id
        for record in waiting
        if record.pending and record.review.accepted
    }
    rows = wiki.revisions(changed, text=False) if changed else {}
    return {page: rows[n].user if n in rows else None for n, page in changed.items()}


def _spam(
    wiki: WikiReader, waiting: Iterable[Record], memory: Memory, today: date
) -> Collection[str]:
    """The forbidden ones of all addresses in the queue, asked about once a day."""
    if memory.asked != today.isoformat():
        memory.asked, memory.addresses = today.isoformat(), {}
    wanted = {address for record in waiting for address in record.newest.addresses}
    known = memory.addresses
    unknown = sorted(wanted - known.keys())
    forbidden = wiki.spam(unknown) if unknown else frozenset()
    fresh = {address: int(address in forbidden) for address in unknown}
    memory.addresses = {a: {**known, **fresh}[a] for a in sorted(wanted)}
    return {address for address, listed in memory.addresses.items() if listed}
