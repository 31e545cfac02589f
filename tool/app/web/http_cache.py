"""The cache of responses (RFC 9111): what is fresh is sent without the application.

A WSGI middleware has the last response of each address, and of a page the last one for
each kind of reader. A view that knows how long its response is fresh says so in
`FRESHNESS`. What belongs to a session is neither stored nor looked for.
"""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack, closing
from functools import lru_cache
from http import HTTPStatus
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache
from flask import Flask
from werkzeug.datastructures import Headers, LanguageAccept
from werkzeug.http import parse_accept_header, parse_cookie
from werkzeug.wsgi import ClosingIterator

from tool.app.services import EXTENSION, Services
from tool.app.web.body_file import BodyFile
from tool.app.web.stored_response import Freshness, StoredResponse, takes_gzip
from tool.app.web.visitor import COOKIE as SESSION_COOKIE

FRESHNESS = "space.freshness"
"""Key of the WSGI environment for the `Freshness` of a response."""

LONGEST = 2**18
"""Octets of the longest feed in memory.

A longer one is in a file, from when somebody asks for the same version again.
"""

LONGEST_PAGE = 2**22
"""Octets of the longest page that is stored."""

SIZE = 2**25  # octets of all responses in memory
SIZE_OF_FILES = 2**28  # octets of all bodies in files, before they are compressed
_HEADERS = 1024  # the most values of Accept-Language whose meaning is kept
_OK = f"{HTTPStatus.OK.value} "
_NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED.value} "

Reader = tuple[tuple[str, ...], tuple[str | None, ...]]
"""What pages take from their reader: languages, the best one first, and cookies."""


class _Address(NamedTuple):
    """What a response is stored under; a feed is the same for all readers."""

    path: str
    query: str
    reader: Reader | None = None


class HttpCache:
    """WSGI middleware round an application."""

    def __init__(self, app: Flask, cookies: tuple[str, ...]) -> None:
        """Wrap an application; its pages depend on these cookies and its session's."""
        self._app, self._inner = app, app.wsgi_app
        self._cookies = cookies
        self._stored: LRUCache[_Address, StoredResponse] = LRUCache(
            SIZE, getsizeof=lambda response: response.size
        )
        self._in_files: LRUCache[_Address, StoredResponse] = LRUCache(
            SIZE_OF_FILES, getsizeof=lambda response: response.size
        )
        self._lock = Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Send what is stored and fresh, or let the application answer and store it."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        feed, page = _Address(path, query), self._page(path, query, environ)
        for address in (feed, page):
            stored = self._fresh(address) if address else None
            if stored and stored.answers(environ):
                return stored.send(environ, start_response)
        return self._answer(environ, start_response, feed, page)

    def _page(self, path: str, query: str, environ: dict[str, Any]) -> _Address | None:
        """What a page would be stored under; None for readers with a session."""
        cookies = environ.get("HTTP_COOKIE", "")
        named = parse_cookie(cookies) if cookies else {}
        if SESSION_COOKIE in named:
            return None
        languages = _languages(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        return _Address(path, query, (languages, tuple(map(named.get, self._cookies))))

    def _fresh(self, address: _Address) -> StoredResponse | None:
        with self._lock:
            stored = self._stored.get(address) or self._in_files.get(address)
        return stored if stored and self._is_fresh(stored.freshness) else None

    def _is_fresh(self, freshness: Freshness) -> bool:
        services: Services = self._app.extensions[EXTENSION]
        if services.clock() >= freshness.until:
            return False
        versions = services.store.versions
        version = versions.pages() if freshness.is_page else versions.feeds()
        return version == freshness.version

    def _answer(
        self,
        environ: dict[str, Any],
        start_response: Any,
        feed: _Address,
        page: _Address | None,
    ) -> Iterable[bytes]:
        """The application's answer, stored on its way if it may be.

        To HEAD it answers as to GET, so that what is stored is whole.
        """
        asked = {**environ, "REQUEST_METHOD": "GET"}
        begun: list[Any] = []

        def start(*response: Any) -> Any:
            begun[:] = response

        body = self._inner(asked, start)
        freshness: Freshness | None = asked.get(FRESHNESS)
        address = page if freshness and freshness.is_page else feed
        if freshness and address:
            in_file = takes_gzip(environ) or self._fresh(address) is not None
            stored, body = _response(freshness, begun, body, in_file=in_file)
            if stored:
                self._store(address, stored)
                if stored.body is not None:
                    return stored.send(environ, start_response)
        start_response(*begun)
        if environ["REQUEST_METHOD"] == "HEAD":
            return ClosingIterator((), getattr(body, "close", None))
        return body

    def _store(self, address: _Address, response: StoredResponse) -> None:
        """Store a response; one without a body not in place of a fresh one."""
        if response.body is None and self._fresh(address):
            return
        into, other = self._stored, self._in_files
        if isinstance(response.body, BodyFile):
            into, other = other, into
        if response.size > into.maxsize:
            return
        with self._lock:
            other.pop(address, None)
            into[address] = response


def _response(
    freshness: Freshness, begun: Sequence[Any], body: Iterable[bytes], *, in_file: bool
) -> tuple[StoredResponse | None, Iterable[bytes]]:
    """What is to be stored of an answer to GET, if anything; and what is to be sent.

    `in_file` says what becomes of a long body: it goes into a file, or to its reader
    at once, which costs half.
    """
    status, headers = begun[0], Headers(begun[1])
    if "Set-Cookie" in headers:
        return None, body
    if status.startswith(_NOT_MODIFIED):
        return StoredResponse(freshness, headers, None), body
    if not status.startswith(_OK):
        return None, body
    whole, body = _read(body, LONGEST_PAGE if freshness.is_page else LONGEST)
    if whole is None and in_file and not freshness.is_page:
        return StoredResponse(freshness, headers, _in_file(body)), ()
    return StoredResponse(freshness, headers, whole), body


def _read(body: Iterable[bytes], longest: int) -> tuple[bytes | None, Iterable[bytes]]:
    """A body that is not too long to be stored, None for one that is; and its pieces.

    The pieces are closed where nothing of them is left.
    """
    pieces: list[bytes] = []
    size = 0
    with ExitStack() as stack:
        if close := getattr(body, "close", None):
            stack.callback(close)
        ahead = iter(body)
        for piece in ahead:
            pieces.append(piece)
            size += len(piece)
            if size > longest:
                left = chain(pieces, ahead)
                return None, ClosingIterator(left, stack.pop_all().close)
    return b"".join(pieces), ()


def _in_file(body: Iterable[bytes]) -> BodyFile:
    """A long body, closed."""
    with closing(ClosingIterator(body, getattr(body, "close", None))) as pieces:
        return BodyFile.of(pieces)


@lru_cache(_HEADERS)
def _languages(header: str) -> tuple[str, ...]:
    """The codes that an Accept-Language names, as `request.accept_languages` does."""
    return tuple(parse_accept_header(header, LanguageAccept).values())


def init_app(app: Flask, *cookies: str) -> None:
    """Wrap the application; what a page is may depend on these cookies."""
    app.wsgi_app = HttpCache(app, cookies)  # type: ignore[method-assign]
