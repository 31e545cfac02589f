"""Data pages of a wiki on their way to the outbox: only changed ones, when they may."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bots.outbox import Draft, Outbox
from bots.report import Did, PageReport
from space.data_pages.patches import Read
from space.data_pages.withdrawals import takes_back
from space.sync.sources import Sources
from space.sync.write_queue import Turn
from space.text.json_object import read_object, read_own_object
from space.text.messages import Translator
from space.wiki.port import WikiReader
from space.wiki.values import Edit, PageCopy, Subpages


@dataclass(frozen=True, slots=True)
class DataPages:
    """Data pages by full title, in the order of writing.

    `pages` are title → JSON value. Other pages of `families` that the bot wrote are
    left over from an earlier run and get `empty`; what others put there is not read.
    `summary_key` names the edit summary's message. For a `part` the wiki is not asked
    what its pages say: copies tell, or `stood`, what was read of them for the part.
    """

    pages: Mapping[str, Any]
    families: tuple[Subpages, ...]
    empty: Any
    summary_key: str
    part: bool = False
    stood: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Remembering:
    """A reader of data pages' values by title, with all `values` that it has read."""

    read: Read
    values: dict[str, Any] = field(default_factory=dict)

    def __call__(self, titles: Collection[str]) -> Mapping[str, Any]:
        """Read the values of some titles; absent ones are not."""
        found = self.read(titles)
        self.values.update(found)
        return found


def value_of(copy: PageCopy, account: str) -> dict[str, Any] | None:
    """The JSON object on a page, of which `account` wrote its own; None for none."""
    is_own = copy.user == account
    return (read_own_object if is_own else read_object)(copy.text)


@dataclass(frozen=True, slots=True)
class DataWriter:
    """Puts data pages of one wiki, of the bot's `account`, into an outbox.

    `interval` is the least time between two edits of a page, unless the second takes
    something back or undoes what another account wrote (the setting `write_interval`),
    or the first was before `redacted`, when something was last taken out that the wiki
    hides; times are aware.
    """

    wiki: WikiReader
    account: str
    sources: Sources
    translator: Translator
    interval: timedelta
    now: datetime
    outbox: Outbox
    redacted: datetime | None = None

    def offer(self, task: str, data: DataPages) -> Iterable[PageReport]:
        """Have every page brought to its value; reports of those that have it."""
        if data.part:
            values = {**self._known_leftovers(data), **data.pages}
            current = self.sources.stored(values)
        else:
            values = {**self._leftovers(data), **data.pages}
            current = self.sources.read(values)
        old = {title: self._old(data, copy) for title, copy in current.items()}
        changed = [
            title
            for title, value in values.items()
            if title not in current or old[title] != value
        ]
        self._ask_ages(current[title] for title in changed if title in current)
        summary = self.translator.text(data.summary_key)
        for title in changed:
            page = current.get(title)
            edit = Edit(
                title=title,
                text=json.dumps(
                    values[title], ensure_ascii=False, separators=(",", ":")
                ),
                summary=summary,
                base=page.latest if page else None,
                minor=True,
                bot=True,
            )
            turn = self._turn(page, old.get(title), values[title])
            written = self.outbox.written.get(title) if page else None
            not_before = written + self.interval if written else None
            self.outbox.put(Draft(task, edit), turn, self.now, not_before)
        for title in values.keys() - set(changed):
            self.outbox.drop(title)
        return tuple(
            PageReport(title, Did.UNCHANGED) for title in values if title not in changed
        )

    def _old(self, data: DataPages, copy: PageCopy) -> Any:
        """What a page says; entries that stay are then the same objects as the new."""
        is_read = copy.title in data.stood and copy.user == self.account
        if is_read and copy.title not in self.outbox.queue.waiting:
            return data.stood[copy.title]
        return value_of(copy, self.account)

    def _known_leftovers(self, data: DataPages) -> dict[str, Any]:
        return {
            title: data.empty
            for family in data.families
            for title in self.sources.stored_of(family)
            if title not in data.pages
        }

    def _leftovers(self, data: DataPages) -> dict[str, Any]:
        return {
            title: data.empty
            for family in data.families
            for title in self.sources.saved_by(self.account, family, data.pages)
        }

    def _turn(self, page: PageCopy | None, old: Any, new: Any) -> Turn:
        if page is None:
            return Turn.ORDINARY
        written = self.outbox.written.get(page.title)
        is_hiding = self.redacted and (written is None or written <= self.redacted)
        if page.user != self.account or is_hiding or takes_back(old, new):
            return Turn.RETRACTION
        return Turn.ORDINARY

    def _ask_ages(self, pages: Iterator[PageCopy]) -> None:
        """Find out when pages were written last, where that is not known."""
        asked = {
            page.latest: page.title
            for page in pages
            if page.title not in self.outbox.written
        }
        rows = self.wiki.revisions(sorted(asked), text=False) if asked else {}
        for number, row in rows.items():
            self.outbox.written[asked[number]] = row.timestamp
