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
from space.wiki.values import Edit, PageCopy


@dataclass(frozen=True, slots=True)
class DataPages:
    """The data pages of some folders, by full title, in the order of writing.

    `pages` are title → JSON value. Any other page below one of `folders` is left over
    from an earlier run and gets `empty`. `summary_key` names the edit summary's
    message.
    """

    pages: Mapping[str, Any]
    folders: tuple[str, ...]
    empty: Any
    summary_key: str


@dataclass(frozen=True, slots=True)
class DataWriter:
    """Writes data pages of one wiki.

    `interval` is the least time between two edits of a page, unless the second takes
    something back (the setting `write_interval`); `now` is aware.
    """

    wiki: WikiReader
    sources: Sources
    saver: Saver
    translator: Translator
    interval: timedelta
    now: datetime

    def write(self, data: DataPages) -> Report:
        """Bring every page to its value, left-over pages first."""
        current = self.sources.read(data.pages, data.folders)
        below = tuple(f"{folder}/" for folder in data.folders)
        leftovers = {
            title: data.empty
            for title in sorted(current)
            if title.startswith(below) and title not in data.pages
        }
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
            if not takes_back(old, value) and self._is_fresh(current):
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
            self.sources.remember(PageCopy(title, outcome.revid, None, edit.text))
        return page_report(title, outcome, self.translator)

    def _is_fresh(self, current: PageCopy) -> bool:
        revisions = self.wiki.revisions([current.latest], text=False)
        revision = revisions.get(current.latest)
        return revision is not None and self.now - revision.timestamp < self.interval
