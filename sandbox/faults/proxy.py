"""The fault proxy: it passes requests to a wiki, unless it is told to fail."""

import http.client
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from sandbox.faults.asked import AskedRequest, Concern, asked_request
from sandbox.faults.broken import NONE
from sandbox.faults.fault import Fault
from sandbox.faults.wire import Wire
from sandbox.place import HOST

DRIP = 0.5  # seconds between two bytes
DELAY = 10.0  # seconds of a slow wiki
_TIMEOUT = 120  # seconds for the wiki
_NOT_PASSED = frozenset({"connection", "content-length", "transfer-encoding"})

Condition = Callable[[AskedRequest], bool]


@dataclass(slots=True)
class FaultRule:
    """Which requests fail in which way, and how many of them still do.

    `concerns` is empty for all; `skip` requests pass before, `times` is None for ever.
    """

    fault: Fault
    concerns: frozenset[Concern]
    where: Condition
    skip: int
    times: int | None

    def takes(self, request: AskedRequest) -> bool:
        """Whether this request fails by this rule; counts it if so."""
        if self.concerns and request.concern not in self.concerns:
            return False
        if self.times == 0 or not self.where(request):
            return False
        if self.skip:
            self.skip -= 1
            return False
        if self.times is not None:
            self.times -= 1
        return True


class FaultProxy:
    """A proxy before the wiki at `target`, on the loopback interface only.

    Requests that no rule takes fail by `fault`, which may be changed at any time.
    `asked` are all that came in; `drip` and `delay` are in seconds. With `tls` it is an
    https server.
    """

    def __init__(
        self,
        target: str,
        port: int = 0,
        *,
        drip: float = DRIP,
        delay: float = DELAY,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.target = urlsplit(target)
        self.fault = NONE
        self.drip = drip
        self.delay = delay
        self.asked: list[AskedRequest] = []
        self.released = Event()
        self._tls = tls
        self._rules: list[FaultRule] = []
        self._lock = Lock()
        self._thread: Thread | None = None
        self._server = self._listen(port)
        self._port = self._server.server_port
        self.url = f"{'https' if tls else 'http'}://{HOST}:{self._port}"

    @contextmanager
    def serving(self) -> Iterator["FaultProxy"]:
        """A block in which the proxy answers."""
        self.come_back()
        try:
            yield self
        finally:
            self.leave()
            self._server.server_close()

    def fail(
        self,
        fault: Fault,
        *concerns: Concern,
        where: Condition = lambda _: True,
        skip: int = 0,
        times: int | None = None,
    ) -> None:
        """Let requests fail, before all that was told before.

        Those that are about one of `concerns`, by default all, and meet a condition;
        the first `skip` of them pass, and after `times` they pass again.
        """
        rule = FaultRule(fault, frozenset(concerns), where, skip, times)
        with self._lock:
            self._rules.insert(0, rule)

    def heal(self) -> None:
        """Let all requests pass, and end those that hang."""
        with self._lock:
            self._rules.clear()
            self.fault = NONE
        self.let_go()

    def count(self, *concerns: Concern) -> int:
        """How many requests came in that were about one of these, by default any."""
        wanted = concerns or tuple(Concern)
        return sum(request.concern in wanted for request in self.asked)

    def let_go(self) -> None:
        """End the answers that never end by themselves."""
        self.released.set()
        self.released = Event()

    def leave(self) -> None:
        """Listen no more, as a wiki that is away; connections are refused."""
        self.let_go()
        if self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._thread = None

    def come_back(self) -> None:
        """Listen again, at the same address."""
        if self._thread is None:
            if self._server.fileno() < 0:
                self._server = self._listen(self._port)
            self._thread = Thread(target=self._server.serve_forever, args=(0.05,))
            self._thread.start()

    def fault_of(self, request: AskedRequest) -> Fault:
        """How a request fails that has just come in."""
        with self._lock:
            self.asked.append(request)
            rule = next((rule for rule in self._rules if rule.takes(request)), None)
            return rule.fault if rule else self.fault

    def _listen(self, port: int) -> ThreadingHTTPServer:
        server = ThreadingHTTPServer((HOST, port), self._handle)
        server.daemon_threads = True
        if self._tls is not None:
            listener = server.socket
            server.socket = self._tls.wrap_socket(listener, server_side=True)
        return server

    def _handle(self, *connection: Any) -> "_Handler":
        return _Handler(self, *connection)


class _Handler(BaseHTTPRequestHandler):
    """One request, answered as the proxy wants it."""

    def __init__(self, proxy: FaultProxy, *connection: Any) -> None:
        self._proxy = proxy
        super().__init__(*connection)

    def do_GET(self) -> None:
        """Answer a request."""
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        content_type = self.headers.get("Content-Type", "")
        request = asked_request(self.command, self.path, content_type, body)
        proxy = self._proxy
        fault = proxy.fault_of(request)
        wire = Wire(
            self.connection,
            self.wfile,
            proxy.released,
            proxy.drip,
            proxy.delay,
            proxy.url,
        )
        with suppress(OSError):  # the sender has gone
            if fault.waits:
                wire.pause()
            if fault.answer is None:
                wire.send(*self._of_the_wiki(body))
                return
            if fault.acts:
                self._of_the_wiki(body)
            fault.answer(wire)

    do_POST = do_GET  # noqa: N815 - as `http.server` wants it

    def log_message(self, *_: Any) -> None:
        """Write no log."""

    def _of_the_wiki(self, body: bytes) -> tuple[int, bytes, list[tuple[str, str]]]:
        """Status, body and headers of the wiki's own answer; 502 where it is away."""
        target = self._proxy.target
        wiki = http.client.HTTPConnection(target.netloc, timeout=_TIMEOUT)
        try:
            wiki.request(self.command, self.path, body, dict(self.headers))
            answer = wiki.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return 502, b"", []
        finally:
            wiki.close()
        headers = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in _NOT_PASSED
        ]
        return answer.status, content, headers
