"""What a full sync of pages that are all known asks, costs and needs, by their number.

Counted are requests, the bot's own CPU a page, and the most memory of a process that
does nothing else; the in-memory wiki is another one. The smaller wiki is the reference:
what grows faster than pages shows as a ratio. With numbers as arguments it takes wikis
of these sizes, such as 1000 and 50000.
"""

import os
import sys
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime
from math import ceil
from multiprocessing.connection import Connection
from pathlib import Path
from time import process_time

from benchmarks.incremental_run import Metered
from benchmarks.memory import most_memory
from benchmarks.wiki_process import RemoteWiki, alone, answer, elsewhere
from space.review.policy import Policy
from space.store import Store, open_engine
from space.sync import sync
from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import ADDRESSES, RULES, BotAndWiki

SIZES = (1000, 10_000)
TALKED = 3  # one page in so many has a talk page
BATCH = 500  # values that an account with the bot right may ask for at once
MOST_A_BATCH = 3  # listed, talked about, and revisions that may be hidden
MOST_ONCE = 15
MOST_RATIO = 1.2
MEMORY = 250  # MB
WORDS = 80  # of a text
OPEN = replace(RULES, policy=Policy(event="open"))


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests, seconds of CPU and megabytes of a full sync of so many pages."""

    pages: int
    requests: int
    seconds: float
    memory: float

    @property
    def most(self) -> int:
        """How many requests there may be."""
        return MOST_ONCE + MOST_A_BATCH * ceil(self.pages / BATCH)

    @property
    def milliseconds(self) -> float:
        """CPU a page."""
        return 1000 * self.seconds / self.pages


def measure(pages: int) -> Measured:
    """The cost of a full sync on a wiki of so many events, all known and published."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{Path(folder) / 'space.sqlite'}"
        with elsewhere(_serve, pages, address) as connection:
            now = connection.recv()
            return alone(_sync, connection, pages, address, now)


def _serve(connection: Connection, pages: int, address: str) -> None:
    """Answer for a wiki after a sync into a store, beginning with its time."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.engine = open_engine(address)
    bot_and_wiki.store = Store(bot_and_wiki.engine, ADDRESSES)
    bot_and_wiki.rules = OPEN
    for number in range(pages):
        title = f"Space/Events/{number}"
        start = f"2026-12-{number % 28 + 1:02} 10:00"
        text = " ".join(f"word{number * place % 997}" for place in range(WORDS))
        revid = bot_and_wiki.event(title, text, start=start)
        if not number % TALKED:
            bot_and_wiki.approve(title, revid)
    bot_and_wiki.sync()
    bot_and_wiki.engine.dispose()
    bot_and_wiki.bot.requests = RequestCount()
    connection.send(bot_and_wiki.admin.advance(minutes=1))
    answer(connection, bot_and_wiki.bot)


def _sync(connection: Connection, pages: int, address: str, now: datetime) -> Measured:
    """The cost of a full sync in this process."""
    wiki = RemoteWiki(connection)
    metered = Metered(wiki)
    engine = open_engine(address)
    store = Store(engine, ADDRESSES)
    begun = process_time()
    sync(metered, store, OPEN, now=now, save=metered.save, full=True)
    seconds = process_time() - begun - metered.seconds
    engine.dispose()
    asked = wiki.requests
    return Measured(
        pages, asked.content + asked.other, seconds, most_memory(os.getpid())
    )


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; 1 if one is above its limit."""
    sizes = tuple(map(int, arguments or ())) or SIZES
    first, *others = map(measure, sizes)
    fits = True
    for each in (first, *others):
        ratio = each.milliseconds / first.milliseconds
        fits &= each.requests <= each.most and ratio <= MOST_RATIO
        fits &= each.memory <= MEMORY
        print(
            f"full sync, {each.pages} known pages: {each.requests} requests"
            f" (≤ {each.most}), {each.milliseconds:.2f} ms of CPU a page,"
            f" {ratio:.2f} times that of {first.pages} (≤ {MOST_RATIO}),"
            f" {each.memory:.0f} MB (≤ {MEMORY})"
        )
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
