"""How many requests a sync makes, for an account that asks 50 values at once.

Counts, by an in-memory wiki that counts as the adapters do; `tests/unit/sync` holds
smaller wikis to the same limits.
"""

import sys
from dataclasses import dataclass
from math import ceil

from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki, event

PAGES = 500
WAITING = 5  # of the pages, one in so many has a newer text that waits
CHANGED = 40


BATCHES = ceil(PAGES / 50)


@dataclass(frozen=True, slots=True)
class Count:
    """Requests that a sync made, and how many there may be."""

    name: str
    asked: RequestCount
    most_content: int
    changed: int = 0

    @property
    def most(self) -> int:
        """Of all kinds: each changed page may cost three more, of any kind."""
        return self.most_content + 4 * BATCHES + 20 + 3 * self.changed

    @property
    def fits(self) -> bool:
        """Whether the limits are kept."""
        asked, more = self.asked, 3 * self.changed
        return (
            asked.content <= self.most_content + more
            and asked.content + asked.other <= self.most
        )

    def __str__(self) -> str:
        asked = self.asked
        more = f", {self.changed} of them changed" if self.changed else ""
        return (
            f"sync, {self.name}{more}: {asked.content} requests for text"
            f" (≤ {self.most_content} and three a changed page),"
            f" {asked.content + asked.other} in all (≤ {self.most})"
        )


def measure() -> list[Count]:
    """Count the requests of four syncs of one wiki."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.remove_groups("SpaceBot", "bot")
    titles = [f"Space/Events/{number}" for number in range(PAGES)]
    for title in titles:
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
    bot_and_wiki.sync()
    for title in titles[::WAITING]:
        bot_and_wiki.event(title, "A paragraph more.")
    bot_and_wiki.sync()
    counts = [
        Count(f"{PAGES} pages as they were", _asked(bot_and_wiki), 0),
        Count(f"{PAGES} pages compared", _asked(bot_and_wiki, full=True), 0),
    ]
    bot_and_wiki.drop_store()
    counts.append(Count(f"{PAGES} pages anew", _asked(bot_and_wiki), 2 * BATCHES))
    for title in titles[:CHANGED]:
        bot_and_wiki.ann.write(title, event("Rewritten.", city="Auckland"))
    bot_and_wiki.drop_store()
    counts.append(
        Count(f"{PAGES} pages anew", _asked(bot_and_wiki), 2 * BATCHES, CHANGED)
    )
    bot_and_wiki.engine.dispose()
    return counts


def _asked(bot_and_wiki: BotAndWiki, *, full: bool = False) -> RequestCount:
    bot_and_wiki.sync(full=full)
    return bot_and_wiki.bot.requests


def main() -> int:
    """Print the counts; 1 if one is above its limit."""
    counts = measure()
    for count in counts:
        print(count)
    return int(not all(count.fits for count in counts))


if __name__ == "__main__":
    sys.exit(main())
