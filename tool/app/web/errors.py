"""Error responses: a page, a problem document or plain text, never a traceback."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from flask import Flask, Response, make_response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import (
    BadRequest,
    HTTPException,
    InternalServerError,
    ServiceUnavailable,
)

from space.errors import WikiBusyError, WikiUnavailableError
from space.logs import current_request
from space.publication.filters import FilterProblem
from space.store.tables.outages import is_outage
from tool.app.web.language import message_text
from tool.app.web.links import page_url
from tool.app.web.visitor import CSRF_FIELD, go_without_session

log = logging.getLogger(__name__)

_IN_A_SENTENCE = frozenset({"feeds", "lookups"})  # blueprints
API = "/api/"
DATABASE = "database"  # what is unavailable
LONG = 20  # characters of a text that is shown to be copied
RETRY = 30  # seconds until a database is asked again

# Codes with a sentence of their own; the others share that of their class.
_OWN = frozenset({400, 403, 404, 405, 408, 413, 429, 500, 503})

_KEEPING = frozenset({404})
"""Where a form is kept beside faults of ours: a page may have gone meanwhile."""


def page(error: HTTPException, kind: str | None = None) -> ResponseReturnValue:
    """The response for an HTTP error, in the visitor's language.

    The API answers with a problem document (RFC 9457), feeds and fragments of pages
    with the sentence alone.
    The problem of a filter is told by its own message, and `kind` names another than
    that of the code. A request for which even this page cannot be made gets the error's
    name alone.
    """
    code = error.code or InternalServerError.code
    try:
        response = _in_words(error, code, kind)
    except Exception:
        log.exception("no page for an error path=%s", request.path)
        response = make_response(f"{code} {HTTPStatus(code).phrase}\n", code)
        response.content_type = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    # What the error itself says in headers: Allow, Retry-After.
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


def _in_words(error: HTTPException, code: int, kind: str | None) -> Response:
    if kind is None:
        shared = 400 if code < InternalServerError.code else 500
        kind = str(code if code in _OWN else shared)
    problem = error.problem if isinstance(error, BadFilterError) else None
    key = problem.message_key if problem else f"tool-error-{kind}"
    text = message_text(key, *(problem.params if problem else ()))
    is_ours = code >= InternalServerError.code
    number = current_request() if is_ours else ""
    if request.path.startswith(API):
        named = {"parameter": problem.field} if problem else {}
        response = make_response(
            {
                "type": "about:blank",
                "title": HTTPStatus(code).phrase,
                "status": code,
                "detail": text,
                **named,
                **({"request": number} if number else {}),
            },
            code,
        )
        response.content_type = PROBLEM
    elif request.blueprint in _IN_A_SENTENCE:
        response = make_response(f"{text}\n", code)
        response.content_type = "text/plain; charset=utf-8"
    else:
        body = render_template(
            "error.html",
            kind=kind,
            problem=problem,
            without=problem and _without(problem.field),
            sent=_sent() if code in _KEEPING or is_ours else None,
            number=number,
            section=None,
        )
        response = make_response(body, code)
    return response


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form that came to nothing by no fault of who sent it, to be sent again.

    `texts` are what somebody typed that is too long to be typed once more.
    """

    address: str
    fields: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]


def _sent() -> SentForm | None:
    """The form of the request; None where there is none or it has nothing typed."""
    if request.method != "POST":
        return None
    try:
        fields = tuple(request.form.items(multi=True))
    except HTTPException:  # it did not arrive either
        return None
    typed = [value for name, value in fields if name != CSRF_FIELD and value.strip()]
    texts = tuple(value for value in typed if len(value) >= LONG)
    query = request.query_string.decode()
    address = f"{request.path}?{query}" if query else request.path
    return SentForm(address, fields, texts) if typed else None


def _without(key: str | None) -> str | None:
    """The URL of the current page without an argument; None when there is none."""
    if request.endpoint is None or request.method != "GET":
        return None
    query = {k: v for k, v in request.args.to_dict(flat=False).items() if k != key}
    return page_url(query)


def init_app(app: Flask) -> None:
    """Handle HTTP errors, a wiki that does not answer, and any other exception."""

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> ResponseReturnValue:
        if error.response is not None:
            return error.response
        return page(error)

    @app.errorhandler(WikiUnavailableError)
    def wiki_unavailable(error: WikiUnavailableError) -> ResponseReturnValue:
        log.warning("wiki unavailable path=%s error=%s", request.path, error)
        kind = "busy" if isinstance(error, WikiBusyError) else None
        return page(ServiceUnavailable(retry_after=error.retry_after), kind)

    @app.errorhandler(DBAPIError)
    def database_unavailable(error: DBAPIError) -> ResponseReturnValue:
        if not is_outage(error):
            return unknown(error)
        log.warning("database unavailable path=%s error=%s", request.path, error.orig)
        go_without_session()
        return page(ServiceUnavailable(retry_after=RETRY), DATABASE)

    @app.errorhandler(Exception)
    def unknown(error: Exception) -> ResponseReturnValue:
        log.error("unhandled error path=%s", request.path, exc_info=error)
        return page(InternalServerError())


PROBLEM = "application/problem+json"


class BadFilterError(BadRequest):
    """An invalid filter; `problem` names the key and the reason."""

    def __init__(self, problem: FilterProblem) -> None:
        super().__init__()
        self.problem = problem
