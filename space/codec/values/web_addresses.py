"""Addresses that are safe to show as links: http and https, to a plain host.

They come from anybody and go into pages, feeds and calendars, so whatever could run,
mislead or break a line is refused. RFC 3986; browsers by https://url.spec.whatwg.org/.
"""

import re
from functools import lru_cache
from urllib.parse import quote

from space.schema.problems import Problem
from space.text.normal import normalize

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENCODED = re.compile(r"[\"<>^`{|}\u200C\u200D]")  # the last two join letters
_BRACKET = re.compile(r"[\[\]]")
_HOST = re.compile(r"([^:\[\]]+)(?::([0-9]*))?", re.ASCII)
_HOST_ENDS = re.compile(r"[/?#@:]")
_PORT_DIGITS, _MAX_PORT = 5, 65535
_SHOWN = 80


def read_url(text: str) -> str | Problem:
    """The address in normal form, or why it is none that we link to.

    Codes: `url-scheme`, `url-credentials`, `url`.
    """
    match = _SCHEME.match(text)
    if not match:
        return _problem("url-scheme", text)
    address = match[0].lower() + _ENCODED.sub(_quoted, text[match.end() :])
    if "\\" in address or " " in address or not address.isprintable():
        return _problem("url", text)
    start, host, rest = re.split(r"(?<=//)([^/?#]*)", address, maxsplit=1)
    if "@" in host:
        return _problem("url-credentials", text)
    if not _is_plain(host):
        return _problem("url", text)
    return start + host + _BRACKET.sub(_quoted, rest)


def _is_plain(host: str) -> bool:
    """Whether this is a name or an IPv4 address, with a port or without.

    Nor may any letter stand for a sign that ends a host, as the one in `a℀b` does.
    """
    match = _HOST.fullmatch(host)
    if not match or _HOST_ENDS.search(normalize("NFKC", match[1])):
        return False
    port = match[2].lstrip("0") if match[2] else "1"
    return len(port) <= _PORT_DIGITS and 0 < int(port or "0") <= _MAX_PORT


@lru_cache(maxsize=4096)  # lists ask again for the same
def is_safe_url(text: str) -> bool:
    """Whether this is an address as `read_url` returns it."""
    return read_url(text) == text


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0])


def _problem(code: str, text: str) -> Problem:
    return Problem(code, params=(text[:_SHOWN],))
