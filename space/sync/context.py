"""The context of one sync: ports, rules and time, and what was read first."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime

from space.dates.moments import utc_day
from space.publication.people import accounts_named
from space.review.model import LedgerEntry
from space.review.record import Record
from space.review.redaction import has_other_text
from space.store.store import Store
from space.sync.ledger import Ledger
from space.sync.memory import Memory
from space.sync.reading.pages import FoundPages, find_among, find_pages
from space.sync.reading.patrols import PatrolLog
from space.sync.reading.revisions import Texts
from space.sync.reading.visibility import HiddenAccounts, read_visibility
from space.sync.records import is_current, people_of
from space.sync.rules import Rules
from space.sync.ruling import Ruling
from space.sync.sources import Sources
from space.sync.stored_records import StoredRecords
from space.sync.subjects import subject_of
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from space.wiki.values import PageInfo, Site

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ports:
    """Ports, rules and time of a sync."""

    wiki: WikiReader
    store: Store
    rules: Rules
    ruling: Ruling
    sources: Sources
    now: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Ports, rules and time of a sync, and what was read at its start.

    `now` is the time of the sync, `since` the time from which recent changes and logs
    are read, None in a full sync; both are aware. `records` are the store's before the
    sync, by page id. `redacted` are ids of pages of which something was hidden or seen
    again since the last sync, whose entries are without it already; `withheld` are
    those whose record lacks people known by a hidden account. `failed` collects the
    ids of pages that a bug keeps from being read, decided on or stored.

    Of a sync that reads a part, `titles` are those in question; it has the records, the
    entries and the pages of these and of nothing else. None in other syncs.
    """

    wiki: WikiReader
    store: Store
    sources: Sources
    rules: Rules
    ruling: Ruling
    now: datetime
    since: datetime | None
    site: Site
    templates: Templates
    texts: Texts
    memory: Memory
    records: Mapping[int, Record]
    ledger: Ledger
    found: FoundPages
    patrols: PatrolLog
    hidden: HiddenAccounts
    redacted: frozenset[int]
    withheld: set[int]
    titles: frozenset[str] | None = None
    failed: set[int] = field(default_factory=set)

    @classmethod
    def read(  # noqa: PLR0913 - the ports, the rules, and from when to when
        cls,
        wiki: WikiReader,
        store: Store,
        rules: Rules,
        *,
        ruling: Ruling,
        sources: Sources,
        now: datetime,
        since: datetime | None,
    ) -> "Context":
        """Read the ledger, the store's records, and which pages there are.

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        templates = Templates.read(wiki)
        ledger = Ledger.read(wiki, sources, rules)
        records = StoredRecords(store)
        ports = _Ports(wiki, store, rules, ruling, sources, now, since)
        return cls._of(
            ports,
            templates,
            records,
            ledger,
            find=lambda: find_pages(wiki, rules, ledger.entries),
        )

    @classmethod
    def read_part(  # noqa: PLR0913 - the ports, the rules, when, and what is known
        cls,
        wiki: WikiReader,
        store: Store,
        rules: Rules,
        *,
        ruling: Ruling,
        sources: Sources,
        now: datetime,
        titles: Collection[str],
        templates: Templates,
    ) -> "Context":
        """Read the ledger and the store's records of the pages of some titles.

        Those are pages that have or had these titles, or are talked about on them.
        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        site = wiki.site()
        subjects = frozenset(subject_of(site, title) for title in titles)
        known = store.records.of(page_titles=subjects)
        found = wiki.pages_by_title(sorted(subjects)) if subjects else {}
        infos = {info.id: info for info in found.values()}
        elsewhere = sorted(known.keys() - infos.keys())
        infos |= wiki.pages(elsewhere) if elsewhere else {}
        pages = sorted(known.keys() | infos.keys())
        ledger = Ledger.read_part(wiki, sources, rules, pages)
        context = cls._of(
            _Ports(wiki, store, rules, ruling, sources, now, store.checkpoint or now),
            templates,
            known | store.records.of(page_ids=infos.keys() - known.keys()),
            ledger,
            find=lambda: find_among(wiki, rules, ledger.entries, infos),
        )
        return replace(context, titles=subjects)

    @classmethod
    def _of(
        cls,
        ports: "_Ports",
        templates: Templates,
        records: Mapping[int, Record],
        ledger: Ledger,
        find: Callable[[], FoundPages],
    ) -> "Context":
        """Read what the wiki hides, and then `find` which pages there are."""
        wiki, store = ports.wiki, ports.store
        hidden = HiddenAccounts(wiki)
        redacted = _redact(ledger, records, hidden, wiki.site())
        memory = Memory.read(store)
        return cls(
            wiki=wiki,
            store=store,
            sources=ports.sources,
            rules=ports.rules,
            ruling=ports.ruling,
            now=ports.now,
            since=ports.since,
            site=wiki.site(),
            templates=templates,
            texts=Texts(wiki, templates.records),
            memory=memory,
            records=records,
            ledger=ledger,
            found=find(),
            patrols=PatrolLog(wiki, ports.now),
            hidden=hidden,
            redacted=redacted,
            withheld=set(memory.withheld),
        )

    @property
    def patrols_since(self) -> datetime | None:
        """The time from which the patrol log is new to pages that wait, aware.

        None in a full sync, and under another policy than the last sync's: then patrols
        may matter that did not before.
        """
        is_same = self.memory.policy == asdict(self.rules.policy)
        return self.since if is_same else None

    @property
    def today(self) -> date:
        """The UTC day of the sync."""
        return utc_day(self.now)

    def is_current(self, entry: LedgerEntry, info: PageInfo) -> bool:
        """Whether the store's record is the one that would be made now."""
        record = self.records.get(entry.page)
        if entry.page in self.withheld or (record and self._names_hidden(record)):
            return False
        return is_current(record, entry, info)

    def ask_people(self, entries: Iterable[LedgerEntry]) -> None:
        """Ask whether people are hidden whom the texts name that are to be published.

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        self.hidden.ask(
            name
            for entry in entries
            for name in people_of(entry, self.texts, self.site)
        )

    def note_withheld(self, entry: LedgerEntry) -> None:
        """Remember whether people are left out of an entry's record, or forget it."""
        named = people_of(entry, self.texts, self.site)
        is_withheld = not named.isdisjoint(self.hidden.hidden)
        change = self.withheld.add if is_withheld else self.withheld.discard
        change(entry.page)

    def _names_hidden(self, record: Record) -> bool:
        publication = record.publication
        if publication is None:
            return False
        named = accounts_named(record.kind, publication.values, self.site)
        return not named.isdisjoint(self.hidden.hidden)

    def remember_portion(self) -> None:
        """Store what is known of pages that a portion had, for a sync after a kill.

        What failed before counts as failed until all was read.
        """
        failed = self.failed.union(self.memory.failed)
        memory = replace(
            self.memory,
            withheld=tuple(sorted(self.withheld)),
            failed=tuple(sorted(failed)),
        )
        memory.write(self.store)

    def remember(self) -> None:
        """Store what the next sync has to know of this one.

        After a part was read that is what of it is new.
        """
        memory = self.memory
        failed, frozen = self.failed, {*self.ledger.frozen}
        if self.titles is None:
            memory.policy = asdict(self.rules.policy)
        else:
            read = self.found.pages.keys() | self.ledger.entries.keys()
            failed = failed.union(page for page in memory.failed if page not in read)
            frozen.update(memory.frozen)
        memory.withheld = tuple(sorted(self.withheld))
        memory.failed = tuple(sorted(failed))
        memory.frozen = tuple(sorted(frozen))
        memory.write(self.store)

    def kind(self, page: int) -> str:
        """The kind of a page's newest text, else the ledger's, else "event"."""
        info, entry = self.found.pages.get(page), self.ledger.entries.get(page)
        text = self.texts.get(info.latest) if info else None
        kind = text.content.kind if text and text.content else None
        return kind or (entry.kind if entry else "event")

    def fail(self, page: int) -> None:
        """Log the exception that is being handled, and have the page left as it is."""
        _LOG.exception("page failed: page=%d", page)
        self.failed.add(page)


def _redact(
    ledger: Ledger, records: Mapping[int, Record], hidden: HiddenAccounts, site: Site
) -> frozenset[int]:
    """Take what the wiki hides from the ledger; ids of pages of which it hides more."""
    visibility = read_visibility(
        hidden, ledger.entries.values(), records.values(), site
    )
    other = (p for p, e in ledger.entries.items() if has_other_text(e, visibility))
    return frozenset(other) | ledger.redact(visibility)
