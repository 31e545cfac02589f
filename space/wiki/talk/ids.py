"""The wiki's ids of threads and comments, made as DiscussionTools makes them.

`c-<author>-<time>-<what it answers>` and `h-<heading>-<time of the oldest comment>`,
names cut at 80 bytes, numbered where they would be the same.
"""

from collections.abc import Container
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


def unique(name: str, taken: Container[str]) -> str:
    """The id, with the lowest number that makes it one of its own."""
    free, number = name, 0
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def anchor(title: str, taken: Container[str]) -> str:
    """The anchor of a heading; `taken` are those above it, in lower case."""
    name = "_".join(title.split())
    free, number = name, 1
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    return free
