"""How long searches take, beside the databases' own searches of the same words.

On SQLite and on MariaDB with as much memory as Debian gives it. The reference is what
FTS5 or FULLTEXT finds first by its own ranking, with rows and excerpts as here; and the
same search among ten times fewer posts, for what it costs must not follow their number.
Few and many take turns; a database's own search comes after, as it drives the rows out
of MariaDB's memory. Time of the processor, of this process and the database's server.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from time import clock_gettime, process_time

from sqlalchemy import URL, Engine, text

from benchmarks.addresses import ADDRESSES
from benchmarks.feeds import fill
from space.publication.publication import Publication
from space.store import Store, open_engine
from space.store.index.search_row import written
from space.store.queries.search import Search
from space.store.tables.tables import layout_prefix
from space.text.search_terms import excerpt, pieces
from tests.support.store.mariadb import mariadb

FEW, MANY = 1_000, 10_000
RUNS = 15
PAGE = 20
BUFFER_POOL = 128  # MB, MariaDB's default
FREQUENT = ("people", "people writing", "维基百科", "महिलाओं")
NOTHING = "nothing"
AS_FREQUENT = (*FREQUENT, NOTHING)  # in few posts as in many
SEARCHES = (*AS_FREQUENT, "needle77")
BESIDE = 2.0
"""Times the database's own search, of words that are found."""
GROWTH = 1.5
"""Times the same search among ten times fewer."""
_PROCESS_CLOCK = (
    2  # kind of a clock, below the process it is of (clock_getcpuclockid(3))
)
_TEXT = "People met, writing together. महिलाओं के लिए। 我们在维基百科写条目。 "
_BY_RANK = {
    "sqlite": """SELECT page_id, page_title, fields, text
        FROM space_record JOIN space_search USING (page_id) WHERE page_id IN (
        SELECT rowid FROM space_search_words
        WHERE space_search_words MATCH :words ORDER BY rank LIMIT :page)""",
    "mysql": """SELECT page_id, page_title, fields, text
        FROM space_record JOIN space_search USING (page_id)
        WHERE MATCH(words) AGAINST (:words IN BOOLEAN MODE)
        ORDER BY MATCH(words) AGAINST (:words IN BOOLEAN MODE) DESC LIMIT :page""",
}

Clock = Callable[[], float]
Database = tuple[Store, Engine, Clock]


def posts() -> Iterator[Publication]:
    """Posts of some 250 words, each with a word of its own."""
    first = datetime(2020, 1, 1, tzinfo=UTC)
    for number in range(1, MANY + 1):
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


def found(database: Database, words: str) -> int:
    """The first page of what is found."""
    hits = database[0].search.find(Search(words), limit=PAGE).rows
    for hit in hits:
        excerpt(hit.text, words)
    return len(hits)


def by_rank(database: Database, words: str) -> int:
    """The first page of what a database finds by itself."""
    engine = database[1]
    name = engine.dialect.name
    terms = list(map(written, pieces(words)))
    asked = {
        "sqlite": " AND ".join(f'"{term}"*' for term in terms),
        "mysql": " ".join(f"+{term}*" for term in terms),
    }
    plain = _BY_RANK[name].replace("space_", layout_prefix())
    query = text(plain).bindparams(words=asked[name], page=PAGE)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        excerpt(row.text, words)
    return len(rows)


def cost(*works: tuple[Clock, Callable[[], object]]) -> list[float]:
    """Milliseconds of the processor for each work, the least of its turns."""
    least = [float("inf")] * len(works)
    for _ in range(RUNS):
        for number, (clock, work) in enumerate(works):
            begun = clock()
            work()
            least[number] = min(least[number], 1000 * (clock() - begun))
    return least


def with_server(process: int) -> float:
    """Seconds of the processor that this process and a database's server took.

    Those of threads that ended count, too: the server has one for each connection.
    """
    clock = ~process << 3 | _PROCESS_CLOCK
    return process_time() + clock_gettime(clock)


def compared(few: Database, many: Database) -> Iterator[tuple[str, float, float]]:
    """What each search is compared with, how it compares, and the most it may."""
    for words in SEARCHES:
        ours, before = cost(
            (many[2], partial(found, many, words)),
            (few[2], partial(found, few, words)),
        )
        what = f"{many[1].dialect.name}, {words!r} in {MANY} posts ({ours:.1f} ms)"
        if words in AS_FREQUENT:
            yield f"{what}: times that in {FEW}", ours / before, GROWTH
        if words != NOTHING:
            (theirs,) = cost((many[2], partial(by_rank, many, words)))
            yield f"{what}: times its own search", ours / theirs, BESIDE


def filled(address: str | URL, clock: Clock, many: int) -> Database:
    """A database that has some posts."""
    engine = open_engine(address)
    store = Store(engine, ADDRESSES)
    fill(store, islice(posts(), many))
    return store, engine, clock


@contextmanager
def of_mariadb(many: int) -> Iterator[Database]:
    """A server of its own with some posts."""
    with mariadb(BUFFER_POOL) as address:
        engine = open_engine(address)
        with engine.connect() as connection:
            pid_file = connection.scalar(text("SELECT @@pid_file"))
        engine.dispose()
        process = int(Path(str(pid_file)).read_text())
        database = filled(address, partial(with_server, process), many)
        yield database
        database[1].dispose()


def main() -> int:
    """Print the ratios; 1 if one misses its limit."""
    with tempfile.TemporaryDirectory() as folder:
        few, many = (
            filled(f"sqlite:///{Path(folder) / str(count)}", process_time, count)
            for count in (FEW, MANY)
        )
        results = list(compared(few, many))
        for _, engine, _ in (few, many):
            engine.dispose()
    with of_mariadb(FEW) as few, of_mariadb(MANY) as many:
        results += compared(few, many)
    for what, ratio, limit in results:
        print(f"{what}: {ratio:.2f} (at most {limit:g})")
    return int(any(ratio > limit for _, ratio, limit in results))


if __name__ == "__main__":
    sys.exit(main())
