"""Rows of the queue filtered, counted, and grouped where one account made many."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta

from space.review.queue.rows import Row
from space.review.queue.sections import Section

FLOOD = 5
"""So many new pages of one account and kind stay single rows; more are grouped."""


def filter_rows(
    rows: Iterable[Row],
    kinds: Collection[str] = (),
    languages: Collection[str] = (),
    *,
    urgent: bool = False,
) -> tuple[Row, ...]:
    """The rows of these kinds, in any of these languages; empty filters pass all.

    `urgent` lets through events that begin soon alone (`Section.SOON`).
    """
    return tuple(
        row
        for row in rows
        if (not kinds or row.kind in kinds)
        and (not languages or not set(languages).isdisjoint(row.languages))
        and (not urgent or row.section is Section.SOON)
    )


def waiting_by_kind(rows: Iterable[Row]) -> Mapping[str, int]:
    """The number of pages that wait, by kind; a kind without any is absent."""
    return Counter(row.kind for row in rows if row.waits)


def count_late(rows: Iterable[Row], today: date, promised_days: int) -> int:
    """The number of pages that have waited for more than the promised UTC days."""
    limit = today - timedelta(days=promised_days)
    return sum(
        row.waits and row.pending_since.astimezone(UTC).date() < limit for row in rows
    )


def group_floods(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """The rows in groups: the pages of a flood together, any other row by itself.

    A group stands where its first row was.
    """
    sizes = Counter(map(_flood, rows))
    groups: dict[object, list[Row]] = {}
    for row in rows:
        key = _flood(row)
        flood = key is not None and sizes[key] > FLOOD
        groups.setdefault(key if flood else row.page, []).append(row)
    return tuple(map(tuple, groups.values()))


def _flood(row: Row) -> tuple[str, str] | None:
    """Author and kind, which rows of one flood share; None for a row of no flood."""
    if row.author is None or row.published_revision is not None or not row.waits:
        return None
    return row.author, row.kind
