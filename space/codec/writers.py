"""Writers: a canonical value → wikitext that shows it literally and reads back as it.

Whatever a person typed, it must not open or close a parameter, a template, a
comment, a tag or a signature, nor file the page in a category: every character that
could is written as a character reference.
"""

import re
import unicodedata

from space.codec.entities import storable
from space.codec.items import SEPARATORS
from space.codec.values.links import Link, split_links
from space.schema.kinds import Field, Value

_LINKED = frozenset(("contact", "inline", "user"))  # readers of values with links
_UNSAFE = (
    r"[{}|<\x00-\x1f\x7f]"
    r"|\[(?=\[|\Z|//|[A-Za-z][A-Za-z0-9+.-]*:)|(?<=\[)\["  # not in `Room [4]`
    r"|\](?=\]|\Z)|(?<=\])\]|\A\]"
    r"|'(?=')|(?<=')'|~(?=~)|(?<=~)~|_(?=_)|(?<=_)_"
    r"|(?<= ) "
)
_ALONE = re.compile(rf"{_UNSAFE}|&(?=#?\w+;)")
_LISTED = re.compile(rf"{_UNSAFE}|[,{SEPARATORS}]|&(?=#?\w+(?:;|\Z))")
_FIRST = re.compile(
    r"\A(?:[*#:;= ]|-(?=---))"
)  # where a value begins, not a part of it
_LAST = re.compile(r" \Z")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SAFE_PREFIXES = frozenset(
    (
        *("", "c", "commons", "d", "event", "foundation", "help", "m", "mediawiki"),
        *("meta", "metawikipedia", "mw", "project", "special", "talk", "template"),
        *("user", "user talk", "w", "wikidata", "wikipedia", "wikt", "wiktionary"),
    )
)


def write_value(field: Field, value: Value) -> str:
    """The wikitext of a field's value, on one line."""
    if isinstance(value, tuple):
        return "; ".join(_write(field, item, listed=True) for item in value)
    return _write(field, value, listed=False)


def _write(field: Field, text: str, *, listed: bool) -> str:
    pieces = split_links(text) if field.reader in _LINKED else [text]
    written = [
        _link(piece, listed=listed)
        if isinstance(piece, Link)
        else _escape_inside(piece, listed=listed)
        for piece in pieces
    ]
    return _whole("".join(written))


def escape(text: str, *, listed: bool = False) -> str:
    """The text as a whole value: wikitext that shows it, on one line."""
    return _whole(_escape_inside(text, listed=listed))


def _whole(written: str) -> str:
    """A whole value: what only its ends would make markup, or lose, in references."""
    return _LAST.sub(_reference, _FIRST.sub(_reference, written))


def _link(link: Link, *, listed: bool) -> str:
    """The link; with a colon before what might be a category or another language."""
    colon = "" if link.namespace in _SAFE_PREFIXES else ":"
    target = _escape_inside(link.target, listed=listed)
    shown = _escape_inside(link.label, listed=listed)
    label = f"|{shown}" if link.label != link.target else ""
    return f"[[{colon}{target}{label}]]"


def _escape_inside(text: str, *, listed: bool) -> str:
    """A piece of a value as wikitext that shows it, on one line.

    With `listed`, separators of lists are escaped, too. Text that the wiki would
    change on saving (it stores NFC) is written in references altogether.
    """
    unsafe = _LISTED if listed else _ALONE
    escaped = unsafe.sub(_reference, storable(text))
    if not unicodedata.is_normalized("NFC", text):
        escaped = _NOT_ASCII.sub(_reference, escaped)
    return escaped


def _reference(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"
