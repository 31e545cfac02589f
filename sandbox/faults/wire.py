"""The connection to whoever asked the fault proxy, as faults write to it."""

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from io import BufferedIOBase
from threading import Event

Headers = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wire:
    """One connection, which ends with its answer.

    Attributes:
        connection, file: the socket, and what is written to it.
        released: set when answers that never end by themselves shall end.
        drip: seconds between two bytes of an answer that drips.
        delay: seconds before the answer of a slow wiki.
        proxy_url: the proxy's own origin.
    """

    connection: socket.socket
    file: BufferedIOBase
    released: Event
    drip: float
    delay: float
    proxy_url: str

    def write(self, octets: bytes) -> None:
        """Send these octets as they are."""
        self.file.write(octets)
        self.file.flush()

    def send(self, status: int, body: bytes, headers: Headers = ()) -> None:
        """Send a whole answer."""
        try:
            phrase = HTTPStatus(status).phrase
        except ValueError:
            phrase = ""
        lines = [f"{name}: {value}" for name, value in headers]
        length = f"Content-Length: {len(body)}"
        head = [f"HTTP/1.1 {status} {phrase}", *lines, length, "Connection: close"]
        self.write("\r\n".join((*head, "", "")).encode("latin-1") + body)

    def hold(self) -> None:
        """Wait until the proxy lets go."""
        self.released.wait()

    def pause(self) -> None:
        """Wait as long as a slow wiki does."""
        self.released.wait(self.delay)

    def drip_on(self, start: bytes) -> None:
        """Send a beginning, then a byte now and then until the proxy lets go."""
        self.write(start)
        while not self.released.wait(self.drip):
            self.write(b"x")

    def reset(self) -> None:
        """End the connection by a reset (RST)."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.connection.close()
