"""Connections of urllib3 whose every wait ends with the thread's deadline.

A time-out of urllib3 begins anew with each address, and with each piece that is read:
a server that sends a byte now and then, of the headers or of the body, holds a thread
for ever. Names are resolved by the system, with time-outs of its own (resolv.conf).
"""

import socket
import ssl
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import (
    ConnectTimeoutError,
    NameResolutionError,
    NewConnectionError,
)
from urllib3.util.ssl_ import create_urllib3_context

from tool.upstream.deadline import time_left


class TimedSocket(socket.socket):
    """A socket that waits as long as the thread's deadline allows, and no longer."""

    __slots__ = ()

    def recv_into(self, *args: Any) -> int:
        """See `socket`; raises `TimeoutError` when the deadline is over."""
        self.settimeout(time_left())
        return super().recv_into(*args)

    def send(self, *args: Any) -> int:
        """See `recv_into`."""
        self.settimeout(time_left())
        return super().send(*args)

    def sendall(self, *args: Any) -> None:
        """See `recv_into`."""
        self.settimeout(time_left())
        super().sendall(*args)


class _TimedTlsSocket(TimedSocket, ssl.SSLSocket):
    """A timed socket over TLS; a handshake has one time-out for all its steps."""


def _connect(host: str, port: int) -> TimedSocket:
    """A connection to the first address of a host that takes one.

    Each address has an equal share of the time that is left.
    """
    addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    failure = OSError(host)
    for number, (family, kind, protocol, _, address) in enumerate(addresses):
        made = TimedSocket(family, kind, protocol)
        try:
            made.settimeout(time_left() / (len(addresses) - number))
            made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            made.connect(address)
            made.settimeout(time_left())
        except OSError as error:
            made.close()
            failure = error
        else:
            return made
    raise failure


class _TimedConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        try:
            return _connect(self._dns_host, self.port)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, f"no connection to {self.host}") from error
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error


class _TimedTlsConnection(_TimedConnection, HTTPSConnection):
    def connect(self) -> None:
        if self.ssl_context is None:
            self.ssl_context = create_urllib3_context()
        self.ssl_context.sslsocket_class = _TimedTlsSocket
        super().connect()


class _TimedPool(HTTPConnectionPool):
    ConnectionCls = _TimedConnection


class _TimedTlsPool(HTTPSConnectionPool):
    ConnectionCls = _TimedTlsConnection


POOLS = {"http": _TimedPool, "https": _TimedTlsPool}
"""Scheme → class of pools, for `urllib3.PoolManager.pool_classes_by_scheme`."""
