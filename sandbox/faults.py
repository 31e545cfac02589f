"""HTTP proxy before a wiki that fails in a chosen way, for tests and for drills.

    python -m sandbox.faults http://127.0.0.1:8090 --port 8095 --fault silent

Set `SPACE_WIKI_URL` of the tool or the bots to the proxy's address, with the path of
the wiki's api.php. Each line that is typed names the next fault (`none` passes all on):

    none            pass requests on to the wiki, and answers back
    silent          take the request and never answer
    drip-headers    send one byte of the headers now and then
    drip-body       send one byte of the body now and then
    server-error    answer 500
    html            answer 200 with a web page, as a captive portal or a proxy does
    truncated       end in the middle of the body
    huge            answer with hundreds of megabytes
    bomb            answer with few bytes that decompress to many
    redirect        redirect to another address
    reset           reset the connection

The proxy listens on the loopback interface only.
"""

import argparse
import gzip
import http.client
import socket
import ssl
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from enum import StrEnum
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from sandbox.place import HOST

DRIP = 0.5  # seconds between two bytes
_HUGE = 400_000_000  # bytes
_BOMB = 20_000_000  # bytes, after decompression
_PIECE = b'"' + b"x" * 2**16 + b'",'
_TIMEOUT = 120  # seconds for the wiki
_NOT_PASSED = frozenset({"connection", "content-length", "transfer-encoding"})


class Fault(StrEnum):
    """How the proxy fails."""

    NONE = "none"
    SILENT = "silent"
    DRIP_HEADERS = "drip-headers"
    DRIP_BODY = "drip-body"
    SERVER_ERROR = "server-error"
    HTML = "html"
    TRUNCATED = "truncated"
    HUGE = "huge"
    BOMB = "bomb"
    REDIRECT = "redirect"
    RESET = "reset"


class FaultProxy:
    """A proxy before the wiki at `target`; its `fault` may be changed at any time.

    `requests` counts those that came in; `drip` is in seconds. With `tls` it is an
    https server.
    """

    def __init__(
        self,
        target: str,
        port: int = 0,
        *,
        drip: float = DRIP,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.target = urlsplit(target)
        self.fault = Fault.NONE
        self.drip = drip
        self.requests = 0
        self.released = Event()
        self._server = ThreadingHTTPServer((HOST, port), self._handle)
        self._server.daemon_threads = True
        if tls is not None:
            listener = self._server.socket
            self._server.socket = tls.wrap_socket(listener, server_side=True)
        self.url = f"{'https' if tls else 'http'}://{HOST}:{self._server.server_port}"

    @contextmanager
    def serving(self) -> Iterator["FaultProxy"]:
        """A block in which the proxy answers."""
        thread = Thread(target=self._server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield self
        finally:
            self.let_go()
            self._server.shutdown()
            thread.join()
            self._server.server_close()

    def let_go(self) -> None:
        """End the answers that never end by themselves."""
        self.released.set()
        self.released = Event()

    def _handle(self, *connection: Any) -> "_Handler":
        return _Handler(self, *connection)


class _Handler(BaseHTTPRequestHandler):
    """One request, answered as the fault of its proxy wants it."""

    def __init__(self, proxy: FaultProxy, *connection: Any) -> None:
        self._proxy = proxy
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._proxy.requests += 1
        with suppress(OSError):  # the sender has gone
            _ANSWERS[self._proxy.fault](self, body)

    do_POST = do_GET  # noqa: N815 - as `http.server` wants it

    def log_message(self, *_: Any) -> None:
        """Write no log."""

    def pass_on(self, body: bytes) -> None:
        """The wiki's own answer; 502 where it is away."""
        target = self._proxy.target
        wiki = http.client.HTTPConnection(target.netloc, timeout=_TIMEOUT)
        try:
            wiki.request(self.command, self.path, body, dict(self.headers))
            answer = wiki.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            self.send_error(502)
            return
        finally:
            wiki.close()
        headers = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in _NOT_PASSED
        ]
        self._send(answer.status, content, headers)

    def be_silent(self, _: bytes) -> None:
        """No answer, until the proxy lets go."""
        self._proxy.released.wait()

    def drip_headers(self, _: bytes) -> None:
        """A byte of the headers now and then."""
        self._drip(b"HTTP/1.1 200 OK\r\n", b"X-Slow: ")

    def drip_body(self, _: bytes) -> None:
        """A byte of the body now and then."""
        self._drip(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", b"")

    def fail(self, _: bytes) -> None:
        """An error of the server."""
        self._send(500, b"Internal error")

    def send_page(self, _: bytes) -> None:
        """A web page instead of JSON."""
        page = b"<!DOCTYPE html><title>Please sign in</title>"
        self._send(200, page, [("Content-Type", "text/html")])

    def break_off(self, _: bytes) -> None:
        """Half of a body."""
        self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"query')

    def send_much(self, _: bytes) -> None:
        """A body without an end that anybody waits for."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n[")
        for _piece in range(_HUGE // len(_PIECE)):
            self.wfile.write(_PIECE)

    def send_bomb(self, _: bytes) -> None:
        """A small body that decompresses to a huge one."""
        self._send(200, _bomb(), [("Content-Encoding", "gzip")])

    def redirect(self, _: bytes) -> None:
        """A redirect to another path of the proxy."""
        self._send(302, b"", [("Location", f"{self._proxy.url}/elsewhere")])

    def reset(self, _: bytes) -> None:
        """The end of the connection by a reset (RST)."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()

    def _send(
        self, status: int, body: bytes, headers: Sequence[tuple[str, str]] = ()
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, start: bytes, before: bytes) -> None:
        released = self._proxy.released
        self.wfile.write(start + before)
        while not released.wait(self._proxy.drip):
            self.wfile.write(b"x")


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(_BOMB), compresslevel=1)


_ANSWERS: Mapping[Fault, Callable[[_Handler, bytes], None]] = {
    Fault.NONE: _Handler.pass_on,
    Fault.SILENT: _Handler.be_silent,
    Fault.DRIP_HEADERS: _Handler.drip_headers,
    Fault.DRIP_BODY: _Handler.drip_body,
    Fault.SERVER_ERROR: _Handler.fail,
    Fault.HTML: _Handler.send_page,
    Fault.TRUNCATED: _Handler.break_off,
    Fault.HUGE: _Handler.send_much,
    Fault.BOMB: _Handler.send_bomb,
    Fault.REDIRECT: _Handler.redirect,
    Fault.RESET: _Handler.reset,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a proxy until the end of the input; each line names the next fault."""
    parser = argparse.ArgumentParser(
        prog="python -m sandbox.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("target", help="origin of the wiki, http only")
    parser.add_argument("--port", type=int, default=8095)
    parser.add_argument("--fault", type=Fault, choices=Fault, default=Fault.NONE)
    options = parser.parse_args(arguments)
    with FaultProxy(options.target, options.port).serving() as proxy:
        proxy.fault = options.fault
        print(f"{proxy.url} {proxy.fault}", flush=True)
        for line in sys.stdin:
            try:
                proxy.fault = Fault(line.strip())
            except ValueError:
                print("faults:", ", ".join(Fault))
            print(f"{proxy.url} {proxy.fault}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
