"""The bot's JSON pages of the map: places, and the events held at each.

They hold the fields that a map shows or a filter asks for, but no summary.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from space.data_pages.pages import (
    Entry,
    Pages,
    by_start,
    confirmation,
    event_entry,
    pages_key,
    parts_of,
    present,
    title_of,
)
from space.dates.moments import utc_midnight
from space.publication.filters import keys
from space.publication.occurrence import Occurrence, shown_on_map
from space.publication.places import MapPlace, place_of

MOST_EVENTS = 100
"""Of one entry: a country that keeps all its places secret may have any number."""
_ORDER = (
    *("id", "page", "title", "start", "end", "zone", "from", "to", "status", "mode"),
    *("type", "languages", "topics", "wikis", "audience", "reach", "series"),
    *("organizers", "organizer_pages", "texts", "text_pages"),
    *("source", "reviewed"),
)
"""The first keys of an event, in their order."""


@dataclass(frozen=True, slots=True)
class Group:
    """A place, and the occurrences of events there that are shown, ordered by start."""

    place: MapPlace
    rows: Sequence[Occurrence]


def groups(rows: Iterable[Occurrence], today: date) -> list[Group]:
    """The places of occurrences, in their order.

    Of a series what is `shown_on_map` on a UTC day.
    """
    now = utc_midnight(today)
    times: dict[int, list[Occurrence]] = {}
    for row in sorted(rows, key=by_start):
        times.setdefault(row.publication.page_id, []).append(row)
    shown = [
        row
        for rows_of_page in times.values()
        for row in shown_on_map(
            rows_of_page,
            is_over=lambda row: row.ends <= now,
            is_dropped=lambda row: row.dropped,
        )
    ]
    places: dict[str, tuple[MapPlace, list[Occurrence]]] = {}
    for row in sorted(shown, key=by_start):
        if place := place_of(row.publication.values):
            places.setdefault(place.key, (place, []))[1].append(row)
    return [Group(*places[key]) for key in sorted(places)]


def map_pages(folder: str, rows: Iterable[Occurrence], today: date) -> Pages:
    """The page `Map` and its parts, of occurrences that have a place, by title.

    Where one page cannot hold all places, `Map/2` and so on follow; the first says how
    many there are in `parts`. A place with more than `MOST_EVENTS` has several entries
    in a row.
    """
    entries = (entry for group in groups(rows, today) for entry in _entries(group))
    parts = list(parts_of(entries)) or [[]]
    pages: dict[str, Any] = {}
    for number, part in reversed(list(enumerate(parts, 1))):
        pages[title_of(folder, "Map", number)] = {"schema": 1, "places": part}
    if len(parts) > 1:
        pages[title_of(folder, "Map", 1)]["parts"] = len(parts)
    return pages


def _entries(group: Group) -> Iterator[Entry]:
    place = group.place
    latitude, longitude = place.point.numbers() if place.point else (None, None)
    around = {
        "lat": latitude,
        "lon": longitude,
        "precision": place.precision,
        "label": place.name,
        "country": place.country,
        "city": place.city,
    }
    events = [_event(row, place) for row in group.rows]
    for start in range(0, len(events), MOST_EVENTS):
        yield present({**around, "events": events[start : start + MOST_EVENTS]})


@cache
def _event_keys() -> tuple[str, ...]:
    """Keys of an event: its times, and fields of filters but the country."""
    asked = (field for field in keys("event").values() if field.name != "country")
    more = (key for f in asked for key in (f.name, pages_key(f.name)))
    return tuple(dict.fromkeys((*_ORDER, *more)))


def _event(row: Occurrence, place: MapPlace) -> Entry:
    """An event at a place, without country and city where they are the place's."""
    full = event_entry(row)
    differing = {
        name: full.get(name)
        for name, common in (("country", place.country), ("city", place.city))
        if full.get(name, "") != common
    }
    fields = {name: full.get(name) for name in _event_keys()}
    return present(fields | differing) | confirmation(row.publication)
