"""Writing the bot's JSON pages: only changed ones, and none too often."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bots.report import Did, PageReport, Report
from bots.saving import Saver, over_pages, page_report
from space.data_pages.withdrawals import takes_back
from space.sync.sources import Sources
from space.text.json_object import read_object
from space.text.messages import Translator
from space.wiki.outcomes import Saved
from space.wiki.port import WikiReader
from space.wiki.values import Edit, PageCopy, Subpages


@dataclass(frozen=True, slots=True)
class DataPages:
    """Data pages by full title, in the order of writing.

    `pages` are title → JSON value. Other pages of `families` that the bot wrote are
    left over from an earlier run and get `empty`; what others put there is not read.
    `summary_key` names the edit summary's message.
    """

    pages: Mapping[str, Any]
    families: tuple[Subpages, ...]
    empty: Any
    summary_key: str


@dataclass(frozen=True, slots=True)
class DataWriter:
    """Writes data pages of one wiki as the bot's `account`.

    `interval` is the least time between two edits of a page, unless the second takes
    something back or undoes what another account wrote (the setting `write_interval`),
    or the first was before `redacted`, when something was last taken out that the wiki
    hides; times are aware.
    """

    wiki: WikiReader
    account: str
    sources: Sources
    saver: Saver
    translator: Translator
    interval: timedelta
    now: datetime
    redacted: datetime | None = None

    def write(self, data: DataPages) -> Report:
        """Bring every page to its value, left-over pages first."""
        leftovers = {
            title: data.empty
            for family in data.families
            for title in self.sources.saved_by(self.account, family, data.pages)
        }
        current = self.sources.read([*leftovers, *data.pages])
        summary = self.translator.text(data.summary_key)
        return over_pages(
            {**leftovers, **data.pages}.items(),
            lambda page: self._page(page[0], page[1], current.get(page[0]), summary),
            self.saver.stop,
        )

    def _page(
        self, title: str, value: Any, current: PageCopy | None, summary: str
    ) -> PageReport:
        if current is not None:
            old = read_object(current.text)
            if old == value:
                return PageReport(title, Did.UNCHANGED)
            is_own = current.user == self.account
            if is_own and not takes_back(old, value) and self._is_fresh(current):
                return PageReport(title, Did.WAITS)
        edit = Edit(
            title=title,
            text=json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            summary=summary,
            base=current.latest if current else None,
            minor=True,
            bot=True,
        )
        outcome = self.saver.save(edit)
        if isinstance(outcome, Saved):
            copy = PageCopy(title, outcome.revid, self.account, edit.text)
            self.sources.remember(copy)
        return page_report(title, outcome, self.translator)

    def _is_fresh(self, current: PageCopy) -> bool:
        revisions = self.wiki.revisions([current.latest], text=False)
        revision = revisions.get(current.latest)
        if revision is None or self.now - revision.timestamp >= self.interval:
            return False
        return self.redacted is None or revision.timestamp > self.redacted
