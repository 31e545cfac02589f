"""Public calendars of strangers' servers, fetched without trusting anything they say.

The address of a calendar stands on a wiki page, and its server may answer as it likes.
So only hosts are asked that the deployment names, over https, at addresses of the open
internet: each is looked up once, and the connection goes to the address that was looked
at. Redirects are addresses like the first. Answers have a deadline as a whole, and no
more octets than a calendar may have, before and after decompression.
"""

import http.client
import socket
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from bots.time_limit import within
from space.bounds import BOUNDS
from space.settings.calendars import PORT, host_of
from space.sources.ics_calendar import REFUSED, CalendarAnswer, CalendarState
from space.sources.source import SourceUnreadableError

DEADLINE = 30.0
"""Seconds for all of a calendar: looking up, connecting, redirects and the answer."""
SILENCE = 10.0
"""Seconds that a server may be silent."""
MOST_REDIRECTS = 3
MOST_ADDRESSES = 4
"""How many addresses of a host are tried."""
_PIECE = 2**14  # octets
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK, _UNCHANGED = 200, 304
_TYPES = frozenset(
    (
        *("text/calendar", "text/plain", "text/x-vcalendar", "application/ics"),
        *("application/calendar", "application/octet-stream"),
    )
)
_GZIP = frozenset({"gzip", "x-gzip"})
_LONGEST_VALIDATOR = 200
_TRANSLATED = tuple(map(IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48")))
"""Networks whose addresses mean others of IPv4 (RFC 6052, RFC 8215)."""

Resolve = Callable[[str], Iterable[str]]
"""A host's IP addresses; raises OSError for a host that is not known."""
Connect = Callable[[str, str], HTTPConnection]
"""A connection to a host at one of its IP addresses, that is not open yet."""


def look_up(host: str) -> tuple[str, ...]:
    """The IP addresses of a host, each once."""
    found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(each[4][0]) for each in found))


def connect_securely(
    host: str, address: str, port: int = PORT, authorities: str | None = None
) -> HTTPConnection:
    """A TLS connection to an address, whose certificate has to be the host's.

    `authorities` is a file of certificates to trust in place of the usual ones.
    """
    return HTTPSConnection(
        address,
        port,
        timeout=SILENCE,
        server_hostname=host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=authorities or certifi.where(),
    )


def is_public(text: str) -> bool:
    """Whether an IP address is one of the open internet, and means no other address."""
    address = ip_address(text)
    if isinstance(address, IPv6Address):
        means_another = address.ipv4_mapped or address.sixtofour or address.teredo
        if means_another or any(address in network for network in _TRANSLATED):
            return False
        if address.is_site_local:
            return False
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


@dataclass(frozen=True, slots=True)
class CalendarReader:
    """Fetches calendars from these hosts; `agent` tells who asks."""

    hosts: Collection[str]
    agent: str
    resolve: Resolve = look_up
    connect: Connect = connect_securely
    deadline: float = DEADLINE

    def fetch(self, address: str, state: CalendarState) -> CalendarAnswer:
        """See `space.sources.ics_calendar.FetchCalendar`."""
        fetching = _Fetching(self)
        try:
            return within(self.deadline, lambda: fetching.fetch(address, state))
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise SourceUnreadableError(type(error).__name__) from error
        finally:
            fetching.cut()


