"""What a queue of 2,000 pages costs, beside shorter ones: Lua on a real wiki, the tool.

The wiki's own report of a parse says it (`limitreportdata`). Lua's seconds are compared
with those of the same call on a quarter of the queue: four times as much is in order,
sixteen times would be quadratic. What a reader pays for is the portal's first hundred
rows. The tool's page of fifty rows is compared with the same page of a queue that has
no more: seconds of the processor, so that whatever else the machine does weighs on
neither.
"""

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from time import process_time

from sandbox.accounts import BOT
from sandbox.client import Client
from space.data_pages.queue import queue_pages
from space.review.queue.event_facts import EventFacts
from space.review.queue.rows import Row
from space.review.queue.sections import Section
from space.review.queue.surroundings import SimilarPage
from space.store import Refusal
from tests.support.tool.app import ToolApp
from tests.support.wiki.deployed import deploy
from tests.support.wiki.sandbox import Sandbox, claim_place
from tool.app.review.queue import PAGE_SIZE

PAGES = 2000
PART = PAGES // 4
MOST_OF_PART = 4.0
"""Times Lua's seconds with a quarter of the pages."""
MOST_GROWTH = 2.0
RUNS = 15
PARSES = 3
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
CALLS = (
    "{{Space review queue|count}}",
    "{{Space review queue|limit=100}}",
    "{{Space review queue|limit=500}}",
    "{{Space review queue|language=mi|kind=post|limit=500}}",
    "{{Space review queue|urgent=yes}}",
)


@dataclass(frozen=True, slots=True)
class Parse:
    """What the wiki reports of a parse: the least seconds of Lua, and its octets."""

    seconds: float
    memory: int


@dataclass(frozen=True, slots=True)
class Growth:
    """A call on a part of the queue, and on the whole."""

    call: str
    part: Parse
    whole: Parse

    @property
    def times(self) -> float:
        """How many times more Lua's seconds are for the whole."""
        return self.whole.seconds / self.part.seconds

    @property
    def fits(self) -> bool:
        """Whether the limit is kept."""
        return self.times <= MOST_OF_PART

    def __str__(self) -> str:
        return (
            f"{self.call}, {PAGES} pages wait: {self.times:.1f} times the Lua of {PART}"
            f" (≤ {MOST_OF_PART:g}; {self.whole.seconds:.2f} s,"
            f" {self.whole.memory / 1e6:.0f} MB)"
        )


def rows() -> list[Row]:
    """A queue in which everything that a row can say is said now and then."""
    return [
        Row(
            page=number,
            kind="post" if number % 4 == 0 else "event",
            title=f"Space/Events/Something with a title of usual length {number}",
            name=f"Something with a title of usual length {number}",
            pending_since=NOW - timedelta(hours=PAGES - number),
            section=_section(number),
            event=None if number % 4 == 0 else _event(number),
            pending_revision=number * 10,
            published_revision=number * 9 if number % 3 == 0 else None,
            languages=("mi", "en") if number % 8 == 0 else ("en",),
            author=f"Author {number}",
            edits=100,
            earlier=number % 3,
            first=number % 5 == 0,
            problems=("image",) if number % 7 == 0 else (),
            missing=("summary",) if number % 2 == 0 else (),
            like=SimilarPage(1, "Space/Events/First") if number % 50 == 0 else None,
            refusals=(Refusal("approve", "no-right", "Lena", "Lena", NOW),)
            if number % 20 == 0
            else (),
        )
        for number in range(1, PAGES + 1)
    ]


def _section(number: int) -> Section:
    """The part in which a row stands: of the first hundred soon, of others fixed."""
    if number <= PAGES // 20:
        return Section.SOON
    return Section.FIXED if number <= PAGES // 10 else Section.WAITING


def _event(number: int) -> EventFacts:
    day = NOW.date() + timedelta(days=number)
    return EventFacts(day, day, "hybrid", "NZ", "Auckland")


def tool_seconds(waiting: int) -> float:
    """What the page of a queue with so many pages costs, the least of some runs."""
    tool = ToolApp(own_app=True)
    tool.store.set_queue(rows()[:waiting])
    tool.get("/review")  # templates are compiled once
    costs = []
    for _ in range(RUNS):
        begun = process_time()
        assert tool.get("/review").status_code == HTTPStatus.OK
        costs.append(process_time() - begun)
    return min(costs)


def is_fast() -> bool:
    """Print what the tool's page costs; whether the limit is kept."""
    short, long = tool_seconds(PAGE_SIZE), tool_seconds(PAGES)
    print(
        f"/review, {PAGES} pages wait: {long * 1000:.0f} ms,"
        f" {long / short:.2f} times as much as with {PAGE_SIZE} (≤ {MOST_GROWTH})"
    )
    return long <= MOST_GROWTH * short


def measure() -> list[Growth]:
    """Write a part of the queue, then all, to a sandbox wiki, and parse each call."""
    with claim_place() as place:
        sandbox = Sandbox(place)
        try:
            sandbox.start()
            deploy(sandbox)
            bot = sandbox.login(BOT.name)
            part, whole = (_with_queue(bot, count) for count in (PART, PAGES))
            return [Growth(call, part[call], whole[call]) for call in CALLS]
        finally:
            sandbox.stop()


def _with_queue(bot: Client, count: int) -> dict[str, Parse]:
    """What each call costs while so many pages wait."""
    waiting = rows()[:count]
    pages = queue_pages(f"User:{BOT.name}/Space", waiting, NOW.date(), 3)
    for title, value in pages.items():
        bot.edit(title, json.dumps(value, ensure_ascii=False))
    return {call: _least(bot, call) for call in CALLS}


def _least(client: Client, call: str) -> Parse:
    """The parse of a call that took the least of some."""
    parses = (_parsed(client, call) for _ in range(PARSES))
    return min(parses, key=lambda parse: parse.seconds)


def _parsed(client: Client, call: str) -> Parse:
    answer = client.post(
        action="parse",
        text=call,
        title="Sandbox",
        contentmodel="wikitext",
        prop="text|limitreportdata",
    )["parse"]
    assert "scribunto-error" not in answer["text"], answer["text"][:2000]
    report = {line["name"]: line for line in answer["limitreportdata"]}
    return Parse(
        seconds=float(report["scribunto-limitreport-timeusage"]["0"]),
        memory=int(report["scribunto-limitreport-memusage"]["0"]),
    )


def main() -> int:
    """Print how the tool and the wiki bear a long queue; 1 if it costs too much."""
    fast = is_fast()
    found = measure()
    for growth in found:
        print(growth)
    return int(not fast or not all(growth.fits for growth in found))


if __name__ == "__main__":
    sys.exit(main())
