"""Answers that are none: silence, drips, halves, floods, and statuses of a server."""

import gzip
from functools import cache, partial
from http import HTTPStatus

from sandbox.faults.fault import Fault
from sandbox.faults.wire import Wire

_HUGE = 400_000_000  # bytes
_BOMB = 20_000_000  # bytes, after decompression
_PIECE = b'"' + b"x" * 2**16 + b'",'
_HTML = [("Content-Type", "text/html; charset=utf-8")]
_JSON = [("Content-Type", "application/json; charset=utf-8")]
RETRY_AFTER = 7
"""Seconds of the header `Retry-After`."""


def _drip_headers(wire: Wire) -> None:
    wire.drip_on(b"HTTP/1.1 200 OK\r\nX-Slow: ")


def _drip_body(wire: Wire) -> None:
    wire.drip_on(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")


def _break_off(wire: Wire) -> None:
    wire.write(b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"query')


def _cut(wire: Wire) -> None:
    wire.send(200, b'{"edit": {"result": "Succ', _JSON)


def _send_nothing(wire: Wire) -> None:
    wire.send(200, b"", _JSON)


def _send_page(wire: Wire) -> None:
    page = b"<!DOCTYPE html><title>Please sign in</title>"
    wire.send(200, page, _HTML)


def _send_list(wire: Wire) -> None:
    wire.send(200, b"[]", _JSON)


def _send_object(wire: Wire) -> None:
    wire.send(200, b'{"servedby": "faults"}', _JSON)


def _send_much(wire: Wire) -> None:
    wire.write(b"HTTP/1.1 200 OK\r\n\r\n[")
    for _piece in range(_HUGE // len(_PIECE)):
        wire.write(_PIECE)


def _send_bomb(wire: Wire) -> None:
    wire.send(200, _bomb(), [("Content-Encoding", "gzip")])


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(_BOMB), compresslevel=1)


def _redirect(wire: Wire) -> None:
    wire.send(302, b"", [("Location", f"{wire.proxy_url}/elsewhere")])


def _fail(status: HTTPStatus, wire: Wire) -> None:
    asks_to_wait = status in {HTTPStatus.TOO_MANY_REQUESTS, 503}
    wait = [("Retry-After", str(RETRY_AFTER))] if asks_to_wait else []
    page = f"<!DOCTYPE html><title>{status.phrase}</title>".encode()
    wire.send(status, page, [*_HTML, *wait])


NONE = Fault("none", "requests and answers pass", None)
SLOW = Fault("slow", "each answer comes late", None, waits=True)
SILENT = Fault("silent", "no answer comes", Wire.hold, hangs=True)
DRIP_HEADERS = Fault(
    "drip-headers",
    "a byte of the headers comes now and then",
    _drip_headers,
    hangs=True,
)
DRIP_BODY = Fault(
    "drip-body", "a byte of the body comes now and then", _drip_body, hangs=True
)
RESET = Fault("reset", "the connection is reset", Wire.reset)
TRUNCATED = Fault("truncated", "the connection ends in the middle", _break_off)
CUT = Fault("cut", "the JSON ends in the middle", _cut)
EMPTY = Fault("empty", "the body is empty", _send_nothing)
HTML = Fault("html", "a web page comes instead of JSON", _send_page)
NO_OBJECT = Fault("no-object", "JSON comes that is no object", _send_list)
OTHER_OBJECT = Fault("other-object", "JSON comes that answers nothing", _send_object)
HUGE = Fault("huge", "the body is hundreds of megabytes long", _send_much)
BOMB = Fault("bomb", "few bytes decompress to many", _send_bomb)
REDIRECT = Fault("redirect", "the answer redirects elsewhere", _redirect)
STATUSES = tuple(
    Fault(str(int(status)), f"the server answers {int(status)}", partial(_fail, status))
    for status in (
        HTTPStatus.FORBIDDEN,
        HTTPStatus.TOO_MANY_REQUESTS,
        HTTPStatus.INTERNAL_SERVER_ERROR,
        HTTPStatus.NOT_IMPLEMENTED,
        HTTPStatus.BAD_GATEWAY,
        HTTPStatus.SERVICE_UNAVAILABLE,
        HTTPStatus.GATEWAY_TIMEOUT,
    )
)
