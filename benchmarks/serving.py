"""How fast feeds and pages leave the web server, beside a file and an empty answer.

One gunicorn worker on loopback, with the settings of production; what is compared
takes turns, so that whatever else the machine does weighs on both. Memory is the
most the worker ever had.
"""

import http.client
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, sleep

from benchmarks.feeds import EVENTS, make, publications
from benchmarks.served import DATABASE
from space.publication.publication import Publication

ROOT = Path(__file__).resolve().parents[1]
WHOLE = "/feeds/events.ics"
FILTERED = "/feeds/events.ics?from=2026-11-01&to=2026-11-12"
PAGES = ("/", "/events", "/calendar/2026-12", "/map", "/blog", "/search?q=event")
PAGE_LIMIT = 2.0  # times a file, of a page that somebody had before
TURNS = 25
REQUESTS = 80  # a turn, of answers without a body
MEMORY = 200  # MB
PATIENCE = 30.0  # seconds for the server to begin


class Client:
    """One connection that is kept, as feed readers' and proxies' are."""

    def __init__(self, port: int) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str, **headers: str) -> tuple[int, bytes, str | None]:
        """Status, body and tag."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request("GET", path, headers=named)
        answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers["ETag"]

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@contextmanager
def server(folder: Path) -> Iterator[tuple[int, int]]:
    """A server of one worker: its port, and the worker's process id."""
    ready = folder / "port"
    command = [
        sys.executable, "-m", "gunicorn", "--workers=1", "--max-requests=0",
        "--bind=127.0.0.1:0", "--access-logfile", os.devnull,
        "benchmarks.served:application()",
    ]  # fmt: skip
    with ready.open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            env={**os.environ, "BENCH_FOLDER": str(folder)},
            cwd=ROOT,
            stdout=log,
            stderr=log,
        )
    try:
        yield _begun(ready)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def serving(events: Iterable[Publication]) -> Iterator[tuple[Path, int, int]]:
    """A server that has some events: its folder, port and worker."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / DATABASE, list(events))
        with server(folder) as (port, worker):
            yield folder, port, worker


def _begun(log: Path) -> tuple[int, int]:
    """Port and worker as the server prints them."""
    for _ in range(int(PATIENCE / 0.1)):
        words = log.read_text().split()
        if "pid:" in words:
            port = next(word for word in words if "127.0.0.1:" in word)
            worker = words[words.index("pid:") + 1]
            return int(port.rpartition(":")[2]), int(worker)
        sleep(0.1)
    raise TimeoutError(log.read_text())


def taking_turns(*works: Callable[[], object]) -> list[float]:
    """The least seconds of each work: the ones in which nobody else had a say."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(TURNS):
        for work, taken in zip(works, times, strict=True):
            start = perf_counter()
            work()
            taken.append(perf_counter() - start)
    return [min(taken) for taken in times]


def against_file(client: Client, folder: Path, path: str) -> tuple[float, int]:
    """How many times longer a feed takes than the file it makes, and its events."""
    _, body, _ = client.get(path)
    (folder / "feed").write_bytes(body)
    assert client.get("/bare/file/feed")[1] == body
    feed, file = taking_turns(
        lambda: client.get(path), lambda: client.get("/bare/file/feed")
    )
    return feed / file, body.count(b"BEGIN:VEVENT")


def unchanged(client: Client, path: str = WHOLE) -> float:
    """The throughput of 304 as a share of that of an empty answer."""
    tag = client.get(path)[2] or ""
    assert client.get(path, If_None_Match=tag)[:2] == (304, b"")

    def many(path: str, **headers: str) -> None:
        for _ in range(REQUESTS):
            client.get(path, **headers)

    ours, empty = taking_turns(
        lambda: many(path, If_None_Match=tag), lambda: many("/bare/empty")
    )
    return empty / ours


def most_memory(process: int) -> float:
    """The most megabytes of memory a process has had."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def main() -> int:
    """Print the ratios; 1 if one misses its target."""
    with serving(publications()) as (folder, port, worker):
        client = Client(port)
        whole, number = against_file(client, folder, WHOLE)
        filtered, few = against_file(client, folder, FILTERED)
        shares = [unchanged(client), *(unchanged(client, page) for page in PAGES)]
        pages = [against_file(client, folder, page)[0] for page in PAGES]
        memory = most_memory(worker)
        client.close()
    assert number == EVENTS
    print(f"{number} events served: {whole:.1f} times a file of the same (at most 3)")
    print(
        f"{few} events, filtered: {filtered:.1f} times a file of the same (at most 2)"
    )
    share = min(shares)
    print(f"304: {share:.0%} of the throughput of an empty answer (at least 80 %)")
    for page, times in zip(PAGES, pages, strict=True):
        print(f"{page} again: {times:.1f} times a file (at most {PAGE_LIMIT:g})")
    print(f"memory of the web process: {memory:.0f} MB (below {MEMORY})")
    fits = whole <= 3 and filtered <= 2 and share >= 0.8 and memory < MEMORY
    fits = fits and max(pages) <= PAGE_LIMIT
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main())
