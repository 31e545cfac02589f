"""The tables of the store. All can be dropped and made again from the wiki.

Their names have the layout's, so that tables of another version of the program may
stand beside them (`space.store.tables.layouts`).

Times are Unix seconds, texts that are compared are folded (`space.text.folding.fold`).
Strings have lengths and a binary collation, which MariaDB needs to tell "é" from "e".
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
    text,
)
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

LAYOUT_NAME = "ed5a42c0"
"""The first digits of `layout()`; `test_layouts.py` tells what it has to be."""

KEEPS_ROWS = True
"""Whether rows of the layout before this one may be shown until they are made anew.

A change of what stands in a column that keeps its name makes it False.
"""

# As the key of a table, SQLite keeps its rows in the order of an INTEGER only.
_PAGE_ID = BigInteger().with_variant(sqlite.INTEGER(), "sqlite")
_LONG = Text().with_variant(mysql.MEDIUMTEXT(), "mysql")
_WRITTEN = Text().with_variant(
    mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), "mysql"
)
_BYTES = LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql")
_TITLE = String(320)  # 255 bytes and a namespace
_TERM = String(320)
_OPTIONS: dict[str, Any] = {
    "mysql_engine": "InnoDB",
    "mysql_charset": "utf8mb4",
    "mysql_collate": "utf8mb4_bin",
}

metadata = MetaData()


def layout_prefix(name: str = LAYOUT_NAME) -> str:
    """What the names of all tables of a layout begin with."""
    return f"space_{name}_"


def _named(noun: str) -> str:
    """The name that a table or an index has in this layout."""
    return f"{layout_prefix()}{noun}"


key_values = Table(
    _named("key_value"),
    metadata,
    Column("name", String(64), primary_key=True),
    Column("lifetime", String(16), nullable=False),
    Column("value", _LONG, nullable=False),
    **_OPTIONS,
)
"""What is known of the store itself, by the keys of `space.store.keys`."""

records = Table(
    _named("record"),
    metadata,
    Column("page_id", _PAGE_ID, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),
    Column("page_title", _TITLE, nullable=False, index=True),
    Column("namespace", Integer, nullable=False),
    Column("latest", BigInteger, nullable=False),
    Column("state", String(32), nullable=False),
    Column("creator", String(255), index=True),
    Column("pending_revision", BigInteger),
    Column("pending_since", BigInteger),
    Column("problems", _LONG, nullable=False),
    Column("review", _LONG, nullable=False),
    Column("newest", _LONG, nullable=False),
    # of the published revision
    Column("revision", BigInteger),
    Column("fields", _LONG),
    Column("created", BigInteger),
    Column("published", BigInteger),
    Column("updated", BigInteger),
    Column("sequence", BigInteger),
    Column("search", _LONG),
    # of an event, for the calendar's time zones
    Column("tzid", String(64)),
    Column("starts", BigInteger),
    Column("ends", BigInteger),
    Column("recurs", Integer, nullable=False),
    Column("dropped", _LONG),
    # the end of its last occurrence that takes place
    Column("held_until", BigInteger, index=True),
    # of an event that may stand for an occurrence of a series, and of one that does
    Column("series_title", _TITLE, index=True),
    Column("series_id", BigInteger, index=True),
    Column("replaces", String(16)),
    Column("inherited", _LONG),
    # of a post or a translation: what it was translated from
    Column("original_title", _TITLE, index=True),
    # what stands for it: the first of a post's languages, a translation's event
    Column("lead", BigInteger, index=True),
    # the other languages of a post or of an event
    Column("versions", _LONG),
    # of an event that is gone
    Column("removed", BigInteger, index=True),
    # With all that lists of posts ask first, so that only rows that are shown are read.
    Index(
        _named("record_published"), "kind", "published", "page_id", "lead", "revision"
    ),
    Index(_named("record_state"), "state", "pending_since"),
    # By which the few that have any are found at each change.
    Index(
        _named("record_versions"),
        "versions",
        sqlite_where=text("versions IS NOT NULL"),
        mysql_length=1,
    ),
    **_OPTIONS,
)

terms = Table(
    _named("term"),
    metadata,
    Column("page_id", BigInteger, primary_key=True, autoincrement=False),
    Column("field", String(32), primary_key=True),
    Column("term", _TERM, primary_key=True),
    Column("kind", String(16), nullable=False),
    Index(_named("term_term"), "field", "term", "page_id"),
    # By which all values that a form offers are counted without a look at the rows.
    Index(_named("term_kind"), "kind", "field", "term"),
    **_OPTIONS,
)
"""Folded values of indexed fields of what is published, by kind: one row a value."""

LONG = 2 * 24 * 60 * 60
"""Seconds. Few occurrences last longer: lists find those that began before apart."""

occurrences = Table(
    _named("occurrence"),
    metadata,
    Column("page_id", BigInteger, primary_key=True, autoincrement=False),
    Column("starts", BigInteger, primary_key=True, autoincrement=False),
    Column("ends", BigInteger, nullable=False),
    Column("start", String(16), nullable=False),
    Column("end", String(16)),
    Column("dropped", Integer, nullable=False),
    # With all that lists of events ask first, as that of posts above.
    Index(_named("occurrence_time"), "starts", "page_id", "ends", "dropped"),
    Index(_named("occurrence_dropped"), "dropped"),
    Index(_named("occurrence_end"), "ends"),
    # Else all that is over is looked through for the few that may go on still. With
    # all that lists ask first, as above; MariaDB has no index of some rows.
    Index(
        _named("occurrence_long"),
        *("ends", "dropped"),
        sqlite_where=text(f"ends - starts > {LONG}"),
    ).ddl_if(dialect="sqlite"),
    sqlite_with_rowid=False,
    **_OPTIONS,
)
"""When published events take place: instants, and wall times as pages have them.

