"""GeoJSON (RFC 7946): features, made once, and the collection round them."""

import json

from space.addresses import Addresses
from space.feeds.envelope import Envelope
from space.feeds.text import label, one_line
from space.places import point_of
from space.publication import Publication, choice

COLLECTION = Envelope('{"type":"FeatureCollection","features":[\n', "\n]}\n", ",\n")
_PROPERTIES = (
    "start",
    "end",
    "timezone",
    "recurrence",
    "country",
    "city",
    "venue",
    "type",
    "languages",
    "topics",
    "website",
)
_INLINE = "venue"


def feature(publication: Publication, addresses: Addresses) -> str | None:
    """The feature of a published event, None for one that has no point on the map."""
    values = publication.values
    point = point_of(values)
    if point is None:
        return None
    latitude, longitude = point.numbers()
    properties: dict[str, object] = {
        "title": one_line(str(values["title"])),
        "page": addresses.page(publication.page_title),
        "status": choice("event", values, "status"),
        "mode": choice("event", values, "mode"),
    }
    for name in _PROPERTIES:
        if value := values.get(name):
            properties[name] = label(str(value)) if name == _INLINE else value
    return _json(
        {
            "type": "Feature",
            "id": publication.page_id,
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": properties,
        }
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
