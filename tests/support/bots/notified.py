"""Followers of a wiki in memory, and who was mentioned there for which event."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bots.tasks import TASKS
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

FOLLOWERS, TALK = "Space/Followers", "Talk:Space/Followers"
MEMORY = "User:SpaceBot/Space/Followers.json"
BOT = "SpaceBot"

_LINE = re.compile(r"^\* \[\[:([^|]*)\|[^]]*\]\] \([\d-]+\): (.*)$")
_NAME = re.compile(r"@\[\[User:([^|]*)\|")
_OCCASION = re.compile(r"^'''(.*)'''$")


def follow(admin: MemoryWiki, user: str, rest: str = "", named: str = "") -> None:
    """An account adds a line, in its own name unless another one is named."""
    page = admin.state.page(FOLLOWERS)
    before = f"{page.latest.text}\n" if page else ""
    line = f"{{{{Space follower|{named or user}{rest}}}}}"
    admin.as_user(user).write(FOLLOWERS, before + line)


def mentioned(admin: MemoryWiki) -> Counter[tuple[str, str, str]]:
    """How often an account was mentioned for an event's page, by the list it was in.

    By all edits of the bot to the talk page, whatever became of them.
    """
    return Counter(each for new in new_texts(admin) for each in _mentions(new))


def new_texts(admin: MemoryWiki) -> Iterator[list[str]]:
    """The lines that each edit of the bot added to the talk page."""
    page = admin.state.page(TALK)
    before: Counter[str] = Counter()
    for revision in page.revisions if page else []:
        lines = revision.text.split("\n")
        if revision.user == BOT:
            left = Counter(before)
            yield [line for line in lines if left[line] <= 0 or left.subtract([line])]
        before = Counter(lines)


def _mentions(lines: list[str]) -> Iterator[tuple[str, str, str]]:
    occasion = ""
    for line in lines:
        if heading := _OCCASION.match(line):
            occasion = heading[1]
        elif event := _LINE.match(line):
            for name in _NAME.findall(event[2]):
                yield name, event[1], occasion


def switch_on(runner: BotRunner, **settings: Any) -> None:
    """Have the settings name the page."""
    given = {"followers_page": FOLLOWERS, **settings}
    runner.settings = replace(runner.settings, **given)


class Killed(BaseException):
    """The end of the process: no program sees it coming."""


class DyingWiki:
    """A wiki on which the process ends at its n-th request, before or after it."""

    def __init__(self, wiki: MemoryWiki, requests: int, *, after: bool) -> None:
        self._wiki = wiki
        self._left = requests
        self._after = after
        self.requests = wiki.requests

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def ask(*args: object, **options: object) -> Any:
            self._left -= 1
            if self._left < 0 and not self._after:
                raise Killed
            found = getattr(self._wiki, name)(*args, **options)
            if isinstance(found, Iterator):
                found = list(found)
            if self._left < 0:
                raise Killed
            return found

        return ask


def killed_at(
    place: BotAndWiki, runner: BotRunner, task: str, requests: int, *, after: bool
) -> bool:
    """Run a task that ends at its n-th request; False where it made fewer."""
    job = runner.job(task)
    dying: Any = DyingWiki(place.bot, requests, after=after)
    job = replace(job, wiki=dying, saver=replace(job.saver, wiki=dying))
    job = replace(job, sources=type(job.sources)(dying, job.store))
    try:
        job.perform(TASKS[task])
    except Killed:
        return True
    return False
