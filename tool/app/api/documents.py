"""JSON documents of publications: their fields by name, and derived members.

Inline fields are plain text, people and groups are names. `starts` and `ends` are RFC
3339 in UTC, `ends` exclusive; wall times are as on the page.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from space.codec.values.links import label
from space.publication.event_texts import EventText
from space.publication.people import person_of
from space.publication.places import point_of
from space.publication.publication import Publication
from space.publication.registered import (
    CALENDAR,
    REGISTRATION,
    attendance,
    is_registered,
    is_reviewed,
    link_of,
    source_of,
)
from space.schema.kinds import Field, Value, load_kind
from space.schema.visibility import choice
from space.store import Occurrence
from space.text.clean import clean
from space.wiki.urls import Urls

Document = dict[str, Any]


def event(publication: Publication, urls: Urls) -> Document:
    """The document of an event, without its occurrences."""
    document = _document(publication, urls, f"/events/{publication.page_id}")
    if point := point_of(publication.values):
        latitude, longitude = point.numbers()
        document["point"] = {"latitude": latitude, "longitude": longitude}
    if is_registered(publication.page_id):
        document |= {
            "source": source_of(publication),
            "reviewed": is_reviewed(publication),
        } | _announced(publication)
    if publication.texts:
        document["versions"] = [_text_of(text, urls) for text in publication.texts]
    return document


def _announced(publication: Publication) -> Document:
    """How the registration of an event stands, or whose public calendar it is from."""
    values = publication.values
    return {name: values[name] for name in (REGISTRATION, CALENDAR) if name in values}


def _text_of(text: EventText, urls: Urls) -> Document:
    """An event's text in another language; without a title it is on the wiki alone."""
    document = {
        "language": text.language,
        "page": urls.page(text.page_title),
        "title": clean(text.title),
        "summary": label(text.summary),
    }
    return {name: value for name, value in document.items() if value}


def post(publication: Publication, urls: Urls) -> Document:
    """The document of a post, without its body, which is on the wiki."""
    document = _document(publication, urls, f"/blog/{publication.page_id}")
    return {**document, "published": _instant(publication.published)}


def time(occurrence: Occurrence) -> Document:
    """The document of an occurrence; no `end` when the page gives none."""
    times = {"start": occurrence.start}
    if occurrence.end:
        times["end"] = occurrence.end
    return {
        **times,
        "timezone": str(occurrence.publication.values["timezone"]),
        "starts": _instant(occurrence.begins),
        "ends": _instant(occurrence.ends),
    }


def schema(name: str) -> Mapping[str, Any]:
    """Field → JSON Schema of its values in a document, without derived members."""
    given = load_kind(name).document["properties"]
    return {
        field.name: _plain(given[field.name])
        for field in load_kind(name).fields.values()
        if not field.private
    }


def _document(publication: Publication, urls: Urls, path: str) -> Document:
    fields = load_kind(publication.kind).fields
    values = {
        name: _shown(field, value)
        for name, field in fields.items()
        if (value := _value(publication, field))
    }
    return {
        "id": publication.page_id,
        "url": urls.tool(path),
        "page": link_of(publication, urls),
        "page_title": publication.page_title,
        "revision": publication.revision,
        "updated": _instant(publication.updated),
        **values,
    }


def _value(publication: Publication, field: Field) -> Value:
    if field.name == "mode":
        return attendance(publication)
    value = publication.values.get(field.name)
    return value or choice(publication.kind, {}, field.name)


def _shown(field: Field, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(_text(field, item) for item in value)
    return _text(field, value)


def _text(field: Field, text: str) -> str:
    if field.reader == "user":
        return person_of(text).name
    return label(text) if field.reader == "inline" else clean(text)


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords of a field's schema that hold for plain text, too."""
    simple = {
        name: given[name] for name in ("type", "enum", "maxLength") if name in given
    }
    return simple | ({"items": _plain(given["items"])} if "items" in given else {})


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
