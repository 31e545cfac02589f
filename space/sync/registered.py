"""Registered events in the store, from the bot's pages of entries alone."""

from collections.abc import Mapping
from hashlib import sha256

from space.publication.registered import FIRST_ID
from space.settings.onwiki import REGISTRY_OFF
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages_of, read_entries
from space.sources.listing import Listing
from space.store.keys import REGISTRY_VERSION
from space.store.store import Store
from space.sync.ledger import own_text
from space.sync.rules import Rules
from space.sync.sources import Sources
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

    None are in the store where the settings do not want them, and then the wiki is not
    asked. Raises `WikiUnavailableError` when it does not answer.
    """
    if rules.registry == REGISTRY_OFF:
        store.remove(*store.records.registered_ids())
        if store.value(REGISTRY_VERSION):
            store.set_value(REGISTRY_VERSION, None)
        return
    copies = _copies(sources, rules.bot)
    version = _version(copies, rules)
    if store.value(REGISTRY_VERSION) == version:
        return
    entries = _entries(wiki, copies, rules.bot).values()
    listing = Listing(rules.registry, rules.registrations, FIRST_ID, store.addresses)
    made = map(listing.record_of, entries)
    records = {record.page_id: record for record in made if record}
    before = {record.page_id: record for record in store.records.registered()}
    store.remove(*sorted(before.keys() - records.keys()))
    store.put(*(records[n] for n in sorted(records) if records[n] != before.get(n)))
    store.set_value(REGISTRY_VERSION, version)


def _copies(sources: Sources, bot: str) -> Mapping[str, PageCopy]:
    return sources.read(families=[entry_pages_of(bot)])


def _entries(
    wiki: WikiReader, copies: Mapping[str, PageCopy], bot: str
) -> dict[int, Entry]:
    entries: dict[int, Entry] = {}
    for title in sorted(copies):
        entries |= read_entries(own_text(wiki, copies[title], bot) or "")
    return dict(sorted(entries.items()))


def _version(copies: Mapping[str, PageCopy], rules: Rules) -> str:
    """A hash of all that the store's registered events follow from."""
    decisions = rules.registrations
    parts = [
        rules.registry,
        *map(str, sorted(decisions.approved)),
        *(f"-{number}" for number in sorted(decisions.hidden)),
        *sorted(decisions.hidden_pages),
        *(f"{title} {copies[title].latest}" for title in sorted(copies)),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()
