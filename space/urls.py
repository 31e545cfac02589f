"""Addresses that are safe to show as links: http and https, to a plain host.

They come from anybody and go into pages, feeds and calendars, so whatever could run,
mislead or break a line is refused. RFC 3986; browsers by https://url.spec.whatwg.org/.
"""

import re
from urllib.parse import quote, urlsplit

from space.problems import Problem

_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_ENCODED = re.compile(r"[\"<>^`{|}\u200C\u200D]")  # the last two join letters
_BRACKET = re.compile(r"[\[\]]")
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
    try:
        parts = urlsplit(address)
        known = parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return _problem("url", text)
    if "@" in parts.netloc:
        return _problem("url-credentials", text)
    if not known:
        return _problem("url", text)
    start = len(parts.scheme) + len("://") + len(parts.netloc)
    return address[:start] + _BRACKET.sub(_quoted, address[start:])


def is_safe_url(text: str) -> bool:
    """Whether this is an address as `read_url` returns it."""
    return read_url(text) == text


def _quoted(match: re.Match[str]) -> str:
    return quote(match[0])


def _problem(code: str, text: str) -> Problem:
    return Problem(code, params=(text[:_SHOWN],))
