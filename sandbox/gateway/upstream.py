"""The wiki behind the gateway: requests passed on, for their sender or for a person."""

import hashlib
import http.client
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from sandbox.place import HOST

Headers = Iterable[tuple[str, str]]

TIMEOUT = 120.0  # seconds
API = "/w/api.php"
HOP_BY_HOP = {  # RFC 9110, 7.6.1
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
CREDENTIALS = {"authorization", "cookie"}
TRUSTED = "x-sandbox-"


class Caller(NamedTuple):
    """The person for whom a request is passed on, with token and grants."""

    name: str
    token: str
    grants: tuple[str, ...] = ()


class Reply(NamedTuple):
    """The wiki's answer to a request."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass(frozen=True, slots=True)
class Upstream:
    """The wiki's own server, and the key by which it believes the gateway."""

    port: int
    key: str

    def send(
        self,
        method: str,
        path: str,
        headers: Headers = (),
        body: bytes = b"",
        person: Caller | None = None,
    ) -> Reply:
        """Pass a request on as it came, or as the request of a person.

        Raises `OSError` or `http.client.HTTPException` when the wiki is away.
        """
        connection = http.client.HTTPConnection(HOST, self.port, timeout=TIMEOUT)
        try:
            connection.putrequest(method, path, skip_accept_encoding=True)
            for name, value in [*_passed(headers, person), *self._signed(person)]:
                connection.putheader(name, value)
            connection.endheaders(body or None)
            answer = connection.getresponse()
            kept_headers = [
                (name, value)
                for name, value in answer.getheaders()
                if name.lower() not in {*HOP_BY_HOP, "content-length", "date", "host"}
            ]
            return Reply(answer.status, kept_headers, answer.read())
        finally:
            connection.close()

    def visitor(self, cookies: str) -> str | None:
        """The name of the account that these cookies are signed in with."""
        info = self._user_info({"Cookie": cookies}.items(), None, "")
        return None if "anon" in info or "temp" in info else str(info["name"])

    def profile(self, person: Caller) -> dict[str, Any]:
        """`action=query&meta=userinfo` about a person, with groups and rights."""
        properties = "rights|groups|editcount|registrationdate|blockinfo|email"
        return self._user_info((), person, properties)

    def _user_info(
        self, headers: Headers, person: Caller | None, properties: str
    ) -> dict[str, Any]:
        query: Mapping[str, str] = {
            "action": "query",
            "meta": "userinfo",
            "uiprop": properties,
            "format": "json",
            "formatversion": "2",
        }
        reply = self.send("GET", f"{API}?{urlencode(query)}", headers, b"", person)
        info: dict[str, Any] = json.loads(reply.body)["query"]["userinfo"]
        return info

    def _signed(self, person: Caller | None) -> Headers:
        if person is None:
            return []
        return [
            ("X-Sandbox-Key", self.key),
            ("X-Sandbox-User", quote(person.name)),
            ("X-Sandbox-Session", hashlib.sha256(person.token.encode()).hexdigest()),
            ("X-Sandbox-Grants", "|".join(person.grants)),
        ]


def _passed(headers: Headers, person: Caller | None) -> Headers:
    """The sender's headers, without those by which the gateway names a person."""
    stopped = HOP_BY_HOP | (CREDENTIALS if person else set()) | {"host"}
    return [
        (name, value)
        for name, value in headers
        if name.lower() not in stopped and not name.lower().startswith(TRUSTED)
    ]
