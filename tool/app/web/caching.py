"""Public answers: the same for everybody as long as the index stays as it is.

They depend neither on cookies nor on the reader's language; headers of the request
decide only whether it is answered with 304 (RFC 9110 §13).
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Response, request

from space.dates.moments import utc_day, utc_midnight
from space.store import IndexSnapshot
from tool.app.services import services
from tool.app.web.http_cache import FRESHNESS
from tool.app.web.index import not_ready
from tool.app.web.stored_response import Freshness

MAX_AGE = 300  # seconds
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Body:
    """The body of a response in pieces, and its length in octets, None when unknown.

    A server sends a body of known length with far less work.
    """

    pieces: Iterable[bytes]
    length: int | None = None


@dataclass(frozen=True, slots=True)
class CachedAnswer:
    """The ETag of an answer, and what makes its body if it has to be sent."""

    etag: str
    body: Callable[[], Body]


def answer(
    find: Callable[[IndexSnapshot, date], CachedAnswer], media: str, file: str
) -> Response:
    """The answer that `find` makes from a snapshot and the UTC day, or 304.

    `media` is its Content-Type, `file` its Content-Disposition. The snapshot stays open
    until the last piece is sent, so that all pieces are of one version. Raises
    `not_ready` while the index is incomplete.
    """
    with ExitStack() as stack:
        view = stack.enter_context(services().store.feeds.snapshot())
        if not view.version.complete:
            raise not_ready()
        now = services().clock()
        cached = find(view, utc_day(now))
        midnight = utc_midnight(utc_day(now))
        changed = max(view.version.changed, midnight)
        if _is_current(cached.etag, changed):
            response = Response(status=304)
        else:
            response = Response(content_type=media)
            response.headers["Content-Disposition"] = file
            body = cached.body()
            response.response = body.pieces
            if body.length is not None:
                response.content_length = body.length
            response.call_on_close(stack.pop_all().close)
        response.set_etag(cached.etag)
        response.last_modified = min(changed, now)
        request.environ[FRESHNESS] = Freshness(view.version.token, now, midnight + _DAY)
        return public(response)


def public(response: Response) -> Response:
    """The response, with leave for any cache to keep it for `MAX_AGE`."""
    response.headers["Cache-Control"] = f"public, max-age={MAX_AGE}"
    return response


def allow_scripts(response: Response) -> Response:
    """Let scripts of any site read a response, errors too, and send If-None-Match.

    For `after_request` of a blueprint; CORS preflights of browsers are answered, too
    (the Fetch standard).
    """
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _is_current(etag: str, changed: datetime) -> bool:
    """Whether the request names this version; If-None-Match goes before the time."""
    if "If-None-Match" in request.headers:
        return request.if_none_match.contains_weak(etag)
    since = request.if_modified_since
    return since is not None and since >= changed
