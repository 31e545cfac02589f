"""Transport adapter of `requests` that keeps every request to a wiki within bounds."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from space.errors import NotSentError
from tool.upstream.call_limits import CallLimits
from tool.upstream.connections import POOLS

MAX_BYTES = 10_000_000
"""The longest answer that is read, in bytes after decompression."""

_PIECE = 2**16  # bytes

S = TypeVar("S", bound=requests.Session)


class AnswerTooLongError(requests.RequestException):
    """An answer has more than `MAX_BYTES`."""


class BoundedAdapter(HTTPAdapter):
    """Sends each request once, and returns an answer that was read to its end.

    Raises `NotSentError` where nothing was sent, and errors of `requests` where that
    is not known, also for answers that redirect or are too long.
    """

    def __init__(self, bounds: CallLimits) -> None:
        self._bounds = bounds
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """See `HTTPAdapter`; its connections end with the deadline."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """See `HTTPAdapter`; as `init_poolmanager`, for proxies of the environment."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = POOLS
        return manager

    def send(
        self, request: requests.PreparedRequest, *_: Any, **options: Any
    ) -> requests.Response:
        """See `HTTPAdapter`; time-outs that the caller gives are not used."""
        with self._bounds.call(urlsplit(str(request.url)).netloc) as call:
            options |= {"stream": True, "timeout": call.seconds}
            try:
                response = super().send(request, **options)
            except requests.ConnectionError as error:
                if _is_unconnected(error):
                    raise NotSentError(str(error)) from error
                raise
            try:
                _read(response)
            except BaseException:
                response.close()
                raise
            call.failed = response.status_code >= requests.codes.server_error
            # mwclient sleeps where it finds this; the answer itself says the same.
            response.headers.pop("X-Database-Lag", None)
        return response


def _read(response: requests.Response) -> None:
    """Read the body of a response. Raises for one that redirects or is too long."""
    if response.is_redirect:
        target = response.headers["Location"]
        raise requests.TooManyRedirects(f"the answer redirects to {target:.200}")
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_content(_PIECE):
        size += len(piece)
        if size > MAX_BYTES:
            raise AnswerTooLongError(f"an answer of more than {MAX_BYTES} bytes")
        pieces.append(piece)
    # As `Response.content` and `.text` do, the one without a bound, the other by
    # comparing the text with all encodings.
    response.encoding = response.encoding or "utf-8"
    response._content = b"".join(pieces)  # noqa: SLF001


def _is_unconnected(error: requests.ConnectionError) -> bool:
    """Whether there was no connection, so that the request was not sent."""
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return isinstance(reason, ConnectTimeoutError | NewConnectionError)


def bounded(session: S, bounds: CallLimits, user_agent: str) -> S:
    """The session with its requests within bounds, and with a User-Agent."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, BoundedAdapter(bounds))
    session.headers["User-Agent"] = user_agent
    return session
