"""The OpenAPI 3.1 description of the API, made from the schemas and the filters."""

from typing import Any

from space.publication.filters import MAX_LENGTH, MAX_VALUES, keys, known_keys
from space.publication.filters import SOURCE as SOURCE_KEY
from space.publication.registered import FROM_CALENDAR, REGISTERED, SOURCES
from space.schema.kinds import Field, load_kind
from space.text.messages import SOURCE, Catalogue, Translator
from tool.app.api import documents
from tool.app.api.paging import DEFAULT, MOST
from tool.app.web.errors import PROBLEM
from tool.app.web.routes import LARGEST_ID

VERSION = "1.0.0"
_INSTANT = {"type": "string", "format": "date-time"}
_ADDRESS = {"type": "string", "format": "uri"}
_ID = {"type": "integer", "minimum": 1, "maximum": LARGEST_ID}

Json = dict[str, Any]


def description(catalogue: Catalogue, public_url: str) -> Json:
    """The OpenAPI document of a tool at this URL."""
    texts = Translator(catalogue, SOURCE)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": texts.text("api-title"),
            "version": VERSION,
            "description": texts.text("api-about"),
            "license": {"name": "CC BY-SA 4.0", "identifier": "CC-BY-SA-4.0"},
        },
        "servers": [{"url": f"{public_url}/api/v1"}],
        "paths": {
            "/events": _list("event", "events", texts, {"time": _reference("Time")}),
            "/events/{id}": _one(
                "event", {"times": {"type": "array", "items": _reference("Time")}}
            ),
            "/posts": _list("post", "posts", texts, {}),
            "/posts/{id}": _one("post", {}),
        },
        "components": {
            "schemas": {
                "Event": _kind("event", texts, _EVENT),
                "Time": _object(_TIME, optional={"end"}),
                "Post": _kind("post", texts, {"published": _INSTANT}),
                "Problem": _object(_PROBLEM, optional={"parameter"}),
            }
        },
    }


_COMMON: Json = {
    "id": _ID,
    "url": _ADDRESS,
    "page": _ADDRESS,
    "page_title": {"type": "string"},
    "revision": {"type": "integer", "minimum": 0},
    "updated": _INSTANT,
}
_EVENT: Json = {
    "point": {
        "type": "object",
        "properties": {
            "latitude": {"type": "number", "minimum": -90, "maximum": 90},
            "longitude": {"type": "number", "minimum": -180, "maximum": 180},
        },
        "required": ["latitude", "longitude"],
    },
    "versions": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "language": {"type": "string"},
                "page": _ADDRESS,
                "title": {"type": "string"},
                "summary": {"type": "string"},
            },
            "required": ["language", "page"],
        },
    },
    "source": {"enum": [REGISTERED, FROM_CALENDAR]},
    "registration": {"enum": ["open", "closed"]},
    "calendar": {"type": "string"},
    "reviewed": {"type": "boolean"},
}
_TIME: Json = {
    "start": {"type": "string"},
    "end": {"type": "string"},
    "timezone": {"type": "string"},
    "starts": _INSTANT,
    "ends": _INSTANT,
}
_PROBLEM: Json = {
    "type": {"type": "string", "format": "uri-reference"},
    "title": {"type": "string"},
    "status": {"type": "integer", "minimum": 400, "maximum": 599},
    "detail": {"type": "string"},
    "parameter": {"type": "string"},
}


def _kind(name: str, texts: Translator, derived: Json) -> Json:
    """The schema of a kind's documents; `derived` are members that are no fields."""
    fields = load_kind(name).fields
    described = {
        field: {**given, "description": texts.text(fields[field].help_key)}
        for field, given in documents.schema(name).items()
    }
    needed = {
        *_COMMON,
        *(load_kind(name).required),
        *(derived if name == "post" else ()),
    }
    properties = {**_COMMON, **described, **derived}
    return _object(properties, optional=set(properties) - needed)


def _object(properties: Json, optional: set[str]) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


def _list(name: str, plural: str, texts: Translator, more: Json) -> Json:
    item = _with(name, more)
    page = {
        plural: {"type": "array", "items": item, "maxItems": MOST},
        "next": {"oneOf": [_ADDRESS, {"type": "null"}]},
    }
    filters = [_filter(key, field, texts) for key, field in keys(name).items()]
    paging = [
        _parameter(
            "limit",
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT},
        ),
        _parameter("cursor", {"type": "string", "maxLength": MAX_LENGTH}),
    ]
    return {
        "get": {
            "operationId": plural,
            "parameters": [*filters, *_sources(name), *_days(), _words(), *paging],
            "responses": _responses(_object(page, optional=set()), "400"),
        }
    }


def _one(name: str, more: Json) -> Json:
    identifier = {"name": "id", "in": "path", "required": True, "schema": _ID}
    return {
        "get": {
            "operationId": name,
            "parameters": [identifier, *(_days() if more else [])],
            "responses": _responses(_with(name, more), "400", "404"),
        }
    }


def _with(name: str, more: Json) -> Json:
    """The schema of a document with more members."""
    document = _reference(name.capitalize())
    if not more:
        return document
    return {"allOf": [document, _object(more, optional=set())]}


def _filter(key: str, field: Field, texts: Translator) -> Json:
    items: Json = {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH}
    if field.choices:
        items = {"type": "string", "enum": list(field.choices)}
    values = {"type": "array", "items": items, "maxItems": MAX_VALUES}
    return _parameter(key, values, texts.text(field.label_key))


def _sources(kind: str) -> list[Json]:
    """The key by which events of pages are told from registered ones."""
    if SOURCE_KEY not in known_keys(kind):
        return []
    return [_parameter(SOURCE_KEY, {"type": "string", "enum": list(SOURCES)})]


def _days() -> list[Json]:
    return [_parameter(key, {"type": "string", "format": "date"}) for key in _DAYS]


_DAYS = ("from", "to")


def _words() -> Json:
    return _parameter("q", {"type": "string", "maxLength": MAX_LENGTH})


def _parameter(name: str, schema: Json, text: str = "") -> Json:
    described = {"description": text} if text else {}
    return {"name": name, "in": "query", "schema": schema, **described}


def _responses(schema: Json, *errors: str) -> Json:
    headers = {"ETag": {"schema": {"type": "string"}, "required": True}}
    content = {"application/json": {"schema": schema}}
    problem = {PROBLEM: {"schema": _reference("Problem")}}
    meanings = {"400": "Bad parameter", "404": "Not published", "503": "Not ready"}
    return {
        "200": {"description": "Found", "headers": headers, "content": content},
        "304": {"description": "Not modified", "headers": headers},
        **{
            code: {"description": meanings[code], "content": problem}
            for code in (*errors, "503")
        },
    }


def _reference(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}
