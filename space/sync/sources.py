"""Pages of the bot and of its settings, read through the store's copies.

A page's text is fetched only when its latest revision is not the one of the copy.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta

from space.store.store import Store
from space.wiki.port import WikiReader
from space.wiki.values import (
    Change,
    PageCopy,
    PageInfo,
    Revision,
    Subpages,
    batches,
)

OVERLAP = timedelta(minutes=10)
"""How far recent changes are read again behind a checkpoint: clocks differ, and the
wiki's databases may lag."""

_FETCHED, _AT_ONCE = 500, 20
"""How many pages of a family are fetched, and read from their copies, at once."""

LONGEST_GAP = timedelta(days=25)
"""The oldest checkpoint from which recent changes are read; MediaWiki keeps them for 30
days on Wikimedia's wikis ($wgRCMaxAge)."""


def changes_from(checkpoint: datetime | None, now: datetime) -> datetime | None:
    """The time from which to read recent changes, None where all is to be read.

    A checkpoint that is still to come is of a clock that was set back: nobody knows how
    far changes were read.
    """
    if checkpoint is None or not -OVERLAP <= now - checkpoint <= LONGEST_GAP:
        return None
    return checkpoint - OVERLAP


class Sources:
    """Reads pages through the store's copies, and recent changes once."""

    def __init__(self, wiki: WikiReader, store: Store) -> None:
        self._wiki = wiki
        self._store = store
        self._known: set[str] = set()
        self._recent: tuple[datetime, tuple[Change, ...]] | None = None

    def changes(self, since: datetime) -> tuple[Change, ...]:
        """Recent changes from a time on (aware), oldest first."""
        if self._recent is None or self._recent[0] > since:
            self._recent = (since, tuple(self._wiki.changes(since)))
        return tuple(row for row in self._recent[1] if row.timestamp >= since)

    def read(
        self, titles: Iterable[str] = (), families: Iterable[Subpages] = ()
    ) -> Mapping[str, PageCopy]:
        """The pages of these titles and of the titles of `families`, by title.

        Missing pages are absent. A page that this object has read or saved before is
        taken as it was then, from its copy: all texts of a run would be much memory.
        """
        names = list(dict.fromkeys(titles))
        sources = dict(self.stored(title for title in names if title in self._known))
        missing = [title for title in names if title not in sources]
        infos = dict(self._wiki.pages_by_title(missing)) if missing else {}
        self._forget(self._store.page_copies.get(missing).keys() - infos.keys())
        for family in families:
            infos |= self._infos(family)
        sources |= self._read(infos)
        self._known.update(sources)
        return sources

    def walk(self, family: Subpages) -> Iterator[PageCopy]:
        """The pages of a family one by one, each as it is on the wiki.

        There are few in memory at a time, and none is kept.
        """
        infos = self._infos(family)
        known = self._store.page_copies.revisions(tuple(infos))
        stale = [
            info for title, info in infos.items() if known.get(title) != info.latest
        ]
        for some in batches(stale, _FETCHED):
            self._fetch({info.latest: info.title for info in some})
        for titles in batches(tuple(infos), _AT_ONCE):
            for title, copy in self._store.page_copies.get(titles).items():
                if copy.latest == infos[title].latest:
                    yield copy

    def stored(self, titles: Iterable[str]) -> Mapping[str, PageCopy]:
        """The copies of these titles, by title, as old as they are; asks no wiki."""
        return self._store.page_copies.get(list(dict.fromkeys(titles)))

    def stored_of(self, family: Subpages) -> tuple[str, ...]:
        """Titles of a family that have copies, sorted; asks no wiki."""
        copies = self._store.page_copies.below(family.folder)
        return tuple(sorted(title for title in copies if title in family))

    def saved_by(
        self, account: str, family: Subpages, but: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Titles of a family, `but` some, of pages with a revision by an account.

        Sorted. Other pages, which anybody may have made, are not read.
        """
        infos = {t: info for t, info in self._infos(family).items() if t not in but}
        copies = self._store.page_copies.get(tuple(infos))
        unread = {
            info.latest: info
            for title, info in infos.items()
            if title not in copies or copies[title].latest != info.latest
        }
        rows = self._wiki.revisions(unread, text=False) if unread else {}
        users = {title: copy.user for title, copy in copies.items()}
        users |= {unread[number].title: row.user for number, row in rows.items()}
        return tuple(
            title
            for title in sorted(infos)
            if users.get(title) == account
            or any(row.user == account for row in self._wiki.history(infos[title].id))
        )

    def _infos(self, family: Subpages) -> dict[str, PageInfo]:
        """Pages of a family by title."""
        infos = {info.title: info for info in self._wiki.subpages(family.folder)}
        self._forget(self._store.page_copies.below(family.folder) - infos.keys())
        return {title: info for title, info in infos.items() if title in family}

    def _forget(self, titles: Collection[str]) -> None:
        """Remove copies of pages that are gone, suppressed perhaps."""
        if titles:
            self._store.remove_copies(titles)

    def remember(self, source: PageCopy) -> None:
        """Take a text that was just saved in place of reading it."""
        self._known.add(source.title)
        self._store.put_copies(source)

    def _read(self, infos: Mapping[str, PageInfo]) -> dict[str, PageCopy]:
        stored = self._store.page_copies.get(tuple(infos))
        copies: dict[str, PageCopy] = {}
        stale: dict[int, str] = {}
        for title, info in infos.items():
            if title in stored and stored[title].latest == info.latest:
                copies[title] = stored[title]
            else:
                stale[info.latest] = title
        return copies | {copy.title: copy for copy in self._fetch(stale)}

    def _fetch(self, titles: Mapping[int, str]) -> list[PageCopy]:
        """New copies of pages, by their latest revisions: the wiki is asked."""
        revisions = self._wiki.revisions(titles, text=True).values()
        fresh = [_copy(titles[revision.id], revision) for revision in revisions]
        self._store.put_copies(*fresh)
        return fresh


def _copy(title: str, revision: Revision) -> PageCopy:
    # A hidden text is one that says nothing.
    return PageCopy(title, revision.id, revision.user, revision.text or "")
