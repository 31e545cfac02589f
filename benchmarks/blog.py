"""How long readers of a blog of 10,000 posts wait, a third of them translations.

One gunicorn worker on loopback, as in `benchmarks.serving`; pages as milliseconds of
the server with an empty answer's taken off, the feed beside a file of the same.
"""

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.addresses import ADDRESSES
from benchmarks.feeds import fill
from benchmarks.served import DATABASE
from benchmarks.serving import Client, against_file, server
from space.publication.publication import Publication
from space.schema.kinds import Value
from space.store import Store, open_engine

POSTS = 10_000
WITH_TEXT = 200
MOST_EMPTY, MOST_FILE = 12.0, 3.0
PAGES = ("/blog", "/blog?topic=glam&author=Ana", "/blog?language=fr", "/blog?page=100")
FEED = "/feeds/posts.atom"
TEXT = "<p>We walked along the river and took pictures of the old bridges.</p>" * 80


def posts() -> Iterator[Publication]:
    """Posts of some years; every third one is a translation of the one before."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(1, POSTS + 1):
        published = first + timedelta(hours=6 * number)
        values: dict[str, Value] = {
            "title": f"What we learned {number}: женщины, महिलाएँ",
            "summary": "Twelve people, one rainy afternoon and many pictures.",
            "language": "fr" if number % 3 == 0 else "en",
            "authors": ("[[User:Ana|Ana]]", f"Author {number % 200}"),
            "topics": ("glam", f"topic {number % 50}"),
            "series": f"Series {number % 300}",
        }
        if number % 3 == 0:
            values["original"] = f"Space/Blog/Post {number - 1}"
        yield Publication(
            page_id=number,
            page_title=f"Space/Blog/Post {number}",
            kind="post",
            revision=number,
            values=values,
            creator="Ana",
            created=published,
            published=published,
            updated=published,
            sequence=number,
        )


def make(file: Path) -> None:
    """A store with all posts, and the texts of the newest."""
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, ADDRESSES)
    made = list(posts())
    fill(store, made)
    for each in made[-WITH_TEXT:]:
        store.set_content(each, TEXT)
    engine.dispose()


def main() -> int:
    """Print the figures; 1 if one misses its target."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / DATABASE)
        with server(folder) as (port, (worker,)):
            client = Client(port, worker)
            slowest = 0.0
            for path in PAGES:
                assert client.get(path)[0] == 200, path
                page, empty = client.taking_turns(
                    lambda path=path: client.get(path),  # type: ignore[misc]
                    lambda: client.get("/bare/empty"),
                )
                slowest = max(slowest, page / empty)
                print(
                    f"{path}: {page / empty:.1f} times an empty route "
                    f"(at most {MOST_EMPTY:g})"
                )
            times, _ = against_file(client, folder, FEED)
            entries = client.get(FEED)[1].count(b"<content")
            client.close()
    print(
        f"{entries} posts: {times:.1f} times a file of the same (at most {MOST_FILE})"
    )
    return int(slowest > MOST_EMPTY or times > MOST_FILE)


if __name__ == "__main__":
    sys.exit(main())
