"""What an in-memory wiki holds, and the small rules of MediaWiki's it follows."""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from space.wiki.outcomes import Outcome
from space.wiki.values import LogEntry, Site

MAX_TEXT = 2 * 1024 * 1024
MAX_TITLE = 255
MANUAL_REVERT = 15  # revisions that are compared: $wgManualRevertSearchRadius

GROUP_RIGHTS: Mapping[str, frozenset[str]] = {
    "user": frozenset({"edit", "createpage", "createtalk"}),
    "autoconfirmed": frozenset({"autoconfirmed", "editsemiprotected", "move"}),
    "autopatrolled": frozenset({"autopatrol"}),
    "patroller": frozenset({"patrol", "autopatrol", "rollback"}),
    "event-organizer": frozenset({"campaignevents-enable-registration"}),
    "bot": frozenset({"bot", "autopatrol", "apihighlimits", "noratelimit"}),
    "sysop": frozenset(
        {
            "patrol",
            "autopatrol",
            "delete",
            "undelete",
            "deleterevision",
            "block",
            "protect",
            "editprotected",
            "editsitejson",
            "edituserjson",
            "apihighlimits",
            "noratelimit",
        }
    ),
}

NAMES = {
    0: ("",),
    1: ("Talk",),
    2: ("User",),
    3: ("User talk",),
    4: ("Meta", "Project"),
    5: ("Meta talk", "Project talk"),
    6: ("File", "Image"),
    7: ("File talk", "Image talk"),
    8: ("MediaWiki",),
    9: ("MediaWiki talk",),
    10: ("Template",),
    11: ("Template talk",),
    12: ("Help",),
    13: ("Help talk",),
    14: ("Category",),
    15: ("Category talk",),
    828: ("Module",),
    829: ("Module talk",),
    1728: ("Event",),
    1729: ("Event talk",),
}

SITE = Site(
    host="wiki.test",
    database="testwiki",
    article_url="https://wiki.test/wiki/$1",
    script_url="https://wiki.test/w/index.php",
    namespaces=NAMES,
    language="en",
    extensions=frozenset(
        {"AbuseFilter", "DiscussionTools", "Scribunto", "SpamBlacklist"}
    ),
)

FORBIDDEN = re.compile(r"[\x00-\x1f\x7f#<>\[\]{}|\ufffd]|%[0-9A-Fa-f]{2}|~~~")
REDIRECT = re.compile(r"\s*#redirect\s*:?\s*\[\[([^\]|]+)", re.IGNORECASE)
INVISIBLE = re.compile(
    r"<!--.*?(?:-->|\Z)|<nowiki>.*?(?:</nowiki>|\Z)", re.DOTALL | re.IGNORECASE
)
CALL = re.compile(
    r"\{\{\s*(?:template\s*:)?\s*([^{}|<>\[\]#]+?)\s*(?:\||\}\})", re.IGNORECASE
)
CATEGORY = re.compile(r"\[\[\s*Category\s*:([^\]|]+)", re.IGNORECASE)
SIGNATURE = re.compile(r"~{3,5}")


@dataclass(slots=True)
class StoredRevision:
    """One revision, everything the wiki knows of it."""

    id: int
    parent: int
    page_id: int
    timestamp: datetime
    user: str
    text: str
    title: str = ""
    """The page's title when it was saved, which recent changes keep."""
    summary: str = ""
    minor: bool = False
    bot: bool = False
    tags: frozenset[str] = frozenset()
    patrolled: bool = False
    edit: bool = True
    """False for the null revisions of moves and protections."""
    text_hidden: bool = False
    user_hidden: bool = False

    @property
    def sha1(self) -> str:
        return hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()


@dataclass(slots=True)
class StoredPage:
    """One page with its history, oldest first; `gone` while it is deleted."""

    id: int
    title: str
    revisions: list[StoredRevision] = field(default_factory=list)
    language: str = "en"
    translation: bool = False
    gone: bool = False
    right: str | None = None

    @property
    def latest(self) -> StoredRevision:
        return self.revisions[-1]


@dataclass(slots=True)
class StoredAccount:
    """One account."""

    name: str
    registered: datetime
    id: int = 0
    groups: set[str] = field(default_factory=set)
    block: Mapping[str, Any] | None = None
    edits: list[datetime] = field(default_factory=list)
    hidden: bool = False

    @property
    def rights(self) -> frozenset[str]:
        groups = {"user", *self.groups}
        return frozenset().union(*(GROUP_RIGHTS.get(g, frozenset()) for g in groups))


@dataclass(frozen=True, slots=True)
class Filter:
    """An abuse filter: texts in which `pattern` is found are warned of or refused."""

    pattern: re.Pattern[str]
    description: str
    disallow: bool


