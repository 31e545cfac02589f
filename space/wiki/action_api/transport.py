"""The protocol by which requests reach `api.php`, and its HTTP rules."""

from collections.abc import Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

Answer = Mapping[str, Any]
"""The JSON object of the wiki, with an `error` object if it refused."""

LONGEST_GET = 2_000
"""Bytes of parameters sent by GET; Toolforge's proxy refuses lines of 6 to 8 KB."""

LARGEST_ANSWER = 64 * 1024 * 1024
"""Octets of an answer that is read; a wiki puts 8 MiB of texts into one
($wgAPIMaxResultSize), whose characters JSON may write with six octets each."""


class Transport(Protocol):
    """A signed-in (or anonymous) connection to one wiki's `api.php`."""

    def call(
        self, params: Mapping[str, str], *, write: bool = False, public: bool = False
    ) -> Answer:
        """Send `params`, which ask for `format=json` and `formatversion=2`.

        A request that writes is sent once; one that reads may be repeated. A
        `public` one goes without the account, as from anybody's browser. Answers
        of the HTTP layer that mean a refusal come back as `error` objects with the
        code `ratelimited` (429) or `mwoauth-invalid-authorization` (401). Raises
        `WikiUnavailableError` when no answer came that can be read.
        """
        ...


def is_short(params: Mapping[str, str]) -> bool:
    """Whether the parameters of a question fit into an address."""
    return len(urlencode(params)) <= LONGEST_GET


def refusal(status: int, retry_after: str | None) -> Answer | None:
    """The `error` object for an HTTP status that means one; None for others."""
    if status == 429:
        seconds = int(retry_after) if retry_after and retry_after.isdigit() else 60
        return {
            "error": {
                "code": "ratelimited",
                "info": "HTTP 429",
                "retryafter": seconds,
            }
        }
    if status == 401:
        return {"error": {"code": "mwoauth-invalid-authorization", "info": "HTTP 401"}}
    return None
