"""Sync: the wiki into the ledger and the store.

    context            the ledger, the store's records, and which pages there are
    reading/visibility what the wiki hides of revisions and accounts that are kept
    reading/pages      pages that call the templates and pages the ledger knows, and of
                       these all whose text, talk page, patrol log, visibility, day or
                       policy is new
    reading/gathering  the cases: histories, verdicts and patrols of these pages
    decisions          `space.review.decide`, case by case, with the texts it asks for
    changes            the store's records that lose something follow at once
    ledger             its pages that changed are written, and with each of them
    changes            its records in the store
    derived            and what is made from all of them together

What is new is always measured against the ledger, never against the store: a run that
was killed is made good by the next one. A full sync compares every page; otherwise
recent changes and logs since the last time say which. Both give the same store.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime

from space.dates.moments import utc_day
from space.review.ledger import block_title
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
from space.sync.reading.gathering import gather
from space.sync.report import Decided, SyncReport
from space.sync.rules import Rules
from space.sync.ruling import Ruling, read_ruling, remember
from space.sync.session import Session
from space.sync.sources import Sources, changes_from
from space.wiki.outcomes import Outcome
from space.wiki.port import WikiReader
from space.wiki.values import Edit


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
    report, after = _carry_out(context, summary, save, taken_away)
    report = replace(report, outcomes=(*remembered, *report.outcomes))
    if after is not None:
        derive(context, *after, session or Session())
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
    report, after = _carry_out(context, summary, save, taken_away)
    if after is not None:
        derive_part(context, after[1], session)
        store.drop_renderings(_unpublished(context, after[1]))
        _note_redaction(context)
    context.remember()
    return report


def _carry_out(
    context: Context,
    summary: str,
    save: Save | None,
    taken_away: Callable[[], None] | None,
) -> tuple[SyncReport, tuple[dict[int, LedgerEntry], dict[int, Record]] | None]:
    """Decide, and bring ledger and store to the decisions.

    The report, and entries and records after it by page id; None in a dry run.
    """
    sources = context.sources
    decided = decide_cases(context, gather(context))
    entries = {**context.ledger.entries, **{row.page: row.entry for row in decided}}
    context.ask_people(entries.values())
    edits = tuple(context.ledger.edits(summary))
    changes = StoreChanges.of(context, entries, {row.page for row in decided})
    outcomes: dict[int, Outcome] = {}
    after = None
    if save:
        following = Following(context, changes, {row.page for row in decided})
        if following.take_away() and taken_away:
            taken_away()
        for block, outcome in write(edits, sources, context.rules.bot, save):
            outcomes[block] = outcome
            if is_written(outcome):
                following.follow(block)
        following.finish(n for n in outcomes if not is_written(outcomes[n]))
        changes = changes.only(following.done)
        after = entries, following.records()
    wanted = tuple(edit for _, edit in edits)
    return _report(context, decided, wanted, outcomes, changes), after


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


def _report(
    context: Context,
    decided: tuple[Decided, ...],
    edits: tuple[Edit, ...],
    outcomes: Mapping[int, Outcome],
    changes: StoreChanges,
) -> SyncReport:
    bot, ruling = context.rules.bot, context.ruling
    # Of a part it is written already, by the sync that read what rules.
    judged = (ruling.edit,) if ruling.edit and context.titles is None else ()
    ledger = (*judged, *edits)
    return SyncReport(
        full=context.since is None,
        decided=decided,
        failed=tuple(sorted(context.failed)),
        stored=len(changes.new),
        removed=len(changes.gone),
        ledger=tuple(edit.title for edit in ledger),
        outcomes=tuple((block_title(bot, n), answer) for n, answer in outcomes.items()),
        ledger_problems=tuple(
            (block.title, problem)
            for block in context.ledger.blocks.values()
            for problem in block.content.problems
        ),
        ruling_problems=ruling.problems,
    )
