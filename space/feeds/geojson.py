"""GeoJSON (RFC 7946): a feature for each place, with the events that are held there.

What stands in the store is a part of a feature for each event, made once: three lines,
namely how its place would begin, the event in a few words, and the event. A collection
is a join of such parts, in which those of one place are neighbours.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

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

Placed = tuple[str, bytes]
"""The key of a place, and the part of an event."""


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


def part(publication: Publication, place: MapPlace, addresses: Urls, time: Time) -> str:
    """The part of a published event at its place (`places.place_of`)."""
    title = one_line(str(publication.values["title"]))
    brief = f"{time.start[:10]} {title}"
    return "\n".join(
        (
            _json(_head(place, title)).removesuffix("}}"),
            _json(brief)[1:-1],
            _json(_event(publication, addresses, time, title)),
        )
    )


def features(parts: Iterable[Placed]) -> Iterator[bytes]:
    """The features of places, from the parts of their events in the order of places."""
    last, head = "", b""
    briefs: list[bytes] = []
    events: list[bytes] = []
    for key, text in parts:
        beginning, brief, event = text.split(b"\n")
        if key != last:
            if events:
                yield _feature(head, briefs, events)
            last, head, briefs, events = key, beginning, [], []
        briefs.append(brief)
        events.append(event)
    if events:
        yield _feature(head, briefs, events)


def _feature(head: bytes, briefs: list[bytes], events: list[bytes]) -> bytes:
    many = len(events)
    symbol = b',"marker-symbol":"%d"' % many if 1 < many <= _COUNTED else b""
    size = b"large" if many > 1 else b"medium"
    return (
        b'%b,"description":"%b","marker-color":"%b","marker-size":"%b"%b,"events":[%b]}}'
        % (head, _described(briefs), COLOUR.encode(), size, symbol, b",".join(events))
    )


def _described(briefs: list[bytes]) -> bytes:
    """As many of the events as fit, and the number of the others."""
    if len(briefs) == 1:
        return briefs[0]
    found: list[bytes] = []
    room = LONGEST - _MORE
    for brief in briefs:
        room -= len(brief.decode()) + len("; ")
        if room < 0:
            break
        found.append(brief)
    left = len(briefs) - len(found)
    return b"; ".join(found) + (b"; \xe2\x80\xa6 +%d" % left if left else b"")


def _head(place: MapPlace, title: str) -> dict[str, object]:
    geometry: dict[str, object] | None = None
    if place.point:
        latitude, longitude = place.point.numbers()
        geometry = {"type": "Point", "coordinates": [longitude, latitude]}
    name = place.name or place.country or title
    facts = {"country": place.country, "city": place.city}
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {
            "title": name[:LONGEST].rstrip(),
            "precision": place.precision,
            **{key: value for key, value in facts.items() if value},
        },
    }


def _event(
    publication: Publication, addresses: Urls, time: Time, title: str
) -> dict[str, object]:
    values = publication.values
    found: dict[str, object] = {
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
        found["city"] = one_line(str(values["city"]))
    return {name: value for name, value in found.items() if value}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
