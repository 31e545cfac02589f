"""An in-memory wiki: the `space.wiki.port.Wiki` port without a server.

`MemoryWiki()` is a new wiki seen by its administrator; `as_user` gives another
account's view of the same wiki. Reading and saving go through the port; what a port
cannot do (moving, deleting, patrolling, blocking, the clock) are methods here.
The clock stands still until `advance`.
"""

import difflib
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
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
from tests.fakes.wiki_state import (
    Filter,
    StoredAccount,
    StoredPage,
    StoredRevision,
    WikiState,
    canonical_user,
    hidden_parts,
)

__all__ = ["MemoryWiki"]


class MemoryWiki:
    """One account's view of an in-memory wiki; see the module."""

    def __init__(
        self, user: str | None = "Admin", state: WikiState | None = None
    ) -> None:
        self.state = state or WikiState()
        self.user = user
        self.requests = RequestCount()
        self.fail_after: int | None = None
        """Requests that still succeed; then reading raises and saving is lost."""
        self._knows_site = False
        if state is None and user is not None:
            self.register(user, "sysop", "autoconfirmed")

    # What happens on a wiki beside our port

    def as_user(self, name: str | None, *groups: str) -> "MemoryWiki":
        """The same wiki for another account, registered if it is new."""
        if name is not None:
            self.register(name, *groups)
            name = canonical_user(name)
        return MemoryWiki(name, self.state)

    def register(self, name: str, *groups: str) -> None:
        """Make an account, or add groups to it; plain accounts are autoconfirmed."""
        name = canonical_user(name)
        account = self.state.accounts.setdefault(
            name,
            StoredAccount(
                name, self.state.now, self.state.next_account, {"autoconfirmed"}
            ),
        )
        self.state.next_account += account.id == self.state.next_account
        account.groups.update(groups)

    def remove_groups(self, name: str, *groups: str) -> None:
        """Take groups from an account."""
        self.state.accounts[canonical_user(name)].groups.difference_update(groups)

    def rename(self, old: str, new: str) -> None:
        """Rename an account, as Special:RenameUser: histories have the new name."""
        old, new = canonical_user(old), canonical_user(new)
        account = self.state.accounts.pop(old)
        account.name = new
        self.state.accounts[new] = account
        for revision in self._revisions_by(old):
            revision.user = new

    def hide_account(self, name: str) -> None:
        """Block an account and hide its name everywhere, which no public log tells."""
        account = self.state.accounts[canonical_user(name)]
        account.hidden = True
        for revision in self._revisions_by(account.name):
            revision.user_hidden = True

    def _revisions_by(self, name: str) -> Iterator[StoredRevision]:
        for page in self.state.pages.values():
            yield from (row for row in page.revisions if row.user == name)

    def write(self, title: str, text: str, summary: str = "") -> Saved:
        """Save over whatever is there, as a person pressing "Save" would."""
        page = self.state.page(title)
        base = page.latest.id if page else None
        outcome = self.save(Edit(title, text, summary, base=base))
        assert isinstance(outcome, Saved), outcome
        return outcome

    def advance(self, **by: float) -> datetime:
        """Move the clock on by the arguments of `timedelta`."""
        self.state.now += timedelta(**by)
        return self.state.now

    def move(self, old: str, new: str, *, redirect: bool = True) -> None:
        """Move a page; leaves a redirect and a null revision as the wiki does."""
        page = self._existing(old)
        target = self.state.normal(new)
        assert target is not None
        assert self.state.page(new) is None
        source, page.title = page.title, target
        self.state.titles[target] = self.state.titles.pop(source)
        self._null_revision(page)
        namespace = self.state.site.namespace_of(target)
        params: dict[str, object] = {"target_ns": namespace, "target_title": target}
        if redirect:
            left = self.state.add_page(source)
            text = f"#REDIRECT [[{target}]]"
            self.state.add_revision(left, self._name, text, edit=False)
        else:
            params["suppressredirect"] = True
        self.state.add_log("move/move", self._name, (source, page.id), params)

    def delete(self, title: str) -> None:
        """Delete a page."""
        page = self._existing(title)
        page.gone = True
        del self.state.titles[page.title]
        self.state.add_log("delete/delete", self._name, (page.title, page.id), {})

    def undelete(self, title: str) -> None:
        """Bring a deleted page back, with its old id."""
        wanted = self.state.normal(title)
        gone = [p for p in self.state.pages.values() if p.gone and p.title == wanted]
        page = gone[-1]
        page.gone = False
        self.state.titles[page.title] = page
        params: dict[str, object] = {
            "count": {"revisions": len(page.revisions), "files": 0}
        }
        self.state.add_log("delete/restore", self._name, (page.title, page.id), params)

    def suppress(self, revid: int, *, text: bool = True, user: bool = False) -> None:
        """Hide something of a revision as an oversighter, which no public log tells."""
        revision = self._revision(revid)
        revision.text_hidden, revision.user_hidden = text, user

    def suppress_page(self, title: str) -> None:
        """Delete a page as an oversighter, which no public log tells."""
        self.delete(title)
        self.state.log.pop()

    def hide(self, revid: int, *, text: bool = True, user: bool = False) -> None:
        """Set what is hidden of a revision (revision deletion)."""
        revision = self._revision(revid)
        page = self.state.pages[revision.page_id]
        old = hidden_parts(text=revision.text_hidden, user=revision.user_hidden)
        revision.text_hidden, revision.user_hidden = text, user
        params: dict[str, object] = {
            "type": "revision",
            "ids": [revid],
            "old": old,
            "new": hidden_parts(text=text, user=user),
        }
        self.state.add_log("delete/revision", self._name, (page.title, page.id), params)

    def patrol(self, revid: int) -> None:
        """Mark a revision as patrolled; a second time does nothing."""
        revision = self._revision(revid)
        if revision.patrolled:
            return
        assert self.state.now - revision.timestamp <= self.state.rc_max_age
        revision.patrolled = True
        # Of a page that was moved since, the log has the title from before.
        page = self.state.page(revision.title)
        params: dict[str, object] = {
            "curid": revid,
            "previd": revision.parent,
            "auto": False,
        }
        target = (revision.title, page.id if page else 0)
        self.state.add_log("patrol/patrol", self._name, target, params)

    def protect(self, title: str, right: str = "editprotected") -> None:
        """Ask for a right to edit a page; adds a null revision."""
        page = self._existing(title)
        page.right = right
        self._null_revision(page)
        self.state.add_log("protect/protect", self._name, (page.title, page.id), {})

    def block(self, name: str, reason: str = "", expiry: str = "infinite") -> None:
        """Block an account from editing."""
        account = self.state.accounts[canonical_user(name)]
        account.block = {
            "by": self._name,
            "reason": reason,
            "endless": expiry == "infinite",
            "may_appeal": True,
        }
        title = f"User:{account.name}"
        params: dict[str, object] = {"duration": expiry, "sitewide": True}
        self.state.add_log("block/block", self._name, (title, 0), params)

    def unblock(self, name: str) -> None:
        """Lift a block."""
        account = self.state.accounts[canonical_user(name)]
        account.block = None
        self.state.add_log("block/unblock", self._name, (f"User:{name}", 0), {})

    def add_filter(self, pattern: str, *, disallow: bool, description: str) -> None:
        """An abuse filter on the text of edits."""
        rule = Filter(re.compile(pattern), description, disallow)
        self.state.filters.append(rule)

    def answer_next(self, *outcomes: Outcome) -> None:
        """Refuse the next edits with these outcomes (captcha, lag, …)."""
        self.state.scripted.extend(outcomes)

    def lose_next_answer(self) -> None:
        """Save the next edit, yet answer as if no answer came."""
        self.state.lose_answers += 1

    def set_page(
        self, title: str, *, language: str = "en", translation: bool = False
    ) -> None:
        """Set a page's language, or make it one of Translate's pages."""
        page = self._existing(title)
        page.language, page.translation = language, translation

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
    def _name(self) -> str:
        assert self.user is not None
        return self.user

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

    def _existing(self, title: str) -> StoredPage:
        page = self.state.page(title)
        assert page is not None, title
        return page

    def _revision(self, number: int) -> StoredRevision:
        revision = self.state.revision(number)
        assert revision is not None, number
        return revision

    def _null_revision(self, page: StoredPage) -> None:
        self.state.add_revision(
            page, self._name, page.latest.text, edit=False, patrolled=True
        )
