"""Which records a feed is made of, as SQL conditions, and what they are together.

A calendar is in two sections: pages as they are, and then the pages that stand for
dates of its series. Any other feed is in one.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    LargeBinary,
    Select,
    and_,
    case,
    cast,
    exists,
    func,
    or_,
    select,
)

from space.feeds.fragments import GEOJSON, ICS, REPLACING, language_form, parts_of
from space.publication.event_texts import languages_for
from space.store.tables.feed_parts import FeedFacts, together
from space.store.tables.tables import fragments, records

Sections = tuple[ColumnElement[bool], ...]

OCTETS = cast(fragments.c.text, LargeBinary)
CHANGED_DATES = select(records.c.page_id).where(records.c.series_id > 0)

_CHANGED = case(
    (records.c.revision.is_not(None), records.c.updated), else_=records.c.removed
)
_FACTS = (
    records.c.tzid,
    func.count(),
    func.sum(fragments.c.octets),
    func.max(_CHANGED),
    func.sum(fragments.c.digest),
    func.min(records.c.starts),
    func.max(records.c.ends),
)


def is_map(form: str) -> bool:
    """Whether a form is that of maps, in whatever language."""
    return parts_of(form)[0] == GEOJSON


def is_calendar(form: str) -> bool:
    """Whether a form is that of calendars, in whatever language."""
    return parts_of(form)[0] == ICS


def of_feed(chosen: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """Columns of records and of their texts in a feed."""
    joined = fragments.c.page_id == records.c.page_id
    return select(*columns).select_from(records).join(fragments, joined).where(chosen)


def told(form: str) -> ColumnElement[bool]:
    """One fragment of each page: in the form's language, or the nearest that it has."""
    plain, language = parts_of(form)
    if not language:
        return fragments.c.form == form
    forms = [language_form(plain, code) for code in languages_for(language)]
    better = fragments.alias("better")
    chosen = [fragments.c.form == forms[0]]
    for place, each in enumerate([*forms[1:], plain], 1):
        nearer = select(better.c.page_id).where(better.c.form.in_(forms[:place]))
        own = fragments.c.form == each
        chosen.append(and_(own, fragments.c.page_id.not_in(nearer)))
    return or_(*chosen)


def replacing(form: str) -> str:
    """The form of changed dates, in the language of a calendar's."""
    language = parts_of(form)[1]
    return language_form(REPLACING, language) if language else REPLACING


def of_calendar(
    form: str,
    condition: ColumnElement[bool],
    is_chosen: Callable[[FromClause], ColumnElement[bool]],
) -> Sections:
    """The sections of a calendar: what passes, and changed dates of chosen series."""
    page, series = records.alias("page"), records.alias("series")
    in_feed = exists().where(series.c.page_id == page.c.series_id, is_chosen(series))
    # Few pages are changed dates. An index knows them as those above zero, and
    # they are to be looked at before the many series that may be in the feed.
    changed = select(page.c.page_id).where(
        page.c.series_id > 0, in_feed.correlate(page)
    )
    alone = or_(records.c.series_id.is_(None), records.c.page_id.not_in(changed))
    return (
        and_(told(form), condition, alone),
        and_(told(replacing(form)), records.c.page_id.in_(changed)),
    )


def facts_query(section: ColumnElement[bool]) -> Select[Any]:
    """The rows of which `facts_from` makes what fragments of a section are together."""
    return of_feed(section, *_FACTS).group_by(records.c.tzid)


def facts_from(rows: Iterable[Sequence[Any]]) -> FeedFacts:
    """What fragments are together, by the rows of `facts_query`."""
    return together(
        FeedFacts(
            count,
            int(octets),
            newest,
            int(digests),
            {} if tzid is None else {tzid: (first, last)},
        )
        for tzid, count, octets, newest, digests, first, last in rows
    )


def facts_of(
    connection: Connection, sections: Iterable[ColumnElement[bool]]
) -> FeedFacts:
    """What the fragments of sections are together."""
    queries = map(facts_query, sections)
    return together(facts_from(connection.execute(query)) for query in queries)
