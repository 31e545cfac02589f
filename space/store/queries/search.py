"""Full-text search in what is published, by the database's own index.

SQLite's FTS5 and MariaDB's FULLTEXT know scripts in different ways, and neither knows
all, so `space.text.search_terms` makes the words, which are written in ASCII here: then
both find the same. How well a page fits is told by where its words stand, and so is the
same in both as well: the title before the summary before the rest, newer before older.

Of words that more than `CANDIDATES` pages have, only so many are looked at: the newest,
and the newest of those with one of the words in the title.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Engine, case, literal, or_, select

from space.publication.event_texts import KIND as TRANSLATION
from space.publication.publication import Publication
from space.store.queries.sql.conditions import LANGUAGES
from space.store.queries.sql.paging import newest_first
from space.store.queries.sql.word_index import has_all, newest_with, pattern
from space.store.tables.record_rows import OF_PUBLICATION, to_listed
from space.store.tables.tables import records, searchable, terms
from space.text.folding import fold
from space.text.languages import spellings
from space.text.search_terms import Term
from space.text.search_terms import query_terms as terms_of

CANDIDATES = 200  # pages that are ranked: ten pages of results
_TITLE, _SUMMARY = 8, 3  # how much more than in the rest a word counts there
_FOUND = records.alias("found")
"""Pages that have the words, which may be translations of what is shown."""
_SHOWN = case((_FOUND.c.kind == TRANSLATION, _FOUND.c.lead), else_=_FOUND.c.page_id)


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
    """A page of results, best first, and how many there are to page through.

    `has_more` says that more pages than `count` have the words.
    """

    rows: tuple[Hit, ...] = ()
    count: int = 0
    has_more: bool = False


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
            candidates, has_more = _candidates(connection, query, asked)
            ranked = _ranked(connection, candidates, asked)
            if has_more:
                ranked = ranked[:-1][:CANDIDATES]  # so that there is one more
            shown = ranked[offset : offset + limit]
            ids = [page_id for pair in shown for page_id in pair]
            rows = _rows(connection, dict.fromkeys(ids))
        hits = (
            rows[event]
            if found == event
            else _in_its_language(rows[event], rows[found])
            for event, found in shown
        )
        return Hits(tuple(hits), len(ranked), has_more)


def _candidates(
    connection: Connection, query: Search, asked: tuple[Term, ...]
) -> tuple[list[int], bool]:
    """The pages that are ranked, and whether more than these have the words."""
    of_query = _of_query(query)
    some = newest_with(connection, asked, *of_query, limit=CANDIDATES + 1)
    if len(some) <= CANDIDATES:
        return some, False
    titled = newest_with(connection, asked, *of_query, limit=CANDIDATES, titled=True)
    found = list(dict.fromkeys((*titled, *some)))
    leads = select(records.c.lead).where(
        records.c.page_id.in_(found), records.c.kind == TRANSLATION
    )
    events = set(connection.scalars(leads)) - set(found)
    if not events:
        return found, True
    own = select(records.c.page_id).join(
        searchable, searchable.c.page_id == records.c.page_id
    )
    own = own.where(records.c.page_id.in_(events), has_all(asked), *of_query)
    return [*found, *connection.scalars(own)], True


def _ranked(
    connection: Connection, candidates: Sequence[int], asked: tuple[Term, ...]
) -> list[tuple[int, int]]:
    """What is shown, best first, each with the page by which it was found.

    That is its own, or of an event that has not the words the best of its translations.
    """
    query = (
        select(records.c.page_id, _FOUND.c.page_id)
        .select_from(_FOUND)
        .join(searchable, searchable.c.page_id == _FOUND.c.page_id)
        .join(records, records.c.page_id == _SHOWN)
        .where(_FOUND.c.page_id.in_(candidates), records.c.revision.is_not(None))
        .order_by(_score(asked).desc())
    )
    ordered = newest_first(query).order_by(_FOUND.c.page_id)
    pairs = [(shown, found) for shown, found in connection.execute(ordered)]
    own = {shown for shown, found in pairs if shown == found}
    best: dict[int, int] = {}
    for shown, found in pairs:
        if shown == found or shown not in own:
            best.setdefault(shown, found)
    return list(best.items())


def _in_its_language(event: Hit, text: Hit) -> Hit:
    """An event in the language of the text by which it was found."""
    language = str(text.publication.values["language"])
    return Hit(event.publication.in_language(language), text.text)


def _rows(connection: Connection, ids: Iterable[int]) -> dict[int, Hit]:
    query = (
        select(*OF_PUBLICATION, searchable.c.text)
        .join(searchable, searchable.c.page_id == records.c.page_id)
        .where(records.c.page_id.in_(list(ids)))
    )
    return {
        row["page_id"]: Hit(to_listed(dict(row)), row["text"])
        for row in connection.execute(query).mappings()
    }


def _of_query(query: Search) -> list[ColumnElement[bool]]:
    """Which pages a query asks for, whatever words they have."""
    stands_for = or_(records.c.kind != TRANSLATION, records.c.lead.is_not(None))
    conditions: list[ColumnElement[bool]] = [
        records.c.revision.is_not(None),
        stands_for,
    ]
    if query.kind == "event":
        conditions.append(records.c.kind.in_((query.kind, TRANSLATION)))
    elif query.kind:
        conditions.append(records.c.kind == query.kind)
    if query.language:
        having = select(terms.c.page_id).where(
            terms.c.field.in_(LANGUAGES),
            terms.c.term.in_(list(map(fold, spellings(query.language)))),
        )
        conditions.append(records.c.page_id.in_(having))
    return conditions


def _score(asked: Iterable[Term]) -> ColumnElement[int]:
    score: ColumnElement[int] = literal(0)
    for term in asked:
        for column, weight in (
            (searchable.c.title, _TITLE),
            (searchable.c.summary, _SUMMARY),
        ):
            score += case((column.like(pattern(term)), weight), else_=0)
    return score
