"""Values that a wiki answers with: pages, revisions, changes, accounts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from urllib.parse import parse_qs, unquote, urlsplit

T = TypeVar("T")

_ADDRESS = re.compile(
    r"(?:https?:)?//(?P<host>[^/?#]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_MY_LANGUAGE = re.compile(r"([^:]+):[ _]*MyLanguage/(.+)", re.IGNORECASE | re.DOTALL)
_TO_META = frozenset(("m", "meta", "metawikipedia"))


IMPORTED = ">"
"""Stands in the name of whose revision was imported ("prefix>Name"), and in the name of
no account."""


@dataclass(frozen=True, slots=True)
class Site:
    """Facts of the wiki that parsing and linking need (`meta=siteinfo`)."""

    host: str  # "meta.wikimedia.org", with a port if it has one
    database: str  # "metawiki"
    article_url: str  # "https://meta.wikimedia.org/wiki/$1"
    script_url: str  # "https://meta.wikimedia.org/w/index.php"
    namespaces: Mapping[int, tuple[str, ...]]  # id → local name, canonical, aliases
    language: str
    extensions: frozenset[str]
    timezone: str = "UTC"  # IANA name of the zone that signatures are written in

    def namespace_of(self, title: str) -> int:
        """The namespace id of a full title; 0 where no prefix is a namespace."""
        prefix, colon, _ = title.partition(":")
        folded = prefix.strip().replace("_", " ").casefold()
        if colon and folded:
            for number, names in self.namespaces.items():
                if folded in (name.casefold() for name in names):
                    return number
        return 0

    def talk_title(self, title: str) -> str:
        """The title of the talk page of a subject page."""
        number = self.namespace_of(title)
        talk = self.namespaces[number | 1][0]
        base = title.partition(":")[2].strip() if number else title
        return f"{talk}:{base}"

    def title_of(self, written: str) -> str:
        """The title that people mean by an address of this wiki or a way to a page.

        `Special:MyLanguage/X` is X, and so is `m:X` or `meta:X`, which is how all wikis
        link to Meta, where Space lives. Other texts come back as they are.
        """
        title = self._title_in(written).replace("_", " ").strip()
        prefix, _, rest = title.removeprefix(":").partition(":")
        if prefix.lower() in _TO_META and rest:
            title = rest.strip()
        while (page := _MY_LANGUAGE.fullmatch(title)) and self._is_special(page[1]):
            title = str(page[2]).strip()
        return title[:1].upper() + title[1:]

    def _is_special(self, prefix: str) -> bool:
        return self.namespace_of(f"{prefix}:x") == -1 or prefix.lower() == "special"

    def _title_in(self, written: str) -> str:
        """The title in an address of this wiki, of its phone version too."""
        address = _ADDRESS.fullmatch(written)
        if address is None or not self._is_here(address["host"]):
            return written
        path, _, query = address["rest"].partition("#")[0].partition("?")
        if titles := parse_qs(query).get("title"):
            return str(titles[0])
        before, _, behind = urlsplit(self.article_url).path.partition("$1")
        if not path.startswith(before) or not path.endswith(behind):
            return written
        return unquote(path[len(before) : len(path) - len(behind)])

    def _is_here(self, host: str) -> bool:
        name = host.lower().replace(".m.", ".", 1).removeprefix("m.")
        return name in {self.host.lower(), urlsplit(self.article_url).netloc.lower()}


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page that exists, without its text (`prop=info`)."""

    id: int
    title: str
    namespace: int
    latest: int  # revision id
    redirect: bool = False
    language: str | None = None  # page language
    translation: bool = (
        False  # a Translate /xx page (pageprop translate-is-translation)
    )


@dataclass(frozen=True, slots=True)
class Revision:
    """One revision of a page. `text` is None when not asked for or hidden.

    `user` is the name that its account has now, None when it is hidden; `user_id` is 0
    for a hidden name and for who has no account here: an address, or somebody whose
    revision was imported ("prefix>Name").
    """

    id: int
    parent: int
    page_id: int
    timestamp: datetime
    user: str | None
    sha1: str | None  # hex; None when the text is hidden
    user_id: int = 0
    size: int = 0
    tags: frozenset[str] = frozenset()
    text_hidden: bool = False
    user_hidden: bool = False
    text: str | None = field(default=None, repr=False)
    title: str = ""  # of the page, as the answer names it


@dataclass(frozen=True, slots=True)
class Change:
    """One row of recent changes of type edit or new."""

    revid: int
    page_id: int
    title: str
    namespace: int
    user: str | None
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class Contribution:
    """An edit of an account, with the title that its page has now.

    `summary` is None where it is hidden.
    """

    revid: int
    page_id: int
    title: str
    timestamp: datetime
    summary: str | None


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to a page: an edit, a log entry, a patrol.

    `id` tells them apart. `user` is None where the name is hidden.
    """

    id: str
    title: str
    namespace: int
    user: str | None
    timestamp: datetime


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry of the wiki's public logs (`list=logevents`).

    `params` are the wiki's own: `curid` and `previd` for patrol,
    `target_title` for move, `ids` and `new` for delete/revision.
    """

    id: int
    type: str  # "patrol", "delete", "move", "block", …
    action: str  # "patrol", "delete", "restore", "revision", "move", …
    timestamp: datetime
    user: str | None
    title: str
    page_id: int
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Account:
    """A user account as the wiki sees it now (`list=users`)."""

    name: str
    exists: bool
    rights: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    blocked: bool = False  # sitewide; a partial block does not count
    edit_count: int = 0
    registered: datetime | None = None
    id: int = 0  # 0 for a name without an account
    temporary: bool = False  # made by the wiki for who edits without an account


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit to make.

    `base` is the revision the text was made from; None means the page must not
    exist yet. With `section_heading` the text becomes a new section at the end and
    `base` is not used. Adapters always send `assertuser`, `createonly` or
    `nocreate`, and `baserevid`; they never send append or prepend.
    """

    title: str
    text: str
    summary: str
    base: int | None = None
    section_heading: str | None = None
    minor: bool = False
    bot: bool = False
    content_model: str | None = None


@dataclass(frozen=True, slots=True)
class Rendering:
    """HTML of a text as the wiki's own parser makes it (`action=parse`)."""

    html: str
    categories: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Subpages:
    """Titles below `folder` of which `names` matches the rest, after the slash."""

    folder: str
    names: re.Pattern[str]

    def __contains__(self, title: str) -> bool:
        """Whether a full title is one of them."""
        folder = f"{self.folder}/"
        rest = title.removeprefix(folder)
        return title.startswith(folder) and bool(self.names.fullmatch(rest))


@dataclass(slots=True)
class RequestCount:
    """Counters of requests sent: those that ask for page text, and others."""

    content: int = 0
    other: int = 0

    @property
    def total(self) -> int:
        """How many were sent."""
        return self.content + self.other


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A page's text as of its `latest` revision, and who saved it.

    `user` is None and `text` empty where the wiki hides them.
    """

    title: str
    latest: int
    user: str | None
    text: str


def batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut ids or titles into runs of at most `size`, for adapters."""
    for start in range(0, len(values), size):
        yield values[start : start + size]
