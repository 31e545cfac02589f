"""Overrides of series: which pages stand for which occurrences.

They follow from the records alone: in whatever order pages are put or removed, the
rows of series and of their overrides are equal in the end.
"""

import logging
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from space.feeds.fragments import GEOJSON, ICS, all_languages
from space.publication.publication import Publication
from space.publication.series import Replaced, match_overrides, without_named
from space.store.index.record_index import (
    Relations,
    calendar_rows,
    event_columns,
    map_rows,
)
from space.store.keys import SERIES_ALIASES
from space.store.tables.key_values import read_value
from space.store.tables.record_rows import to_publication
from space.store.tables.tables import fragments, occurrences, records
from space.wiki.urls import Urls

_LOG = logging.getLogger(__name__)

_ROWS = Mapping[str, Any]


def overridden_series(connection: Connection, page_ids: Collection[int]) -> set[int]:
    """Ids of the series of which these pages override an occurrence.

    Among them are those that they name and that dropped dates, one of which a page may
    stand for.
    """
    query = select(records.c.series_id, records.c.series_title).where(
        records.c.page_id.in_(page_ids), records.c.series_title.is_not(None)
    )
    rows = connection.execute(query).all()
    aliases = read_value(connection, SERIES_ALIASES) or {}
    titles = {aliases.get(title, title) for _, title in rows}
    dropping = select(records.c.page_id).where(
        records.c.page_title.in_(titles), records.c.dropped.is_not(None)
    )
    named = connection.scalars(dropping) if titles else ()
    return {series for series, _ in rows if series is not None}.union(named)


def dropping_series(connection: Connection) -> set[int]:
    """Ids of the series that dropped dates."""
    query = select(records.c.page_id).where(records.c.dropped.is_not(None))
    return set(connection.scalars(query))


def pages_naming(connection: Connection, titles: Collection[str]) -> set[int]:
    """Ids of the pages that name a series by one of these titles."""
    query = select(records.c.page_id).where(records.c.series_title.in_(titles))
    return set(connection.scalars(query))


def relate_events(
    connection: Connection,
    page_ids: Collection[int],
    put: Collection[int],
    left: Collection[int],
) -> tuple[dict[int, Relations], set[int]]:
    """The relations of events that a change concerns, and the series to expand anew.

    `page_ids` are the pages that change, `put` those of them that are to be indexed
    whatever their relations, `left` the series that they overrode before.
    """
    aliases = read_value(connection, SERIES_ALIASES) or {}
    titles = _titles_touched(connection, {*page_ids, *left}, aliases)
    names = titles | {name for name, title in aliases.items() if title in titles}
    rows = _select(connection, records.c.series_title.in_(names)) if names else []
    overrides = _overrides(connection, rows, aliases)
    relations = {
        row["page_id"]: Relations(instead=overrides.get(row["page_id"]))
        for row in rows
        if _is_stale(row, overrides.get(row["page_id"]), put)
    }
    replaced: dict[int, set[str]] = {}
    for override in overrides.values():
        starts = replaced.setdefault(override.series.page_id, set())
        starts.add(str(override.start))
    told = _told(connection, names, aliases)
    relations |= {
        series: Relations(
            replaced=frozenset(replaced.get(series, ())), told=told.get(series)
        )
        for series in {*replaced, *told}
        if series in put
    }
    before = {row["series_id"] for row in rows if row["series_id"]}
    return relations, {*left, *before, *replaced, *told} - {*put}


def _told(
    connection: Connection, titles: Collection[str], aliases: Mapping[str, str]
) -> dict[int, tuple[str, ...]]:
    """Page id of each of these series that dropped dates → the dates that are told."""
    if not titles:
        return {}
    dropping = records.c.page_title.in_(titles) & records.c.dropped.is_not(None)
    return {
        row["page_id"]: _of_told(connection, to_publication(row), aliases).dropped
        for row in _select(connection, dropping & records.c.revision.is_not(None))
    }


def _of_told(
    connection: Connection, series: Publication, aliases: Mapping[str, str]
) -> Publication:
    """The series without dropped dates for which pages stand."""
    title = series.page_title
    names = {title, *(name for name in aliases if aliases[name] == title)}
    pages = _select(connection, records.c.series_title.in_(names))
    return without_named(series, map(to_publication, pages))


