"""How many requests an idle run makes, and how many of these ask what the wiki hides.

For wikis of several sizes, on which each page is published with a verdict and talked
about, and for accounts that may ask for 50 and for 500 revisions at once. Counts, by an
in-memory wiki that counts as the adapters do.
"""

import sys
from dataclasses import dataclass
from math import ceil

from space.sync.ledger import Ledger
from space.sync.reading.visibility import HiddenAccounts, read_visibility
from space.sync.sources import Sources
from space.sync.talk_pages import update_talk
from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki

SIZES = (50, 500, 2000)
PEOPLE = 100  # who wrote the pages


@dataclass(frozen=True, slots=True)
class Count:
    """Requests of an idle run, and those of them that ask what is hidden."""

    pages: int
    at_once: int
    asked: int
    hidden: int

    @property
    def most(self) -> int:
        """Two revisions a page, and the names that no revision tells of."""
        return ceil(3 * self.pages / self.at_once) + ceil(PEOPLE / 50)

    def __str__(self) -> str:
        return (
            f"idle run, {self.pages} pages, {self.at_once} values a request:"
            f" {self.asked} requests, {self.hidden} for what is hidden (≤ {self.most})"
        )


def measure(pages: int) -> list[Count]:
    """Count the requests of idle runs of one wiki, with either limit."""
    bot_and_wiki = BotAndWiki()
    people = [
        bot_and_wiki.admin.as_user(f"Person {number}") for number in range(PEOPLE)
    ]
    for number in range(pages):
        bot_and_wiki.ann = people[number % PEOPLE]
        title = f"Space/Events/{number}"
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
    bot_and_wiki.sync()
    _talk(bot_and_wiki)
    counts = [_count(bot_and_wiki, pages, 500)]
    bot_and_wiki.admin.remove_groups("SpaceBot", "bot")
    counts.append(_count(bot_and_wiki, pages, 50))
    bot_and_wiki.engine.dispose()
    return counts


def _count(bot_and_wiki: BotAndWiki, pages: int, at_once: int) -> Count:
    bot_and_wiki.admin.advance(hours=1)
    bot_and_wiki.sync()
    _talk(bot_and_wiki)
    asked = bot_and_wiki.bot.requests
    bot_and_wiki.bot.requests = RequestCount()
    ledger = Ledger.read(
        bot_and_wiki.bot,
        Sources(bot_and_wiki.bot, bot_and_wiki.store),
        bot_and_wiki.rules,
    )
    bot_and_wiki.bot.requests = RequestCount()
    read_visibility(
        HiddenAccounts(bot_and_wiki.bot),
        ledger.entries.values(),
        bot_and_wiki.store.records.all(),
        bot_and_wiki.bot.site(),
    )
    hidden = bot_and_wiki.bot.requests
    return Count(
        pages, at_once, asked.content + asked.other, hidden.content + hidden.other
    )


def _talk(bot_and_wiki: BotAndWiki) -> None:
    update_talk(
        bot_and_wiki.bot,
        bot_and_wiki.store,
        root="Space",
        now=bot_and_wiki.admin.state.now,
    )


def main() -> int:
    """Print the counts; 1 if one is above its limit."""
    counts = [count for pages in SIZES for count in measure(pages)]
    for count in counts:
        print(count)
    return int(any(count.hidden > count.most for count in counts))


if __name__ == "__main__":
    sys.exit(main())
