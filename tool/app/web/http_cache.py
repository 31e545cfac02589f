"""The cache of responses (RFC 9111): what is fresh is sent without the application.

A WSGI middleware has the last response of each address, and of a page the last one for
each kind of reader. A view that knows how long its response is fresh says so in
`FRESHNESS`. A request with a session always goes to the application, and nothing that
it answers with is stored, but for feeds. It can ask for the page as all others have it
(`SHARED`), which is made by a request without the session: so nothing personal can be
in it.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from itertools import chain
from threading import Lock
from typing import Any, NamedTuple

from cachetools import LRUCache
from flask import Flask
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import Headers
from werkzeug.http import parse_cookie
from werkzeug.wsgi import ClosingIterator

from space.store.tables.outages import is_outage
from tool.app.services import EXTENSION, Services
from tool.app.web.body_file import BodyFile, UnwritableError
from tool.app.web.language import accepted
from tool.app.web.stored_response import Freshness, StoredResponse, takes_gzip
from tool.app.web.turns import Turns
from tool.app.web.visitor import COOKIE as SESSION_COOKIE

log = logging.getLogger(__name__)

PIECES = "space.pieces"
"""Key of the WSGI environment for the `Piece`s of a page."""

FRESHNESS = "space.freshness"
"""Key of the WSGI environment for the `Freshness` of a response."""

SHARED = "space.shared"
"""Key of the WSGI environment for what gives the page that readers without a session
get, as a `StoredResponse` with its body; None where that one is not stored.

It takes the language that goes before those of the browser, if there is one."""

LONGEST = 2**18
"""Octets of the longest feed in memory.

A longer one is in a file, from when somebody asks for the same version again.
"""

LONGEST_PAGE = 2**22
"""Octets of the longest page that is stored."""

SIZE = 2**25  # octets of all responses in memory
SIZE_OF_FILES = 2**28  # octets of all bodies in files, before they are compressed
_LONGEST_CHOICE = 64  # characters of a cookie's value that may mean anything
_OF_ONE = ("HTTP_AUTHORIZATION", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
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
        self._turns = Turns()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Send what is stored and fresh, or let the application answer and store it."""
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._inner(environ, start_response)
        feed, page = _address(environ), self._page(environ)
        has_session = SESSION_COOKIE in _cookies(environ)
        addresses = (feed,) if has_session else (feed, page)
        if stored := self._known(environ, *addresses):
            return stored.send(environ, start_response)
        if has_session:
            shared = {SHARED: partial(self._shared, environ)}
            return self._answer({**environ, **shared}, start_response, feed)
        with self._turns.turn(feed):
            if stored := self._known(environ, *addresses):
                return stored.send(environ, start_response)
            return self._answer(environ, start_response, feed, page)

    def _page(self, environ: Mapping[str, Any]) -> _Address:
        """What a page is stored under."""
        languages = accepted(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        cookies = _cookies(environ)
        chosen = tuple(_choice(cookies.get(name)) for name in self._cookies)
        return _address(environ)._replace(reader=(languages, chosen))

    def _shared(
        self, environ: dict[str, Any], language: str | None
    ) -> StoredResponse | None:
        """The page of a request without a session, stored now if it was not."""
        asked = self._for_all(environ, language)
        page = self._page(asked)
        if stored := self._known(asked, page):
            return stored
        with self._turns.turn(_address(asked)):
            if stored := self._known(asked, page):
                return stored
            with self._app.app_context():  # another `g` than that of the session
                body = self._answer(asked, lambda *_: None, _address(asked), page)
                if close := getattr(body, "close", None):
                    close()
        return self._known(asked, page)

    def _for_all(self, environ: dict[str, Any], language: str | None) -> dict[str, Any]:
        """A GET for the same page by somebody who has neither it nor a session.

        Of their cookies only those are left that pages depend on; of two with one
        name, the first counts.
        """
        kept = {name: value for name, value in environ.items() if name not in _OF_ONE}
        cookies = environ.get("HTTP_COOKIE", "").split(";")
        named = {each.partition("=")[0].strip(): each for each in reversed(cookies)}
        asked = {
            "REQUEST_METHOD": "GET",
            "HTTP_COOKIE": ";".join(
                named[name] for name in self._cookies if name in named
            ),
        }
        if language:
            others = accepted(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
            asked["HTTP_ACCEPT_LANGUAGE"] = ",".join((language, *others))
        return {**kept, **asked}

    def _known(
        self, environ: Mapping[str, Any], *addresses: _Address
    ) -> StoredResponse | None:
        """What is stored under one of these, fresh and enough for a request."""
        found = map(self._fresh, addresses)
        return next((each for each in found if each and each.answers(environ)), None)

    def _fresh(self, address: _Address) -> StoredResponse | None:
        with self._lock:
            stored = self._stored.get(address) or self._in_files.get(address)
        if stored is None or self._is_fresh(stored.freshness):
            return stored
        self._forget(address, stored)
        return None

    def _forget(self, address: _Address, stale: StoredResponse) -> None:
        """Drop a response that is not fresh, since no version comes back."""
        with self._lock:
            for responses in (self._stored, self._in_files):
                if responses.get(address) is stale:
                    del responses[address]

    def _is_fresh(self, freshness: Freshness) -> bool:
        services: Services = self._app.extensions[EXTENSION]
        if not freshness.is_at(services.clock()):
            return False
        versions = services.store.versions
        try:
            version = versions.pages() if freshness.is_page else versions.feeds()
        except DBAPIError as error:
            if not is_outage(error):
                raise
            return True  # nobody can have changed what is stored meanwhile
        return version == freshness.version

    def _answer(
        self,
        environ: dict[str, Any],
        start_response: Any,
        feed: _Address,
        page: _Address | None = None,
    ) -> Iterable[bytes]:
        """The application's answer, stored on its way if it may be.

        A page is not without an address to store it under. To HEAD the application
        answers as to GET, so that what is stored is whole. Where no file can be
        written, as on a full disk, it answers once more.
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
            try:
                stored, body = _response(freshness, begun, body, in_file=in_file)
            except UnwritableError as error:
                log.warning("a response is not stored error=%s", str(error))
                return self._inner(environ, start_response)
            if stored:
                stored = replace(
                    stored,
                    pieces=asked.get(PIECES, ()),
                    address_length=len(address.path) + len(address.query),
                )
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


def _address(environ: Mapping[str, Any]) -> _Address:
    return _Address(environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", ""))


def _cookies(environ: Mapping[str, Any]) -> Mapping[str, str]:
    header = environ.get("HTTP_COOKIE", "")
    return parse_cookie(header) if header else {}


def _choice(cookie: str | None) -> str | None:
    """What a reader chose, by a cookie; None for what nobody can choose."""
    return cookie if cookie and len(cookie) <= _LONGEST_CHOICE else None


def init_app(app: Flask, *cookies: str) -> None:
    """Wrap the application; what a page is may depend on these cookies."""
    app.wsgi_app = HttpCache(app, cookies)  # type: ignore[method-assign]
