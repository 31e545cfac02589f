"""The bot's JSON pages of how often posts are viewed, which are all that is kept of it.

`Readers/<yyyy>.json`, by the UTC year of publication, has the counts of each post:

    {"schema": 1, "posts": [{"id": 12, "after7": 120, "after30": 300}]}

`Readers.json` has those of months, for Lua, and names the others:

    {"schema": 1, "parts": [{"key": "2026", "part": 1, "count": 17}],
     "months": [{"month": "2026-11", "after7": 120, "after30": 300}]}

What is not counted is absent. The figures of a month are medians of its posts, so that
one that was much talked of does not stand for all.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import UTC
from statistics import median_low
from typing import Any

from space.data_pages.pages import (
    POST_NAMES,
    Entry,
    Pages,
    grouped_pages,
    present,
    title_of,
)
from space.publication.publication import Publication
from space.publication.readership import Readership
from space.text.json_object import read_object
from space.wiki.values import Subpages

MOST_MONTHS = 120  # of which the page of months tells
EMPTY = {"schema": 1, "posts": []}


def readers_family(folder: str) -> Subpages:
    """The titles of the pages of years."""
    return Subpages(f"{folder}/Readers", POST_NAMES)


def read_counts(text: str) -> Iterator[Readership]:
    """The counts on a page of a year; what is out of shape is left out."""
    posts = (read_object(text) or {}).get("posts")
    for row in posts if isinstance(posts, list) else ():
        if isinstance(row, dict) and _is_number(row.get("id")):
            counts = {
                name: row[name]
                for name in ("after7", "after30")
                if _is_number(row.get(name))
            }
            yield Readership(row["id"], **counts)


def readers_pages(
    folder: str, posts: Iterable[Publication], counts: Mapping[int, Readership]
) -> Pages:
    """The pages of the counts of published posts; none of others.

    `folder` is the title above ("User:<bot>/Space").
    """
    years: dict[str, list[Entry]] = {}
    months: dict[str, list[Readership]] = {}
    for post in sorted(posts, key=lambda post: post.page_id):
        count = counts.get(post.page_id)
        if count:
            published = post.published.astimezone(UTC)
            years.setdefault(f"{published:%Y}", []).append(present(asdict(count)))
            months.setdefault(f"{published:%Y-%m}", []).append(count)
    pages = dict(grouped_pages(folder, "Readers", "posts", years))
    newest = sorted(months, reverse=True)[:MOST_MONTHS]
    pages[title_of(folder, "Readers", 1)]["months"] = [
        {"month": month, **_medians(months[month])} for month in newest
    ]
    return pages


def _medians(counts: Iterable[Readership]) -> Entry:
    counts = list(counts)
    return present(
        {
            "after7": _median(count.after7 for count in counts),
            "after30": _median(count.after30 for count in counts),
        }
    )


def _median(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return median_low(known) if known else None


def _is_number(value: Any) -> bool:
    return type(value) is int and value >= 0
