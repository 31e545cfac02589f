"""The size of an answer: none is read beyond what a wiki may send us."""

from typing import Any

import requests
from requests.adapters import HTTPAdapter

from space.wiki.action_api.transport import LARGEST_ANSWER

_PIECE = 2**16  # octets


class SizedAdapter(HTTPAdapter):
    """Sends requests, and returns answers that were read to their end.

    Raises `requests.RequestException` for more than `LARGEST_ANSWER` octets, after
    decompression.
    """

    def send(
        self, request: requests.PreparedRequest, *args: Any, **options: Any
    ) -> requests.Response:
        """See `HTTPAdapter`."""
        response = super().send(request, *args, **options | {"stream": True})
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_content(_PIECE):
            size += len(piece)
            if size > LARGEST_ANSWER:
                response.close()
                raise requests.RequestException(f"more than {LARGEST_ANSWER} octets")
            pieces.append(piece)
        response._content = b"".join(pieces)  # noqa: SLF001 - as `content` does
        return response


def sized(session: requests.Session) -> requests.Session:
    """The session, which reads no larger answers."""
    for scheme in ("https://", "http://"):
        session.mount(scheme, SizedAdapter())
    return session
