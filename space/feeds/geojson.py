"""GeoJSON (RFC 7946): a map of features, one for each place, with its events.

The store has a feature for each event, as if no other were held at its place. Features
of one place are merged when the map is read. `marker-…` and `title` are properties of
simplestyle (https://github.com/mapbox/simplestyle-spec).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from space.feeds.envelope import Envelope
from space.publication.places import MapPlace
from space.publication.publication import Publication
from space.publication.registered import (
    PAGE,
    attendance,
    is_reviewed,
    link_of,
    source_of,
)
from space.schema.visibility import choice
from space.text.clean import one_line
from space.wiki.urls import Urls

COLLECTION = Envelope('{"type":"FeatureCollection","features":[\n', "\n]}\n", ",\n")
LONGEST = 400  # characters of a title or a description, the limit of JsonConfig
COLOUR = "#3366cc"
_INSTANT = "%Y-%m-%dT%H:%MZ"
_MORE = 20  # characters that say how many events are left out
_COUNTED = 99  # the highest number that `marker-symbol` can have
_FACTS = ("country", "city", "type", "languages", "topics", "website", "recurrence")

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Time:
    """The occurrence of an event that is on the map.

    `start` and `end` are wall times as on the page, `end` None where it has none;
    `begins` and `ends` are instants, UTC and aware, `ends` exclusive.
    """

    start: str
    end: str | None
    begins: datetime
    ends: datetime


def feature(publication: Publication, place: MapPlace, urls: Urls, time: Time) -> str:
    """The feature of a published event at its place (`places.place_of`), as JSON."""
    title = one_line(str(publication.values["title"]))
    name = place.name or place.country or title
    where = {"country": place.country, "city": place.city}
    return to_json(
        {
            "type": "Feature",
            "geometry": _geometry(place),
            "properties": {
                "title": name[:LONGEST].rstrip(),
                "precision": place.precision,
                **{key: value for key, value in where.items() if value},
                "description": f"{time.start[:10]} {title}{_mark(publication)}",
                "marker-color": COLOUR,
                "marker-size": "medium",
                "events": [_event(publication, urls, time, title)],
            },
        }
    )


def features(stored: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The features of places as JSON in UTF-8.

    `stored` are pairs of a place's key and an event's feature, sorted by key. The first
    feature of a place gives its title.
    """
    for _, group in groupby(stored, itemgetter(0)):
        texts = [text for _, text in group]
        if len(texts) == 1:
            yield texts[0]
        else:
            yield merged(texts).encode()


def merged(several: Sequence[bytes] | Sequence[str]) -> str:
    """One feature of a place, as JSON, of those of its events; at least one."""
    features = [json.loads(text) for text in several]
    return to_json(_merged(features) if features[1:] else features[0])


def description(briefs: Sequence[str]) -> str:
    """As many events as `LONGEST` allows, joined, and the number of those left out."""
    if len(briefs) == 1 and len(briefs[0]) <= LONGEST:
        return briefs[0]
    fitting: list[str] = []
    room = LONGEST - _MORE
    for brief in briefs:
        room -= len(brief) + len("; ")
        if room < 0:
            break
        fitting.append(brief)
    left = len(briefs) - len(fitting)
    return "; ".join([*fitting, *([f"… +{left}"] if left else [])])


def _merged(several: Sequence[Feature]) -> Feature:
    """The feature of a place where two or more events are held."""
    all_alone = [feature["properties"] for feature in several]
    first = all_alone[0]
    events = [event for alone in all_alone for event in alone["events"]]
    many = len(events)
    symbol = {"marker-symbol": str(many)} if many <= _COUNTED else {}
    properties = {
        **{name: value for name, value in first.items() if name != "events"},
        "description": description([alone["description"] for alone in all_alone]),
        "marker-size": "large",
        **symbol,
        "events": events,
    }
    return {**several[0], "properties": properties}


def _mark(publication: Publication) -> str:
    """What says in a description that nobody reviewed an event; else empty."""
    return "" if is_reviewed(publication) else " (not reviewed)"


def _geometry(place: MapPlace) -> dict[str, object] | None:
    if place.point is None:
        return None
    latitude, longitude = place.point.numbers()
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _event(
    publication: Publication, urls: Urls, time: Time, title: str
) -> dict[str, object]:
    values, source = publication.values, source_of(publication)
    text = publication.translation
    document: dict[str, object] = {
        "id": publication.page_id,
        "title": title,
        "text_language": text.language if text else None,
        "source": None if source == PAGE else source,
        "page": link_of(publication, urls),
        "start": time.start,
        "end": time.end,
        "timezone": values["timezone"],
        "begins": f"{time.begins:{_INSTANT}}",
        "ends": f"{time.ends:{_INSTANT}}",
        "status": choice("event", values, "status"),
        "mode": attendance(publication),
        **{name: values.get(name) for name in _FACTS},
    }
    if "city" in values:
        document["city"] = one_line(str(values["city"]))
    reviewed = {} if source == PAGE else {"reviewed": is_reviewed(publication)}
    return {name: value for name, value in document.items() if value} | reviewed


def to_json(value: object) -> str:
    """JSON without spaces, as all features have it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
