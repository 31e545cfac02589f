"""Full-text search in what is published, by the database's own index.

SQLite's FTS5 and MariaDB's FULLTEXT know scripts in different ways, and neither knows
all, so `space.text.search_terms` makes the words, which are written in ASCII here: then
both find the same. How well a page fits is told by where its words stand, and so is the
same in both as well: the title before the summary before the rest, newer before older.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    and_,
    case,
    literal,
    or_,
    select,
    text,
)

from space.publication.event_texts import KIND as TRANSLATION
from space.publication.publication import Publication
from space.store.index.search_row import written
from space.store.queries.sql.conditions import LANGUAGES
from space.store.queries.sql.paging import newest_first, page_of
from space.store.tables.record_rows import OF_PUBLICATION, to_listed
from space.store.tables.tables import records, searchable, terms
from space.text.folding import fold
from space.text.languages import spellings
from space.text.search_terms import Term
from space.text.search_terms import query_terms as terms_of

_TITLE, _SUMMARY = 8, 3  # how much more than in the rest a word counts there
_IN_SQLITE = text(
    "SELECT rowid FROM space_search_words WHERE space_search_words MATCH :asked"
)
_IN_MARIADB = text("MATCH(space_search.words) AGAINST (:asked IN BOOLEAN MODE)")

_SEARCHED = records.join(searchable, searchable.c.page_id == records.c.page_id)
_IS_TEXT = and_(records.c.kind == TRANSLATION, records.c.lead.is_not(None))
_ANY_TEXT = select(records.c.page_id).where(_IS_TEXT).limit(1)
_MOST_TEXTS = 500  # translations that are looked at, the best ones


@dataclass(frozen=True, slots=True)
class Search:
    """A query of the search; `kind` and `language` are empty for any."""

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
    """A page of results, best first, and how many there are in all."""

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
            matching = and_(*_matching(connection, query, asked))
            told = _told(connection, query, asked)
            if told:
                matching = or_(matching, records.c.page_id.in_(told))
            best = newest_first(
                select(records.c.page_id)
                .select_from(_SEARCHED)
                .where(matching, records.c.kind != TRANSLATION)
                .order_by(_score(asked).desc())
            )
            ids, count = page_of(connection, best, limit=limit, offset=offset)
            rows = _rows(connection, ids)
            of_texts = _rows(connection, [told[each] for each in ids if each in told])
            hits = (
                _in_its_language(rows[each], of_texts[told[each]])
                if each in told
                else rows[each]
                for each in ids
            )
            return Hits(tuple(hits), count)


def _told(
    connection: Connection, query: Search, asked: tuple[Term, ...]
) -> dict[int, int]:
    """Events that are found by a translation alone → that page, the best there is."""
    if query.kind == "post" or connection.scalar(_ANY_TEXT) is None:
        return {}
    matching = _matching(connection, replace(query, kind=""), asked)
    texts = (
        select(records.c.lead, records.c.page_id)
        .select_from(_SEARCHED)
        .where(*matching, _IS_TEXT)
        .order_by(_score(asked).desc(), records.c.page_id)
        .limit(_MOST_TEXTS)
    )
    found: dict[int, int] = {}
    for event, page_id in connection.execute(texts):
        found.setdefault(event, page_id)
    own = select(records.c.page_id).select_from(_SEARCHED)
    own = own.where(*matching, records.c.page_id.in_(found))
    for event in connection.scalars(own) if found else ():
        del found[event]
    return found


def _in_its_language(event: Hit, text: Hit) -> Hit:
    """An event in the language of the text by which it was found."""
    language = str(text.publication.values["language"])
    return Hit(event.publication.in_language(language), text.text)


def _rows(connection: Connection, ids: Sequence[int]) -> dict[int, Hit]:
    query = (
        select(*OF_PUBLICATION, searchable.c.text)
        .join(searchable, searchable.c.page_id == records.c.page_id)
        .where(records.c.page_id.in_(ids))
    )
    return {
        row["page_id"]: Hit(to_listed(dict(row)), row["text"])
        for row in connection.execute(query).mappings()
    }


def _matching(
    connection: Connection, criteria: Search, asked: tuple[Term, ...]
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [records.c.revision.is_not(None)]
    if connection.dialect.name == "sqlite":
        query = " AND ".join(map(_for_sqlite, asked))
        rows = _IN_SQLITE.bindparams(asked=query).columns(searchable.c.page_id)
        conditions.append(searchable.c.page_id.in_(rows))
    else:
        query = " ".join(map(_for_mariadb, asked))
        conditions.append(and_(True, _IN_MARIADB.bindparams(asked=query)))
        runs = (term for term in asked if len(term.pieces) > 1)
        conditions += [searchable.c.words.like(_pattern(term)) for term in runs]
    if criteria.kind:
        conditions.append(records.c.kind == criteria.kind)
    if criteria.language:
        having = select(terms.c.page_id).where(
            terms.c.field.in_(LANGUAGES),
            terms.c.term.in_(list(map(fold, spellings(criteria.language)))),
        )
        conditions.append(records.c.page_id.in_(having))
    return conditions


def _score(asked: Iterable[Term]) -> ColumnElement[int]:
    score: ColumnElement[int] = literal(0)
    for term in asked:
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