@dataclass(slots=True)
class _Fetching:
    """One fetching of a calendar, and the sockets that it opened."""

    reader: CalendarReader
    sockets: list[socket.socket] = field(default_factory=list)

    def fetch(self, url: str, state: CalendarState) -> CalendarAnswer:
        with ExitStack() as opened:
            return self._fetch(url, state, opened)

    def cut(self) -> None:
        """End what a server still sends, for whoever waits for it."""
        for each in self.sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def _fetch(
        self, url: str, state: CalendarState, opened: ExitStack
    ) -> CalendarAnswer:
        if host_of(url) not in self.reader.hosts:
            raise SourceUnreadableError(REFUSED)
        for _ in range(MOST_REDIRECTS + 1):
            response = self._ask(url, state, opened)
            if response.status not in _REDIRECTS:
                return self._answer(response, state)
            url = urljoin(url, response.headers.get("Location", ""))
            if host_of(url) not in self.reader.hosts:
                raise SourceUnreadableError("it redirects to a host that is not asked")
        raise SourceUnreadableError(f"more than {MOST_REDIRECTS} redirects")

    def _ask(
        self, url: str, state: CalendarState, opened: ExitStack
    ) -> BaseHTTPResponse:
        """The beginning of an answer, from a host that may be asked."""
        host = host_of(url)
        connection = self._connected(host, opened)
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        connection.request(
            "GET",
            f"{parts.path or '/'}{query}",
            headers={
                "Host": host,
                "User-Agent": self.reader.agent,
                "Accept": "text/calendar, text/plain;q=0.5",
                "Accept-Encoding": "gzip, identity",
                "Connection": "close",
                **_conditions(state),
            },
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        opened.callback(response.close)
        return response

    def _connected(self, host: str, opened: ExitStack) -> HTTPConnection:
        """An open connection to one of a host's addresses, all of which are public."""
        addresses = tuple(self.reader.resolve(host))
        if not (addresses and all(map(is_public, addresses))):
            raise SourceUnreadableError("the host is not on the open internet")
        trouble: Exception = OSError()
        for address in addresses[:MOST_ADDRESSES]:
            connection = self.reader.connect(host, address)
            opened.callback(connection.close)
            try:
                connection.connect()
            except (HTTPError, OSError) as error:
                trouble = error
            else:
                self.sockets.append(connection.sock)
                return connection
        raise trouble

    def _answer(
        self, response: BaseHTTPResponse, state: CalendarState
    ) -> CalendarAnswer:
        """The calendar of an answer that is no redirect."""
        headers = response.headers
        if response.status == _UNCHANGED and _conditions(state):
            return CalendarAnswer(None)
        if response.status != _OK:
            raise SourceUnreadableError(f"status {response.status}")
        kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind not in _TYPES:
            raise SourceUnreadableError("the answer is of another type")
        data = _decoded(self._body(response), headers.get("Content-Encoding", ""))
        return CalendarAnswer(
            data,
            etag=_validator(headers.get("ETag", "")),
            modified=_validator(headers.get("Last-Modified", "")),
        )

    def _body(self, response: BaseHTTPResponse) -> bytes:
        """The octets as they come, all of them and not too many.

        Raises `HTTPError` for fewer than the server told.
        """
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE, decode_content=False):
            pieces.append(piece)
            size += len(piece)
            if size > BOUNDS.upload:
                raise _too_large()
        return b"".join(pieces)


def _conditions(state: CalendarState) -> Mapping[str, Any]:
    """The headers that ask only for what changed since a state."""
    wanted = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in wanted.items() if value}


def _validator(text: str) -> str:
    """A validator as it can be sent back; empty for one that cannot."""
    is_fit = text.isascii() and text.isprintable() and len(text) <= _LONGEST_VALIDATOR
    return text.strip() if is_fit else ""


def _decoded(data: bytes, encoding: str) -> bytes:
    """An answer without its compression: no more of it is made than may be read."""
    name = encoding.strip().lower()
    if name in {"", "identity"}:
        return data
    if name not in _GZIP:
        raise SourceUnreadableError("the answer is compressed in another way")
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = unpacking.decompress(data, BOUNDS.upload + 1)
    except zlib.error as error:
        raise SourceUnreadableError("the answer cannot be decompressed") from error
    if len(whole) > BOUNDS.upload:
        raise _too_large()
    if not unpacking.eof:
        raise SourceUnreadableError("the answer is cut off")
    return whole


def _too_large() -> SourceUnreadableError:
    return SourceUnreadableError(f"more than {BOUNDS.upload // 1024} KiB")
