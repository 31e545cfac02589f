"""The wiki's ids of threads and comments, made as DiscussionTools makes them.

`c-<author>-<time>-<what it answers>` and `h-<heading>-<time of the oldest comment>`,
names cut at 80 bytes, numbered where they would be the same.
"""

from collections.abc import Callable
from datetime import UTC, datetime

SHORT_SINCE = datetime(2022, 7, 12, tzinfo=UTC)
"""Older times are written at length (`$wgDiscussionToolsTimestampFormatSwitchTime`)."""

_LONGEST = 80  # bytes


def stamp(moment: datetime) -> str:
    """A time as ids have it."""
    utc = moment.astimezone(UTC)
    if utc < SHORT_SINCE:
        return f"{utc:%Y-%m-%dT%H:%M:%S}.000Z"
    return f"{utc:%Y%m%d%H%M%S}"


def name(text: str) -> str:
    """An author's name or a heading as a part of an id."""
    cut = text.replace(" ", "_").encode()[:_LONGEST].decode(errors="ignore")
    return cut.strip("_")


def mark(author: str, at: datetime) -> str:
    """The part of an id that names a comment."""
    return f"{name(author)}-{stamp(at)}"


class Names:
    """Names of a page, each given once: a later one gets the lowest free number.

    `first` is the number of the second of equal names. The next number of each is
    remembered, so that a thousand equal names take no million looks.
    """

    def __init__(
        self, sign: str = "-", first: int = 1, key: Callable[[str], str] = str
    ) -> None:
        self._sign = sign
        self._first = first
        self._key = key
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, name: str) -> str:
        """The name, with a number after it if it is taken already."""
        key = self._key(name)
        free, number = name, self._next.get(key, self._first)
        while self._key(free) in self._taken:
            free = f"{name}{self._sign}{number}"
            number += 1
        self._next[key] = number
        self._taken.add(self._key(free))
        return free


class Anchors(Names):
    """Anchors of a page's headings, which case does not tell apart."""

    def __init__(self) -> None:
        super().__init__("_", 2, str.lower)

    def take(self, name: str) -> str:
        """The anchor of a heading with this title."""
        return super().take("_".join(name.split()))
