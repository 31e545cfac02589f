"""An in-memory wiki: the `space.wiki.port.Wiki` port without a server.

`MemoryWiki()` is a new wiki seen by its administrator; `as_user` gives another
account's view of the same wiki. Reading and saving go through the port; what a port
cannot do (moving, deleting, patrolling, blocking, the clock) are methods of `WikiActs`.
The clock stands still until `advance`.
"""

import difflib
from collections.abc import Iterable, Iterator
from datetime import datetime
from math import ceil

from space.errors import WikiUnavailableError
from space.wiki.outcomes import Outcome, Saved, Unreachable
from space.wiki.talk.wikitext import read_talk
from space.wiki.threads import Thread
from space.wiki.values import (
    Account,
    Change,
    Contribution,
    Edit,
    LogEntry,
    News,
    PageInfo,
    Rendering,
    RequestCount,
    Revision,
    Site,
)
from tests.fakes.wiki_acts import WikiActs
from tests.fakes.wiki_answers import (
    account_value,
    change_value,
    contributions_of,
    diff_row,
    page_info,
    rendering,
    revision_value,
)
from tests.fakes.wiki_edits import attempt
from tests.fakes.wiki_state import WikiState, canonical_user

__all__ = ["MemoryWiki"]


class MemoryWiki(WikiActs):
    """One account's view of an in-memory wiki; see the module."""

    def __init__(
        self, user: str | None = "Admin", state: WikiState | None = None
    ) -> None:
        super().__init__(user, state or WikiState())
        self.requests = RequestCount()
        self.fail_after: int | None = None
        """Requests that still succeed; then reading raises and saving is lost."""
        self._knows_site = False
        if state is None and user is not None:
            self.register(user, "sysop", "autoconfirmed")

    def as_user(self, name: str | None, *groups: str) -> "MemoryWiki":
        """The same wiki for another account, registered if it is new."""
        if name is not None:
            self.register(name, *groups)
            name = canonical_user(name)
        return MemoryWiki(name, self.state)

    def write(self, title: str, text: str, summary: str = "") -> Saved:
        """Save over whatever is there, as a person pressing "Save" would."""
        page = self.state.page(title)
        base = page.latest.id if page else None
        outcome = self.save(Edit(title, text, summary, base=base))
        assert isinstance(outcome, Saved), outcome
        return outcome

    # The port: reading

    def site(self) -> Site:
        if not self._knows_site:
            self._asked(1)
            self._knows_site = True
        return self.state.site

    def whoami(self) -> Account:
        self._asked(1)
        if self.user is None:
            return Account("127.0.0.1", exists=False)
        return account_value(self.state, self.user)

    def transclusions(self, template: str) -> Iterator[PageInfo]:
        name = template if ":" in template else f"Template:{template}"
        wanted = self.state.normal(name)
        found = [
            page_info(self.state, page)
            for page in self.state.live()
            if wanted in self.state.embeds(page)
        ]
        self._listed(len(found))
        yield from found

    def pages(self, ids: Iterable[int]) -> dict[int, PageInfo]:
        wanted = list(dict.fromkeys(ids))
        self._batched(len(wanted))
        found = {n: self.state.pages[n] for n in wanted if n in self.state.pages}
        return {n: page_info(self.state, p) for n, p in found.items() if not p.gone}

    def pages_by_title(self, titles: Iterable[str]) -> dict[str, PageInfo]:
        wanted = list(dict.fromkeys(titles))
        self._batched(len(wanted))
        found = {title: self.state.page(title) for title in wanted}
        return {t: page_info(self.state, p) for t, p in found.items() if p}

    def redirects(self, titles: Iterable[str]) -> dict[str, tuple[str, ...]]:
        wanted = list(dict.fromkeys(titles))
        self._batched(len(wanted))
        found: dict[str, tuple[str, ...]] = {}
        for title in wanted:
            target = self.state.normal(title)
            sources = [
                page.title
                for page in self.state.live()
                if target and self.state.redirect_target(page) == target
            ]
            if sources:
                found[title] = tuple(sorted(sources))
        return found

    def subpages(self, title: str) -> Iterator[PageInfo]:
        prefix = f"{self.state.normal(title)}/"
        found = [p for p in self.state.live() if p.title.startswith(prefix)]
        self._listed(len(found))
        for page in sorted(found, key=lambda page: page.title):
            yield page_info(self.state, page)

    def wanted_categories(self, prefix: str) -> Iterator[str]:
        filed = {
            title
            for page in self.state.live()
            for title in self.state.categories(page)
            if title.partition(":")[2].startswith(prefix)
        }
        self._listed(len(filed))
        yield from sorted(title for title in filed if not self.state.page(title))

    def revisions(self, ids: Iterable[int], *, text: bool) -> dict[int, Revision]:
        wanted = list(dict.fromkeys(ids))
        self._batched(len(wanted), content=text)
        found = [self.state.revision(number) for number in wanted]
        return {r.id: revision_value(self.state, r, text=text) for r in found if r}

    def texts(self, titles: Iterable[str]) -> dict[str, Revision]:
        wanted = list(dict.fromkeys(titles))
        self._batched(len(wanted), content=True)
        found = {title: self.state.page(title) for title in wanted}
        return {
            t: revision_value(self.state, p.latest, text=True)
            for t, p in found.items()
            if p
        }

    def history(self, page_id: int, *, after: int = 0) -> list[Revision]:
        page = self.state.pages.get(page_id)
        found = page.revisions if page and not page.gone else []
        newer = [revision for revision in found if revision.id > after]
        self._listed(len(newer))
        return [revision_value(self.state, revision, text=False) for revision in newer]

    def changes(self, since: datetime) -> Iterator[Change]:
        horizon = max(since, self.state.now - self.state.rc_max_age)
        rows = [
            (revision, page)
            for page in self.state.live()
            for revision in page.revisions
            if revision.edit and revision.timestamp >= horizon
        ]
        self._listed(len(rows))
        for revision, page in sorted(rows, key=lambda row: row[0].id):
            yield change_value(self.state, revision, page)

    def log(
        self, log_type: str, since: datetime | None = None, title: str | None = None
    ) -> Iterator[LogEntry]:
        wanted = self.state.normal(title) if title else None
        found = [
            entry
            for entry in self.state.log
            if entry.type == log_type
            and (since is None or entry.timestamp >= since)
            and (wanted is None or entry.title == wanted)
        ]
        self._listed(len(found))
        yield from found

    def news(self, since: datetime) -> Iterator[News]:
        for change in self.changes(since):
            yield News(
                f"change {change.revid}",
                change.title,
                change.namespace,
                change.user,
                change.timestamp,
            )
        for entry in self.state.log:
            if entry.timestamp >= since:
                number = self.state.site.namespace_of(entry.title)
                name = f"{entry.type} {entry.id}"
                yield News(name, entry.title, number, entry.user, entry.timestamp)
                if target := str(entry.params.get("target_title", "")):
                    number = self.state.site.namespace_of(target)
                    name = f"{name} target"
                    yield News(name, target, number, entry.user, entry.timestamp)

    def calling(
        self, titles: Iterable[str], templates: Iterable[str]
    ) -> frozenset[str]:
        wanted = list(dict.fromkeys(titles))
        self._asked(ceil(len(wanted) / 50))
        names = {self.state.normal(f"Template:{name}") for name in templates}
        pages = {title: self.state.page(title) for title in wanted}
        return frozenset(
            title
            for title, page in pages.items()
            if page and not names.isdisjoint(self.state.embeds(page))
        )

    def categorized(self, titles: Iterable[str], category: str) -> frozenset[str]:
        wanted = list(dict.fromkeys(titles))
        self._batched(len(wanted))
        name = self.state.normal(category)
        pages = {title: self.state.page(title) for title in wanted}
        return frozenset(
            title
            for title, page in pages.items()
            if page and name in self.state.categories(page)
        )

    def contributions(
        self, user: str, since: datetime, namespaces: Iterable[int]
    ) -> Iterator[Contribution]:
        wanted = frozenset(namespaces)
        found = [
            each
            for each in contributions_of(self.state, user, since)
            if self.state.site.namespace_of(each.title) in wanted
        ]
        self._listed(len(found))
        yield from found

    def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        wanted = list(dict.fromkeys(names))
        self._asked(ceil(len(wanted) / 50))
        return {name: account_value(self.state, name) for name in wanted}

    def hidden_accounts(self, names: Iterable[str]) -> frozenset[str]:
        wanted = list(dict.fromkeys(names))
        self._asked(ceil(len(wanted) / 50))
        found = {name: self.state.account(name) for name in wanted}
        return frozenset(
            n for n, account in found.items() if account and account.hidden
        )

    def talk(self, pages: Iterable[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        """Read from wikitext, and counted as DiscussionTools is asked."""
        found: dict[int, tuple[Thread, ...]] = {}
        site = self.site()
        for page in pages:
            self._asked(1, content=True)
            revision = self.state.revision(page.latest)
            if revision is not None and not revision.text_hidden:
                found[page.id] = read_talk(revision.text, site)
        return found

    def spam(self, addresses: Iterable[str]) -> frozenset[str]:
        wanted = list(dict.fromkeys(addresses))
        self._asked(ceil(len(wanted) / 50))
        listed = self.state.spam
        return frozenset(a for a in wanted if any(link in a for link in listed))

    def compare(self, old: int, new: int, *, language: str = "en") -> str:
        del language
        self._asked(1)
        texts = []
        for number in (old, new):
            revision = self.state.revision(number) if number else None
            if number and (revision is None or revision.text_hidden):
                raise WikiUnavailableError("nosuchrevid")
            texts.append(revision.text.split("\n") if revision else [])
        return "".join(map(diff_row, difflib.ndiff(*texts)))

    def render(
        self, text: str, title: str, *, language: str = "en", preview: bool = True
    ) -> Rendering:
        del title, language, preview
        self._asked(1)
        return rendering(text)

    # The port: writing

    def save(self, edit: Edit) -> Outcome:
        try:
            self._asked(1)
        except WikiUnavailableError:
            return Unreachable("no answer")
        if self.state.scripted:
            return self.state.scripted.pop(0)
        outcome = attempt(self.state, self.user, edit)
        if self.state.lose_answers:
            self.state.lose_answers -= 1
            return Unreachable("the answer was lost")
        return outcome

    # Inner parts

    @property
    def _limit(self) -> int:
        account = self.state.account(self.user) if self.user else None
        return 500 if account and "apihighlimits" in account.rights else 50

    def _asked(self, times: int, *, content: bool = False) -> None:
        for _ in range(times):
            if self.fail_after is not None:
                if self.fail_after <= 0:
                    raise WikiUnavailableError("the wiki does not answer")
                self.fail_after -= 1
            if content:
                self.requests.content += 1
            else:
                self.requests.other += 1

    def _batched(self, values: int, *, content: bool = False) -> None:
        self._asked(ceil(values / self._limit), content=content)

    def _listed(self, rows: int) -> None:
        self._asked(max(1, ceil(rows / (10 * self._limit))))