Those that are `dropped` do not: readers are told of them for a while.
"""

fragments = Table(
    _named("fragment"),
    metadata,
    Column("form", String(64), primary_key=True),
    Column("page_id", _PAGE_ID, primary_key=True, autoincrement=False, index=True),
    Column("text", _LONG, nullable=False),
    Column("octets", Integer, nullable=False),
    Column("digest", BigInteger, nullable=False),
    # of the part of an event in a map's feature: its place, and when it begins
    Column("place", String(190)),
    Column("begins", BigInteger),
    sqlite_with_rowid=False,
    **_OPTIONS,
)
"""Texts of pages in each feed, published or struck out.

Rows of a feed lie together; digests add up to an ETag, octets of UTF-8 to a length.
"""

searchable = Table(
    _named("search"),
    metadata,
    Column("page_id", _PAGE_ID, primary_key=True, autoincrement=False),
    Column("minutes", Integer, nullable=False),
    Column("title", _WRITTEN, nullable=False),
    Column("summary", _WRITTEN, nullable=False),
    Column("text", _LONG, nullable=False),
    Column("words", _WRITTEN, nullable=False),
    **_OPTIONS,
)
"""Searchable words of published pages, written by `space.store.index.search_row`.

`text` is for excerpts, as people read it, `minutes` how long they read the body. What
is short comes first: to rank by titles, SQLite need not read on.
"""

SEARCH_WORDS = _named("search_words")
"""SQLite's table of words, and MariaDB's index of them."""

_WORDS_SQLITE = tuple(
    statement.replace("space_search", searchable.name)
    for statement in (
        """CREATE VIRTUAL TABLE space_search_words USING fts5(
    words, content='space_search', content_rowid='page_id', tokenize='ascii')""",
        """CREATE TRIGGER space_search_added AFTER INSERT ON space_search BEGIN
    INSERT INTO space_search_words(rowid, words) VALUES (new.page_id, new.words);
    END""",
        """CREATE TRIGGER space_search_removed AFTER DELETE ON space_search BEGIN
    INSERT INTO space_search_words(space_search_words, rowid, words)
    VALUES ('delete', old.page_id, old.words); END""",
    )
)
_WORDS_MARIADB = f"CREATE FULLTEXT INDEX {SEARCH_WORDS} ON {searchable.name} (words)"


def _with(when: str, statement: str, database: str) -> None:
    """Execute a statement when the table of words is created or dropped."""
    ddl = DDL(statement)  # type: ignore[no-untyped-call]
    event.listen(searchable, when, ddl.execute_if(dialect=database))


for _each in _WORDS_SQLITE:
    _with("after_create", _each, "sqlite")
_with("after_create", _WORDS_MARIADB, "mysql")
_with("before_drop", f"DROP TABLE IF EXISTS {SEARCH_WORDS}", "sqlite")

whole_feeds = Table(
    _named("whole_feed"),
    metadata,
    Column("form", String(16), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("etag", String(32), nullable=False),
    # Before the text: to read what comes after it, SQLite goes through all of it.
    Column("octets", Integer, nullable=False),
    Column("text", _BYTES, nullable=False),
    **_OPTIONS,
)
"""Complete feeds, built in advance (`space.store.tables.whole_feeds`)."""

feed_parts = Table(
    _named("feed_part"),
    metadata,
    Column("form", String(16), primary_key=True),
    Column("section", Integer, primary_key=True, autoincrement=False),
    # the least page id that it may have; the next part's is the end
    Column("first", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    # of its first row; before the text, as above
    Column("facts", _LONG, nullable=False),
    Column("text", _BYTES, nullable=False),
    **_OPTIONS,
)
"""Parts of whole feeds, made with their fragments (`space.store.tables.feed_parts`)."""

queue = Table(
    _named("queue"),
    metadata,
    Column("page_id", _PAGE_ID, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("row", _LONG, nullable=False),
    **_OPTIONS,
)
"""The review queue as of the last sync; `row` is a `space.review.queue.Row` in JSON."""

month_statistics = Table(
    _named("month_statistics"),
    metadata,
    Column("month", String(7), primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("published", Integer, nullable=False),
    Column("reviewed", Integer, nullable=False),
    Column("prompt", Integer, nullable=False),
    Column("overdue", Integer, nullable=False),
    Column("median", Integer),
    Column("ninetieth", Integer),
    Column("reviewers", Integer, nullable=False),
    Column("authors", Integer, nullable=False),
    Column("volunteers", Integer, nullable=False),
    Column("languages", _LONG, nullable=False),
    Column("corrections", Integer, nullable=False),
    Column("taken_back", Integer, nullable=False),
    Column("looked", Integer),
    **_OPTIONS,
)
"""Review by month as of the last sync (`space.review.queue.statistics`)."""

page_copies = Table(
    _named("page_copy"),
    metadata,
    Column("title", _TITLE, primary_key=True),
    Column("latest", BigInteger, nullable=False),
    Column("user", String(255)),
    Column("text", _LONG, nullable=False),
    **_OPTIONS,
)
"""Texts of pages that sync reads at each run: settings, topics, the ledger."""

SUMMARIES = (queue, month_statistics)
"""What all records make together; shown as it is until it is made anew."""

RENDERED = (records, terms, occurrences, fragments)
"""Made of a page's values, and made anew when another page changes them."""

