"""The lookout: whether anything happened on a wiki that a sync should look at.

It asks for the news of the whole wiki, one request where little happened, and keeps
what concerns pages of ours: those below the root, records and their talk pages, the
bot's stop pages, and pages that call our templates without being known yet. It only
says when to look; what to believe is the business of `space.sync.run`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from space.codec.page import record_templates
from space.settings.ruling_pages import REGISTRATIONS, RULING_PAGES
from space.store.reader import StoreReader
from space.sync.rules import Rules
from space.sync.subjects import subject_of
from space.wiki.port import WikiReader

OVERLAP = timedelta(seconds=60)
"""How far news are asked for again: a wiki's databases may lag behind its clock."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look saw: titles of pages that concern us to which something happened.

    `since` is when the first of it did, aware; None where nothing did.
    """

    titles: frozenset[str]
    since: datetime | None


@dataclass(slots=True)
class Lookout:
    """What was seen of a wiki's news so far.

    `since` is the aware time from which nothing was seen yet. Edits of the bot itself
    concern nobody.
    """

    wiki: WikiReader
    store: StoreReader
    rules: Rules
    since: datetime
    _seen: frozenset[str] = frozenset()

    def look(self) -> Seen:
        """What happened since to pages that concern us.

        Raises `WikiUnavailableError` when the wiki does not answer; then the next look
        sees it all.
        """
        found = list(self.wiki.news(self.since - OVERLAP))
        new = [row for row in found if row.id not in self._seen]
        others = [row for row in new if row.user != self.rules.bot]
        titles = self._concerning({row.title: row.namespace for row in others})
        times = (row.timestamp for row in others if row.title in titles)
        self.since = max((row.timestamp for row in found), default=self.since)
        self._seen = frozenset(row.id for row in found)
        return Seen(titles, min(times, default=None))

    def _concerning(self, namespaces: Mapping[str, int]) -> frozenset[str]:
        """Those of some titles, each with its namespace, that concern us."""
        site = self.wiki.site()
        subjects = {title: subject_of(site, title) for title in namespaces}
        known = self.store.records.among(subjects.values())
        ours = {
            title
            for title, subject in subjects.items()
            if subject in known or self._is_own(subject)
        }
        strange = [
            title
            for title, number in namespaces.items()
            if title not in ours and number in self.rules.namespaces
        ]
        calling = self.wiki.calling(strange, record_templates()) if strange else ()
        return frozenset(ours).union(calling)

    def _is_own(self, title: str) -> bool:
        """Whether a page is below the root, or one of the bot or that stops it."""
        bot = f"User:{self.rules.bot}"
        folders = (f"{self.rules.root}/", f"{bot}/Space/", f"{bot}/run/")
        return title == self.rules.root or title.startswith(folders)


def concern_everything(rules: Rules, titles: Iterable[str]) -> bool:
    """Whether any of some pages may change what is made of all pages.

    Those are the pages that rule, and those of the bot, if others edit them: JSON,
    which only administrators may. Beside it anybody may write.
    """
    ruling = {page.title(rules.root) for page in (*RULING_PAGES, REGISTRATIONS)}
    own = f"User:{rules.bot}/Space/"
    return any(
        title in ruling or (title.startswith(own) and title.endswith(".json"))
        for title in titles
    )
