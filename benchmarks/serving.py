"""How fast feeds and pages leave the web server, beside a file and an empty route.

One gunicorn worker on loopback, with the settings of production; what is compared
takes turns. Times are the CPU's, of the server and of who asks together, so that what
else the machine does does not weigh. Memory is the most the worker ever had.
"""

import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import clock_gettime, process_time, sleep

from benchmarks.addresses import ADDRESSES
from benchmarks.feeds import EVENTS, make, publications
from benchmarks.memory import most_memory
from benchmarks.served import DATABASE, SECRET
from space.publication.publication import Publication
from space.sources.entry import Entry
from space.store import Store, open_engine
from tests.support.feeds.publications import record
from tool.app.web.visitor import COOKIE
from tool.signin.sessions import Session, Sessions

ROOT = Path(__file__).resolve().parents[1]
FILE = "/bare/file/feed"
WHOLE = "/feeds/events.ics"
MAP = "/feeds/events.geojson"
OF_EVENTS = (WHOLE, "/feeds/events.csv", MAP)
FEEDS = (*OF_EVENTS, "/feeds/posts.atom")
FILTERED = "/feeds/events.ics?from=2026-11-01&to=2026-11-12"
PAGES = ("/", "/events", "/calendar/2026-12", "/map", "/blog", "/search?q=event")
PAGE_LIMIT = 2.0  # times a file, of a page that somebody had before
COLD = {WHOLE: 2.0, "/feeds/events.csv": 3.0, MAP: 4.0}
"""Times a file, of a whole feed of a version that nobody asked for before.

The shorter it is, the more of it is what any answer takes.
"""
AGAIN = 1.2  # times a file, of one that somebody asked for
FROM_MEMORY = 2.0
"""Times a file, of a filtered feed."""
NOT_MODIFIED = 0.8  # of the throughput of an empty route
SIGNED_IN = 12.0
"""Times an empty route, of a page for somebody with a session."""
TURNS = 50
REST = 0.002  # seconds
REQUESTS = 80  # a turn, of answers without a body
MEMORY = 150  # MB
PATIENCE = 30.0  # seconds for the server to begin


class Client:
    """One connection that is kept, as feed readers' and proxies' are."""

    def __init__(self, port: int, worker: int | None = None) -> None:
        """Connect to a port, behind which a process works."""
        self._worker = worker
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str | None]:
        """Status, body and tag."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = self._answer(path, named)
        except ConnectionError:  # the server ends connections that rest
            self._connection.close()
            answer = self._answer(path, named)
        return answer.status, answer.read(), answer.headers["ETag"]

    def _answer(self, path: str, headers: dict[str, str]) -> http.client.HTTPResponse:
        self._connection.request("GET", path, headers=headers)
        return self._connection.getresponse()

    def seconds(self, work: Callable[[], object]) -> float:
        """The CPU's time that a work takes of this process and of the server's."""
        start = self._cpu()
        work()
        return self._cpu() - start

    def _cpu(self) -> float:
        """What both had, once the server rests: when it has answered it goes on."""
        before, now = -1.0, 0.0
        while self._worker and before < now:
            sleep(REST)
            before, now = now, cpu_seconds(self._worker)
        return process_time() + now

    def taking_turns(self, *works: Callable[[], object]) -> list[float]:
        """The least seconds of each work: the ones in which nothing else was done."""
        times: list[list[float]] = [[] for _ in works]
        for _ in range(TURNS):
            for work, taken in zip(works, times, strict=True):
                taken.append(self.seconds(work))
        return list(map(min, times))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@contextmanager
def ending_at_sigterm() -> Iterator[None]:
    """A block that SIGTERM leaves as Ctrl-C does, so that what it began is ended."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def server(
    folder: Path, workers: int = 1, *, database: str = "", program: Path = ROOT
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """A server: its port, and the process ids of its workers.

    It runs a program of this folder, at a database that is `DATABASE` by default.
    """
    ready = folder / f"port-{program.name}"
    own = {
        "BENCH_FOLDER": str(folder),
        "SPACE_DATABASE_URL": database or f"sqlite:///{folder}/{DATABASE}",
    }
    command = [
        sys.executable, "-m", "gunicorn", f"--workers={workers}", "--max-requests=0",
        "--bind=127.0.0.1:0", "--access-logfile", os.devnull,
        "benchmarks.served:application()",
    ]  # fmt: skip
    with ready.open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env={**os.environ, **own},
            cwd=program,
            stdout=log,
            stderr=log,
        )
    try:
        with ending_at_sigterm():
            yield _begun(ready, workers)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving(
    events: Iterable[Publication], known: Sequence[Entry] = ()
) -> Iterator[tuple[Path, int, int]]:
    """A server that has some events, and registered ones: its folder, port, worker."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / DATABASE, list(events), known)
        with server(folder) as (port, (worker,)):
            yield folder, port, worker


def _begun(log: Path, workers: int) -> tuple[int, tuple[int, ...]]:
    """Port and workers as the server prints them."""
    for _ in range(int(PATIENCE / 0.1)):
        text = log.read_text()
        booted = re.findall(r"pid: (\d+)", text)
        if len(booted) == workers:
            port = re.findall(r"127\.0\.0\.1:(\d+)", text)[0]
            return int(port), tuple(map(int, booted))
        sleep(0.1)
    raise TimeoutError(log.read_text())


def against_file(client: Client, folder: Path, path: str) -> tuple[float, int]:
    """How many times longer an answer takes than the file it makes, and its events."""
    body = _as_file(client, folder, path)
    feed, file = client.taking_turns(lambda: client.get(path), lambda: client.get(FILE))
    return feed / file, body.count(b"BEGIN:VEVENT")


def cold_and_again(
    client: Client, folder: Path, path: str, change: Callable[[int], object]
) -> tuple[float, float]:
    """How many times longer than its file a feed takes after a change, and after that.

    Each turn begins with a change of its text; all texts have one length. Before both
    are asked for, a feed without entries is: the processor has their code at hand.
    """
    change(TURNS)
    body = _as_file(client, folder, path)
    cold: list[float] = []
    file: list[float] = []
    for turn in range(TURNS):
        change(turn)
        for asked, taken in ((FILE, file), (path, cold)):
            client.get(f"{path}?from=2090-01-{turn % 28 + 1:02}")
            taken.append(client.seconds(partial(client.get, asked)))
    now = client.get(path)[1]
    assert now != body
    assert len(now) == len(body)
    again, same = client.taking_turns(
        lambda: client.get(path), lambda: client.get(FILE)
    )
    return min(cold) / min(file), again / same


def _as_file(client: Client, folder: Path, path: str) -> bytes:
    """Write what a path answers to the file of the bare application."""
    _, body, _ = client.get(path)
    (folder / "feed").write_bytes(body)
    assert client.get(FILE)[1] == client.get(path)[1] == body
    return body


def with_session(client: Client, folder: Path, path: str) -> float:
    """How many times longer than an empty route a page takes for who has signed in."""
    engine = open_engine(f"sqlite:///{folder / DATABASE}")
    sessions = Sessions(engine, SECRET, lambda: datetime.now(UTC))
    key = sessions.add(Session(user="Ana"), {"access_token": "a", "expires_at": 9e9})
    engine.dispose()
    cookie = {"Cookie": f"{COOKIE}={key}"}
    assert b"Ana" in client.get(path, **cookie)[1]
    page, empty = client.taking_turns(
        lambda: client.get(path, **cookie), lambda: client.get("/bare/empty")
    )
    return page / empty


def unchanged(client: Client, path: str = WHOLE) -> float:
    """The throughput of 304 as a share of that of an empty answer."""
    tag = client.get(path)[2] or ""
    assert client.get(path, If_None_Match=tag)[:2] == (304, b"")

    def many(path: str, **headers: str) -> None:
        for _ in range(REQUESTS):
            client.get(path, **headers)

    ours, empty = client.taking_turns(
        lambda: many(path, If_None_Match=tag), lambda: many("/bare/empty")
    )
    return empty / ours


def cpu_seconds(process: int) -> float:
    """The CPU's time that all threads of a process have had."""
    return clock_gettime(~process << 3 | 2)  # as clock_getcpuclockid(3) has it


