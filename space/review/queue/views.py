"""The queue as it is shown: filtered, counted, a flood of one account as one row."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, timedelta

from space.review.queue.rows import Row

FLOOD = 5
"""More new pages of one account and one kind than this are shown as one row."""


def chosen(
    rows: Iterable[Row],
    kinds: Collection[str] = (),
    languages: Collection[str] = (),
) -> tuple[Row, ...]:
    """The rows of some kinds, in any of some languages; none asked for are all."""
    return tuple(
        row
        for row in rows
        if (not kinds or row.kind in kinds)
        and (not languages or not set(languages).isdisjoint(row.languages))
    )


def counts(rows: Iterable[Row]) -> Mapping[str, int]:
    """How many pages wait, by kind."""
    return Counter(row.kind for row in rows if row.waits)


def late(rows: Iterable[Row], today: date, promised_days: int) -> int:
    """How many pages wait longer than promised, counted in whole UTC days."""
    limit = today - timedelta(days=promised_days)
    return sum(
        row.waits and row.pending_since.astimezone(UTC).date() < limit for row in rows
    )


def grouped(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Rows in groups, each where its first one is: most have one row, a flood many."""
    sizes = Counter(map(_flood, rows))
    groups: dict[object, list[Row]] = {}
    for row in rows:
        key = _flood(row)
        flood = key is not None and sizes[key] > FLOOD
        groups.setdefault(key if flood else row.page, []).append(row)
    return tuple(map(tuple, groups.values()))


def _flood(row: Row) -> tuple[str, str] | None:
    """What rows of one flood have in common; None for what is never part of one."""
    if row.author is None or row.published_revision is not None or not row.waits:
        return None
    return row.author, row.kind
