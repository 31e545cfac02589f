"""Moves of pages, by the wiki's log: which titles changed hands."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from space.wiki.port import WikiReader


def read_arrivals(wiki: WikiReader, since: datetime) -> Mapping[str, datetime]:
    """Title → when a page was last moved to it, of the moves since an aware time."""
    moves = wiki.log("move", since=since)
    return {str(move.params.get("target_title")): move.timestamp for move in moves}


def last_arrival(
    arrivals: Mapping[str, datetime], titles: Iterable[str]
) -> datetime | None:
    """When a page last came to one of the titles; None if none did."""
    return max((arrivals[t] for t in titles if t in arrivals), default=None)
