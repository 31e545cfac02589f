"""Sync: the wiki into the ledger and the store.

    pages      transclusions of the templates and the pages the ledger knows, and of
               these whose text, talk page, patrol log, visibility, day or policy is new
    revisions  their histories, then the texts that decisions ask for
    verdicts   their talk pages
    cases      `space.review.decide`, page by page
    ledger     its pages that changed are written, then the store

What is new is always measured against the ledger, never against the store: a run that
was killed is made good by the next one. A full sync compares every page; otherwise
recent changes and logs since the last time say which. Both give the same store.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from space.review.ledger import block_of, block_title
from space.review.model import LedgerEntry, State
from space.review.queue.statistics import figures, store_statistics
from space.review.record import Record
from space.schema.problems import Problem
from space.store.build_key import build_key
from space.store.store import Store
from space.sync.cache import Memory, Sources
from space.sync.cases import Case, decide_all, read_rights
from space.sync.derived import read_aliases, read_known, sync_queue
from space.sync.ledger import Ledger, Save, is_written, write
from space.sync.pages import (
    changed_pages,
    changed_talk,
    changed_visibility,
    dated,
    find_pages,
    has_left,
    read_deletions,
    restored,
)
from space.sync.patrols import read_patrols
from space.sync.records import (
    FAILED,
    failed_record,
    is_current,
    needed_texts,
    record_of,
    with_start,
)
from space.sync.revisions import Texts
from space.sync.rules import Rules
from space.sync.verdicts import TalkPage, read_talk
from space.wiki.outcomes import Outcome
from space.wiki.port import WikiReader
from space.wiki.templates import Templates
from space.wiki.values import PageInfo

_LOG = logging.getLogger(__name__)

OVERLAP = timedelta(minutes=10)
"""How far an incremental sync looks back behind its checkpoint: clocks differ, and
the wiki's databases may lag."""

