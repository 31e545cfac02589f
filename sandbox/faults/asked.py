"""A request that came to the fault proxy, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.parser import BytesParser
from enum import StrEnum
from urllib.parse import parse_qsl, urlsplit

_WRITES = frozenset({"delete", "edit", "move", "patrol", "protect", "undelete"})


class Concern(StrEnum):
    """What a request is about."""

    EDIT = "edit"  # it changes the wiki, by `action=edit` or the like
    TOKEN = "token"  # noqa: S105 - it asks for a token to write or to sign in with
    SIGN_IN = "sign-in"  # `action=login`, and OAuth's own addresses
    READ = "read"  # any other question to api.php
    PAGE = "page"  # any other address: index.php, rest.php, pictures


@dataclass(frozen=True, slots=True)
class AskedRequest:
    """One request: its method, its path, and the parameters of query and body."""

    method: str
    path: str
    params: Mapping[str, str]

    @property
    def action(self) -> str:
        """The module of api.php that it asks; empty for other addresses."""
        return self.params.get("action", "help") if self.asks_api else ""

    @property
    def asks_api(self) -> bool:
        """Whether it goes to api.php."""
        return self.path.endswith("/api.php")

    @property
    def concern(self) -> Concern:
        """What it is about."""
        if "/oauth2/" in self.path or self.action in {"login", "clientlogin"}:
            return Concern.SIGN_IN
        if not self.asks_api:
            return Concern.PAGE
        if self.action in _WRITES:
            return Concern.EDIT
        if "tokens" in self.params.get("meta", "").split("|"):
            return Concern.TOKEN
        return Concern.READ


def asked_request(
    method: str, address: str, content_type: str, body: bytes
) -> AskedRequest:
    """The request of these parts, whose body is a form of either sort, or none."""
    parts = urlsplit(address)
    params = dict(parse_qsl(parts.query, keep_blank_values=True))
    if content_type.startswith("multipart/form-data"):
        params |= _parts(content_type, body)
    elif content_type.startswith("application/x-www-form-urlencoded"):
        text = body.decode("utf-8", "replace")
        params |= dict(parse_qsl(text, keep_blank_values=True))
    return AskedRequest(method, parts.path, params)


def _parts(content_type: str, body: bytes) -> dict[str, str]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    found: dict[str, str] = {}
    for part in BytesParser().parsebytes(head + body).walk():
        name = part.get_param("name", header="Content-Disposition")
        value = part.get_payload(decode=True)
        if isinstance(name, str) and isinstance(value, bytes):
            found[name] = value.decode("utf-8", "replace")
    return found
