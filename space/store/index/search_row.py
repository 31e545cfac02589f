"""The row by which a published page is found, its words written in ASCII.

SQLite's FTS5 and MariaDB's FULLTEXT know scripts in different ways, and neither knows
all: `space.text.search_terms` makes the words, and both databases index them alike.
"""

from functools import lru_cache
from string import ascii_lowercase, digits
from typing import Any

from space.codec.values.links import label
from space.publication.publication import Publication
from space.text.from_wikitext import plain_text
from space.text.reading_time import reading_minutes
from space.text.search_terms import pieces

MARK = "xq"  # before each word: too long to be left out, and no word of stop lists
IN_TITLE = "xt"  # before the words of a title, which stand there once more
_BORDER = "zzz"  # no word: nothing reaches over it
_LONGEST = 80  # characters of a written word, MariaDB takes 84
_PLAIN = frozenset(ascii_lowercase + digits) - {"z"}
_DIGITS = digits + ascii_lowercase
_ALSO = ("topics", "authors", "organizers", "city", "venue", "series")


def search_row(publication: Publication) -> dict[str, Any]:
    """The row of a publication, which has to come with its body."""
    title = label(str(publication.values.get("title", "")))
    summary = label(str(publication.values.get("summary", "")))
    body = plain_text(publication.body)
    own = [publication.values.get(name, ()) for name in _ALSO]
    more = [
        label(item)
        for value in own
        for item in ((value,) if isinstance(value, str) else value)
    ]
    of_title, of_summary, *of_others = map(_written, (title, summary, *more, body))
    parts = (of_title, of_summary, *of_others, _written(title, IN_TITLE))
    words = f" {_BORDER} ".join(parts)
    return {
        "page_id": publication.page_id,
        "minutes": reading_minutes(body),
        "title": f" {of_title} ",
        "summary": f" {of_summary} ",
        "text": " ".join(part for part in (summary, body) if part),
        "words": f" {words} ",
    }


def _written(part: str, mark: str = MARK) -> str:
    return " ".join(written(piece, mark) for piece in pieces(part))


def written(piece: str, mark: str = MARK) -> str:
    """A word in ASCII; the beginning of a word is the beginning of what is written."""
    if _PLAIN.issuperset(piece):
        return f"{mark}{piece}"[:_LONGEST]
    signs = [mark]
    size = len(mark)
    for character in piece:
        sign = character if character in _PLAIN else _encode_character(ord(character))
        size += len(sign)
        if size > _LONGEST:
            break
        signs.append(sign)
    return "".join(signs)


@lru_cache(maxsize=4096)  # a text has few characters, each many times
def _encode_character(number: int) -> str:
    encoded = ""
    for _ in range(4):  # 36⁴ is more than Unicode has
        number, rest = divmod(number, len(_DIGITS))
        encoded = _DIGITS[rest] + encoded
    return f"z{encoded}"
