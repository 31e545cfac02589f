"""Registered events in the store, from the bot's pages of entries alone."""

from collections.abc import Mapping, Sequence
from hashlib import sha256

from space.publication.registered import FIRST_ID
from space.review.record import Record
from space.schema.problems import Problem
from space.settings.onwiki import REGISTRY_OFF
from space.sources.claims import DIFFERS, Claim, claims_of, differences, resolve
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages_of, read_entries
from space.sources.entry_records import EntryRecords
from space.store.keys import PAGE_REGISTRATIONS, REGISTRY_VERSION
from space.store.store import Store
from space.sync.ledger import own_text
from space.sync.rules import Rules
from space.sync.sources import Sources
from space.sync.stored_records import StoredRecords
from space.wiki.port import WikiReader
from space.wiki.values import PageCopy


def read_known(wiki: WikiReader, sources: Sources, bot: str) -> Mapping[int, Entry]:
    """The entries of a bot's own pages, by number.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    return _entries(wiki, _copies(sources, bot), bot)


def follow_registry(
    wiki: WikiReader, store: Store, sources: Sources, rules: Rules
) -> None:
    """Bring the store's registered events to what the bot's pages say.

    What records of pages are about is no entry of its own, and they get a problem where
    their times are other ones. None are in the store where the settings do not want
    them, and then the wiki is not asked. Raises `WikiUnavailableError` when it does not
    answer.
    """
    records = StoredRecords(store)
    if rules.registry == REGISTRY_OFF:
        store.remove(*store.records.registered_ids())
        if store.value(REGISTRY_VERSION):
            _tell(store, records, {})
            store.set_value(PAGE_REGISTRATIONS, None)
            store.set_value(REGISTRY_VERSION, None)
        return
    copies = _copies(sources, rules.bot)
    claims = claims_of(records.values(), wiki.site())
    if store.value(REGISTRY_VERSION) == _version(copies, rules, claims, records):
        return
    entries = _entries(wiki, copies, rules.bot)
    claimed = resolve(claims, entries.values())
    listing = EntryRecords(
        rules.registry, rules.registrations, FIRST_ID, store.addresses
    )
    made = map(listing.record_of, (entries[n] for n in entries if n not in claimed))
    _replace(store, {record.page_id: record for record in made if record})
    _tell(store, records, dict(differences(claimed, entries, records)))
    store.set_value(
        PAGE_REGISTRATIONS,
        {str(page): entries[number].sign_up for number, page in claimed.items()},
    )
    version = _version(copies, rules, claims, StoredRecords(store))
    store.set_value(REGISTRY_VERSION, version)


def _replace(store: Store, records: Mapping[int, Record]) -> None:
    """Have the store hold these registered events and no others."""
    before = {record.page_id: record for record in store.records.registered()}
    store.remove(*sorted(before.keys() - records.keys()))
    store.put(*(records[n] for n in sorted(records) if records[n] != before.get(n)))


def _tell(
    store: Store, records: Mapping[int, Record], problems: Mapping[int, Problem]
) -> None:
    """Give pages the problems that their registrations make, and only these pages."""
    for page, record in records.items():
        others = tuple(p for p in record.problems if p.code != DIFFERS)
        own = (problems[page],) if page in problems else ()
        if record.problems != others + own:
            store.set_problems(page, *others, *own)


def _copies(sources: Sources, bot: str) -> Mapping[str, PageCopy]:
    return sources.read(families=[entry_pages_of(bot)])


def _entries(
    wiki: WikiReader, copies: Mapping[str, PageCopy], bot: str
) -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    for title in sorted(copies):
        entries |= read_entries(own_text(wiki, copies[title], bot) or "")
    return dict(sorted(entries.items()))


def _version(
    copies: Mapping[str, PageCopy],
    rules: Rules,
    claims: Sequence[Claim],
    records: Mapping[int, Record],
) -> str:
    """A hash of all that the store's registered events follow from."""
    decisions = rules.registrations
    parts = [
        rules.registry,
        *map(str, sorted(decisions.approved)),
        *(f"-{number}" for number in sorted(decisions.hidden)),
        *sorted(decisions.hidden_pages),
        *(f"{title} {copies[title].latest}" for title in sorted(copies)),
        *(_claimed(claim, records[claim.page_id]) for claim in claims),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def _claimed(claim: Claim, record: Record) -> str:
    """A claim with what of its page is compared, and what was told of that."""
    event = record.publication
    values = event.values if event else {}
    when = [values.get(name) for name in ("start", "end", "timezone", "recurrence")]
    told = [problem.params for problem in record.problems if problem.code == DIFFERS]
    return f"{claim.page_id} {claim.number} {sorted(claim.titles)} {when} {told}"