RECORDS = (*RENDERED, searchable, whole_feeds, feed_parts)
"""Tables of records."""

contents = Table(
    "space_content",
    metadata,
    Column("page_id", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),
    Column("html", _LONG, nullable=False),
    **_OPTIONS,
)
"""The wiki's HTML of posts: a cache by revision, which outlives every layout."""

renderings = Table(
    "tool_rendering",
    metadata,
    Column("revision", BigInteger, primary_key=True, autoincrement=False),
    Column("language", String(64), primary_key=True),
    Column("made", BigInteger, nullable=False, index=True),
    Column("html", _LONG, nullable=False),
    **_OPTIONS,
)
"""Clean HTML of published revisions, by the reader's language: the tool's own cache,
which is here so that what is not published any more leaves it, too."""

talk_pages = Table(
    _named("talk_page"),
    metadata,
    Column("talk_id", BigInteger, primary_key=True, autoincrement=False),
    Column("page_id", BigInteger, nullable=False, index=True),
    Column("title", _TITLE, nullable=False),
    Column("latest", BigInteger, nullable=False),
    Column("place", String(16), nullable=False),
    **_OPTIONS,
)
"""Talk pages as far as they were read; `page_id` is what they talk about."""

threads = Table(
    _named("thread"),
    metadata,
    Column("talk_id", BigInteger, primary_key=True, autoincrement=False),
    Column("thread", String(255), primary_key=True),
    Column("page_id", BigInteger, nullable=False),
    Column("title", _LONG, nullable=False),
    Column("author", String(255), nullable=False),
    Column("begun", BigInteger, nullable=False),
    Column("active", BigInteger, nullable=False),
    Column("comments", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("place", String(16), nullable=False),
    Column("copy", Integer, nullable=False),
    Column("aside", Integer, nullable=False),
    Column("search", _LONG, nullable=False),
    Index(_named("thread_page"), "page_id", "thread"),
    Index(_named("thread_active"), "active"),
    **_OPTIONS,
)
"""Threads. `copy` marks one that another page of the same talk has, too; `aside` one
that only somebody blocked wrote in."""

comments = Table(
    _named("comment"),
    metadata,
    Column("talk_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("thread", String(255), nullable=False),
    Column("comment", String(255), nullable=False),
    Column("parent", String(255), nullable=False),
    Column("level", Integer, nullable=False),
    Column("author", String(255), nullable=False),
    Column("at", BigInteger, nullable=False, index=True),
    Column("html", _LONG, nullable=False),
    Column("verdict", Integer, nullable=False),
    # Those of the interested are few, and asked for by name.
    Index(_named("comment_verdict"), "verdict", "author"),
    **_OPTIONS,
)

TALK = (talk_pages, threads, comments)
"""Tables of talk pages."""


DERIVED = (*RECORDS, *TALK, *SUMMARIES, page_copies)
"""What follows from the wiki; all but `key_values` that has the layout's name."""

CACHES = (contents, renderings)
"""Tables that all layouts share."""


@cache
def layout() -> str:
    """A hash of the tables' definitions, without their layout's name."""
    digest = hashlib.sha256()
    for statement in (*_WORDS_SQLITE, _WORDS_MARIADB, *_definitions()):
        digest.update(statement.replace(LAYOUT_NAME, "").encode())
    return digest.hexdigest()


def _definitions() -> Iterator[str]:
    for table in (key_values, *DERIVED):
        yield str(CreateTable(table).compile(dialect=sqlite.dialect()))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            yield str(CreateIndex(index))
