"""How long a search takes among 10,000 posts, for rare words and for common ones."""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.feeds import ADDRESSES, BATCH, TODAY
from space.publication import Publication
from space.store import Record, Store, open_engine
from space.store.finding import Search
from space.words import excerpt

POSTS = 10_000
TARGET = 50  # milliseconds of the processor
RUNS = 5
SEARCHES = ("needle77", "people", "people writing", "维基百科", "महिलाओं", "nothing")
_TEXT = "People met, writing together. महिलाओं के लिए। 我们在维基百科写条目。 "


def posts() -> Iterator[Publication]:
    """Posts of some 250 words, each with a word of its own."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(1, POSTS + 1):
        at = first + timedelta(hours=number)
        yield Publication(
            page_id=number,
            page_title=f"Space/Blog/{number}",
            kind="post",
            revision=number,
            values={"title": f"Post {number}", "language": "en"},
            creator="Ana",
            created=at,
            published=at,
            updated=at,
            sequence=number,
            body=f"{_TEXT * 20} needle{number}",
        )


def fill(store: Store) -> None:
    """Put all posts into an empty store."""
    store.prepare("benchmark", TODAY)
    made = list(posts())
    for start in range(0, POSTS, BATCH):
        store.put(
            *(
                Record(
                    each.page_id,
                    "post",
                    each.page_title,
                    0,
                    each.revision,
                    "published",
                    publication=each,
                )
                for each in made[start : start + BATCH]
            )
        )


def cost(store: Store, words: str) -> float:
    """Milliseconds of the processor for the first page of what is found."""
    begun = process_time()
    hits = store.search(Search(words), limit=20)
    for hit in hits.rows:
        excerpt(hit.text, words)
    return 1000 * (process_time() - begun)


def main() -> int:
    """Print each search; 1 if one misses the target."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'space.sqlite'}")
        store = Store(engine, ADDRESSES)
        fill(store)
        slowest = 0.0
        for words in SEARCHES:
            took = median(cost(store, words) for _ in range(RUNS))
            slowest = max(slowest, took)
            print(f"search {words!r} in {POSTS} posts: {took:.1f} ms (≤ {TARGET})")
        engine.dispose()
    return int(slowest > TARGET)


if __name__ == "__main__":
    sys.exit(main())
