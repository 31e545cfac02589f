"""How long the tool takes to answer with a queue of 2,000 pages.

The server's own time for `/review`, from the request to the whole answer: once
with a queue that this process has not read before, then again, each beside the same
page with a queue of fifty. The first reads the rows of all 2,000, so the reference of
what it takes more is `json.loads` of the same rows. What is compared takes turns.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from time import process_time

from sqlalchemy import select

from benchmarks.review_queue import PAGES, rows
from space.store.queries.waiting_rows import ReviewQueue
from space.store.tables.tables import queue
from tests.support.tool.app import ToolApp

FEW = 50
RUNS = 9
MOST_AGAIN = 2.0
"""Times the same page of a short queue."""
MOST_READING = 8.0
"""Times `json.loads` of all rows, of what the first answer takes more."""
ADDRESSES = ("/review", "/review?language=mi&kind=post", "/review?page=30")


@dataclass(frozen=True, slots=True)
class Answer:
    """How one address compares: read again with few pages, read first with the rows."""

    address: str
    again: float
    reading: float

    @property
    def fits(self) -> bool:
        """Whether the limits are kept."""
        return self.again <= MOST_AGAIN and self.reading <= MOST_READING

    def __str__(self) -> str:
        return (
            f"{self.address}, {PAGES} pages wait: {self.again:.2f} times as long as"
            f" with {FEW} (≤ {MOST_AGAIN:g}); the first time {self.reading:.2f} times"
            f" json.loads of all rows more (≤ {MOST_READING:g})"
        )


def measure() -> list[Answer]:
    """Ask two tools, one of them with a queue of no more than a page."""
    long, short = _tool(PAGES), _tool(FEW)
    with long.engine.connect() as connection:
        texts = list(connection.scalars(select(queue.c.row)))
    found = []
    for address in ADDRESSES:
        first, again, few, loads = least(
            lambda address=address: _ask(long, address, first=True),  # type: ignore[misc]
            lambda address=address: _ask(long, address),  # type: ignore[misc]
            lambda: _ask(short, ADDRESSES[0]),
            lambda: list(map(json.loads, texts)),
        )
        found.append(Answer(address, again / few, (first - again) / loads))
    for tool in (long, short):
        tool.engine.dispose()
    return found


def least(*works: Callable[[], object]) -> list[float]:
    """Seconds of the processor for each work, the least of its turns."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, taken in zip(works, times, strict=True):
            start = process_time()
            work()
            taken.append(process_time() - start)
    return [min(taken) for taken in times]


def _tool(waiting: int) -> ToolApp:
    tool = ToolApp(own_app=True)
    tool.store.set_queue(rows()[:waiting])
    for address in ADDRESSES:
        tool.get(address)  # compiles the templates
    return tool


def _ask(tool: ToolApp, address: str, *, first: bool = False) -> None:
    if first:
        tool.store.queue = ReviewQueue(tool.engine)
    answer = tool.get(address)
    assert answer.status_code == 200, answer.status


def main() -> int:
    """Print the ratios; 1 if one is above its limit."""
    answers = measure()
    for answer in answers:
        print(answer)
    return int(not all(answer.fits for answer in answers))


if __name__ == "__main__":
    sys.exit(main())
