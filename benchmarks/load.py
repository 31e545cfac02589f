"""How a server bears many readers at once, and whether its memory grows.

Fifty kept connections ask for pages and feeds, half of the time for what changed since,
of two gunicorn workers as the service starts them, on loopback. The slowest answers are
judged beside the usual ones of the same run. Memory is the most that a worker ever had,
and what it has after a number of requests, beside what it had after a tenth of them.

`python -m benchmarks.load --seconds 300 --requests 100000 --records 50000` is the long
run; by default it is short.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from threading import Lock
from time import perf_counter

from benchmarks.blog import posts
from benchmarks.feeds import make, publications
from benchmarks.memory import memory_now, most_memory
from benchmarks.served import DATABASE
from benchmarks.serving import FEEDS, FILTERED, PAGES, Client, server
from space.publication.publication import Publication

CONNECTIONS, WORKERS = 50, 2
SECONDS, REQUESTS, RECORDS = 10.0, 2_000, 2_000
ALSO = ("/subscribe", "/healthz", "/static/space.svg", "/events/12.ics")
MIX = (*PAGES, *PAGES, *FEEDS, FILTERED, *ALSO)
AGAIN = 0.5  # of the requests ask for what changed since
SLOWEST = 10.0  # times the usual answer, of one in a hundred
GROWTH = 1.05  # times the memory after a tenth of the requests
MEMORY = 150  # MB
FIRST_POST = 1_000_000  # page id: events have those below


@dataclass
class Seen:
    """Seconds of each answer, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def share(self, part: float) -> float:
        """The seconds within which a part of the answers came."""
        return sorted(self.seconds)[int(part * (len(self.seconds) - 1))]


class Reader:
    """One connection that asks for this and that, the same at each run."""

    def __init__(self, port: int, seed: int) -> None:
        self._port = port
        self._random = random.Random(seed)  # noqa: S311 - no secret
        self._client = Client(port)
        self._tags: dict[str, str] = {}

    def read(self, seen: Seen) -> None:
        """Ask once."""
        path = self._random.choice(MIX)
        tag = self._tags.get(path)
        known = {"If_None_Match": tag} if tag and self._random.random() < AGAIN else {}
        begun = perf_counter()
        try:
            status, _, tag = self._client.get(path, Accept_Encoding="gzip", **known)
        except OSError as error:
            seen.errors.append(f"{path}: {error!r}")
            self._client = Client(self._port)
            return
        seen.seconds.append(perf_counter() - begun)
        if status not in {200, 304}:
            seen.errors.append(f"{path}: {status}")
        if tag:
            self._tags[path] = tag


def read_while(port: int, more: Callable[[], bool]) -> Seen:
    """Let all readers ask as long as there is more to be asked."""

    def work(seed: int) -> Seen:
        reader, own = Reader(port, seed), Seen()
        while more():
            reader.read(own)
        return own

    with ThreadPoolExecutor(CONNECTIONS) as readers:
        found = list(readers.map(work, range(CONNECTIONS)))
    return Seen(
        [second for each in found for second in each.seconds],
        [error for each in found for error in each.errors],
    )


def lasting(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds are not over yet."""
    end = perf_counter() + seconds
    return lambda: perf_counter() < end


def counting(requests: int) -> Callable[[], bool]:
    """Whether there were not so many requests yet."""
    left, lock = requests, Lock()

    def more() -> bool:
        nonlocal left
        with lock:
            left -= 1
            return left >= 0

    return more


def records(count: int) -> Iterator[Publication]:
    """As many events as posts."""
    half = count // 2
    yield from _repeated(publications, half)
    for each in _repeated(posts, half):
        yield replace(each, page_id=FIRST_POST + each.page_id)


def _repeated(
    made: Callable[[], Iterator[Publication]], count: int
) -> Iterator[Publication]:
    """So many publications, again with other ids and titles where these end."""
    number = 0
    while number < count:
        for each in islice(made(), count - number):
            number += 1
            title = f"{each.page_title}/{number}"
            yield replace(each, page_id=number, page_title=title)


@contextmanager
def served(count: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A server with so many records: its port and its workers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / DATABASE, list(records(count)))
        with server(folder, WORKERS) as (port, workers):
            yield port, workers


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 if something failed, was too slow or too large."""
    parser = argparse.ArgumentParser(description="Load, and growth of memory.")
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--requests", type=int, default=REQUESTS)
    parser.add_argument("--records", type=int, default=RECORDS)
    given = parser.parse_args(arguments or [])
    with served(given.records) as (port, workers):
        read_while(port, counting(given.requests // 10))
        before = max(map(memory_now, workers))
        grown = read_while(port, counting(given.requests - given.requests // 10))
        after = max(map(memory_now, workers))
        loaded = read_while(port, lasting(given.seconds))
        memory = max(map(most_memory, workers))
    errors = grown.errors + loaded.errors
    usual, slowest = loaded.share(0.5), loaded.share(0.99)
    print(
        f"{CONNECTIONS} connections, {given.seconds:g} s:"
        f" {len(loaded.seconds)} answers, {len(errors)} errors (at most 0);"
        f" 99 in 100 take at most {slowest / usual:.1f} times"
        f" the usual {1000 * usual:.0f} ms (at most {SLOWEST:g})"
    )
    print(
        f"memory with {given.records} records after {given.requests} requests:"
        f" {after:.0f} MB, {after / before:.2f} times that after a tenth (at most"
        f" {GROWTH:g}); never more than {memory:.0f} MB (at most {MEMORY})"
    )
    for error in errors[:5]:
        print(error)
    fits = slowest <= SLOWEST * usual and after <= GROWTH * before and memory <= MEMORY
    return int(bool(errors) or not fits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
