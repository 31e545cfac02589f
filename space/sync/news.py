"""Which pages have something new since the ledger was written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from space.review.model import Ending, LedgerEntry, Policy, State
from space.sync.finding import Found, has_left, has_new_text, is_due
from space.sync.memory import Memory
from space.wiki.port import WikiReader
from space.wiki.values import Change, LogEntry, PageInfo, Site

_DELETED = frozenset({"delete", "delete_redir"})
_RESTORED = frozenset({"restore"})

Entries = Mapping[int, LedgerEntry]


def changed_pages(
    found: Found, entries: Entries, memory: Memory, policy: Policy, today: date
) -> set[int]:
    """Pages to decide on as far as their revisions, the day and the settings tell."""
    changed = set(found.ended)
    for page, info in found.pages.items():
        entry = entries.get(page)
        if entry is None:
            if memory.bystanders.get(page) != info.latest:
                changed.add(page)
        elif (
            has_new_text(entry, info)
            or has_left(entry)
            or is_due(entry, today)
            or _is_under_another_policy(entry, policy)
        ):
            changed.add(page)
    return changed


def changed_talk(  # noqa: PLR0913 - what was known, what is there, and what is new
    wiki: WikiReader,
    site: Site,
    found: Found,
    entries: Entries,
    memory: Memory,
    *,
    changed: set[int],
    recent: Iterable[Change] | None,
) -> dict[int, PageInfo]:
    """Talk pages with unread revisions, by the record's page id.

    With recent changes only those that they name are looked at, and those of pages
    that changed: one that is new, or back, may have been talked about long ago.
    """
    titles = {
        site.talk_title(info.title): page
        for page, info in found.pages.items()
        if page in entries or memory.bystanders.get(page) != info.latest
    }
    if recent is not None:
        named = {change.title for change in recent}
        titles = {
            title: page
            for title, page in titles.items()
            if title in named or page in changed
        }
    talks = wiki.pages_by_title(titles) if titles else {}
    return {
        titles[title]: info
        for title, info in talks.items()
        if info.latest > _talk_read(titles[title], entries, memory)
    }


def read_deletions(
    wiki: WikiReader,
    ended: Mapping[int, Ending],
    entries: Entries,
    since: datetime | None,
) -> tuple[LogEntry, ...]:
    """The deletion log since a time, else since the newest text of what is deleted."""
    if since is None:
        newest = (
            entries[page].standing.newest
            for page, ending in ended.items()
            if ending.reason == "deleted"
        )
        since = min((mark.at for mark in newest if mark), default=None)
    return tuple(wiki.log("delete", since=since)) if since else ()


def dated(ending: Ending, page: int, log: Iterable[LogEntry]) -> Ending:
    """The ending with when the log says that the page was deleted."""
    return replace(ending, at=_last_time(log, page, _DELETED))


def restored(wiki: WikiReader, info: PageInfo) -> datetime | None:
    """When a page that is back was last undeleted."""
    return _last_time(wiki.log("delete", title=info.title), info.id, _RESTORED)


def _last_time(
    log: Iterable[LogEntry], page: int, actions: frozenset[str]
) -> datetime | None:
    times = [e.timestamp for e in log if e.page_id == page and e.action in actions]
    return max(times, default=None)


def _talk_read(page: int, entries: Entries, memory: Memory) -> int:
    entry = entries.get(page)
    return max(entry.read.talk if entry else 0, memory.talk.get(page, 0))


def _is_under_another_policy(entry: LedgerEntry, policy: Policy) -> bool:
    gone = entry.standing.state == State.GONE
    return not gone and entry.policy != policy.of(entry.kind)