@dataclass(slots=True)
class WikiState:
    """The whole wiki; several `MemoryWiki` look at one."""

    now: datetime = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    site: Site = SITE
    pages: dict[int, StoredPage] = field(default_factory=dict)
    titles: dict[str, StoredPage] = field(default_factory=dict)
    """The existing pages; `pages` has the deleted ones, too."""
    revisions: dict[int, StoredRevision] = field(default_factory=dict)
    """Of all pages, deleted ones too."""
    log: list[LogEntry] = field(default_factory=list)
    accounts: dict[str, StoredAccount] = field(default_factory=dict)
    filters: list[Filter] = field(default_factory=list)
    warned: set[tuple[str, str, str]] = field(default_factory=set)
    spam: list[str] = field(default_factory=list)
    read_only: str | None = None
    edits_per_minute: int | None = None
    rc_max_age: timedelta = timedelta(days=30)
    scripted: list[Outcome] = field(default_factory=list)
    lose_answers: int = 0
    next_account: int = 1
    next_page: int = 1
    next_revision: int = 1

    def normal(self, title: str) -> str | None:
        """The title as the wiki writes it; None where it allows none."""
        title = unicodedata.normalize("NFC", re.sub(r"[\s_]+", " ", title))
        title = title.strip().lstrip(":").strip()
        if not title or FORBIDDEN.search(title) or title in {".", ".."}:
            return None
        number = self.site.namespace_of(title)
        name = title.partition(":")[2].strip() if number else title
        if not name or len(name.encode()) > MAX_TITLE:
            return None
        name = name[0].upper() + name[1:]
        return f"{self.site.namespaces[number][0]}:{name}" if number else name

    def page(self, title: str) -> StoredPage | None:
        """The existing page of a title."""
        return self.titles.get(self.normal(title) or "")

    def live(self) -> list[StoredPage]:
        """The existing pages, by id."""
        return [page for _, page in sorted(self.pages.items()) if not page.gone]

    def revision(self, number: int) -> StoredRevision | None:
        """A revision of an existing page."""
        revision = self.revisions.get(number)
        if revision is None or self.pages[revision.page_id].gone:
            return None
        return revision

    def account(self, name: str) -> StoredAccount | None:
        """The account of a name, in whatever spelling the wiki takes."""
        return self.accounts.get(canonical_user(name))

    def add_revision(
        self, page: StoredPage, user: str, text: str, **more: object
    ) -> StoredRevision:
        """Append a revision made now; one that brings back an older text is tagged."""
        texts = [old.text for old in page.revisions[-MANUAL_REVERT:]]
        is_revert = text in texts[:-1] and text != texts[-1]
        revision = StoredRevision(
            id=self.next_revision,
            parent=page.latest.id if page.revisions else 0,
            page_id=page.id,
            timestamp=self.now,
            user=user,
            text=text,
            title=page.title,
            tags=frozenset({"mw-manual-revert"} if is_revert else ()),
        )
        for name, value in more.items():
            setattr(revision, name, value)
        self.next_revision += 1
        page.revisions.append(revision)
        self.revisions[revision.id] = revision
        return revision

    def add_page(self, title: str) -> StoredPage:
        """A new page, as yet without a revision."""
        page = StoredPage(id=self.next_page, title=title)
        self.next_page += 1
        self.pages[page.id] = self.titles[title] = page
        return page

    def add_log(
        self, kind: str, user: str, page: tuple[str, int], params: dict[str, object]
    ) -> None:
        """One line of a public log; `kind` is type and action with a slash."""
        log_type, _, action = kind.partition("/")
        title, page_id = page
        self.log.append(
            LogEntry(
                id=len(self.log) + 1,
                type=log_type,
                action=action,
                timestamp=self.now,
                user=user,
                title=title,
                page_id=page_id,
                params=params,
            )
        )

    def redirect_target(self, page: StoredPage) -> str | None:
        """The title a page redirects to."""
        match = REDIRECT.match(page.latest.text)
        return self.normal(match[1]) if match else None

    def called(self, text: str) -> set[str]:
        """Full titles of the pages a text transcludes directly."""
        titles = set()
        for name in CALL.findall(INVISIBLE.sub("", text)):
            in_namespace = name.startswith(":") or self.site.namespace_of(name)
            title = self.normal(name if in_namespace else f"Template:{name}")
            if title:
                titles.add(title)
        return titles

    def categories(self, page: StoredPage) -> set[str]:
        """Full titles of the categories that a page's own text puts it into."""
        links = CATEGORY.findall(INVISIBLE.sub("", page.latest.text))
        titles = (self.normal(f"Category:{name}") for name in links)
        return {title for title in titles if title}

    def embeds(self, page: StoredPage) -> set[str]:
        """Full titles of all pages a page transcludes, through others too."""
        seen: set[str] = set()
        waiting = self.called(page.latest.text)
        while waiting:
            title = waiting.pop()
            if title in seen:
                continue
            seen.add(title)
            source = self.page(title)
            if source:
                target = self.redirect_target(source)
                waiting |= {target} if target else self.called(source.latest.text)
        return seen


def hidden_parts(*, text: bool, user: bool) -> dict[str, object]:
    """What a log entry says is hidden of a revision."""
    return {
        "bitmask": int(text) + 4 * int(user),
        "content": text,
        "comment": False,
        "user": user,
        "restricted": False,
    }


def canonical_user(name: str) -> str:
    """A user name as the wiki writes it."""
    name = re.sub(r"[\s_]+", " ", name).strip()
    return name[:1].upper() + name[1:]


def transformed(title: str, text: str, user: str, now: datetime) -> str:
    """What the wiki makes of a text on saving (pre-save transform).

    Raises ValueError where a JSON page's text is not JSON.
    """
    if is_json(title):
        return json.dumps(json.loads(text), ensure_ascii=False, indent=4)
    when = f"{now:%H:%M}, {now.day} {now:%B %Y} (UTC)"
    name = f"[[User:{user}|{user}]] ([[User talk:{user}|talk]])"
    forms = {3: name, 4: f"{name} {when}", 5: when}
    return SIGNATURE.sub(lambda match: forms[len(match[0])], text).rstrip()


def is_json(title: str) -> bool:
    """Whether a page of this title has the content model `json`."""
    return title.startswith("User:") and "/" in title and title.endswith(".json")
