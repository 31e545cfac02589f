"""Bodies of requests: how long they may be, and how many fields they have.

A body is read when a view first asks for its form, so that what can be refused without
it is. Each view says by `accepts` how long its body may be.
"""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, TypeVar

from flask import Flask, Request, Response, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import (
    ClientDisconnected,
    RequestEntityTooLarge,
    RequestTimeout,
)
from werkzeug.formparser import FormDataParser
from werkzeug.wsgi import get_input_stream

from tool.app.web.slow_bodies import SlowBodies, stop_reading

SHORT = 2**14  # octets of a body where a view says nothing else
FORM = 2**20  # octets of a form for writing
MAX_FIELDS = 500
MOST_DISCARDED = 2**24  # octets of a refused body that are read, so that it hears why

_SLOW = "space-slow-bodies"
_SOCKET = "gunicorn.socket"
_MAX = "max_body"
_ENCODED = "application/x-www-form-urlencoded"

View = TypeVar("View", bound=Callable[..., Any])
Parsed = tuple[IO[bytes], MultiDict[str, Any], MultiDict[str, Any]]


def accepts(octets: int) -> Callable[[View], View]:
    """Decorator of a view whose request may have a body of up to so many octets."""

    def mark(view: View) -> View:
        setattr(view, _MAX, octets)
        return view

    return mark


class FormParser(FormDataParser):
    """Parser of a form that has arrived whole and has few fields.

    Raises RequestEntityTooLarge or RequestTimeout.
    """

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        """Fields and files of a body; see `FormDataParser`."""
        del content_length
        data = _read(stream)
        if mimetype == _ENCODED and data.count(b"&") >= MAX_FIELDS:
            raise RequestEntityTooLarge
        return super().parse(BytesIO(data), mimetype, len(data), options)


class BoundedRequest(Request):
    """A request whose form is read by `FormParser`."""

    form_data_parser_class = FormParser
    max_form_parts = MAX_FIELDS


def init_app(app: Flask) -> None:
    """Bound the bodies of all requests."""
    app.request_class = BoundedRequest
    app.extensions[_SLOW] = SlowBodies()

    @app.before_request
    def set_bounds() -> None:
        view = current_app.view_functions.get(request.endpoint or "")
        most = getattr(view, _MAX, SHORT)
        request.max_content_length = most
        request.max_form_memory_size = most

    @app.after_request
    def discard_body(response: Response) -> Response:
        # A server would wait for it before the next request of the connection.
        if not g.get("body_read") and _has_body():
            _discard()
        return response


def _has_body() -> bool:
    return bool(request.content_length) or "Transfer-Encoding" in request.headers


def _read(stream: IO[bytes]) -> bytes:
    g.body_read = True
    slow: SlowBodies = current_app.extensions[_SLOW]
    with slow.arriving(request.environ.get(_SOCKET)) as was_cut_off:
        try:
            return stream.read()
        except ClientDisconnected:
            if was_cut_off():
                raise RequestTimeout from None
            raise


def _discard() -> None:
    """Read what was refused, as else the connection breaks before the answer is heard.

    Only so much of it.
    """
    rest = MOST_DISCARDED
    stream = get_input_stream(request.environ)
    slow: SlowBodies = current_app.extensions[_SLOW]
    connection = request.environ.get(_SOCKET)
    with slow.arriving(connection):
        try:
            while rest > 0 and (piece := stream.read(SHORT)):
                rest -= len(piece)
        except (ClientDisconnected, OSError):
            return
    if rest <= 0 and connection is not None:
        stop_reading(connection)
