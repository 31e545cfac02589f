"""How many requests the talk index makes on a wiki with thousands of talk pages.

Counts, by an in-memory wiki that counts as the adapters do: a talk page costs one
request, as DiscussionTools tells of one at a time.
"""

import sys
from dataclasses import dataclass

from space.store.build_key import build_key
from space.sync.talk_pages import update_talk
from space.wiki.values import RequestCount
from tests.support.feeds.publications import post, record
from tests.support.wiki.bot_and_wiki import ADDRESSES, Newsroom

PAGES = 5_000
CHANGED = 10
BESIDES = 5  # requests that changed talk pages may cost in all, besides one for each


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
    room = Newsroom()
    room.admin.remove_groups("SpaceBot", "bot")
    room.bot.site()
    room.store.prepare(build_key(ADDRESSES), room.admin.state.now.date())
    numbers = range(1, pages + 1)
    room.store.put(*(record(post(1_000_000 + number)) for number in numbers))
    for number in numbers:
        room.ann.write(_talk(number), _thread("Ann"))
    room.admin.advance(hours=1)  # longer than updates look back
    _update(room)
    quiet = _count(room, f"{pages} pages, none changed", BESIDES)
    for number in range(1, CHANGED + 1):
        room.ann.write(_talk(number), f"{_thread('Ann')}\n: {_signed('Olu')}")
    changed = _count(room, f"{pages} pages, {CHANGED} changed", CHANGED + BESIDES)
    room.engine.dispose()
    return [quiet, changed]


def _count(room: Newsroom, name: str, most: int) -> Count:
    read = _update(room)
    return Count(name, read, room.bot.requests, most)


def _update(room: Newsroom) -> int:
    room.bot.requests = RequestCount()
    now = room.admin.advance(minutes=1)
    return len(update_talk(room.bot, room.store, root="Space", now=now).read)


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
