"""A stored response, and how long it is fresh (RFC 9111)."""

import gzip
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from http import HTTPStatus
from typing import Any

from werkzeug.datastructures import Headers
from werkzeug.http import parse_etags, quote_etag, unquote_etag

_NOT_MODIFIED = f"{HTTPStatus.NOT_MODIFIED} {HTTPStatus.NOT_MODIFIED.phrase}"
_OK = f"{HTTPStatus.OK} {HTTPStatus.OK.phrase}"
_OF_THE_BODY = ("Content-Type", "Content-Length", "Content-Disposition")
_WORTH_COMPRESSING = 500  # octets
_LEVEL = 6  # of gzip: what follows costs twice the time for a hundredth of the size


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long a response is the one that would be made anew.

    It is as long as the store has this version, until a time in UTC. A page has another
    version than a feed (`space.store.queries.versions`), and differs by reader.
    """

    version: str
    until: datetime
    is_page: bool = False


@dataclass(frozen=True)
class StoredResponse:
    """A response of status 200; `body` is None where it was too long to be stored."""

    freshness: Freshness
    headers: Headers
    body: bytes | None

    @cached_property
    def compressed(self) -> bytes | None:
        """The body in gzip; None where that saves nothing."""
        if self.body is None or len(self.body) < _WORTH_COMPRESSING:
            return None
        compressed = gzip.compress(self.body, _LEVEL, mtime=0)
        return compressed if len(compressed) < len(self.body) else None

    @cached_property
    def size(self) -> int:
        """The octets that it takes in memory, of its headers and bodies."""
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return headers + len(self.body or b"") + len(self.compressed or b"")

    def answers(self, request: Mapping[str, Any]) -> bool:
        """Whether this is enough for a GET or HEAD, by its WSGI environment.

        It is not for one that asks by time: within a second there may be two versions.
        """
        if self._is_known(request):
            return True
        return self.body is not None and "HTTP_IF_MODIFIED_SINCE" not in request

    def send(self, request: Mapping[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a WSGI request."""
        if self._is_known(request):
            start_response(_NOT_MODIFIED, self._headers_of_304)
            return ()
        plain, zipped = self._headers_of_200
        body = self.body or b""
        if zipped and "gzip" in request.get("HTTP_ACCEPT_ENCODING", ""):
            start_response(_OK, zipped)
            body = self.compressed or b""
        else:
            start_response(_OK, plain)
        return () if request["REQUEST_METHOD"] == "HEAD" else (body,)

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
    def _headers_of_200(
        self,
    ) -> tuple[list[tuple[str, str]], list[tuple[str, str]] | None]:
        """The headers of the plain body, and of the compressed one if there is one."""
        plain = self._varying()
        plain["Content-Length"] = str(len(self.body or b""))
        if self.compressed is None:
            return plain.to_wsgi_list(), None
        zipped = Headers(plain)
        zipped["Content-Length"] = str(len(self.compressed))
        zipped["Content-Encoding"] = "gzip"
        if self._etag:  # not the same octets, so not the same strong tag
            zipped["ETag"] = quote_etag(self._etag, weak=True)
        return plain.to_wsgi_list(), zipped.to_wsgi_list()

    def _varying(self) -> Headers:
        headers = Headers(self.headers)
        if self.compressed:
            named = headers.get("Vary")
            headers["Vary"] = (
                f"{named}, Accept-Encoding" if named else "Accept-Encoding"
            )
        return headers
