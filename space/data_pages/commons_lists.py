"""Tables of events and posts on Commons, from which lists on any wiki are made.

They have what the bot's own data pages have (`space.data_pages.pages`), so nothing
private either: a row for each date of an event in each month that it touches, and one
for each post. A table under CC0 has facts only; summaries are texts of their authors,
and the words of lists are under the licence of `i18n/`.
`docs/data-pages.md` describes the columns.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from space.data_pages.list_labels import labels_table
from space.data_pages.pages import (
    Entry,
    listed_fields,
    month_entries,
    pages_key,
    year_entries,
)
from space.data_pages.tabular import (
    LICENCES,
    Column,
    Head,
    Kind,
    Row,
    Table,
    Titles,
    joined,
    line,
    localized,
    parts_of,
    table,
    whole_line,
)
from space.publication.occurrence import Occurrence
from space.publication.publication import Publication
from space.schema.kinds import load_kind
from space.settings.onwiki import Settings
from space.settings.topics import Topics
from space.text.languages import normal
from space.text.messages import Catalogue
from space.wiki.urls import Urls
from space.wiki.values import Subpages

BASE = re.compile(r"Data:[^/#<>\[\]|{}_][^#<>\[\]|{}]{0,160}")
"""Titles below which the tables are: `Data:Wikimedia events`."""

FACTS, TEXTS = LICENCES
MOST = 400_000
"""Octets of the rows of a table: Lua reads so many in some megabytes."""

_NAMES = re.compile(r"(Events/\d{4}-\d{2}|Posts/\d{4})(/([2-9]|[1-9]\d))?\.tab")
_AUTHORED = frozenset({"summary", "image_alt"})
_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("id", "rev", "later", "lead", "part"), "number"),
    **dict.fromkeys(("texts", "text_pages", "versions", "text"), "localized"),
    "dropped": "boolean",
}
_FIRST = ("id", "rev", "page")
_LAST = {
    "event": (
        *("start", "end", "zone", "from", "to", "later", "dropped"),
        *("confirmed", "until", "texts", "text_pages", "image", "image_alt"),
    ),
    "post": (
        *("published", "date", "original", "lead", "versions", "image", "image_alt"),
    ),
}
_FIELDS = {"zone": "timezone"}  # columns of a field with another name
_WHOLE = frozenset({"page", "image", "original", "series"})

Make = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class CommonsLists:
    """Tables below `base`, under a licence, with texts in all languages."""

    base: str
    licence: str
    catalogue: Catalogue
    urls: Urls
    root: str

    def event_tables(self, rows: Iterable[Occurrence]) -> Mapping[str, Table]:
        """The tables `Events/<yyyy>-<mm>` of all occurrences, by title."""
        return self._tables("event", "Events", month_entries(rows))

    def post_tables(self, posts: Iterable[Publication]) -> Mapping[str, Table]:
        """The tables `Posts/<yyyy>` by the UTC year of publication, by title."""
        return self._tables("post", "Posts", year_entries(posts))

    def contents(
        self, titles: Iterable[str], settings: Settings
    ) -> Mapping[str, Table]:
        """The table that says which tables there are, and where pages and tool are."""
        prefix = settings.link_prefix(self.urls.host)
        facts = {
            "wiki": prefix.removeprefix(":") or self.urls.article_url,
            "root": self.root,
            "confirm_months": str(settings.confirm_months),
            "tool": settings.tool,
        }
        rows: list[Row] = [
            {"name": name, "value": value} for name, value in facts.items() if value
        ]
        rows += [_part(title.removeprefix(f"{self.base}/")) for title in titles]
        columns = self._columns("name", "value", "part")
        return {self.contents_title: table(columns, rows, self.head("contents"))}

    def labels(self, topics: Topics) -> Mapping[str, Table]:
        """The table of the texts of lists, in all languages."""
        columns = self._columns("key", "text", "names")
        title = f"{self.base}/Labels.tab"
        return {
            title: labels_table(self.catalogue, topics, columns, self.head("labels"))
        }

    @property
    def contents_title(self) -> str:
        """The title of the table that names the others."""
        return f"{self.base}/Contents.tab"

    def empty(self) -> Table:
        """A table without rows, for parts that are not needed any more."""
        return table(self._columns("id"), (), self.head("contents"))

    def family(self) -> Subpages:
        """The titles of tables of months and years."""
        return Subpages(self.base, _NAMES)

    def head(self, name: str) -> Head:
        """What a table says of itself: `events`, `posts`, `labels` or `contents`."""
        licences = {"events": self.licence, "posts": self.licence, "labels": TEXTS}
        return Head(
            licences.get(name, FACTS),
            self._texts(f"data-{name}-description"),
            self._texts("data-sources", self.urls.page(self.root))["en"],
        )

    def _tables(
        self, kind: str, name: str, groups: Mapping[str, list[Entry]]
    ) -> Mapping[str, Table]:
        columns = tuple(self._kind_columns(kind))
        makers = {column.name: _maker(column) for column in columns}
        head = self.head(name.lower())
        tables = {}
        for key in sorted(groups):
            rows = (_row(entry, makers) for entry in groups[key])
            for number, part in enumerate(parts_of(rows, MOST), 1):
                further = f"/{number}" if number > 1 else ""
                title = f"{self.base}/{name}/{key}{further}.tab"
                tables[title] = table(columns, part, head)
        return tables

    def _kind_columns(self, kind: str) -> Iterator[Column]:
        for name in _names(kind):
            if self.licence == FACTS and name in _AUTHORED:
                continue
            field = load_kind(kind).fields.get(_FIELDS.get(name, name))
            key = field.label_key if field else _column_key(name)
            yield Column(name, _KINDS.get(name, "string"), self._texts(key))

    def _columns(self, *names: str) -> Sequence[Column]:
        return [
            Column(name, _KINDS.get(name, "string"), self._texts(_column_key(name)))
            for name in names
        ]

    def _texts(self, key: str, *parameters: str) -> Titles:
        """A message in every language that has it, as a cell takes it."""
        texts = {}
        for code, messages in self.catalogue.items():
            text = messages.get(key, "")
            for number, parameter in enumerate(parameters, 1):
                text = text.replace(f"${number}", parameter)
            texts[normal(code)] = text
        return localized(texts) or {}


def _names(kind: str) -> Iterator[str]:
    """The columns of a kind: every field that filters or lists ask for, and more."""
    yield from _FIRST
    for field in listed_fields(kind):
        yield field.name
        if field.reader == "user":
            yield pages_key(field.name)
    yield from _LAST[kind]


def _column_key(name: str) -> str:
    return f"data-column-{name.replace('_', '-')}"


def _maker(column: Column) -> Make:
    """The function that makes a cell of a value of an entry."""
    if column.name == "versions":
        return _pages_by_language
    if column.kind == "localized":
        return localized
    return whole_line if column.name in _WHOLE else _cell


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return line(value)
    return joined(value) if isinstance(value, list) else value


def _pages_by_language(versions: Sequence[Entry]) -> Titles | None:
    return localized({normal(each["language"]): each["page"] for each in versions})


def _row(entry: Entry, makers: Mapping[str, Make]) -> Row:
    return {
        name: makers[name](value) for name, value in entry.items() if name in makers
    }


def _part(name: str) -> Row:
    """The row of a table, `Events/2026-11/2.tab`, in the table of contents."""
    kind, key, *part = name.removesuffix(".tab").split("/")
    return {"name": kind, "value": key, "part": int(part[0]) if part else 1}
