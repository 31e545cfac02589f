"""GeoJSON (RFC 7946): a feature for each place, with the events that are held there.

The store has a feature for each event as it would be if its place had no other. Where
several events are at one place, their features are merged when the map is read.
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
from space.schema.visibility import choice
from space.text.clean import one_line
from space.wiki.urls import Urls

COLLECTION = Envelope('{"type":"FeatureCollection","features":[\n', "\n]}\n", ",\n")
LONGEST = 400  # characters of a title or a description, as wikis' maps take them
COLOUR = "#3366cc"
_INSTANT = "%Y-%m-%dT%H:%MZ"
_MORE = 20  # characters that say how many events are left out
_COUNTED = 99  # the most that a mark can have for a symbol
_FACTS = ("country", "city", "type", "languages", "topics", "website", "recurrence")

Feature = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Time:
    """The time at which an event is on the map.

    `start` and `end` are wall times as pages have them, `begins` and `ends` the
    instants, aware and in UTC, the latter exclusive.
    """

    start: str
    end: str | None
    begins: datetime
    ends: datetime


def feature(
    publication: Publication, place: MapPlace, addresses: Urls, time: Time
) -> str:
    """The feature of a published event at its place (`places.place_of`), as JSON."""
    title = one_line(str(publication.values["title"]))
    name = place.name or place.country or title
    where = {"country": place.country, "city": place.city}
    return _json(
        {
            "type": "Feature",
            "geometry": _geometry(place),
            "properties": {
                "title": name[:LONGEST].rstrip(),
                "precision": place.precision,
                **{key: value for key, value in where.items() if value},
                "description": f"{time.start[:10]} {title}",
                "marker-color": COLOUR,
                "marker-size": "medium",
                "events": [_event(publication, addresses, time, title)],
            },
        }
    )


def features(stored: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The features of places as JSON, from place keys and the features of events.

    Those of one place have to be neighbours; the first names it.
    """
    for _, group in groupby(stored, itemgetter(0)):
        texts = [text for _, text in group]
        if len(texts) == 1:
            yield texts[0]
        else:
            yield _json(_merged([json.loads(text) for text in texts])).encode()


def description(briefs: Sequence[str]) -> str:
    """As many events in brief as fit into `LONGEST`, and the number of the others."""
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
    """The feature of a place from two or more features of events."""
    all_alone = [feature["properties"] for feature in several]
    first = all_alone[0]
    many = len(several)
    symbol = {"marker-symbol": str(many)} if many <= _COUNTED else {}
    properties = {
        **{name: value for name, value in first.items() if name != "events"},
        "description": description([alone["description"] for alone in all_alone]),
        "marker-size": "large",
        **symbol,
        "events": [event for alone in all_alone for event in alone["events"]],
    }
    return {**several[0], "properties": properties}


def _geometry(place: MapPlace) -> dict[str, object] | None:
    if place.point is None:
        return None
    latitude, longitude = place.point.numbers()
    return {"type": "Point", "coordinates": [longitude, latitude]}


def _event(
    publication: Publication, addresses: Urls, time: Time, title: str
) -> dict[str, object]:
    values = publication.values
    document: dict[str, object] = {
        "id": publication.page_id,
        "title": title,
        "page": addresses.page(publication.page_title),
        "start": time.start,
        "end": time.end,
        "timezone": values["timezone"],
        "begins": f"{time.begins:{_INSTANT}}",
        "ends": f"{time.ends:{_INSTANT}}",
        "status": choice("event", values, "status"),
        "mode": choice("event", values, "mode"),
        **{name: values.get(name) for name in _FACTS},
    }
    if "city" in values:
        document["city"] = one_line(str(values["city"]))
    return {name: value for name, value in document.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
