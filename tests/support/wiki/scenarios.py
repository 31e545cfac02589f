"""Scenarios of a wiki: acts of people, pauses between them, and a bot that syncs.

Acts have readable forms, so that a scenario that a property finds can be kept as it is
printed. An act that is not possible when its turn comes does nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from space.sync import Session
from space.sync.lookout import Lookout
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
        if old in text:
            bot_and_wiki.bot.write(page.title, text.replace(old, new, 1))


def tell(scenario: Scenario, *, full: bool) -> Iterator[BotAndWiki]:
    """Play a scenario; the wiki and its bot after each sync, incremental or full."""
    for _, bot_and_wiki in _played(scenario):
        bot_and_wiki.sync(full=full)
        yield bot_and_wiki


def tell_in_parts(scenario: Scenario) -> Iterator[BotAndWiki]:
    """Play a scenario as `tell`; of each sync on the day of the last only the news.

    What no news tell of is read by a whole sync.
    """
    session = Session()
    lookout: Lookout | None = None
    before: list[Act] = []
    for acts, bot_and_wiki in _played(scenario):
        now = bot_and_wiki.admin.advance(minutes=1)
        lookout = lookout or Lookout(
            bot_and_wiki.bot, bot_and_wiki.store, bot_and_wiki.rules, now
        )
        titles = lookout.look().titles
        before += acts
        untold = (
            *_UNTOLD,
            *(MarkPatrolled for act in before if isinstance(act, _MOVES)),
        )
        is_told = not any(isinstance(act, untold) for act in acts)
        is_told &= not any(isinstance(act, BreakOrMendLedger) for act in before)
        checkpoint = bot_and_wiki.store.checkpoint
        if is_told and checkpoint and checkpoint.date() == now.date():
            bot_and_wiki.sync_part(titles, session, now)
        else:
            bot_and_wiki.admin.advance(minutes=-1)
            bot_and_wiki.sync(session=session)
        yield bot_and_wiki


def _played(
    scenario: Scenario,
) -> Iterator[tuple[Sequence[Act], BotAndWiki]]:
    """The acts of each step, when they and the pause after them are over."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.register("Aiko", "autopatrolled")
    bot_and_wiki.admin.register("Lena")
    try:
        for acts, pause in (*scenario, ((), 0)):
            for act in acts:
                act(bot_and_wiki)
            bot_and_wiki.admin.advance(minutes=pause)
            yield acts, bot_and_wiki
    finally:
        bot_and_wiki.engine.dispose()


_UNTOLD = (Hide, SetPolicy)
"""Acts without news: hidden by suppression, and by the settings."""
_MOVES = (MoveAwayOrBack, RenameOrBack)
"""News of a patrol have the title that the page had when the text was saved."""


def _page(bot_and_wiki: BotAndWiki, title: str) -> StoredPage | None:
    return bot_and_wiki.admin.state.page(title)
