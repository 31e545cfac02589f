"""Filters as SQL conditions on `space.store.tables.tables.records`."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import chain
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, literal_column, or_, select

from space.dates.moments import unix_midnight
from space.publication.filters import Filter
from space.publication.publication import STRUCK_OUT_FOR
from space.publication.registered import IDS
from space.settings.topics import Topics
from space.store.tables.tables import LONG, occurrences, records, terms
from space.text.folding import fold
from space.text.languages import spellings

Condition = Callable[[Filter], ColumnElement[bool]]
"""Published records that a filter lets through, topics by all their names."""

LANGUAGES = ("language", "languages")
"""The fields of languages, of posts and of events."""


HELD = occurrences.c.dropped + 0 == 0
"""Occurrences that take place.

An index knows those that do not, which are few. Asked for by it, all others would have
the database believe that they are as few: hence the sum.
"""
DROPPED = occurrences.c.dropped == 1
"""Occurrences that series dropped, of which readers are told."""


def is_published(criteria: Filter, of: FromClause = records) -> ColumnElement[bool]:
    """Published records that a filter lets through; `of` may be another name.

    Of a post in several languages that is the one that stands for all, if any of them
    is let through. A filter by language asks for the versions themselves.
    """
    matching = passing(criteria, of)
    if criteria.kind != "post" or any(
        field == "language" for field, _ in criteria.terms
    ):
        return matching
    first = of.c.lead == of.c.page_id
    if not (criteria.terms or criteria.words):
        return and_(matching, first)
    version = records.alias("version")
    leads = select(version.c.lead).where(passing(criteria, version))
    dated = passing(replace(criteria, terms=(), words=()), of)
    return and_(dated, first, of.c.page_id.in_(leads))


def passing(criteria: Filter, of: FromClause = records) -> ColumnElement[bool]:
    """Published records that a filter lets through, with every version of a post."""
    conditions = [of.c.kind == criteria.kind, of.c.revision.is_not(None)]
    if criteria.source:
        first, behind = IDS[criteria.source]
        conditions += [of.c.page_id >= first, of.c.page_id < behind]
    for field, alternatives in criteria.terms:
        having = select(terms.c.page_id).where(
            terms.c.field == field, terms.c.term.in_(_terms(field, alternatives))
        )
        conditions.append(of.c.page_id.in_(having))
    conditions += [
        of.c.search.contains(word, autoescape=True) for word in criteria.words
    ]
    start, end = window(criteria)
    if criteria.kind == "post":
        published = of.c.published
        conditions += [published >= start] if start is not None else []
        conditions += [published < end] if end is not None else []
    elif start is not None or end is not None:
        touching = select(occurrences.c.page_id).where(between(start, end))
        # Lists join the occurrences, too; these are not those.
        conditions.append(of.c.page_id.in_(touching.correlate(None)))
    return and_(*conditions)


def _terms(field: str, alternatives: Iterable[str]) -> list[str]:
    """The folded values that pass; all codes of a language are equal."""
    if field in LANGUAGES:
        alternatives = chain.from_iterable(map(spellings, alternatives))
    return sorted(set(map(fold, alternatives)))


def window(criteria: Filter) -> tuple[int | None, int | None]:
    """The Unix times between which a filter's days are; None for an open side."""
    return (
        unix_midnight(criteria.since) if criteria.since else None,
        unix_midnight(criteria.over) if criteria.over else None,
    )


def named(criteria: Filter, topics: Callable[[], Topics]) -> Filter:
    """A filter with every topic by all its names; reads topics only if it has some."""
    asked = dict(criteria.terms)
    if "topics" not in asked:
        return criteria
    current = topics()
    names = {name for topic in asked["topics"] for name in current.names(topic)}
    asked["topics"] = tuple(sorted(names))
    return replace(criteria, terms=tuple(asked.items()))


def between(start: int | None, end: int | None) -> ColumnElement[bool]:
    """Occurrences that touch [start, end) in Unix time; None for an open side.

    One without a length touches the instant at which it begins.
    """
    conditions = []
    if start is not None:
        conditions.append(
            or_(occurrences.c.ends > start, occurrences.c.starts >= start)
        )
    if end is not None:
        conditions.append(occurrences.c.starts < end)
    return and_(True, *conditions)


def long_before(start: Any) -> ColumnElement[bool]:
    """Occurrences that go on at a Unix time, and began more than `LONG` before it.

    An index of SQLite knows them, but it is asked only where no order is wanted.
    """
    length = occurrences.c.ends - occurrences.c.starts
    return and_(
        length > literal_column(str(LONG)),  # a value would not be that of the index
        occurrences.c.starts < start - LONG,
        occurrences.c.ends > start,
    )


def struck_out(today: date) -> ColumnElement[bool]:
    """Events that are gone and that calendars still strike out on a UTC day."""
    since = unix_midnight(today - STRUCK_OUT_FOR)
    return and_(
        records.c.removed.is_not(None),
        or_(records.c.removed >= since, records.c.starts >= since),
    )
