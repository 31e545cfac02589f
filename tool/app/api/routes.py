"""The API: publications as JSON for any program, read only.

Answers are public and cached like feeds; errors are problem documents (RFC 9457,
`tool.app.web.errors`).
"""

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from space.publication.filters import Filter, FilterProblem
from space.publication.publication import Publication
from space.store.queries.sql.paging import Position
from tool.app.api import documents, openapi
from tool.app.api.paging import DEFAULT, cursor, position, size
from tool.app.services import services
from tool.app.views.listing import asked_filter, asked_nothing
from tool.app.web.caching import Body, CachedAnswer, allow_scripts, answer, public
from tool.app.web.errors import BadFilterError
from tool.app.web.routes import PAGE_ID
from tool.app.web.stand_ins import lead_to_stand_ins

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.after_request(allow_scripts)
lead_to_stand_ins(blueprint)

LIMIT, CURSOR = "limit", "cursor"


@blueprint.get("/events")
def events() -> ResponseReturnValue:
    """A page of the occurrences that touch the filter's days, by start."""
    asked = asked_filter("event", LIMIT, CURSOR)
    limit, after = _page()

    def find() -> Any:
        urls = services().facts.addresses()
        rows = list(services().store.events.after(asked, after, limit + 1))
        items = [
            {
                **documents.event(row.publication, urls),
                "time": documents.time(row),
            }
            for row in rows[:limit]
        ]
        last = None
        if len(rows) > limit:
            final = rows[limit - 1]
            last = int(final.begins.timestamp()), final.publication.page_id
        return {"events": items, "next": _next(asked, limit, last)}

    return _answer(find)


@blueprint.get(f"/events/{PAGE_ID}")
def event(page_id: int) -> ResponseReturnValue:
    """An event with its stored occurrences, or those that touch `from` and `to`."""
    _only("from", "to")
    days = asked_filter("event")

    def find() -> Any:
        publication = _published(page_id, "event")
        times = services().store.events.occurrences(page_id, days)
        return {
            **documents.event(publication, services().facts.addresses()),
            "times": [documents.time(row) for row in times],
        }

    return _answer(find)


@blueprint.get("/posts")
def posts() -> ResponseReturnValue:
    """A page of posts, newest first."""
    asked = asked_filter("post", LIMIT, CURSOR)
    limit, after = _page()

    def find() -> Any:
        urls = services().facts.addresses()
        rows = list(services().store.posts.after(asked, after, limit + 1))
        last = None
        if len(rows) > limit:
            final = rows[limit - 1]
            last = int(final.published.timestamp()), final.page_id
        return {
            "posts": [documents.post(post, urls) for post in rows[:limit]],
            "next": _next(asked, limit, last),
        }

    return _answer(find)


@blueprint.get(f"/posts/{PAGE_ID}")
def post(page_id: int) -> ResponseReturnValue:
    """A post; 404 when it is not published."""
    asked_nothing()
    return _answer(
        lambda: documents.post(
            _published(page_id, "post"), services().facts.addresses()
        )
    )


@blueprint.get("/openapi.json")
def description() -> ResponseReturnValue:
    """The OpenAPI description."""
    asked_nothing()
    document = openapi.description(services().catalogue, services().config.public_url)
    response = Response(_json(document), content_type="application/json")
    response.add_etag()
    return public(response).make_conditional(request)


def _answer(find: Callable[[], Any]) -> Response:
    """A JSON answer, tagged by its text; `find` makes its value."""

    def tagged(_view: object, _today: date) -> CachedAnswer:
        text = _json(find())
        etag = hashlib.sha256(text).hexdigest()[:32]
        return CachedAnswer(etag, lambda: Body([text], len(text)))

    return answer(tagged, "application/json", "inline")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _page() -> tuple[int, Position | None]:
    """The limit and the position of the request; raises `BadFilterError`."""
    limit = size(_once(LIMIT) or str(DEFAULT))
    if limit is None:
        raise _bad(LIMIT)
    word = _once(CURSOR)
    after = position(word) if word else None
    if word and after is None:
        raise _bad(CURSOR)
    return limit, after


def _once(key: str) -> str:
    values = request.args.getlist(key)
    if len(values) > 1:
        raise BadFilterError(FilterProblem("filter-many", key, params=(key, "1")))
    return values[0] if values else ""


def _bad(key: str) -> BadFilterError:
    value = request.args.get(key, "")
    return BadFilterError(FilterProblem("filter-value", key, params=(key, value)))


def _only(*allowed: str) -> None:
    """Raise `BadFilterError` for any other argument in the request."""
    for key in request.args:
        if key not in allowed:
            keys = ", ".join(allowed)
            raise BadFilterError(FilterProblem("filter-key", key, params=(key, keys)))


def _published(page_id: int, kind: str) -> Publication:
    record = services().store.records.get(page_id)
    if record is None or record.kind != kind or record.publication is None:
        raise NotFound
    return record.publication


def _next(asked: Filter, limit: int, last: Position | None) -> str | None:
    """The URL of the next page, None at the end of the list."""
    if last is None:
        return None
    query = asked.query({LIMIT: str(limit), CURSOR: cursor(last)})
    return services().facts.addresses().tool(request.path, query)
