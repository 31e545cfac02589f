"""Queries of events near one that somebody is writing."""

from typing import Any

from sqlalchemy import Select, func, select

from space.publication.similar_events import Window
from space.review.model import State
from space.store.queries.sql.conditions import HELD
from space.store.tables.record_rows import OF_PUBLICATION, seconds
from space.store.tables.tables import occurrences, records, terms
from space.text.folding import fold

CANDIDATES = 300  # around one time: more than take place in a usual week
_OPEN = (State.WAITING, State.CHANGES, State.SCHEDULED)


def starting_near(window: Window) -> Select[Any]:
    """Published events with their times that start in a window, the nearest first.

    Only published events have occurrences. Saying so again would have SQLite walk
    through all of them, where the index of starts finds the few.
    """
    since, until, start = map(seconds, window)
    return (
        select(*OF_PUBLICATION, occurrences.c.start.label("wall_start"))
        .add_columns(occurrences.c.end.label("wall_end"))
        .join(occurrences, occurrences.c.page_id == records.c.page_id)
        .where(
            occurrences.c.starts >= since,
            occurrences.c.starts < until,
            HELD,
        )
        .order_by(
            func.abs(occurrences.c.starts - start),
            occurrences.c.starts,
            records.c.page_id,
        )
        .limit(CANDIDATES)
    )


def waiting_events() -> Select[Any]:
    """Ids and titles of events that wait to be published, the newest pages first."""
    return (
        select(records.c.page_id, records.c.page_title)
        .where(
            records.c.kind == "event",
            records.c.state.in_([str(state) for state in _OPEN]),
            records.c.revision.is_(None),
        )
        .order_by(records.c.page_id.desc())
        .limit(CANDIDATES)
    )


def terms_in_use(field: str, values: tuple[str, ...]) -> Select[Any]:
    """Which of some values of a field a publication has, folded."""
    return (
        select(terms.c.term)
        .where(terms.c.field == field, terms.c.term.in_(list(map(fold, values))))
        .distinct()
    )
