"""What a full sync of pages that are all known asks and costs, on wikis of two sizes.

Counted are requests and the bot's own CPU a page (without that of the in-memory wiki).
The smaller wiki is the reference: what grows faster than pages shows as a ratio. With
numbers as arguments it takes wikis of these sizes, such as 1000 and 50000.
"""

import sys
from dataclasses import dataclass
from math import ceil
from time import process_time

from benchmarks.incremental_run import Metered
from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki

SIZES = (1000, 10_000)
TALKED = 3  # one page in so many has a talk page
BATCH = 500  # values that an account with the bot right may ask for at once
MOST_A_BATCH = 3  # listed, talked about, and revisions that may be hidden
MOST_ONCE = 15
MOST_RATIO = 1.2


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests and seconds of CPU of a full sync of so many pages."""

    pages: int
    requests: int
    seconds: float

    @property
    def most(self) -> int:
        """How many requests there may be."""
        return MOST_ONCE + MOST_A_BATCH * ceil(self.pages / BATCH)

    @property
    def milliseconds(self) -> float:
        """CPU a page."""
        return 1000 * self.seconds / self.pages


def measure(pages: int) -> Measured:
    """The cost of a full sync on a wiki of so many events, all of them known."""
    bot_and_wiki = BotAndWiki()
    for number in range(pages):
        title = f"Space/Events/{number}"
        start = f"2026-12-{number % 28 + 1:02} 10:00"
        revid = bot_and_wiki.event(title, f"Walk {number}.", start=start)
        if not number % TALKED:
            bot_and_wiki.approve(title, revid)
    bot_and_wiki.sync()
    bot = bot_and_wiki.bot
    bot.requests = RequestCount()
    metered = Metered(bot)
    bot_and_wiki.bot = metered  # type: ignore[assignment]
    begun = process_time()
    bot_and_wiki.sync(full=True)
    seconds = process_time() - begun - metered.seconds
    bot_and_wiki.engine.dispose()
    requests = bot.requests.content + bot.requests.other
    return Measured(pages, requests, seconds)


def main() -> int:
    """Print the figures; 1 if one is above its limit."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    first, *others = map(measure, sizes)
    fits = True
    for each in (first, *others):
        ratio = each.milliseconds / first.milliseconds
        fits &= each.requests <= each.most and ratio <= MOST_RATIO
        print(
            f"full sync, {each.pages} known pages: {each.requests} requests"
            f" (≤ {each.most}), {each.milliseconds:.2f} ms of CPU a page,"
            f" {ratio:.2f} times that of {first.pages} (≤ {MOST_RATIO})"
        )
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main())
