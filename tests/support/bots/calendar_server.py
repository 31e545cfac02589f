"""A server of public calendars on this machine, and a reader that reaches it."""

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from urllib3.connection import HTTPConnection

from bots.calendar_reader import DEADLINE, CalendarReader

HOST = "calendar.example.org"
FEED = f"https://{HOST}/feed.ics"
PUBLIC = "93.184.215.14"
CALENDAR = {"Content-Type": "text/calendar; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to a request: status, headers, and the body in pieces.

    `before` is called before each piece, so that a server can be slow.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=lambda: CALENDAR)
    body: tuple[bytes, ...] = ()
    before: Callable[[], None] = lambda: None


@dataclass(slots=True)
class CalendarServer:
    """Answers by path, 404 for others; `asked` are the requests with their headers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    addresses: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {HOST: (PUBLIC,)}
    )
    connected: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0

    def put(self, *body: bytes, path: str = "/feed.ics", **headers: str) -> None:
        """Have a calendar at a path."""
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(200, CALENDAR | own, body)

    def resolve(self, host: str) -> tuple[str, ...]:
        """The addresses of a host, in place of the domain name system's."""
        if host not in self.addresses:
            raise OSError(host)
        return self.addresses[host]

    def connect(self, host: str, address: str) -> HTTPConnection:
        """A connection to this server, whatever the address that was checked.

        It does not imitate TLS, nor that an address does not answer.
        """
        self.connected.append((host, address))
        return HTTPConnection("127.0.0.1", self.port, timeout=5)

    def reader(self, *hosts: str, deadline: float = DEADLINE) -> CalendarReader:
        """A reader that may ask these hosts, or the usual one."""
        allowed = frozenset(hosts or (HOST,))
        return CalendarReader(
            allowed, "Space tests", self.resolve, self.connect, deadline
        )


@contextmanager
def serving_calendars(certificate: Path | None = None) -> Iterator[CalendarServer]:
    """A server while the context lasts, by TLS if it has a key and certificate."""
    calendars = CalendarServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            calendars.asked.append((self.path, dict(self.headers)))
            answer = calendars.answers.get(self.path, Answer(404))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in answer.body:
                    answer.before()
                    self.wfile.write(piece)
            except OSError:
                self.close_connection = True  # nobody waits for the rest

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    calendars.port = server.server_port
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield calendars
    finally:
        server.shutdown()
        server.server_close()