def _change(store: Store, event: Publication, number: int) -> None:
    """Give an event another title of the same length, and a map that has it."""
    title = f"{str(event.values['title'])[:-2]}{number:02}"
    store.put(record(replace(event, values={**event.values, "title": title})))
    store.prebuild_map(datetime.now(UTC).date())


def main() -> int:
    """Print the ratios; 1 if one misses its target."""
    return measure(list(publications()))


def measure(events: Sequence[Publication], known: Sequence[Entry] = ()) -> int:
    """Print the ratios of some events with registered ones; 1 if one misses its target.

    These are as many as those of pages, if any.
    """
    with serving(events, known) as (folder, port, worker):
        client = Client(port, worker)
        engine = open_engine(f"sqlite:///{folder / DATABASE}")
        store = Store(engine, ADDRESSES)
        _, number = against_file(client, folder, WHOLE)
        found = {}
        change = partial(_change, store, events[EVENTS // 2])
        for feed in OF_EVENTS:
            cold, again = cold_and_again(client, folder, feed, change)
            found[f"{feed} cold"] = (cold, COLD[feed], "times a file")
            found[f"{feed} again"] = (again, AGAIN, "times a file")
        filtered, _ = against_file(client, folder, FILTERED)
        found[FILTERED] = (filtered, FROM_MEMORY, "times a file")
        for page in PAGES:
            times, _ = against_file(client, folder, page)
            found[f"{page} again"] = (times, PAGE_LIMIT, "times a file")
            empty = 1 / unchanged(client, page)
            found[f"{page} 304"] = (empty, 1 / NOT_MODIFIED, "times an empty route")
            personal = with_session(client, folder, page)
            found[f"{page} signed in"] = (personal, SIGNED_IN, "times an empty route")
        memory = most_memory(worker)
        client.close()
        engine.dispose()
    assert number == (2 * EVENTS if known else EVENTS)
    for what, (times, limit, reference) in found.items():
        print(f"{what}: {times:.2f} {reference} (at most {limit:g})")
    print(f"memory of the web process: {memory:.0f} MB (at most {MEMORY})")
    missed = [what for what, (times, limit, _) in found.items() if times > limit]
    return int(bool(missed) or memory > MEMORY)


if __name__ == "__main__":
    sys.exit(main())
