"""The context of one sync: ports, rules and time, and what was read first."""

import logging
from dataclasses import dataclass, field
from datetime import date, datetime

from space.dates.moments import utc_day
from space.review.record import Record
from space.store.store import Store
from space.sync.ledger import Ledger
from space.sync.memory import Memory
from space.sync.reading.pages import FoundPages, find_pages
from space.sync.reading.revisions import Texts
from space.sync.rules import Rules
from space.sync.sources import Sources
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from space.wiki.values import Site

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Ports, rules and time of a sync, and what was read at its start.

    `now` is the time of the sync, `since` the time from which recent changes and logs
    are read, None in a full sync; both are aware. `records` are the store's before the
    sync, by page id. `failed` collects the ids of pages that a bug keeps from being
    read, decided on or stored.
    """

    wiki: WikiReader
    store: Store
    sources: Sources
    rules: Rules
    now: datetime
    since: datetime | None
    site: Site
    templates: Templates
    texts: Texts
    memory: Memory
    records: dict[int, Record]
    ledger: Ledger
    found: FoundPages
    failed: set[int] = field(default_factory=set)

    @classmethod
    def read(  # noqa: PLR0913 - the ports, the rules, and from when to when
        cls,
        wiki: WikiReader,
        store: Store,
        rules: Rules,
        *,
        sources: Sources,
        now: datetime,
        since: datetime | None,
    ) -> "Context":
        """Read the ledger, the store's records, and which pages there are.

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        templates = Templates.read(wiki)
        ledger = Ledger.read(wiki, sources, rules)
        return cls(
            wiki=wiki,
            store=store,
            sources=sources,
            rules=rules,
            now=now,
            since=since,
            site=wiki.site(),
            templates=templates,
            texts=Texts(wiki, templates.records),
            memory=Memory.read(store),
            records={record.page_id: record for record in store.records.all()},
            ledger=ledger,
            found=find_pages(wiki, rules, ledger.entries),
        )

    @property
    def today(self) -> date:
        """The UTC day of the sync."""
        return utc_day(self.now)

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
