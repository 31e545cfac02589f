"""Sync: the wiki into the ledger and the store.

    context            the ledger, the store's records, and which pages there are
    reading/visibility what the wiki hides of revisions and accounts that are kept
    reading/pages      pages that call the templates and pages the ledger knows, and of
                       these all whose text, talk page, patrol log, visibility, day or
                       policy is new
    portions           of blocks of the ledger, one after the other, so that a sync that
                       was killed goes on where it was, and what was read may go
    reading/gathering  the cases: histories, verdicts and patrols of these pages
    decisions          `space.review.decide`, case by case, with the texts it asks for
    changes            the store's records that lose something follow at once
    ledger             its pages that changed are written, and with each of them
    changes            its records in the store
    derived            and what is made from all of them together
    registered         events that are no pages, from the bot's pages of them

What is new is always measured against the ledger, never against the store: a run that
was killed is made good by the next one. A full sync compares every page; otherwise
recent changes and logs since the last time say which. Both give the same store.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain

from space.dates.moments import utc_day
from space.review.ledger import block_of, block_title
from space.review.model import LedgerEntry
from space.review.record import Record
from space.store.build_key import build_key
from space.store.keys import REDACTED
from space.store.store import Store
from space.sync.changes import Following, StoreChanges
from space.sync.context import Context
from space.sync.decisions import decide_cases
from space.sync.derived import derive
from space.sync.derived_part import derive_part
from space.sync.ledger import Save, is_written, write
from space.sync.portions import Portion, portions
from space.sync.reading.gathering import News, gather, read_news
from space.sync.registered import follow_part, follow_registry
from space.sync.report import Decided, SyncReport
from space.sync.rules import Rules
from space.sync.ruling import Ruling, read_ruling, remember
from space.sync.session import Session
from space.sync.sources import Sources, changes_from
from space.wiki.outcomes import Outcome
from space.wiki.port import WikiReader


def sync(  # noqa: PLR0913 - the ports, the rules and the day, then options
    wiki: WikiReader,
    store: Store,
    rules: Rules,
    *,
    now: datetime,
    save: Save | None = None,
    summary: str = "",
    taken_away: Callable[[], None] | None = None,
    full: bool = False,
    sources: Sources | None = None,
    ruling: Ruling | None = None,
    session: Session | None = None,
) -> SyncReport:
    """Bring ledger and store up to date with the wiki as of `now`, an aware time.

    `save` makes the ledger's edits, with `summary`; without it nothing is written, to
    the wiki or to the store (a dry run). `taken_away` is called when the store has lost
    something that readers saw, before the ledger's edits. `full` compares every page.
    `sources` may have read pages already, and `ruling` those that rule. `session` then
    knows what `sync_part` has to know. Raises `WikiUnavailableError` when the wiki does
    not answer; the next sync makes that good.
    """
    is_empty = store.prepare(build_key(store.addresses), utc_day(now))
    since = None if full or is_empty else changes_from(store.checkpoint, now)
    sources = sources or Sources(wiki, store)
    ruling = ruling or read_ruling(wiki, sources, rules.root, rules.bots)
    remembered = remember(ruling, sources, rules.bot, summary, save) if save else ()
    context = Context.read(
        wiki, store, rules, ruling=ruling, sources=sources, now=now, since=since
    )
    report, entries = _carry_out(context, summary, save, taken_away)
    report = replace(report, outcomes=(*remembered, *report.outcomes))
    if entries is not None:
        context.found.forget()
        follow_registry(wiki, store, sources, rules, context.today)
        derive(context, entries, session or Session())
        store.drop_unpublished_html()
        _note_redaction(context)
    if save and report.complete:
        context.remember()
        store.set_checkpoint(now)
    return report


def sync_part(  # noqa: PLR0913 - the ports, the rules and when, then what is known
    wiki: WikiReader,
    store: Store,
    rules: Rules,
    *,
    now: datetime,
    save: Save,
    titles: Collection[str],
    session: Session,
    ruling: Ruling,
    summary: str = "",
    taken_away: Callable[[], None] | None = None,
    sources: Sources | None = None,
) -> SyncReport:
    """Bring ledger and store up to date with the pages of some titles, as `sync` would.

    The session is one that a `sync` of everything has filled on the same UTC day, under
    the same rules. What the report calls incomplete is for a `sync` to make good.
    """
    if session.templates is None:
        raise ValueError("the session knows nothing yet")
    context = Context.read_part(
        wiki,
        store,
        rules,
        ruling=ruling,
        sources=sources or Sources(wiki, store),
        now=now,
        titles=titles,
        templates=session.templates,
    )
    report, entries = _carry_out(context, summary, save, taken_away)
    if entries is not None:
        pages = {*context.records, *entries}
        follow_part(context, pages)
        after = store.records.of(pages)
        derive_part(context, after, session)
        store.drop_renderings(_unpublished(context, after))
        _note_redaction(context)
    context.remember()
    return report


@dataclass(slots=True)
class _Done:
    """What a sync has done so far: entries by page id, and what it tells.

    `titles` are those of ledger pages that differed from the wiki's.
    """

    entries: dict[int, LedgerEntry]
    decided: list[Decided] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    stored: int = 0
    removed: int = 0

    @property
    def is_written(self) -> bool:
        """Whether the wiki took all edits so far."""
        return all(map(is_written, self.outcomes.values()))


def _carry_out(
    context: Context,
    summary: str,
    save: Save | None,
    taken_away: Callable[[], None] | None,
) -> tuple[SyncReport, dict[int, LedgerEntry] | None]:
    """Decide, and bring ledger and store to the decisions, portion by portion.

    The report, and the entries after it by page id; None in a dry run. Where
    the wiki does not take an edit, the portions that follow are left to another sync.
    """
    news = read_news(context)
    done = _Done(dict(context.ledger.entries))
    known = chain(context.found.pages, done.entries, context.records)
    blocks = {*context.ledger.blocks, *map(block_of, known)}
    for portion in portions(blocks, news.changed):
        _carry_out_portion(context, news, portion, summary, done, save, taken_away)
        if not done.is_written:
            break
        if save:
            context.remember_portion()
        context.texts.forget()
    return _report(context, done), done.entries if save else None


def _carry_out_portion(  # noqa: PLR0913, PLR0917 - what is to be done, and how
    context: Context,
    news: News,
    portion: Portion,
    summary: str,
    done: _Done,
    save: Save | None,
    taken_away: Callable[[], None] | None,
) -> None:
    decided = decide_cases(context, gather(context, news, portion))
    pages = {row.page for row in decided}
    done.entries |= {row.page: row.entry for row in decided}
    entries = portion.part(done.entries)
    context.ask_people(entries.values())
    edits = tuple(context.ledger.edits(summary, portion.blocks))
    changes = StoreChanges.of(context, entries, pages, portion)
    if save:
        following = Following(context, changes, pages, portion)
        if following.take_away() and taken_away:
            taken_away()
        outcomes: dict[int, Outcome] = {}
        for block, outcome in write(edits, context.sources, context.rules.bot, save):
            outcomes[block] = outcome
            if is_written(outcome):
                following.follow(block)
        following.finish(n for n in outcomes if not is_written(outcomes[n]))
        changes = changes.only(following.done)
        done.outcomes |= outcomes
    done.decided += decided
    done.titles += [edit.title for _, edit in edits]
    done.stored += len(changes.new)
    done.removed += len(changes.gone)


def _note_redaction(context: Context) -> None:
    """Store when something was taken out that the wiki hides."""
    if context.redacted or context.withheld - set(context.memory.withheld):
        context.store.set_value(REDACTED, context.now)


def _unpublished(context: Context, after: Mapping[int, Record]) -> frozenset[int]:
    """Revisions that were published before and are not any more."""
    return _published(context.records) - _published(after)


def _published(records: Mapping[int, Record]) -> frozenset[int]:
    return frozenset(
        record.publication.revision for record in records.values() if record.publication
    )


def _report(context: Context, done: _Done) -> SyncReport:
    bot, ruling = context.rules.bot, context.ruling
    # Of a part it is written already, by the sync that read what rules.
    judged = (ruling.edit,) if ruling.edit and context.titles is None else ()
    return SyncReport(
        full=context.since is None,
        decided=tuple(done.decided),
        failed=tuple(sorted(context.failed)),
        stored=done.stored,
        removed=done.removed,
        ledger=(*(edit.title for edit in judged), *done.titles),
        outcomes=tuple((block_title(bot, n), row) for n, row in done.outcomes.items()),
        ledger_problems=tuple(
            (block.title, problem)
            for block in context.ledger.blocks.values()
            for problem in block.content.problems
        ),
        ruling_problems=ruling.problems,
    )
