"""Revalidation: 304 for a reader who has the current version, without the application.

Calendar programs ask for the same feeds every hour, and mostly have the current
version. A WSGI middleware has the last ETag of each URL; while the index and the UTC
day are the same, a request with this ETag costs one short query.
"""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from threading import Lock
from typing import Any

from cachetools import LRUCache
from flask import Flask
from werkzeug.http import parse_etags

from tool.app.services import EXTENSION, Services

VERSION = "space.version"
"""Key of the WSGI environment: the index token and UTC day that an answer holds for."""

_ADDRESSES = 4096  # the most that are in the cache
_NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED} {HTTPStatus.NOT_MODIFIED.phrase}"
_OF_THE_BODY = frozenset({"content-type", "content-length", "content-disposition"})

Version = tuple[str, date]
Headers = list[tuple[str, str]]
Address = tuple[str, str]
"""Path and query string."""
Answer = tuple[Version, str, Headers]
"""The version that an answer holds for, its ETag, and the headers of a 304."""


class Revalidation:
    """WSGI middleware round an application that sets `VERSION` for public answers."""

    def __init__(self, app: Flask) -> None:
        """Wrap the application and all middleware that it has so far."""
        self._app, self._inner = app, app.wsgi_app
        self._answers: LRUCache[Address, Answer] = LRUCache(_ADDRESSES)
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer 304, or let the application answer and store its ETag."""
        address = (environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))
        if "HTTP_IF_NONE_MATCH" in environ:
            with self._lock:
                answer = self._answers.get(address)
            if answer and answer[0] == self._version() and _names(environ, answer[1]):
                start_response(_NOT_MODIFIED, answer[2])
                return ()

        def start(status: str, headers: Headers, *rest: Any) -> Any:
            if VERSION in environ:
                self._remember(address, environ[VERSION], headers)
            return start_response(status, headers, *rest)

        return self._inner(environ, start)

    def _version(self) -> Version | None:
        services: Services = self._app.extensions[EXTENSION]
        token = services.store.feeds.token()
        return (token, services.today) if token else None

    def _remember(self, address: Address, version: Version, headers: Headers) -> None:
        own = [pair for pair in headers if pair[0].lower() not in _OF_THE_BODY]
        etag = next((value for name, value in own if name.lower() == "etag"), "")
        with self._lock:
            self._answers[address] = (version, etag.strip('"'), own)


def _names(environ: dict[str, Any], etag: str) -> bool:
    """Whether a GET or HEAD names this ETag in If-None-Match."""
    return environ["REQUEST_METHOD"] in {"GET", "HEAD"} and parse_etags(
        environ["HTTP_IF_NONE_MATCH"]
    ).contains_weak(etag)


def init_app(app: Flask) -> None:
    """Wrap the application."""
    app.wsgi_app = Revalidation(app)  # type: ignore[method-assign]
