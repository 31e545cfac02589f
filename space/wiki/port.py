"""The port to a wiki: the questions of the domain, answered by values.

`space.wiki.action_api.ApiWiki` implements it over a transport, of which there are two:
`tool.wiki.client` (mwclient over the user's session) and `bots.wiki` (pywikibot).
`tests.fakes.memory_wiki` implements it without a server. One contract suite
(`tests/contract/test_wiki*.py`) runs against all three.

Reading raises `WikiUnavailableError` when the wiki gives no usable answer, after the
adapter's own retries. Writing never raises for what a wiki may answer: it returns
an `Outcome`. All times are aware and in UTC.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from space.wiki.outcomes import Outcome
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
    Revision,
    Site,
)


class WikiReader(Protocol):
    """Reading. Batches are the adapter's business: 50 ids a request, or 500."""

    def site(self) -> Site:
        """Facts of the wiki; asked once and kept."""
        ...

    def whoami(self) -> Account:
        """The account this port acts for; `exists` is False when signed out.

        Its rights are those of the session, which grants may narrow; `accounts`
        has them all.
        """
        ...

    def transclusions(self, template: str) -> Iterator[PageInfo]:
        """Pages that transclude a template, also through redirects to it."""
        ...

    def pages(self, ids: Iterable[int]) -> dict[int, PageInfo]:
        """Pages by id; ids without a page are absent."""
        ...

    def pages_by_title(self, titles: Iterable[str]) -> dict[str, PageInfo]:
        """Pages by the title asked for; missing ones are absent."""
        ...

    def redirects(self, titles: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Titles of the redirects to each page; pages without any are absent."""
        ...

    def subpages(self, title: str) -> Iterator[PageInfo]:
        """Pages whose title begins with `title` and a slash, sorted by title."""
        ...

    def wanted_categories(self, prefix: str) -> Iterator[str]:
        """Full titles of categories that have members and no page, sorted.

        Their names begin with `prefix`, without the namespace, as is.
        """
        ...

    def revisions(self, ids: Iterable[int], *, text: bool) -> dict[int, Revision]:
        """Revisions by id, with text if asked; ids of deleted ones are absent."""
        ...

    def texts(self, titles: Iterable[str]) -> dict[str, Revision]:
        """The newest revision with its text of each title; missing are absent."""
        ...

    def history(self, page_id: int, *, after: int = 0) -> list[Revision]:
        """Revisions of a page with an id above `after`, oldest first, no text."""
        ...

    def changes(self, since: datetime) -> Iterator[Change]:
        """Edits and new pages since a time, oldest first."""
        ...

    def log(
        self, log_type: str, since: datetime | None = None, title: str | None = None
    ) -> Iterator[LogEntry]:
        """Public log entries of a type, oldest first."""
        ...

    def news(self, since: datetime) -> Iterator[News]:
        """All that recent changes have since a time, and patrols, in no order.

        One request where little happened. What has no title, or a hidden one, is
        left out.
        """
        ...

    def calling(
        self, titles: Iterable[str], templates: Iterable[str]
    ) -> frozenset[str]:
        """Those of the titles whose pages transclude one of some templates."""
        ...

    def categorized(self, titles: Iterable[str], category: str) -> frozenset[str]:
        """Those of the titles whose pages are in a category, given by full title."""
        ...

    def contributions(
        self, user: str, since: datetime, namespaces: Iterable[int]
    ) -> Iterator[Contribution]:
        """Edits of an account since a time, newest first; not of deleted pages.

        Of pages in some namespaces only, which are at least one.
        """
        ...

    def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        """Accounts by the name asked for, `exists` False for unknown ones."""
        ...

    def hidden_accounts(self, names: Iterable[str]) -> frozenset[str]:
        """Those of the names that belong to an account which the wiki hides.

        A name without an account is not hidden, nor is an address.
        """
        ...

    def talk(self, pages: Iterable[PageInfo]) -> dict[int, tuple[Thread, ...]]:
        """The threads of the `latest` revision of talk pages, by page id.

        One request a page where the wiki has DiscussionTools, else texts in batches,
        read by signatures (`space.wiki.talk.wikitext`). A page whose revision is hidden
        or gone meanwhile is absent.
        """
        ...

    def spam(self, addresses: Iterable[str]) -> frozenset[str]:
        """The given URLs that the wiki's list of spam forbids.

        None on a wiki without such a list (Extension:SpamBlacklist).
        """
        ...

    def compare(self, old: int, new: int, *, language: str = "en") -> str:
        """Rows of an HTML table: how the text of one revision became another's.

        As the wiki's own page of differences has them; `old` 0 is an empty text.
        Raises `WikiUnavailableError` where one of them cannot be seen.
        """
        ...

    def render(
        self, text: str, title: str, *, language: str = "en", preview: bool = True
    ) -> Rendering:
        """The wiki's rendering of a text on a page of this title."""
        ...


class Wiki(WikiReader, Protocol):
    """Reading and writing."""

    def save(self, edit: Edit) -> Outcome:
        """Make the edit; every refusal of the wiki is a value."""
        ...
