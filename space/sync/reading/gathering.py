"""Gathering the cases of a sync from the wiki."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from space.review.policy import Policy
from space.sync.context import Context
from space.sync.portions import Portion
from space.sync.reading.cases import Case
from space.sync.reading.histories import read_histories
from space.sync.reading.moves import last_arrival, read_arrivals
from space.sync.reading.pages import (
    changed_pages,
    changed_talk,
    dated,
    has_left,
    read_deletions,
    restored,
)
from space.sync.reading.patrols import pending_since, read_patrols, waiting_since
from space.sync.reading.verdicts import TalkPage, read_talk
from space.sync.records import needed_texts
from space.wiki.values import LogEntry, PageInfo


@dataclass(frozen=True, slots=True)
class News:
    """Changed talk pages by record, deletions, and ids of all changed pages."""

    talks: Mapping[int, PageInfo]
    deletions: tuple[LogEntry, ...]
    changed: frozenset[int]


def gather(context: Context, news: News, portion: Portion) -> dict[int, Case]:
    """The cases of a portion, by page id: pages with something newer than the ledger.

    They have everything that a decision depends on but the accounts' rights. Raises
    `WikiUnavailableError` when the wiki does not answer.
    """
    decidable = _decidable(context, portion.of(news.changed), portion)
    pages = _records_only(context, decidable)
    talks = portion.part(news.talks)
    cases = {page: _case(context, page) for page in sorted(pages)}
    _date_deletions(cases.values(), news.deletions)
    _read_talk(context, cases, talks)
    _read_moves(context, cases, talks)
    _read_histories(context, cases.values())
    _read_patrols(context, cases, portion)
    return cases


def read_news(context: Context) -> News:
    """What is newer than the ledger.

    Raises `WikiUnavailableError` when the wiki does not answer.
    """
    found, entries = context.found, context.ledger.entries
    since = context.since
    if context.titles is not None:
        return _part(context)
    changed = changed_pages(
        found, entries, context.memory, context.rules.policy, context.today
    )
    known = found.pages.keys() | entries.keys()
    changed |= {page for page in known if context.memory.left(page)}
    deletions = read_deletions(context.wiki, found.ended, entries, since)
    talks = changed_talk(
        context.wiki,
        context.site,
        found,
        entries,
        context.memory,
        changed=changed,
        named=_named(context, since, deletions) if since else None,
    )
    changed |= set(talks) | {entry.page_id for entry in deletions}
    changed |= context.redacted
    if since is None:
        # Entries of before origins were kept get theirs.
        changed |= {page for page, entry in entries.items() if not entry.origin}
    return News(talks, deletions, frozenset(changed))


def _part(context: Context) -> News:
    """The same of a part: all its pages and talk pages count as changed."""
    found, entries = context.found, context.ledger.entries
    changed = {*found.pages, *found.ended, *context.redacted}
    is_deleted = any(ending.reason == "deleted" for ending in found.ended.values())
    deletions = (
        read_deletions(context.wiki, found.ended, entries, context.since)
        if is_deleted
        else ()
    )
    talks = changed_talk(
        context.wiki,
        context.site,
        found,
        entries,
        context.memory,
        changed=changed,
        named=None,
    )
    return News(talks, deletions, frozenset(changed))


def _named(
    context: Context, since: datetime, deletions: Iterable[LogEntry]
) -> set[str]:
    """Titles of pages that were edited, restored or moved to where they are."""
    edited = {change.title for change in context.sources.changes(since)}
    restored_titles = {entry.title for entry in deletions}
    return edited | restored_titles | read_arrivals(context.wiki, since).keys()


# Which of them can be decided on


def _decidable(context: Context, changed: set[int], portion: Portion) -> set[int]:
    """The changed pages of a portion that can be decided on."""
    found, ledger = context.found, context.ledger
    pages = {page for page in changed if page in found.pages or page in found.ended}
    pages = {page for page in pages if not ledger.is_frozen(page)}
    _fetch_texts(context, pages, portion)
    unreadable = {page for page in pages if _is_unreadable(context, page)}
    context.failed.update(unreadable)
    return pages - unreadable


def _is_unreadable(context: Context, page: int) -> bool:
    info = context.found.pages.get(page)
    return info is not None and context.texts.has_failed(info.latest)


def _fetch_texts(context: Context, changed: set[int], portion: Portion) -> None:
    """Fetch all texts that are certain to be needed, in as few requests as possible."""
    revisions: set[int] = set()
    for page, info in portion.part(context.found.pages).items():
        entry = context.ledger.entries.get(page)
        if page in changed:
            revisions.add(info.latest)
            if entry and entry.status.published:
                revisions.add(entry.status.published.revision)
        elif entry and not context.is_current(entry, info):
            revisions |= needed_texts(entry)
    context.texts.fetch(revisions)


def _records_only(context: Context, pages: set[int]) -> set[int]:
    """The pages that are or were records; the others are remembered as bystanders."""
    bystanders = context.memory.bystanders
    for page in sorted(pages - context.ledger.entries.keys()):
        latest = context.found.pages[page].latest
        text = context.texts.get(latest)
        if text is None or text.content is None or text.content.kind is None:
            bystanders[page] = latest
            pages.discard(page)
        else:
            bystanders.pop(page, None)
    return pages


def _case(context: Context, page: int) -> Case:
    return Case(
        page=page,
        info=context.found.pages.get(page),
        entry=context.ledger.entries.get(page),
        kind=context.kind(page),
        ended=context.found.ended.get(page),
    )


# What the cases rest on


def _date_deletions(cases: Iterable[Case], deletions: Iterable[LogEntry]) -> None:
    for case in cases:
        if case.ended and case.ended.reason == "deleted":
            case.ended = dated(case.ended, case.page, deletions)


def _read_talk(
    context: Context, cases: dict[int, Case], talks: Mapping[int, PageInfo]
) -> None:
    """Read new verdicts; pages whose talk page cannot be read are no cases any more."""
    infos = {page: info for page, info in talks.items() if page in cases}
    verdicts = read_talk(
        context.wiki,
        [TalkPage.of(page, info, cases[page].entry) for page, info in infos.items()],
        context.site,
        context.templates.verdicts,
        context.fail,
    )
    for page, info in infos.items():
        if page in context.failed:
            del cases[page]
            continue
        cases[page].verdicts = verdicts.get(page, ())
        cases[page].talk = info.latest


def _read_moves(
    context: Context, cases: Mapping[int, Case], talks: Mapping[int, PageInfo]
) -> None:
    """Find when pages with verdicts that rest on titles, or their talk pages, came."""
    unbound = [
        (page, verdict.at)
        for page, case in cases.items()
        for verdict in case.verdicts
        if verdict.needs_titles and not verdict.flaw
    ]
    if not unbound:
        return
    arrivals = read_arrivals(context.wiki, min(at for _, at in unbound))
    for page in {page for page, _ in unbound}:
        info = cases[page].info
        titles = [talks[page].title, info.title if info else ""]
        cases[page].moved = last_arrival(arrivals, titles)


def _read_histories(context: Context, cases: Iterable[Case]) -> None:
    there = [c for c in cases if not (c.ended and c.ended.reason == "deleted")]
    histories = read_histories(context.wiki, there, context.texts.revisions)
    for case in there:
        case.revisions = histories[case.page]
        unread = case.unread
        moved = unread[0].timestamp if unread else None
        if case.ended:
            case.ended = replace(case.ended, at=moved)
        elif case.entry and case.info and has_left(case.entry):
            case.returned = restored(context.wiki, case.info) or moved


def _read_patrols(context: Context, cases: dict[int, Case], portion: Portion) -> None:
    """Read the patrol log of pages that wait for it; patrolled ones become cases."""
    policy = context.rules.policy
    patrolled = _patrolled(context, cases, _pending_since(cases, policy), portion)
    context.texts.fetch(context.found.pages[page].latest for page in patrolled)
    more = {page: _case(context, page) for page in sorted(patrolled)}
    more = {
        page: case for page, case in more.items() if policy.of(case.kind) == "patrol"
    }
    _read_histories(context, more.values())
    cases |= more
    read_patrols(context.patrols, cases, _pending_since(cases, policy))


def _pending_since(cases: Mapping[int, Case], policy: Policy) -> dict[int, datetime]:
    """The times from which patrols matter, by page id; absent where they do not."""
    times = {page: pending_since(case, policy) for page, case in cases.items()}
    return {page: time for page, time in times.items() if time}


def _patrolled(
    context: Context,
    cases: Mapping[int, Case],
    since: Mapping[int, datetime],
    portion: Portion,
) -> frozenset[int]:
    """Pages without other news that were patrolled; cases' logs are read with theirs.

    What is older than the last sync was read by that.
    """
    entries = context.ledger.entries
    waiting = {
        page: max(time, context.patrols_since or time)
        for page in portion.of(context.found.pages.keys() & entries.keys())
        if page not in cases
        and not context.ledger.is_frozen(page)
        and (time := waiting_since(entries[page], context.rules.policy))
    }
    context.patrols.read({**waiting, **since}, context.found.pages)
    counted = {p.revision for page in waiting for p in entries[page].patrols}
    return context.patrols.pages(waiting, counted)
