"""Search in what is published, by the database's own index of words.

SQLite's FTS5 and MariaDB's FULLTEXT know scripts in different ways, and neither knows
all, so `space.text.search_terms` makes the words, which are written in ASCII here: then
both find the same. How well a page fits is told by where its words stand, and so is the
same in both as well: the title before the summary before the rest, newer before older.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, digits
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    case,
    delete,
    insert,
    literal,
    select,
    text,
)

from space.codec.values.links import label
from space.publication.publication import Publication
from space.review.record import Record
from space.store.queries.conditions import LANGUAGES
from space.store.queries.paging import newest_first, page_of
from space.store.tables.records import to_listed
from space.store.tables.tables import records, searchable, terms
from space.text.folding import fold
from space.text.from_wikitext import plain_text
from space.text.languages import spellings
from space.text.search_terms import Term, pieces
from space.text.search_terms import query_terms as terms_of

_TITLE, _SUMMARY = 8, 3  # how much more than in the rest a word counts there
_IN_SQLITE = text(
    "SELECT rowid FROM space_search_words WHERE space_search_words MATCH :asked"
)
_IN_MARIADB = text("MATCH(space_search.words) AGAINST (:asked IN BOOLEAN MODE)")
_MARK = "xq"  # before each word: too long to be left out, and no word of stop lists
_BORDER = "zzz"  # no word: nothing reaches over it
_LONGEST = 80  # characters of a written word, MariaDB takes 84
_PLAIN = frozenset(ascii_lowercase + digits) - {"z"}
_DIGITS = digits + ascii_lowercase
_ALSO = ("topics", "authors", "organizers", "city", "venue", "series")


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; `kind` and `language` are empty for any."""

    words: str
    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found, and its text without markup."""

    publication: Publication
    text: str


@dataclass(frozen=True, slots=True)
class Hits:
    """Some of what was found, best first, and how many there are in all."""

    rows: tuple[Hit, ...] = ()
    count: int = 0


class SearchIndex:
    """The full-text search of a store."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def find(self, query: Search, *, limit: int, offset: int = 0) -> Hits:
        """The published pages that have all of the words, best first."""
        asked = terms_of(query.words)
        if not asked:
            return Hits()
        with self._engine.connect() as connection:
            matching = _matching(connection, query, asked)
            joined = records.join(searchable, searchable.c.page_id == records.c.page_id)
            best = newest_first(
                select(records.c.page_id)
                .select_from(joined)
                .where(*matching)
                .order_by(_score(asked).desc())
            )
            ids, count = page_of(connection, best, limit=limit, offset=offset)
            rows = _rows(connection, ids)
            return Hits(tuple(rows[page_id] for page_id in ids), count)


def _rows(connection: Connection, ids: Sequence[int]) -> dict[int, Hit]:
    query = (
        select(records, searchable.c.text)
        .join(searchable, searchable.c.page_id == records.c.page_id)
        .where(records.c.page_id.in_(ids))
    )
    return {
        row["page_id"]: Hit(to_listed(dict(row)), row["text"])
        for row in connection.execute(query).mappings()
    }


def _matching(
    connection: Connection, wanted: Search, found: tuple[Term, ...]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [records.c.revision.is_not(None)]
    if connection.dialect.name == "sqlite":
        query = " AND ".join(map(_for_sqlite, found))
        rows = _IN_SQLITE.bindparams(asked=query).columns(searchable.c.page_id)
        conditions.append(searchable.c.page_id.in_(rows))
    else:
        query = " ".join(map(_for_mariadb, found))
        conditions.append(and_(True, _IN_MARIADB.bindparams(asked=query)))
        runs = (term for term in found if len(term.pieces) > 1)
        conditions += [searchable.c.words.like(_pattern(term)) for term in runs]
    if wanted.kind:
        conditions.append(records.c.kind == wanted.kind)
    if wanted.language:
        having = select(terms.c.page_id).where(
            terms.c.field.in_(LANGUAGES),
            terms.c.term.in_(list(map(fold, spellings(wanted.language)))),
        )
        conditions.append(records.c.page_id.in_(having))
    return conditions


def _score(found: Iterable[Term]) -> ColumnElement[int]:
    score: ColumnElement[int] = literal(0)
    for term in found:
        pattern = _pattern(term)
        for column, weight in (
            (searchable.c.title, _TITLE),
            (searchable.c.summary, _SUMMARY),
        ):
            score += case((column.like(pattern), weight), else_=0)
    return score


def _pattern(term: Term) -> str:
    """What a text that has a term is LIKE: every word has a space on both sides."""
    phrase = " ".join(map(written, term.pieces))
    return f"% {phrase}%" if term.beginning else f"% {phrase} %"


def _for_sqlite(term: Term) -> str:
    phrase = " ".join(map(written, term.pieces))
    return f'"{phrase}"{"*" if term.beginning else ""}'


def _for_mariadb(term: Term) -> str:
    """Pieces of a term that have all its characters; `_pattern` says how they stand.

    To ask for a phrase has it read whole texts, slowly.
    """
    end = "*" if term.beginning else ""
    apart = dict.fromkeys((*term.pieces[::2], term.pieces[-1]))
    return " ".join(f"+{written(piece)}{end}" for piece in apart)


def written(piece: str) -> str:
    """A word in ASCII; the beginning of a word is the beginning of what is written."""
    signs = [_MARK]
    size = len(_MARK)
    for character in piece:
        sign = character if character in _PLAIN else _encode_character(ord(character))
        size += len(sign)
        if size > _LONGEST:
            break
        signs.append(sign)
    return "".join(signs)


def _encode_character(number: int) -> str:
    found = ""
    for _ in range(4):  # 36⁴ is more than Unicode has
        number, rest = divmod(number, len(_DIGITS))
        found = _DIGITS[rest] + found
    return f"z{found}"


def index_terms(connection: Connection, kept: Iterable[Record]) -> None:
    """Have published pages be found; they come with their bodies."""
    rows = [_row(each.publication) for each in kept if each.publication]
    if rows:
        connection.execute(insert(searchable), rows)


def forget_terms(connection: Connection, page_ids: Iterable[int]) -> None:
    """Have pages not be found any more."""
    ids = list(page_ids)
    connection.execute(delete(searchable).where(searchable.c.page_id.in_(ids)))


def _row(publication: Publication) -> dict[str, Any]:
    title = label(str(publication.values.get("title", "")))
    summary = label(str(publication.values.get("summary", "")))
    body = plain_text(publication.body)
    own = [publication.values.get(name, ()) for name in _ALSO]
    more = [
        label(item)
        for value in own
        for item in ((value,) if isinstance(value, str) else value)
    ]
    parts = (title, summary, *more, body)
    words = f" {_BORDER} ".join(_written(part) for part in parts)
    return {
        "page_id": publication.page_id,
        "title": f" {_written(title)} ",
        "summary": f" {_written(summary)} ",
        "text": " ".join(part for part in (summary, body) if part),
        "words": f" {words} ",
    }


def _written(part: str) -> str:
    return " ".join(map(written, pieces(part)))
