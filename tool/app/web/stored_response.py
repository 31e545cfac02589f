"""A stored response, and how long it is fresh (RFC 9111)."""

import gzip
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_accept_header, parse_etags, quote_etag, unquote_etag

from tool.app.web.body_file import BodyFile, UnwritableError

log = logging.getLogger(__name__)

_NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED} {HTTPStatus.NOT_MODIFIED.phrase}"
_OK = f"{HTTPStatus.OK} {HTTPStatus.OK.phrase}"
_OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Disposition")
_WORTH_COMPRESSING = 500  # octets
_OBJECTS = 2**12  # octets of the objects in which a response is, more or less
_LEVEL = 6  # of gzip: what follows costs twice the time for a hundredth of the size


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long a response is the one that would be made anew.

    It is as long as the store has this version, from a time to another one, in UTC:
    before the first is a clock that was set back. A page has another version than a
    feed (`space.store.queries.versions`), and differs by reader.
    """

    version: str
    since: datetime
    until: datetime
    is_page: bool = False

    def is_at(self, now: datetime) -> bool:
        """Whether it may be fresh at a time, in UTC."""
        return self.since <= now < self.until


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a body that depends on who asks: octets from `start` to `end`.

    It is named by its template, which takes `values`.
    """

    start: int
    end: int
    name: str
    values: dict[str, Any]


@dataclass(frozen=True)
class StoredResponse:
    """A response of status 200; `body` is None where only its ETag is known.

    `address_length` is how many octets the address has that it is stored under.
    """

    freshness: Freshness
    headers: Headers
    body: bytes | BodyFile | None
    pieces: tuple[Piece, ...] = ()
    address_length: int = 0

    @cached_property
    def compressed(self) -> bytes | BodyFile | None:
        """The body in gzip; None where that saves nothing, or cannot be written."""
        if isinstance(self.body, BodyFile):
            try:
                return self.body.compressed()
            except UnwritableError as error:
                log.warning("a response is not compressed error=%s", str(error))
                return None
        if self.body is None or len(self.body) < _WORTH_COMPRESSING:
            return None
        compressed = gzip.compress(self.body, _LEVEL, mtime=0)
        return compressed if len(compressed) < len(self.body) else None

    @cached_property
    def size(self) -> int:
        """The octets that it takes in memory, of its bodies and all that is with them.

        Of one in a file they are those of the file, as it is before it is compressed.
        """
        if isinstance(self.body, BodyFile):
            return self.body.length
        headers = sum(len(name) + len(value) for name, value in self.headers)
        bodies = _length(self.body) + _length(self.compressed)
        return _OBJECTS + self.address_length + headers + bodies

    def answers(self, request: Mapping[str, Any]) -> bool:
        """Whether this is enough for a GET or HEAD, by its WSGI environment.

        It is not for one that asks by time alone: within a second there may be two
        versions. Beside an ETag a time means nothing (RFC 9110 §13.1.3).
        """
        if self._is_known(request):
            return True
        by_time = "HTTP_IF_MODIFIED_SINCE" in request
        return self.body is not None and (
            not by_time or "HTTP_IF_NONE_MATCH" in request
        )

    def send(self, request: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a WSGI request."""
        if self._is_known(request):
            start_response(_NOT_MODIFIED, self._headers_of_304)
            return ()
        body = self.compressed if takes_gzip(request) else None
        if body is None:
            body = self.body
            start_response(_OK, self._headers_of_200)
        else:
            start_response(_OK, self._headers_of_gzip)
        if request["REQUEST_METHOD"] == "HEAD":
            return ()
        return body.send(request) if isinstance(body, BodyFile) else (body or b"",)

    @property
    def _has_gzip(self) -> bool:
        """Whether readers who take gzip get it; a file waits for the first of them."""
        return isinstance(self.body, BodyFile) or self.compressed is not None

    def _is_known(self, request: Mapping[str, Any]) -> bool:
        """Whether the reader has it, by If-None-Match."""
        named = request.get("HTTP_IF_NONE_MATCH")
        return bool(named and self._etag) and parse_etags(named).contains_weak(
            self._etag
        )

    @cached_property
    def _etag(self) -> str:
        return unquote_etag(self.headers.get("ETag"))[0] or ""

    @cached_property
    def _headers_of_304(self) -> list[tuple[str, str]]:
        headers = self._varying()
        for name in _OF_THE_BODY:
            headers.remove(name)
        return headers.to_wsgi_list()

    @cached_property
    def _headers_of_200(self) -> list[tuple[str, str]]:
        headers = self._varying()
        headers["Content-Length"] = str(_length(self.body))
        return headers.to_wsgi_list()

    @cached_property
    def _headers_of_gzip(self) -> list[tuple[str, str]]:
        headers = self._varying()
        headers["Content-Length"] = str(_length(self.compressed))
        headers["Content-Encoding"] = "gzip"
        if self._etag:  # not the same octets, so not the same strong tag
            headers["ETag"] = quote_etag(self._etag, weak=True)
        return headers.to_wsgi_list()

    def _varying(self) -> Headers:
        headers = Headers(self.headers)
        if self._has_gzip:
            named = headers.get("Vary")
            headers["Vary"] = (
                f"{named}, Accept-Encoding" if named else "Accept-Encoding"
            )
        return headers


def takes_gzip(request: Mapping[str, Any]) -> bool:
    """Whether a reader takes gzip, by the WSGI environment of the request.

    It is named by readers who refuse it, too: `gzip;q=0` (RFC 9110 §12.5.3).
    """
    named = request.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in named and (
        "=" not in named or parse_accept_header(named).quality("gzip") > 0
    )


def _length(body: bytes | BodyFile | None) -> int:
    if isinstance(body, BodyFile):
        return body.length
    return len(body or b"")