LONGEST_GAP = timedelta(days=25)
"""Recent changes are kept for 30 days; after a longer pause everything is read."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A page on which a decision was made."""

    page: int
    title: str
    before: State | None
    entry: LedgerEntry


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did, or would do."""

    full: bool
    decided: tuple[Decided, ...] = ()
    failed: tuple[int, ...] = ()
    """Pages that could not be decided on or stored because of a bug; see the log."""
    stored: int = 0
    removed: int = 0
    ledger: tuple[str, ...] = ()
    """Titles of ledger pages to be written, or written."""
    outcomes: tuple[tuple[str, Outcome], ...] = ()
    """What the wiki answered to them; empty in a dry run."""
    ledger_problems: tuple[tuple[str, Problem], ...] = ()
    """Ledger pages of which a part cannot be read, and which are left alone."""

    @property
    def complete(self) -> bool:
        """Whether nothing was refused, and so nothing has to be done again."""
        return all(is_written(outcome) for _, outcome in self.outcomes)


def sync(  # noqa: PLR0913 - the ports, the rules and the day, then options
    wiki: WikiReader,
    store: Store,
    rules: Rules,
    *,
    now: datetime,
    save: Save | None = None,
    summary: str = "",
    full: bool = False,
    sources: Sources | None = None,
) -> SyncReport:
    """Bring ledger and store up to date with the wiki as of `now`.

    `save` makes the ledger's edits with `summary`; without it nothing is written, to
    the wiki or to the store (a dry run). `sources` may have read pages already.
    Raises `WikiUnavailableError` when the wiki does not answer: run it again.
    """
    today = now.astimezone(UTC).date()
    everything = store.prepare(build_key(store.addresses), today)
    since = None if full or everything else _since(store, now)
    run = _Run(wiki, store, rules, now, since, sources or Sources(wiki, store))
    run.decide(run.gather())
    return run.finish(save, summary)


def _since(store: Store, now: datetime) -> datetime | None:
    checkpoint = store.checkpoint
    if checkpoint is None or now - checkpoint > LONGEST_GAP:
        return None
    return checkpoint - OVERLAP


class _Run:
    """One sync, step by step."""

    def __init__(  # noqa: PLR0913, PLR0917 - as `sync`
        self,
        wiki: WikiReader,
        store: Store,
        rules: Rules,
        now: datetime,
        since: datetime | None,
        sources: Sources,
    ) -> None:
        self._wiki = wiki
        self._store = store
        self._rules = rules
        self._now = now
        self._today = now.astimezone(UTC).date()
        self._since = since
        self._sources = sources
        self._site = wiki.site()
        self._templates = Templates.read(wiki)
        self._texts = Texts(wiki, self._templates.records)
        self._memory = Memory.read(store)
        self._records = {record.page_id: record for record in store.records.all()}
        self._ledger = Ledger.read(wiki, sources, rules)
        self._entries = dict(self._ledger.entries)
        self._found = find_pages(wiki, rules, self._entries)
        self._decided: list[Decided] = []
        self._failed: set[int] = set()

    # Reading

    def gather(self) -> dict[int, Case]:
        """The cases to decide, with all that decisions rest on but rights."""
        pages = changed_pages(
            self._found, self._entries, self._memory, self._rules.policy, self._today
        )
        talks = changed_talk(
            self._wiki,
            self._site,
            self._found,
            self._entries,
            self._memory,
            changed=pages,
            recent=self._sources.changes(self._since) if self._since else None,
        )
        deletions = read_deletions(
            self._wiki, self._found.ended, self._entries, self._since
        )
        pages |= set(talks) | {entry.page_id for entry in deletions}
        pages = self._without_bystanders(self._decidable(pages))
        cases = {page: self._case(page) for page in sorted(pages)}
        for case in cases.values():
            if case.ended and case.ended.reason == "deleted":
                case.ended = dated(case.ended, case.page, deletions)
        self._read_talk(cases, talks)
        self._read_histories(cases.values())
        self._read_patrols(cases)
        return cases

    def _decidable(self, pages: Iterable[int]) -> set[int]:
        """Those of some pages that can be decided on, and those hidden meanwhile."""
        known = self._entries.keys() | self._found.pages.keys()
        wanted = {p for p in pages if p in known and not self._ledger.is_frozen(p)}
        wanted -= {
            page
            for page in wanted
            if page not in self._found.pages and page not in self._found.ended
        }
        self._fetch_texts(wanted)
        unread = {p for p in wanted if self._is_unreadable(p)}
        self._failed |= unread
        wanted -= unread
        if self._since is None:
            live = [e for p, e in self._entries.items() if p in self._found.pages]
            seen = changed_visibility(self._wiki, live, self._texts)
            wanted |= {page for page in seen if not self._ledger.is_frozen(page)}
        return wanted

    def _is_unreadable(self, page: int) -> bool:
        info = self._found.pages.get(page)
        return info is not None and self._texts.has_failed(info.latest)

    def _fetch_texts(self, changed: set[int]) -> None:
        """All texts that are certainly needed, in one go."""
        wanted: set[int] = set()
        for page, info in self._found.pages.items():
            entry = self._entries.get(page)
            if page in changed:
                wanted.add(info.latest)
                if entry and entry.standing.published:
                    wanted.add(entry.standing.published.revision)
            elif entry and not is_current(self._records.get(page), entry, info):
                wanted |= needed_texts(entry)
        self._texts.fetch(wanted)

    def _without_bystanders(self, pages: set[int]) -> set[int]:
        """The pages that are records, or have been."""
        for page in sorted(pages - self._entries.keys()):
            latest = self._found.pages[page].latest
            text = self._texts.get(latest)
            if text is None or text.content is None or text.content.kind is None:
                self._memory.bystanders[page] = latest
                pages.discard(page)
            else:
                self._memory.bystanders.pop(page, None)
        return pages

    def _case(self, page: int) -> Case:
        info = self._found.pages.get(page)
        entry = self._entries.get(page)
        text = self._texts.get(info.latest) if info else None
        kind = text.content.kind if text and text.content else None
        return Case(
            page=page,
            info=info,
            entry=entry,
            kind=kind or (entry.kind if entry else "event"),
            ended=self._found.ended.get(page),
        )

    def _read_talk(self, cases: dict[int, Case], talks: dict[int, PageInfo]) -> None:
        found = {page: info for page, info in talks.items() if page in cases}
        verdicts = read_talk(
            self._wiki,
            [TalkPage.of(p, info, self._entries.get(p)) for p, info in found.items()],
            self._site,
            self._templates.verdicts,
        )
        for page, info in found.items():
            cases[page].verdicts = verdicts.get(page, ())
            cases[page].talk = info.latest

    def _read_histories(self, cases: Iterable[Case]) -> None:
        for case in cases:
            entry = case.entry
            if case.ended and case.ended.reason == "deleted":
                continue
            case.revisions = tuple(self._wiki.history(case.page))
            unread = case.unread
            moved = unread[0].timestamp if unread else None
            if case.ended:
                case.ended = replace(case.ended, at=moved)
            elif entry and case.info and has_left(entry):
                case.returned = restored(self._wiki, case.info) or moved

    def _read_patrols(self, cases: dict[int, Case]) -> None:
        """The patrol log of pages that wait for it, and the cases it makes."""
        needs: dict[int, datetime] = {}
        for page in self._found.pages:
            if page in cases or page in self._entries:
                time = self._unpatrolled_since(page, cases.get(page))
                if time and not self._ledger.is_frozen(page):
                    needs[page] = time
        patrols = read_patrols(self._wiki, needs, self._found.pages, self._now)
        more = []
        for page in needs:
            entry = self._entries.get(page)
            if page not in cases and entry and patrols.news(entry):
                self._texts.fetch({self._found.pages[page].latest})
                cases[page] = self._case(page)
                more.append(cases[page])
        self._read_histories(more)
        for case in cases.values():
            case.patrols = patrols.of(case.page)
            case.log = patrols.newest.get(case.page, 0)

    def _unpatrolled_since(self, page: int, case: Case | None) -> datetime | None:
        """From when on the patrol log matters for a page, None if it does not."""
        entry = self._entries.get(page)
        kind = case.kind if case else entry.kind if entry else ""
        if self._rules.policy.of(kind) != "patrol" or (case and case.ended):
            return None
        times = [revision.timestamp for revision in (case.unread[:1] if case else ())]
        if entry and entry.standing.waiting_since:
            times.append(self._since or entry.standing.waiting_since)
        return min(times, default=None)

    # Deciding and writing

    def decide(self, cases: dict[int, Case]) -> None:
        """Decide on the cases, and have the ledger keep what is new."""
        ready = {p: c for p, c in cases.items() if c.revisions or c.entry}
        rights = read_rights(
            self._wiki, ready.values(), self._texts, self._rules.policy
        )
        decided = decide_all(
            ready.values(), self._texts, rights, self._rules.policy, self._today
        )
        self._failed |= ready.keys() - decided.keys()
        self._texts.fetch(n for entry in decided.values() for n in needed_texts(entry))
        for page, entry in decided.items():
            try:
                kept = with_start(
                    replace(entry, policy=self._rules.policy.of(entry.kind)),
                    self._texts,
                )
            except Exception:  # noqa: BLE001 - one page must not stop all others
                self._fail(page)
                continue
            self._entries[page] = kept
            self._ledger.keep(kept)
            case = cases[page]
            before = case.entry.standing.state if case.entry else None
            title = case.info.title if case.info else ""
            self._decided.append(Decided(page, title, before, kept))
            if case.talk:
                self._memory.talk[page] = case.talk

    def _fail(self, page: int) -> None:
        """Leave a page as it is because of the exception that is being handled."""
        _LOG.exception("page failed: page=%d", page)
        self._failed.add(page)

    def finish(self, save: Save | None, summary: str) -> SyncReport:
        """Write the ledger, then the store; without `save` only say what would be."""
        titles = tuple(edit.title for _, edit in self._ledger.edits(summary))
        outcomes = write(self._ledger, self._sources, summary, save) if save else {}
        unwritten = {n for n, outcome in outcomes.items() if not is_written(outcome)}
        new, gone = self._differences(unwritten)
        if save:
            self._store.remove(*gone)
            self._put(new)
            self._tell_of_failed()
            self._summarize(new, gone)
            self._store.set_series_aliases(read_aliases(self._wiki, self._store))
            translations = self._found.translations
            self._store.set_versions(read_known(self._wiki, self._store, translations))
        report = SyncReport(
            full=self._since is None,
            decided=tuple(self._decided),
            failed=tuple(sorted(self._failed)),
            stored=len(new),
            removed=len(gone),
            ledger=titles,
            outcomes=tuple(
                (block_title(self._rules.bot, n), o) for n, o in outcomes.items()
            ),
            ledger_problems=tuple(
                (block.title, problem)
                for block in self._ledger.blocks.values()
                for problem in block.known.problems
            ),
        )
        if save and report.complete:
            self._memory.write(self._store)
            self._store.set_checkpoint(self._now)
        return report

    def _summarize(self, new: Iterable[Record], gone: Iterable[int]) -> None:
        """Keep what is made from all pages together: the queue and the figures."""
        records = {**self._records, **{record.page_id: record for record in new}}
        for page in gone:
            records.pop(page, None)
        sync_queue(self._wiki, self._store, records, self._memory, self._today)
        months = figures(self._entries.values(), records, self._today)
        store_statistics(self._store, months)

    def _put(self, records: list[Record]) -> None:
        """Store records.

        One that cannot be rendered, which no page should be able to bring about, is
        logged and keeps no other out.
        """
        try:
            self._store.put(*records)
        except SQLAlchemyError:
            raise
        except Exception:  # noqa: BLE001 - one page must not stop all others
            if len(records) == 1:
                self._fail(records[0].page_id)
                return
            for record in records:
                self._put([record])

    def _tell_of_failed(self) -> None:
        """Have failed pages say so where pages with problems are listed."""
        for page in sorted(self._failed):
            info = self._found.pages.get(page)
            if page in self._records:
                self._store.set_problems(page, FAILED)
            elif info is not None:
                self._put([failed_record(info, self._case(page).kind)])

    def _differences(self, unwritten: set[int]) -> tuple[list[Record], list[int]]:
        """Records that the store lacks, and page ids that it should not have."""
        decided = {each.page for each in self._decided}
        new = []
        kept = set(self._failed)
        for page, entry in self._entries.items():
            if page in self._failed or (
                page in decided and block_of(page) in unwritten
            ):
                kept.add(page)
                continue
            info = self._found.pages.get(page)
            known = self._records.get(page)
            if page not in decided and info and is_current(known, entry, info):
                kept.add(page)
                continue
            try:
                record = record_of(entry, info, self._texts, self._site)
            except Exception:  # noqa: BLE001 - one page must not stop all others
                self._fail(page)
                kept.add(page)
                continue
            if record is None:
                continue
            kept.add(page)
            if _bodiless(record) != known:
                new.append(record)
        gone = [page for page in self._records if page not in kept]
        return new, gone


def _bodiless(record: Record) -> Record:
    """The record as the store gives it back."""
    if record.publication is None:
        return record
    return replace(record, publication=replace(record.publication, body=""))