def _is_stale(row: _ROWS, override: Replaced | None, put: Collection[int]) -> bool:
    """Whether an event that names a series has to be indexed anew."""
    if row["page_id"] in put or (override and override.series.page_id in put):
        return True
    series = override.series.page_id if override else None
    start = str(override.start) if override else None
    return (row["series_id"], row["replaces"]) != (series, start)


def expand_series(
    connection: Connection,
    addresses: Urls,
    today: date,
    page_ids: Collection[int] | None = None,
) -> None:
    """Compute what of these series depends on the UTC day, or of all when None.

    Those are occurrences and map fragments, and the calendar's of what dropped dates.
    """
    dropping = records.c.dropped.is_not(None) & records.c.series_id.is_(None)
    which: ColumnElement[bool] = (
        (records.c.recurs == 1) | dropping
    ) & records.c.revision.is_not(None)
    linked: ColumnElement[bool] = records.c.series_id.is_not(None)
    if page_ids is not None:
        which &= records.c.page_id.in_(page_ids)
        linked &= records.c.series_id.in_(page_ids)
    replaced: dict[int, set[str]] = {}
    query = select(records.c.series_id, records.c.replaces).where(linked)
    for series, start in connection.execute(query):
        replaced.setdefault(series, set()).add(start)
    aliases = read_value(connection, SERIES_ALIASES) or {}
    for row in _select(connection, which):
        page_id = row["page_id"]
        try:
            series = to_publication(row)
            has_dropped = bool(series.dropped)
            if has_dropped:
                series = _of_told(connection, series, aliases)
            columns, times = event_columns(series, today, replaced.get(page_id, ()))
            on_map = map_rows(series, addresses, today, times)
            calendar = calendar_rows(series, addresses, today) if has_dropped else []
        except Exception:  # noqa: BLE001 - one series must not stop all others
            _LOG.exception("expanding failed: page=%d", page_id)
            continue
        own = records.c.page_id == page_id
        connection.execute(update(records).where(own).values(**columns))
        connection.execute(delete(occurrences).where(occurrences.c.page_id == page_id))
        if times:
            connection.execute(insert(occurrences), times)
        _replace_fragment(connection, page_id, GEOJSON, on_map)
        if calendar:
            _replace_fragment(connection, page_id, ICS, calendar)


def _replace_fragment(
    connection: Connection, page_id: int, form: str, rows: list[dict[str, Any]]
) -> None:
    forms = (fragments.c.form == form) | fragments.c.form.like(all_languages(form))
    own = fragments.c.page_id == page_id
    connection.execute(delete(fragments).where(own, forms))
    if rows:
        connection.execute(insert(fragments), rows)


def _titles_touched(
    connection: Connection, page_ids: Collection[int], aliases: Mapping[str, str]
) -> set[str]:
    """Titles of the series that these pages are, name, or override."""
    query = select(records.c.series_title).where(
        records.c.series_title.is_not(None),
        records.c.page_id.in_(page_ids) | records.c.series_id.in_(page_ids),
    )
    named = {aliases.get(title, title) for title in connection.scalars(query)}
    own = select(records.c.page_title).where(
        records.c.page_id.in_(page_ids), records.c.recurs == 1
    )
    return named | set(connection.scalars(own))


def _overrides(
    connection: Connection, rows: Iterable[_ROWS], aliases: Mapping[str, str]
) -> dict[int, Replaced]:
    """Page id → occurrence, of the pages in `rows` that override one."""
    naming: dict[str, list[_ROWS]] = {}
    for row in rows:
        title = row["series_title"]
        naming.setdefault(aliases.get(title, title), []).append(row)
    overrides: dict[int, Replaced] = {}
    if not naming:
        return overrides
    series = _select(
        connection,
        records.c.page_title.in_(naming)
        & (records.c.recurs == 1)
        & records.c.revision.is_not(None),
    )
    # One title is two pages' only while one of them moves: the later row is its own.
    for row in series:
        pages = map(to_publication, naming.pop(row["page_title"], ()))
        overrides |= match_overrides(to_publication(row), pages)
    return overrides


def _select(connection: Connection, condition: Any) -> list[_ROWS]:
    query = select(records).where(condition).order_by(records.c.page_id)
    return [dict(row) for row in connection.execute(query).mappings()]
