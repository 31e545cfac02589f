"""The pages of the wiki that are records, and which of them changed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from space.codec.page import record_templates
from space.review.model import Ending, LedgerEntry, State
from space.review.policy import Policy
from space.sync.memory import Memory
from space.sync.rules import Rules
from space.wiki.port import WikiReader
from space.wiki.values import LogEntry, PageInfo, Site

_LEFT = frozenset({"deleted", "moved"})

Entries = Mapping[int, LedgerEntry]


@dataclass(frozen=True, slots=True)
class FoundPages:
    """Pages of the wiki that are or may be records, and records that ended, by page id.

    `translations` are pages of the Translate extension, which are no records.
    """

    pages: dict[int, PageInfo]
    ended: Mapping[int, Ending]
    translations: tuple[PageInfo, ...] = ()
    """Pages of the Translate extension, which are versions and no records."""

    def forget(self) -> None:
        """Drop the `pages`, once all is decided: what follows is memory enough."""
        self.pages.clear()


def find_pages(
    wiki: WikiReader, rules: Rules, entries: Mapping[int, LedgerEntry]
) -> FoundPages:
    """All pages that transclude our templates, and those that the ledger has.

    A page of the ledger that does not transclude them any more may only have lost the
    template, so it is looked up, unless the ledger has it as gone. A call without its
    end is text to MediaWiki, so pages under our homes are looked up whether or not they
    transclude.
    """
    under_homes = (
        info
        for home in rules.homes
        for info in wiki.subpages(home)
        if not info.redirect
    )
    calling = (
        info for template in record_templates() for info in wiki.transclusions(template)
    )
    infos = {info.id: info for info in (*under_homes, *calling)}
    missing = [page for page in _alive(entries) if page not in infos]
    if missing:
        infos |= wiki.pages(missing)
    return _found(rules, entries, infos)


def find_among(
    wiki: WikiReader, rules: Rules, entries: Entries, infos: Mapping[int, PageInfo]
) -> FoundPages:
    """Those of some pages that `find_pages` would find.

    `infos` are all there are now of the pages in question, by page id, and `entries`
    all that the ledger has of them.
    """
    homes = tuple(f"{home}/" for home in rules.homes)
    known = {page for page in _alive(entries) if page in infos}
    known |= {
        page
        for page, info in infos.items()
        if not info.redirect and info.title.startswith(homes)
    }
    strange = {info.title: page for page, info in infos.items() if page not in known}
    if strange:
        calling = wiki.calling(strange, record_templates())
        known |= {strange[title] for title in calling}
    return _found(rules, entries, {page: infos[page] for page in sorted(known)})


def _alive(entries: Entries) -> list[int]:
    return [p for p, entry in entries.items() if entry.status.state != State.GONE]


def _found(rules: Rules, entries: Entries, infos: Mapping[int, PageInfo]) -> FoundPages:
    alive = _alive(entries)
    ended = {
        page: Ending("moved" if page in infos else "deleted")
        for page in alive
        if page not in infos or not rules.admit(infos[page])
    }
    pages = {page: info for page, info in infos.items() if rules.admit(info)}
    translations = tuple(
        infos[page] for page in sorted(infos) if infos[page].translation
    )
    return FoundPages(pages, ended, translations)


def has_new_text(entry: LedgerEntry | None, info: PageInfo) -> bool:
    """Whether the page's latest revision is another than the ledger's newest."""
    newest = entry.status.newest if entry else None
    return newest is None or newest.revision != info.latest


def is_due(entry: LedgerEntry, today: date) -> bool:
    """Whether the UTC day on which to decide again has come."""
    return entry.status.due is not None and entry.status.due <= today


def has_left(entry: LedgerEntry) -> bool:
    """Whether the ledger has the page as deleted or moved out of the namespaces."""
    gone = entry.status.state == State.GONE
    return gone and entry.status.reason.code in _LEFT


_DELETED = frozenset({"delete", "delete_redir"})
_RESTORED = frozenset({"restore"})


def changed_pages(
    found: FoundPages, entries: Entries, memory: Memory, policy: Policy, today: date
) -> set[int]:
    """Ids of pages whose revisions, day or policy ask for a decision."""
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
    found: FoundPages,
    entries: Entries,
    memory: Memory,
    *,
    changed: set[int],
    named: Collection[str] | None,
) -> dict[int, PageInfo]:
    """Talk pages with unread revisions, by the record's page id.

    `named` are titles of pages that changed lately, None in a full sync. Of talk pages
    only those are looked up then, and those of `changed` pages: a page that is new, or
    back, may have been talked about long ago.
    """
    titles = {
        site.talk_title(info.title): page
        for page, info in found.pages.items()
        if page in entries or memory.bystanders.get(page) != info.latest
    }
    if named is not None:
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
    """The deletion log from a time on (`since`, aware).

    In a full sync, without a time, it is read from the oldest of the newest texts of
    pages that were deleted; empty when none was.
    """
    if since is None:
        newest = (
            entries[page].status.newest
            for page, ending in ended.items()
            if ending.reason == "deleted"
        )
        since = min((mark.at for mark in newest if mark), default=None)
    return tuple(wiki.log("delete", since=since)) if since else ()


def dated(ending: Ending, page: int, log: Iterable[LogEntry]) -> Ending:
    """The ending at the time that the deletion log has for the page."""
    return replace(ending, at=_last_time(log, page, _DELETED))


def restored(wiki: WikiReader, info: PageInfo) -> datetime | None:
    """When the page was last undeleted; None if the log does not say."""
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
    gone = entry.status.state == State.GONE
    return not gone and entry.policy != policy.terms(entry.kind)
