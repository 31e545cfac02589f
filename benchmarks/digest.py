"""What a weekly digest costs in nine languages, beside English alone.

Of 10,000 events and a blog of 10,000 posts. What is asked of the store is the same for
all languages; the processor's time, the median of rounds that alternate.
"""

import sys
import tempfile
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import process_time

from benchmarks.addresses import ADDRESSES
from benchmarks.blog import posts
from benchmarks.feeds import EVENTS, TODAY, fill, publications
from space.dates.moments import utc_midnight
from space.digest.digest_text import write_digest
from space.digest.selection import gather
from space.digest.weeks import Week
from space.store import Store, open_engine
from space.text.messages import Translator, read_catalogue

MOST = 3.0
ROUNDS = 15
ENGLISH = ("en",)


def make(file: Path) -> None:
    """A store with all events, and posts up to the end of the week."""
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, ADDRESSES)
    written = list(posts())
    later = utc_midnight(TODAY) - written[-1].published
    fill(
        store,
        [
            *publications(),
            *(
                replace(
                    post,
                    page_id=EVENTS + post.page_id,
                    published=post.published + later,
                )
                for post in written
            ),
        ],
    )
    engine.dispose()


def main() -> int:
    """Print the ratio; 1 if it is above the limit."""
    catalogue = read_catalogue()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.sqlite"
        make(file)
        engine = open_engine(f"sqlite:///{file}")
        store = Store(engine, ADDRESSES)
        week = Week.of(TODAY)

        def seconds(languages: Collection[str]) -> float:
            start = process_time()
            digest = gather(store, week, week.end + timedelta(hours=1))
            for language in languages:
                text = write_digest(digest, Translator(catalogue, language), "Space")
                assert text.wikitext("m:")
            return process_time() - start

        rounds = [(seconds(catalogue), seconds(ENGLISH)) for _ in range(ROUNDS)]
        engine.dispose()
    all_of_them, english = (median(times) for times in zip(*rounds, strict=True))
    ratio = all_of_them / english
    print(
        f"digest, {len(catalogue)} languages: {ratio:.2f} times English"
        f" (≤ {MOST:.0f}); {all_of_them * 1000:.0f} and {english * 1000:.0f} ms"
    )
    return int(ratio > MOST)


if __name__ == "__main__":
    sys.exit(main())
