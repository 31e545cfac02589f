"""Scenarios of a wiki: acts of people, pauses between them, and a bot that syncs.

Acts have readable forms, so that a scenario that a property finds can be kept as it is
printed. An act that is not possible when its turn comes does nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.wiki_state import StoredPage
from tests.support.wiki.bot_and_wiki import BotAndWiki

AWAY = "User:Ann/Away"


class Act(Protocol):
    """One thing that somebody does on the wiki."""

    def __call__(self, bot_and_wiki: BotAndWiki) -> None: ...


Scenario = Sequence[tuple[Sequence[Act], int]]
"""Acts that happen between two syncs, and the minutes that pass before the next."""


@dataclass(frozen=True)
class Edit:
    title: str
    text: str
    person: str = "Ann"

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        page = _page(bot_and_wiki, self.title)
        if page is None or page.latest.text != self.text.rstrip():
            bot_and_wiki.admin.as_user(self.person).write(self.title, self.text)


@dataclass(frozen=True)
class Review:
    """A verdict on a revision, the newest where `back` is 1."""

    title: str
    verdict: str = "approve"
    back: int = 1

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        page = _page(bot_and_wiki, self.title)
        if page:
            revision = page.revisions[max(-self.back, -len(page.revisions))]
            bot_and_wiki.approve(self.title, revision.id, self.verdict)


@dataclass(frozen=True)
class MarkPatrolled:
    title: str
    back: int = 1

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        page, state = _page(bot_and_wiki, self.title), bot_and_wiki.admin.state
        if page is None or len(page.revisions) < self.back:
            return
        revision = page.revisions[-self.back]
        if state.now - revision.timestamp <= state.rc_max_age:
            bot_and_wiki.pavati.patrol(revision.id)


@dataclass(frozen=True)
class Hide:
    title: str
    back: int
    hidden: bool = True

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        page = _page(bot_and_wiki, self.title)
        if page and len(page.revisions) > self.back:
            bot_and_wiki.admin.hide(page.revisions[-1 - self.back].id, text=self.hidden)


@dataclass(frozen=True)
class DeleteOrRestore:
    title: str

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        gone = [
            p for p in bot_and_wiki.admin.state.pages.values() if p.title == self.title
        ]
        if _page(bot_and_wiki, self.title):
            bot_and_wiki.admin.delete(self.title)
        elif gone:
            bot_and_wiki.admin.undelete(self.title)


@dataclass(frozen=True)
class MoveAwayOrBack:
    title: str

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        away = f"{AWAY}/{self.title}"
        here, there = _page(bot_and_wiki, self.title), _page(bot_and_wiki, away)
        if here and not there:
            bot_and_wiki.admin.move(self.title, away, redirect=False)
        elif there and not here:
            bot_and_wiki.admin.move(away, self.title, redirect=False)


@dataclass(frozen=True)
class RenameOrBack:
    """Move a page within the namespaces of records, or back: a redirect stays."""

    title: str

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        other = f"{self.title} 2"
        if not _page(bot_and_wiki, other):
            if _page(bot_and_wiki, self.title):
                bot_and_wiki.admin.move(self.title, other, redirect=True)
        else:
            if _page(bot_and_wiki, self.title):
                bot_and_wiki.admin.delete(self.title)
            bot_and_wiki.admin.move(other, self.title, redirect=False)


@dataclass(frozen=True)
class SetPolicy:
    policy: str
    kind: str = "event"

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        bot_and_wiki.policy(**{self.kind: self.policy})


@dataclass(frozen=True)
class OnTalkPage:
    """An act whose title is that of the page, done to its talk page."""

    act: type[DeleteOrRestore] | type[MoveAwayOrBack]
    title: str

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        self.act(bot_and_wiki.admin.site().talk_title(self.title))(bot_and_wiki)


@dataclass(frozen=True)
class BreakOrMendLedger:
    """Make an entry of the ledger unreadable, as a newer bot would, or mend it."""

    def __call__(self, bot_and_wiki: BotAndWiki) -> None:
        page = _page(bot_and_wiki, "User:SpaceBot/Space/Ledger/0.json")
        if page is None:
            return
        sound, unsound, text = '"creator": ', '"maker": ', page.latest.text
        old, new = (unsound, sound) if unsound in text else (sound, unsound)
        bot_and_wiki.bot.write(page.title, text.replace(old, new, 1))


def tell(scenario: Scenario, *, full: bool) -> Iterator[BotAndWiki]:
    """Play a scenario; the wiki and its bot after each sync, incremental or full."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.register("Aiko", "autopatrolled")
    bot_and_wiki.admin.register("Lena")
    try:
        for acts, pause in (*scenario, ((), 0)):
            for act in acts:
                act(bot_and_wiki)
            bot_and_wiki.admin.advance(minutes=pause)
            bot_and_wiki.sync(full=full)
            yield bot_and_wiki
    finally:
        bot_and_wiki.engine.dispose()


def _page(bot_and_wiki: BotAndWiki, title: str) -> StoredPage | None:
    return bot_and_wiki.admin.state.page(title)
