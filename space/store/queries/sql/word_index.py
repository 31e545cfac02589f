"""The databases' indexes of words: the newest pages that have some.

SQLite's FTS5 and MariaDB's FULLTEXT find the same, and what they find is what is LIKE
`has_all`. FTS5 begins with the newest and stops where it is told to. FULLTEXT knows no
order and reads all that a word has, so MariaDB first looks through the newest pages:
of a word that many have, there are enough among them.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    column,
    or_,
    select,
    table,
    text,
)

from space.store.index.search_row import IN_TITLE, MARK, written
from space.store.tables.tables import SEARCH_WORDS, records, searchable
from space.text.search_terms import Term

_LOOKED_THROUGH = 3  # times the pages that are wanted

_WORDS = table(SEARCH_WORDS, column("rowid", searchable.c.page_id.type))
_IN_SQLITE = text(f"{SEARCH_WORDS} MATCH :asked")
_IN_MARIADB = text(f"MATCH({searchable.name}.words) AGAINST (:asked IN BOOLEAN MODE)")


def newest_with(
    connection: Connection,
    asked: Sequence[Term],
    *conditions: ColumnElement[bool],
    limit: int,
    titled: bool = False,
) -> list[int]:
    """Ids of pages that have all terms, the highest first, which are the newest.

    With `titled`, those that have one of them in the title.
    """
    if connection.dialect.name == "sqlite":
        found = select(_WORDS.c.rowid).join(
            records, records.c.page_id == _WORDS.c.rowid
        )
        found = found.order_by(_WORDS.c.rowid.desc())
        matching = _IN_SQLITE.bindparams(asked=_for_sqlite(asked, titled=titled))
        found = found.where(and_(True, matching), *conditions).limit(limit)
        return list(connection.scalars(found))
    has = has_all(asked)
    if titled:
        has = and_(has, or_(*(_like(term, IN_TITLE) for term in asked)))
    every = _of_mariadb(*conditions).limit(limit)
    oldest = _oldest_of_newest(connection, limit * _LOOKED_THROUGH)
    among = list(connection.scalars(every.where(searchable.c.page_id > oldest, has)))
    if len(among) == limit:
        return among
    matching = _IN_MARIADB.bindparams(asked=_for_mariadb(asked, titled=titled))
    every = every.where(and_(True, matching))
    if titled or any(len(term.pieces) > 1 for term in asked):
        every = every.where(has)
    return list(connection.scalars(every))


def has_all(asked: Sequence[Term]) -> ColumnElement[bool]:
    """Pages with all terms, by a look at their words."""
    return and_(*(_like(term) for term in asked))


def pattern(term: Term, mark: str = MARK) -> str:
    """What a text that has a term is LIKE: every word has a space on both sides."""
    phrase = _phrase(term, mark)
    return f"% {phrase}%" if term.beginning else f"% {phrase} %"


def _like(term: Term, mark: str = MARK) -> ColumnElement[bool]:
    return searchable.c.words.like(pattern(term, mark))


def _of_mariadb(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(searchable.c.page_id)
        .prefix_with("STRAIGHT_JOIN")
        .join(records, records.c.page_id == searchable.c.page_id)
        .where(*conditions)
        .order_by(searchable.c.page_id.desc())
    )


def _oldest_of_newest(connection: Connection, count: int) -> int:
    """The page after which so many come; 0 where there are no more than these.

    It is asked for by itself: beside a subquery MariaDB reads the words of all pages.
    """
    ids = select(searchable.c.page_id).order_by(searchable.c.page_id.desc())
    return connection.scalar(ids.limit(1).offset(count)) or 0


def _for_sqlite(asked: Sequence[Term], *, titled: bool) -> str:
    query = " AND ".join(_phrase_of_sqlite(term, MARK) for term in asked)
    if not titled:
        return query
    any_of = " OR ".join(_phrase_of_sqlite(term, IN_TITLE) for term in asked)
    return f"{query} AND ({any_of})"


def _phrase_of_sqlite(term: Term, mark: str) -> str:
    return f'"{_phrase(term, mark)}"{"*" if term.beginning else ""}'


def _for_mariadb(asked: Sequence[Term], *, titled: bool) -> str:
    """Pieces of terms that have all their characters; `pattern` says how they stand.

    To ask for a phrase has it read whole texts, slowly; to ask for words of titles
    together with others has it read all pages that have the others.
    """
    if titled:
        return " ".join(piece for term in asked for piece in _apart(term, IN_TITLE))
    return " ".join(f"+{piece}" for term in asked for piece in _apart(term, MARK))


def _apart(term: Term, mark: str) -> list[str]:
    end = "*" if term.beginning else ""
    pieces = dict.fromkeys((*term.pieces[::2], term.pieces[-1]))
    return [f"{written(piece, mark)}{end}" for piece in pieces]


def _phrase(term: Term, mark: str) -> str:
    return " ".join(written(piece, mark) for piece in term.pieces)
