"""How many requests the talk index makes on a wiki with thousands of talk pages.

Counts, by an in-memory wiki that counts as the adapters do: a talk page costs one
request, as DiscussionTools tells of one at a time. Whether revisions are hidden now is
asked for all of them, as no public log tells of suppression.
"""

import sys
from dataclasses import dataclass

from space.store.build_key import build_key
from space.sync.talk_pages import update_talk
from space.wiki.values import RequestCount
from tests.support.feeds.publications import post, record
from tests.support.wiki.bot_and_wiki import ADDRESSES, BotAndWiki

PAGES = 5_000
CHANGED = 10
BESIDES = 8  # requests that changed talk pages may cost in all, besides one for each
AT_ONCE = 50  # revisions that a request asks for, without the right to more


@dataclass(frozen=True, slots=True)
class Count:
    """Requests that an update made, and how many there may be."""

    name: str
    read: int
    asked: RequestCount
    most: int

    @property
    def made(self) -> int:
        """All of them."""
        return self.asked.content + self.asked.other

    def __str__(self) -> str:
        return (
            f"talk index, {self.name}: {self.read} talk pages read,"
            f" {self.made} requests (≤ {self.most})"
        )


def measure(pages: int = PAGES) -> list[Count]:
    """Count the requests of updates after nothing and after a little changed."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.remove_groups("SpaceBot", "bot")
    bot_and_wiki.bot.site()
    bot_and_wiki.store.prepare(
        build_key(ADDRESSES), bot_and_wiki.admin.state.now.date()
    )
    numbers = range(1, pages + 1)
    bot_and_wiki.store.put(*(record(post(1_000_000 + number)) for number in numbers))
    for number in numbers:
        bot_and_wiki.ann.write(_talk(number), _thread("Ann"))
    bot_and_wiki.admin.advance(hours=1)  # longer than updates look back
    _update(bot_and_wiki)
    hidden = pages // AT_ONCE
    quiet = _count(bot_and_wiki, f"{pages} pages, none changed", hidden + BESIDES)
    for number in range(1, CHANGED + 1):
        bot_and_wiki.ann.write(_talk(number), f"{_thread('Ann')}\n: {_signed('Olu')}")
    changed = _count(
        bot_and_wiki,
        f"{pages} pages, {CHANGED} changed",
        hidden + CHANGED + BESIDES,
    )
    bot_and_wiki.engine.dispose()
    return [quiet, changed]


def _count(bot_and_wiki: BotAndWiki, name: str, most: int) -> Count:
    read = _update(bot_and_wiki)
    return Count(name, read, bot_and_wiki.bot.requests, most)


def _update(bot_and_wiki: BotAndWiki) -> int:
    bot_and_wiki.bot.requests = RequestCount()
    now = bot_and_wiki.admin.advance(minutes=1)
    return len(
        update_talk(bot_and_wiki.bot, bot_and_wiki.store, root="Space", now=now).read
    )


def _talk(number: int) -> str:
    return f"Talk:Space/Blog/Page {1_000_000 + number}"


def _thread(author: str) -> str:
    return f"== Topic ==\n{_signed(author)}"


def _signed(author: str) -> str:
    return f"Hello. [[User:{author}|{author}]] 10:00, 1 November 2026 (UTC)"


def main() -> int:
    """Print the counts; 1 if one is above its limit."""
    counts = measure()
    for count in counts:
        print(count)
    return int(not all(count.made <= count.most for count in counts))


if __name__ == "__main__":
    sys.exit(main())
