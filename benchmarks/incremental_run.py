"""What `watch` asks and costs for ten changes, on wikis of several sizes.

The pages were written in eight years. Seven events in as many months and three posts
are edited and approved; then the bots look on until all is written. Counted are
requests, edits and the bots' own CPU (without that of the in-memory wiki) beyond those
of looks without news. The smallest wiki is the reference: what grows with the number of
pages shows as a ratio. With numbers as arguments it takes wikis of these sizes.
"""

import gc
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from time import process_time
from typing import Any

from bots.tasks import TASKS
from space.wiki.values import Edit
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki, event

SIZES = (500, 2000)
LOOKS = 20
MOST_REQUESTS = 60
MOST_RATIO = 2.0
AIM = 0.5
"""Seconds of CPU that are wanted at 50,000 pages; told, but not judged: a time alone
says what machine it was, and what else that had to do."""
EVENTS, POSTS = 7, 3
AGE = timedelta(days=8 * 365)
MONTHS = 60  # in which there are events
TOPICS = tuple(f"topic {number}" for number in range(40))


class Metered:
    """A wiki that says how much CPU it took itself."""

    def __init__(self, wiki: Any) -> None:
        self._wiki = wiki
        self.seconds = 0.0
        self.edits = 0

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._wiki, name)
        return self._metered(value) if callable(value) else value

    def save(self, edit: Edit) -> Any:
        """Count the edit, and make it."""
        self.edits += 1
        return self._metered(self._wiki.save)(edit)

    def _metered(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def metered(*arguments: Any, **options: Any) -> Any:
            start = process_time()
            answer = call(*arguments, **options)
            if isinstance(answer, Iterator):
                answer = iter(list(answer))
            self.seconds += process_time() - start
            return answer

        return metered


@dataclass(frozen=True, slots=True)
class Cost:
    """Requests, edits and seconds of the bots' own CPU."""

    requests: int
    edits: int
    seconds: float

    def __sub__(self, other: "Cost") -> "Cost":
        return Cost(
            self.requests - other.requests,
            self.edits - other.edits,
            self.seconds - other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Measured:
    """The costs of ten changes among some pages, beyond those of idle looks."""

    pages: int
    idle: Cost
    cost: Cost


class Watched(Event):
    """The pauses of a watch on a wiki: in each a step is made."""

    def __init__(self, bot_and_wiki: BotAndWiki, steps: Iterator[None]) -> None:
        super().__init__()
        self._bot_and_wiki, self._steps = bot_and_wiki, steps

    def wait(self, timeout: float | None = None) -> bool:
        """Make the next step; the last one ends the watch."""
        if timeout:
            self._bot_and_wiki.admin.advance(seconds=timeout)
            if next(self._steps, self) is self:
                self.set()
        return self.is_set()


def measure(pages: int) -> Measured:
    """The cost of ten changes on a wiki of so many pages."""
    bot_and_wiki = grown(pages)
    metered = Metered(bot_and_wiki.bot)
    bot_and_wiki.bot = metered  # type: ignore[assignment]
    costs: list[Cost] = []

    def cost() -> Cost:
        asked = bot_and_wiki.bot.requests
        return Cost(
            asked.content + asked.other, metered.edits, _process() - metered.seconds
        )

    own = [0.0]

    def _process() -> float:
        return process_time() - own[0]

    def steps() -> Iterator[None]:
        while runner.run("atom_feed").remarks != ("0 texts of posts rendered",):
            pass
        bot_and_wiki.admin.advance(hours=1)
        yield from [None] * 60  # until the run of the hour is over
        costs[:] = [cost(), cost()]
        while (costs[1] - costs[0]).requests != LOOKS:  # a day may begin, too
            before = cost()
            yield from [None] * LOOKS
            costs[:] = [before, cost()]
        start = process_time()
        for number in range(EVENTS + POSTS):
            kind = number if number < EVENTS else -(number - EVENTS + 1)
            _write(bot_and_wiki, _place(kind, pages), " again")
        own[0] += process_time() - start
        yield from [None] * LOOKS
        costs.append(cost())

    runner = BotRunner(bot_and_wiki)
    runner.terminated = Watched(bot_and_wiki, steps())
    job = runner.job("watch")
    job.perform(TASKS["watch"])
    bot_and_wiki.engine.dispose()
    idle, busy = costs[1] - costs[0], costs[2] - costs[1]
    return Measured(pages, idle, busy - idle)


def grown(pages: int) -> BotAndWiki:
    """A wiki on which so many pages were written and approved over some years."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.state.now -= AGE
    for number in range(pages):
        bot_and_wiki.admin.advance(seconds=AGE.total_seconds() / pages)
        _write(bot_and_wiki, number)
    gc.collect()
    gc.freeze()  # The wiki is none of the bots' memory to look through.
    return bot_and_wiki


def _place(kind: int, pages: int) -> int:
    """The number of the page of the next change: events count up, posts down.

    Of events each is in another month.
    """
    step = pages // (EVENTS + POSTS) + 1
    number = (abs(kind) + (0 if kind >= 0 else EVENTS - 1)) * step
    is_post = kind < 0
    while _is_post(number) is not is_post:
        number += 1
    return number


def _is_post(number: int) -> bool:
    return number % 10 >= 7


def _write(bot_and_wiki: BotAndWiki, number: int, more: str = "") -> None:
    """Ann writes a page, or writes it again, and Pavati approves."""
    if _is_post(number):
        title = f"Space/Blog/{number}"
        topics = ", ".join((TOPICS[number % 40], TOPICS[number * 7 % 40]))
        text = (
            f"{{{{Space post|title=News {number}{more}|language=en|topics={topics}}}}}"
        )
        revid = bot_and_wiki.ann.write(title, f"{text}\nText {number}.").revid
    else:
        title = f"Space/Events/{number}"
        month, day = number % MONTHS, number % 28 + 1
        text = event(
            f"About {number}.",
            title=f"Walk {number}{more}",
            start=f"{2025 + month // 12}-{month % 12 + 1:02}-{day:02} 10:00",
            city=f"City {number % 500}",
            topics=TOPICS[number % 40],
        )
        revid = bot_and_wiki.ann.write(title, text).revid
    bot_and_wiki.approve(title, revid)


def main(arguments: list[str] | None = None) -> int:
    """Print the costs; 1 if ten changes ask too much, or cost more with more pages."""
    sizes = tuple(map(int, arguments or ())) or SIZES
    found = [measure(pages) for pages in sizes]
    first = found[0]
    fits = True
    for each in found:
        ratio = each.cost.seconds / first.cost.seconds
        requests = each.cost.requests
        print(
            f"watch, {each.pages} pages: ten changes ask {requests} requests"
            f" (≤ {MOST_REQUESTS}), {each.cost.edits} of them edits;"
            f" {each.cost.seconds:.2f} s of CPU (wanted: {AIM}),"
            f" {ratio:.1f} times those at {first.pages} (≤ {MOST_RATIO});"
            f" {LOOKS} idle looks: {each.idle.requests} requests,"
            f" {each.idle.edits} edits, {each.idle.seconds:.2f} s"
        )
        fits &= requests <= MOST_REQUESTS and ratio <= MOST_RATIO
    return int(not fits)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
