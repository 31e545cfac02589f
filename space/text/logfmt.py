r"""Lines of logs as `key=value` pairs (logfmt), and what must not stand in them.

Values with spaces, quotes or `=` are in quotes, as in JSON; control characters and
other unprintable ones are told as `\xNN`, so that nobody's text begins a line or moves
a terminal. https://brandur.org/logfmt
"""

import re
from collections.abc import Iterable

_NAMES = (
    "access_token|authorization|client_secret|code|code_verifier|csrf|lgpassword|"
    "lgtoken|oauth_[a-z]+|password|refresh_token|secret|session|state|token"
)
_SECRETS = (
    # scheme://user:password@host
    (re.compile(r"(://)[^\s/@]+@"), r"\1…@"),
    (re.compile(r"\b(bearer|basic|oauth) [^\s\"',]+", re.IGNORECASE), r"\1 …"),
    # Whatever a request asks for: of wikis tokens, of visitors words.
    (re.compile(r"\?[^\s\"'<>)]*=[^\s\"'<>)]*"), "?…"),
    (
        re.compile(
            rf"\b({_NAMES})(['\"]?\s?[=:]\s?)(?:'[^']*'|\"[^\"]*\"|[^\s&,;)}}\"']+)",
            re.IGNORECASE,
        ),
        r"\1\2…",
    ),
)
_ADDRESS = re.compile(
    r"(?<![\w.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\w.]\d)"
    r"|(?<![0-9a-z])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])",
    re.IGNORECASE,
)
_QUOTED = re.compile(r'[\s"=]|^$')


def escaped(text: str) -> str:
    r"""The text with `\xNN` for control characters and other unprintable ones."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text.replace("\\", "\\\\")
    )


def value(text: str) -> str:
    """A text as the value of a pair, in quotes where it has to be."""
    safe = escaped(text)
    if not _QUOTED.search(safe):
        return safe
    quoted = safe.replace('"', '\\"')
    return f'"{quoted}"'


def line(pairs: Iterable[tuple[str, object]]) -> str:
    """Pairs of names and values as one line, without its end."""
    return " ".join(f"{name}={value(str(content))}" for name, content in pairs)


def without_secrets(text: str) -> str:
    """The text without passwords, tokens, query strings and network addresses."""
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return _ADDRESS.sub(_without_address, text)


def _without_address(found: re.Match[str]) -> str:
    """An address as `(address)`; clock times, and the own machine, stay."""
    text = found[0]
    is_short = text.count(":") < _COLONS and "::" not in text
    return (
        text if text in {"::", "::1"} or ("." not in text and is_short) else "(address)"
    )


_COLONS = 4
"""The fewest colons of an IPv6 address without `::`; clock times have two."""
