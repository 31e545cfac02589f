"""Titles of new pages, made from what a person called their post or event.

MediaWiki's rules: https://www.mediawiki.org/wiki/Manual:Page_title. The last part of
a title keeps to 200 bytes, so that root, home and a date have room.
"""

from datetime import date

import regex

from space.text.normal import normalize

MAX_BYTES = 200
WIKI_MAX_BYTES = 255
_SUFFIX_LIMIT = 99

# Forbidden characters, each with a sign that reads much like it. A slash is allowed
# but would start a subpage of its own.
_REPLACEMENTS = str.maketrans(
    {
        "#": "\N{FULLWIDTH NUMBER SIGN}",
        "<": "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}",
        ">": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
        "[": "(",
        "]": ")",
        "{": "(",
        "}": ")",
        "|": "-",
        "/": "-",
        "_": " ",
        "\N{REPLACEMENT CHARACTER}": " ",
    }
)
_SIGNATURE = regex.compile(r"~{3,}")
_COLONS = regex.compile(r"^[:\p{Z}\p{Cf}_]+")
_PERCENT_CODE = regex.compile(r"%(?=[0-9A-Fa-f]{2})")
_ENTITY = regex.compile(r"&(?=#?[\p{L}\p{N}]+;)")
# The wiki drops marks of direction and knows one kind of space.
_UNSEEN = regex.compile(r"[\u200E\u200F\u202A-\u202E]")
_BLANK = regex.compile(r"[\p{Cc}\p{Cs}\p{Z}]+")


def page_name(title: str, limit: int = MAX_BYTES) -> str:
    """What a person called it, as the wiki allows it, in at most `limit` bytes.

    Empty when nothing that can be seen is left.
    """
    name = normalize("NFC", title)
    name = _UNSEEN.sub("", name).translate(_REPLACEMENTS)
    name = _SIGNATURE.sub("~", name)
    name = _PERCENT_CODE.sub("\N{FULLWIDTH PERCENT SIGN}", name)
    name = _ENTITY.sub("\N{FULLWIDTH AMPERSAND}", name)
    name = cut_bytes(_BLANK.sub(" ", name).strip(), limit)
    return "\N{HORIZONTAL ELLIPSIS}" if name in {".", ".."} else name


def page_title(prefix: str, title: str, suffix: str = "") -> str:
    """`<prefix><title><suffix>`; empty when the title has nothing to show.

    `prefix` is a page with a slash, or a namespace with its colon, behind which the
    wiki wants no other one.
    """
    if prefix.endswith(":"):
        title = _COLONS.sub("", title)
    limit = min(MAX_BYTES, WIKI_MAX_BYTES - len(prefix.encode()))
    name = page_name(title, limit - len(suffix.encode()))
    return f"{prefix}{name}{suffix}" if name else ""


def suffixes(day: date) -> tuple[str, ...]:
    """What tells pages of one title apart: nothing, the date, the date and a number."""
    numbered = (f" ({day.isoformat()}, {n})" for n in range(2, _SUFFIX_LIMIT + 1))
    return ("", f" ({day.isoformat()})", *numbered)


def cut_bytes(text: str, limit: int) -> str:
    """The longest beginning of whole graphemes that has at most `limit` bytes."""
    size = end = 0
    for match in regex.finditer(r"\X", text):
        size += len(match.group().encode())
        if size > limit:
            break
        end = match.end()
    return text[:end].rstrip()
