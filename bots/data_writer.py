"""Writing the bot's JSON pages: only what changed, and not too often."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bots.report import Did, PageReport, Report
from bots.retractions import takes_back
from bots.saving import over_pages, save
from bots.stop import Stop
from space.i18n import Translator
from space.wiki import Edit, Revision, Wiki

Pages = Mapping[str, Any]
"""Full title → the JSON value the page should have, in the order of writing."""


@dataclass(frozen=True, slots=True)
class DataWriter:
    """Writes data pages as one account.

    `interval` is how long a page keeps still after a write that took nothing back
    (the setting `write_interval`); `now` is the wiki's time.
    """

    wiki: Wiki
    translator: Translator
    interval: timedelta
    now: datetime
    dry_run: bool

    def write(self, pages: Pages, summary_key: str, stop: Stop) -> Report:
        """Bring every page to its value."""
        current = self.wiki.texts(pages)
        summary = self.translator.text(summary_key)
        return over_pages(
            pages.items(),
            lambda page: self._page(*page, current.get(page[0]), summary),
            stop,
        )

    def leftovers(self, folder: str, wanted: Iterable[str]) -> tuple[str, ...]:
        """Subpages of `folder` that exist and are not wanted, to be emptied."""
        titles = set(wanted)
        found = (page.title for page in self.wiki.subpages(folder))
        return tuple(title for title in found if title not in titles)

    def _page(
        self, title: str, value: Any, current: Revision | None, summary: str
    ) -> PageReport:
        if current is not None:
            old = _value(current)
            if old == value:
                return PageReport(title, Did.UNCHANGED)
            if self._is_fresh(current) and not takes_back(old, value):
                return PageReport(title, Did.WAITS)
        if self.dry_run:
            return PageReport(title, Did.WOULD_WRITE)
        edit = Edit(
            title=title,
            text=json.dumps(value, ensure_ascii=False, separators=(",", ":")),
            summary=summary,
            base=current.id if current else None,
            minor=True,
            bot=True,
        )
        return save(self.wiki, edit, self.translator)

    def _is_fresh(self, current: Revision) -> bool:
        return self.now - current.timestamp < self.interval


def _value(revision: Revision) -> Any:
    """What the page says; None where that is no JSON."""
    try:
        return json.loads(revision.text or "")
    except json.JSONDecodeError:
        return None
