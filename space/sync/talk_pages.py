"""Talk pages of the wiki into the store's threads: only changed ones are read.

Threads are about published pages and on the questions page. A published page has a talk
page, the questions page is its own; subpages of both are archives. Recent changes and
the logs of deletions and moves tell which changed, and those that are stored are all
asked for; each is read once for each latest revision. Reading everything gives the same
store. What somebody wrote whose name the wiki hides is left out.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.exc import OperationalError

from space.errors import WikiUnavailableError
from space.publication.discussion import (
    ARCHIVES,
    QUESTIONS,
    TALK_PAGE,
    TalkPageRow,
    questions_title,
)
from space.store.keys import TALK_STATE
from space.store.store import Store
from space.sync.reading.visibility import HiddenAccounts
from space.sync.sources import Sources, changes_from
from space.sync.subjects import subject_of
from space.wiki.port import WikiReader
from space.wiki.threads import Thread, without_authors
from space.wiki.values import PageInfo, Site, batches

_LOG = logging.getLogger(__name__)

AUTHORS = 50
"""How many who wait for an answer are looked up: one request."""
_AT_ONCE = 50  # talk pages in memory: they may be long


@dataclass(frozen=True, slots=True)
class TalkReport:
    """Titles of talk pages that an update read, and the number of those it removed.

    `failed` are titles of talk pages on which the software failed; the log says why.
    """

    full: bool
    read: tuple[str, ...] = ()
    removed: int = 0
    failed: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    """The time up to which the wiki was read, and what was published then."""

    since: datetime | None = None
    owners: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store) -> "_State":
        data = store.value(TALK_STATE)
        if data is None:
            return cls()
        owners = {int(page): title for page, title in data["owners"].items()}
        return cls(datetime.fromisoformat(data["since"]), owners)

    def save(self, store: Store, now: datetime) -> None:
        store.set_value(TALK_STATE, {"since": now.isoformat(), "owners": self.owners})


def update_talk(  # noqa: PLR0913 - the ports, whose talk, when, how
    wiki: WikiReader,
    store: Store,
    *,
    root: str,
    now: datetime,
    sources: Sources | None = None,
    full: bool = False,
) -> TalkReport:
    """Bring the store's threads up to date with the wiki as of `now`, an aware time.

    The store's records are those of the last sync. `full` compares every talk page.
    Raises `WikiUnavailableError` when the wiki does not answer; talk pages that were
    read by then stay, and the next update goes on.
    """
    owners = {
        record.page_id: record.page_title
        for record in store.records.all()
        if record.publication
    }
    update = _Update(wiki, store, root, sources or Sources(wiki, store), owners=owners)
    state = _State.load(store)
    since = None if full else changes_from(state.since, now)
    infos = update.look(since, state.owners)
    read = update.read(infos)
    removed = update.forget(infos, everything=since is None)
    blocked = wiki.accounts(store.discussions.waiting_authors(now, AUTHORS))
    store.set_aside(n for n, account in blocked.items() if account.blocked)
    _State(owners=update.owners).save(store, now)
    return TalkReport(since is None, tuple(read), removed, tuple(update.failed))


def update_talk_part(  # noqa: PLR0913 - the ports, whose talk, and what is new
    wiki: WikiReader,
    store: Store,
    *,
    root: str,
    titles: Collection[str],
    pages: Collection[int],
    sources: Sources,
) -> TalkReport:
    """Bring threads up to date with talk pages of some titles and of some pages (ids).

    As `update_talk` would, if nothing else is new; what follows from blocks of accounts
    is left to that. Raises `WikiUnavailableError` when the wiki does not answer.
    """
    site = wiki.site()
    subjects = {subject for title in titles for subject in _ancestors(site, title)}
    records = store.records.of(pages, subjects)
    owners = {r.page_id: r.page_title for r in records.values() if r.publication}
    stored = store.discussions.pages_of(
        {*records, *pages}, {*titles, questions_title(root)}
    )
    update = _Update(wiki, store, root, sources, owners=owners, stored=stored)
    infos = update.look_at(titles, pages)
    read = update.read(infos)
    removed = update.forget(infos, everything=False)
    return TalkReport(False, tuple(read), removed, tuple(update.failed))


def _ancestors(site: Site, title: str) -> Iterator[str]:
    """What a talk page may be about, if it is an archive below another one."""
    subject = subject_of(site, title)
    yield subject
    while "/" in subject:
        subject = subject.rpartition("/")[0]
        yield subject


class _Update:
    """One update of the store's threads, step by step.

    `owners` are the published pages, which have talk pages: page id → title. `failed`
    are titles of talk pages on which the software failed.
    """

    def __init__(  # noqa: PLR0913 - the ports, whose talk, and of which pages
        self,
        wiki: WikiReader,
        store: Store,
        root: str,
        sources: Sources,
        *,
        owners: Mapping[int, str],
        stored: Mapping[int, TalkPageRow] | None = None,
    ) -> None:
        self._wiki = wiki
        self._store = store
        self._sources = sources
        self._root = root
        self._site: Site = wiki.site()
        self._stored = dict(store.discussions.pages() if stored is None else stored)
        self._gone: set[int] = set()
        self.failed: list[str] = []
        self._hidden = HiddenAccounts(wiki)
        self.owners = dict(owners)
        self._talks = {
            self._site.talk_title(title): page for page, title in self.owners.items()
        }

    # Which talk pages there are

    def look(
        self, since: datetime | None, before: Mapping[int, str]
    ) -> dict[int, PageInfo]:
        """Talk pages that may have changed, by page id.

        `since` is the time from which recent changes are read (aware), None to have all
        talk pages; `before` are the owners of the last update.
        """
        questions = questions_title(self._root)
        if since is None:
            return self._look_everywhere(questions)
        new = {
            title
            for title, page in self._talks.items()
            if before.get(page) != self.owners[page]
        }
        titles = {change.title for change in self._sources.changes(since)}
        titles |= self._logged(since)
        ours = {t for t in titles if self._owner(t) or _is_below(t, questions)} | new
        infos = self._changed() | self._by_title(ours)
        for title in sorted(new):
            infos |= self._below(title)
        return infos

    def look_at(
        self, titles: Collection[str], pages: Collection[int]
    ) -> dict[int, PageInfo]:
        """Talk pages of some titles, and of some owners (page ids), by page id."""
        infos = self._wiki.pages(self._stored) if self._stored else {}
        self._gone |= self._stored.keys() - infos.keys()
        questions = questions_title(self._root)
        known = {row.page_id for row in self._stored.values()}
        new = {
            self._site.talk_title(self.owners[page])
            for page in pages
            if page in self.owners and page not in known
        }
        ours = {t for t in titles if self._owner(t) or _is_below(t, questions)} | new
        infos |= self._by_title(ours - {info.title for info in infos.values()})
        for title in sorted(new):
            infos |= self._below(title)
        return infos

    def _changed(self) -> dict[int, PageInfo]:
        """Stored talk pages with another revision or title, by page id.

        All are asked for: a deletion that is suppressed has no public log. Pages on
        which somebody wrote whose name is hidden by now are to be read again.
        """
        infos = self._wiki.pages(self._stored) if self._stored else {}
        self._gone |= self._stored.keys() - infos.keys()
        authors = self._store.discussions.authors()
        self._hidden.ask(authors)
        for name in self._hidden.hidden & authors.keys():
            for page in authors[name]:
                self._stored[page] = replace(self._stored[page], latest=0)
        return {
            page: info
            for page, info in infos.items()
            if (info.latest, info.title)
            != (self._stored[page].latest, self._stored[page].title)
        }

    def _look_everywhere(self, questions: str) -> dict[int, PageInfo]:
        top = self._site.talk_title(self._root)
        infos = self._by_title([*self._talks, questions])
        infos |= self._below(top) | self._below(questions)
        for title in sorted(self._talks):
            if not _is_below(title, top):
                infos |= self._below(title)
        return infos

    def _by_title(self, titles: Iterable[str]) -> dict[int, PageInfo]:
        names = sorted(titles)
        infos = self._wiki.pages_by_title(names) if names else {}
        return {info.id: info for info in infos.values()}

    def _below(self, title: str) -> dict[int, PageInfo]:
        return {info.id: info for info in self._wiki.subpages(title)}

    def _logged(self, since: datetime) -> set[str]:
        """Titles of pages that were deleted, restored or moved."""
        titles = {entry.title for entry in self._wiki.log("delete", since=since)}
        for entry in self._wiki.log("move", since=since):
            titles |= {entry.title, str(entry.params.get("target_title", ""))}
        return titles

    def _owner(self, title: str) -> tuple[int, str] | None:
        """The page id and place of a talk page or of a page below one; else None."""
        if title in self._talks:
            return self._talks[title], TALK_PAGE
        while "/" in title:
            title = title.rpartition("/")[0]
            if title in self._talks:
                return self._talks[title], ARCHIVES[TALK_PAGE]
        return None

    # Reading them

    def read(self, infos: Mapping[int, PageInfo]) -> list[str]:
        """Read talk pages whose latest revision is not stored; their titles."""
        rows = {page: self._row(info, infos) for page, info in infos.items()}
        stale = [
            infos[page]
            for page, row in sorted(rows.items())
            if row is not None and self._stored.get(page) != row
        ]
        done = []
        for batch in batches(stale, _AT_ONCE):
            threads = self._threads(batch)
            self._hidden.ask(
                name
                for page in threads.values()
                for each in page
                for name in each.people
            )
            for info in batch:
                row = rows[info.id]
                if row is None or info.id not in threads:
                    self._gone.add(info.id)
                elif self._put(
                    row, without_authors(threads[info.id], self._hidden.hidden)
                ):
                    done.append(info.title)
        return done

    def _threads(self, pages: Sequence[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        """The threads of talk pages by page id; a page that fails is absent.

        Raises `WikiUnavailableError` when the wiki does not answer.
        """
        try:
            return self._wiki.talk(pages)
        except WikiUnavailableError:
            raise
        except Exception:  # noqa: BLE001 - one page must not stop all others
            if len(pages) == 1:
                self._fail(pages[0].title)
                return {}
        return {page: t for info in pages for page, t in self._threads([info]).items()}

    def _put(self, row: TalkPageRow, threads: Iterable[Thread]) -> bool:
        """Store the threads of a talk page; whether that could be done.

        Raises `OperationalError` when the database is in the way.
        """
        try:
            self._store.put_talk(row, threads)
        except OperationalError:
            raise
        except Exception:  # noqa: BLE001 - one page must not stop all others
            self._fail(row.title)
            return False
        return True

    def _fail(self, title: str) -> None:
        """Log the exception that is being handled."""
        _LOG.exception("talk page failed: title=%s", title)
        self.failed.append(title)

    def _row(self, info: PageInfo, infos: Mapping[int, PageInfo]) -> TalkPageRow | None:
        if info.redirect:
            return None
        questions = questions_title(self._root)
        owner = self._owner(info.title)
        if info.title == questions:
            owner = (info.id, QUESTIONS)
        elif _is_below(info.title, questions):
            owner = (self._questions_id(infos), ARCHIVES[QUESTIONS])
        if owner is None or not owner[0]:
            return None
        return TalkPageRow(info.id, owner[0], info.title, info.latest, owner[1])

    def _questions_id(self, infos: Mapping[int, PageInfo]) -> int:
        questions = questions_title(self._root)
        ids = [info.id for info in infos.values() if info.title == questions]
        ids += [row.talk_id for row in self._stored.values() if row.title == questions]
        return ids[0] if ids else 0

    def forget(self, infos: Mapping[int, PageInfo], *, everything: bool) -> int:
        """Remove talk pages that are gone or of unpublished pages; their number."""
        doomed = self._gone & self._stored.keys()
        for page, row in self._stored.items():
            info = infos.get(page)
            asked = row.place in {QUESTIONS, ARCHIVES[QUESTIONS]}
            if info is not None:
                lost = self._row(info, infos) is None
            else:  # unchanged, but its owner may have been moved without it
                owner = self._owner(row.title)
                lost = everything or not (asked or owner == (row.page_id, row.place))
            if lost:
                doomed.add(page)
        self._store.remove_talk(doomed)
        return len(doomed)


def _is_below(title: str, top: str) -> bool:
    return title == top or title.startswith(f"{top}/")
