"""Pages of map data on Commons (`Data:….map`), which any wiki can show.

A page is in the format of JsonConfig's `JCMapDataContent`
(https://www.mediawiki.org/wiki/Help:Map_Data): a licence, a description, sources, where
to look first, and GeoJSON with simplestyle properties.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from space.codec.writers import escape
from space.data_pages.map import Group
from space.feeds.geojson import COLOUR, LONGEST, description
from space.text.clean import one_line
from space.wiki.values import Subpages

TITLE = re.compile(r"Data:[^/#<>\[\]|{}_][^#<>\[\]|{}]{0,200}\.map")
LICENCE = "CC0-1.0"
MAX_BYTES = 1_900_000  # of 2 MiB that a wiki page may have
_PART_NAMES = re.compile(r"([2-9]|[1-9][0-9])\.map")
_HEAD_BYTES = 10_000
_KEYS = frozenset(
    (
        *("license", "description", "sources", "zoom", "latitude", "longitude"),
        *("mediawikiCategories", "data"),
    )
)
_REQUIRED = frozenset(("license", "description", "sources", "data"))

Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MapText:
    """The texts of a page in one language; each is one line, `sources` is wikitext."""

    language: str
    description: str
    sources: str


def map_data_pages(
    title: str, groups: Iterable[Group], text: MapText
) -> Mapping[str, Page]:
    """Title → value of the page, and of further parts where it would be too long.

    Only places with a point are on it.
    """
    features = [_feature(group) for group in groups if group.place.point]
    parts = list(_parts(features)) or [[]]
    return {
        part_title(title, number): _page(part, text)
        for number, part in enumerate(parts, 1)
    }


def further_parts(title: str) -> Subpages:
    """The titles of the further parts of a page."""
    return Subpages(title.removesuffix(".map"), _PART_NAMES)


def part_title(title: str, number: int) -> str:
    """The title of a part, counted from 1; the first has the page's own title."""
    return title if number == 1 else f"{title.removesuffix('.map')}/{number}.map"


def empty_page(text: MapText) -> Page:
    """A page without places, for parts that are not needed any more."""
    return _page([], text)


def faults(title: str, page: Page) -> tuple[str, ...]:
    """Reasons for which Commons would refuse a page or show it wrong; empty if none."""
    return tuple(
        chain(
            [] if TITLE.fullmatch(title) else [f"{title}: not a title of map data"],
            (f"missing: {key}" for key in sorted(_REQUIRED - page.keys())),
            (f"unknown: {key}" for key in sorted(page.keys() - _KEYS)),
            [] if _octets(page) <= MAX_BYTES else ["too long"],
            *map(_faults_of, page.get("data", {}).get("features", ())),
        )
    )


def _faults_of(feature: Page) -> Iterator[str]:
    east, north = feature["geometry"]["coordinates"]
    if not (abs(east) <= 180 and abs(north) <= 90) or (east, north) == (0, 0):
        yield f"no point on the map: {east}, {north}"
    for name in ("title", "description"):
        text = feature["properties"][name]
        if len(text) > LONGEST or text != text.strip() or set(text) & set("\t\r\n"):
            yield f"{name} is not one line of {LONGEST} characters: {text[:40]}"


def _page(features: list[Page], text: MapText) -> Page:
    return {
        "license": LICENCE,
        "description": {text.language: text.description},
        "sources": text.sources,
        "zoom": 2,
        "latitude": 20,
        "longitude": 10,
        "data": {"type": "FeatureCollection", "features": features},
    }


def _feature(group: Group) -> Page:
    place = group.place
    assert place.point  # noqa: S101 - only those come here
    latitude, longitude = place.point.numbers()
    many = len(group.rows)
    return {
        "type": "Feature",
        "properties": {
            "title": _title(group),
            "description": _description(group),
            "marker-color": COLOUR,
            "marker-size": "large" if many > 1 else "medium",
        },
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
    }


def _title(group: Group) -> str:
    """The place's name as wikitext; its country where that is too long."""
    place = group.place
    name = escape(place.name or place.country)
    return name if len(name) <= LONGEST else place.country


def _description(group: Group) -> str:
    """The events, whose titles are read as wikitext."""
    titles = (one_line(str(row.publication.values["title"])) for row in group.rows)
    days = (row.start[:10] for row in group.rows)
    return description(
        [f"{day} {escape(title)}" for day, title in zip(days, titles, strict=True)]
    )


def _parts(features: Iterable[Page]) -> Iterator[list[Page]]:
    part: list[Page] = []
    total = _HEAD_BYTES
    for feature in features:
        octets = _octets(feature) + len(",")
        if part and total + octets > MAX_BYTES:
            yield part
            part, total = [], _HEAD_BYTES
        part.append(feature)
        total += octets
    if part:
        yield part


def _octets(value: object) -> int:
    """The octets of a value in compact JSON, as JsonConfig stores it."""
    return len(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
