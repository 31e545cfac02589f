"""What happens on an in-memory wiki beside our port: moves, deletions, blocks, …"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from space.wiki.outcomes import Outcome
from tests.fakes.wiki_state import (
    Filter,
    StoredAccount,
    StoredPage,
    StoredRevision,
    WikiState,
    canonical_user,
    hidden_parts,
)


class WikiActs:
    """What an account of an in-memory wiki does that `space.wiki.port.Wiki` cannot do.

    No rights are asked for: whoever is told to delete a page deletes it.
    """

    def __init__(self, user: str | None, state: WikiState) -> None:
        self.state = state
        self.user = user

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

    @property
    def _name(self) -> str:
        assert self.user is not None
        return self.user

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
