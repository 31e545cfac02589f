"""Rows and fragments of a record in the derived tables, as a pure function."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any

from space.codec.values.links import label
from space.dates.moments import Span, unix_midnight
from space.dates.schedule import Schedule
from space.feeds.fragments import (
    GEOJSON,
    ICS,
    render,
    render_tombstone,
    with_languages,
)
from space.feeds.geojson import Time, feature, merged
from space.feeds.icalendar import tzid_of
from space.publication.dropped_dates import told_dates
from space.publication.event_texts import EventText
from space.publication.filter_terms import filter_terms
from space.publication.occurrence import shown_on_map
from space.publication.places import place_of
from space.publication.publication import Publication
from space.publication.series import Replaced
from space.publication.series_date import cancelled_on
from space.publication.translations import PostVersion
from space.review.record import Record
from space.schema.kinds import load_kind
from space.store.tables import tables
from space.store.tables.record_rows import known_moment, seconds, to_row
from space.text.folding import fold
from space.wiki.urls import Urls

_DIGEST_BYTES = 5  # sums of a million of them fit a BIGINT

Rows = Mapping[str, list[dict[str, Any]]]
"""Table name → its rows."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What other pages make of a record.

    Attributes:
        instead: the occurrence that an event overrides; None for any other page.
        replaced: starts of a series' occurrences that pages override.
        told: starts of the dates that a series dropped, without those for which pages
            stand; None for all.
        versions: of a post, its languages; empty where it has one.
        html: the wiki's HTML of a post's body; empty before the wiki was asked for it.
        texts: of an event, title and summary in other languages than its own.
        event: of a translation, the page id of the event that it is a text of; None
            for one of no event, and for any other page.
    """

    instead: Replaced | None = None
    replaced: Collection[str] = frozenset()
    told: tuple[str, ...] | None = None
    versions: tuple[PostVersion, ...] = ()
    html: str = ""
    texts: tuple[EventText, ...] = ()
    event: int | None = None


ALONE = Relations()
"""The relations of a page that no other page concerns."""


def index_record(
    record: Record, addresses: Urls, today: date, relations: Relations = ALONE
) -> Rows:
    """All rows and fragments of a record as of a UTC day, but those of the search."""
    if record.publication:
        publication = replace(
            record.publication,
            versions=relations.versions,
            html=relations.html,
            texts=relations.texts,
        )
        record = replace(record, publication=publication)
        return _index_publication(record, publication, addresses, today, relations)
    fragments = (
        render_tombstone(record.tombstone, addresses) if record.tombstone else {}
    )
    return {
        tables.records.name: [record_row(record)],
        tables.terms.name: [],
        tables.occurrences.name: [],
        tables.fragments.name: _fragments(record.page_id, fragments),
    }


def _index_publication(
    record: Record,
    publication: Publication,
    addresses: Urls,
    today: date,
    relations: Relations,
) -> Rows:
    instead = relations.instead
    row = record_row(record, instead)
    if instead:
        publication = replace(instead.inherit(publication), dropped=())
    if relations.told is not None:
        publication = replace(publication, dropped=relations.told)
    row["search"] = _search(publication)
    row["lead"] = relations.event or row["lead"]
    times: list[dict[str, Any]] = []
    on_map: list[dict[str, Any]] = []
    if publication.kind == "event":
        columns, times = event_columns(publication, today, relations.replaced)
        row |= columns
        on_map = map_rows(publication, addresses, today, times)
    told = told_dates(publication, today)
    fragments = render(publication, addresses, instead, told)
    return {
        tables.records.name: [row],
        tables.terms.name: _term_rows(publication),
        tables.occurrences.name: times,
        tables.fragments.name: [*_fragments(record.page_id, fragments), *on_map],
    }


def record_row(record: Record, instead: Replaced | None = None) -> dict[str, Any]:
    """The row of a record before its times and its search text are known.

    By it other pages find the record: whether it recurs, and which it names.
    """
    publication = record.publication
    recurs = (
        publication is not None
        and publication.kind == "event"
        and Schedule.of(publication.values).recurs
    )
    return {
        "search": None,
        "tzid": None,
        "starts": None,
        "ends": None,
        "held_until": None,
        "recurs": int(recurs),
        **to_row(record, instead),
    }


def map_rows(
    publication: Publication,
    addresses: Urls,
    today: date,
    times: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """The fragments of an event for maps, one a language, if it has a place.

    Of a series it tells what is `shown_on_map` on the UTC day.
    """
    place = place_of(publication.values)
    if place is None or not times:
        return []
    now = unix_midnight(today)
    shown = shown_on_map(
        times,
        is_over=lambda time: bool(time["ends"] <= now),
        is_dropped=lambda time: bool(time["dropped"]),
    )
    rows = []
    for form, told in with_languages(publication, GEOJSON):
        features = []
        for row in shown:
            begins, ends = (known_moment(row[name]) for name in ("starts", "ends"))
            time = Time(row["start"], row["end"], begins, ends)
            event = cancelled_on(told, time.start) if row["dropped"] else told
            features.append(feature(event, place, addresses, time))
        of_map = {"place": place.key, "begins": shown[0]["starts"]}
        rows.append(_fragment(publication.page_id, form, merged(features)) | of_map)
    return rows


def calendar_rows(
    publication: Publication, addresses: Urls, today: date
) -> list[dict[str, Any]]:
    """The fragments for calendars of an event that dropped dates, on a UTC day."""
    texts = render(publication, addresses, told=told_dates(publication, today))
    forms = [form for form, _ in with_languages(publication, ICS)]
    return [_fragment(publication.page_id, form, texts[form]) for form in forms]


def _fragments(page_id: int, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [_fragment(page_id, form, text) for form, text in texts.items()]


def _fragment(page_id: int, form: str, text: str) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "form": form,
        "text": text,
        "place": None,
        "begins": None,
        **_measures(text.encode()),
    }


def event_columns(
    publication: Publication, today: date, replaced: Collection[str] = frozenset()
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Columns of an event's record that depend on its times, and its occurrences.

    `replaced` are starts of occurrences that pages override. The dates that it dropped
    are among the occurrences as long as readers are told.
    """
    schedule = Schedule.of(publication.values)
    spans, dropped = schedule.times(today, replaced), told_dates(publication, today)
    times = [
        *(_occurrence(publication.page_id, span) for span in spans),
        *(_occurrence(publication.page_id, span, dropped=1) for span in dropped),
    ]
    every = (schedule.first, *spans, *dropped)
    columns = {
        "tzid": tzid_of(schedule),
        "starts": seconds(min([schedule.begins.utc, *(s.start_utc for s in dropped)])),
        "ends": seconds(max(span.end_utc for span in every)),
        "recurs": int(schedule.recurs),
        "held_until": seconds(max((s.end_utc for s in spans), default=None)),
    }
    return columns, sorted(times, key=itemgetter("starts"))


def _occurrence(page_id: int, span: Span, *, dropped: int = 0) -> dict[str, Any]:
    return {
        "page_id": page_id,
        "starts": seconds(span.start_utc),
        "ends": seconds(span.end_utc),
        "start": str(span.start),
        "end": str(span.end) if span.end else None,
        "dropped": dropped,
    }


def _term_rows(publication: Publication) -> list[dict[str, Any]]:
    page_id, kind = publication.page_id, publication.kind
    return [
        {"page_id": page_id, "field": field, "term": term, "kind": kind}
        for field, term in sorted(set(filter_terms(publication)))
    ]


def _search(publication: Publication) -> str:
    """The folded text in which filters look for words."""
    names = (
        field.name
        for field in load_kind(publication.kind).fields.values()
        if field.index == "text"
    )
    texts = [label(str(publication.values.get(name, ""))) for name in names]
    for other in publication.texts:
        texts += [other.title, label(other.summary)]
    return "\n".join(fold(text) for text in texts)


def _measures(octets: bytes) -> dict[str, int]:
    digest = hashlib.sha256(octets).digest()[:_DIGEST_BYTES]
    return {"octets": len(octets), "digest": int.from_bytes(digest)}
