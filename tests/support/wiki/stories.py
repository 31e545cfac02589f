"""Stories of a wiki: acts of people with pauses between them, told to a bot that syncs.

Acts have readable forms, so that a story that a property finds can be kept as it is
printed. An act that is not possible when its turn comes does nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.fakes.wiki_state import StoredPage
from tests.support.wiki.bot_and_wiki import Newsroom

AWAY = "User:Ann/Away"


class Act(Protocol):
    """One thing that somebody does on the wiki."""

    def __call__(self, room: Newsroom) -> None: ...


Story = Sequence[tuple[Sequence[Act], int]]
"""Acts that happen between two syncs, and the minutes that pass before the next."""


@dataclass(frozen=True)
class Edit:
    title: str
    text: str
    person: str = "Ann"

    def __call__(self, room: Newsroom) -> None:
        page = _page(room, self.title)
        if page is None or page.latest.text != self.text.rstrip():
            room.admin.as_user(self.person).write(self.title, self.text)


@dataclass(frozen=True)
class Review:
    """A verdict on a revision, the newest where `back` is 1."""

    title: str
    verdict: str = "approve"
    back: int = 1

    def __call__(self, room: Newsroom) -> None:
        page = _page(room, self.title)
        if page:
            revision = page.revisions[max(-self.back, -len(page.revisions))]
            room.approve(self.title, revision.id, self.verdict)


@dataclass(frozen=True)
class MarkPatrolled:
    title: str
    back: int = 1

    def __call__(self, room: Newsroom) -> None:
        page, state = _page(room, self.title), room.admin.state
        if page is None or len(page.revisions) < self.back:
            return
        revision = page.revisions[-self.back]
        if state.now - revision.timestamp <= state.rc_max_age:
            room.pavati.patrol(revision.id)


@dataclass(frozen=True)
class Hide:
    title: str
    back: int
    hidden: bool = True

    def __call__(self, room: Newsroom) -> None:
        page = _page(room, self.title)
        if page and len(page.revisions) > self.back:
            room.admin.hide(page.revisions[-1 - self.back].id, text=self.hidden)


@dataclass(frozen=True)
class DeleteOrRestore:
    title: str

    def __call__(self, room: Newsroom) -> None:
        gone = [p for p in room.admin.state.pages.values() if p.title == self.title]
        if _page(room, self.title):
            room.admin.delete(self.title)
        elif gone:
            room.admin.undelete(self.title)


@dataclass(frozen=True)
class MoveAwayOrBack:
    title: str

    def __call__(self, room: Newsroom) -> None:
        away = f"{AWAY}/{self.title}"
        here, there = _page(room, self.title), _page(room, away)
        if here and not there:
            room.admin.move(self.title, away, redirect=False)
        elif there and not here:
            room.admin.move(away, self.title, redirect=False)


@dataclass(frozen=True)
class RenameOrBack:
    """Move a page within the namespaces of records, or back: a redirect stays."""

    title: str

    def __call__(self, room: Newsroom) -> None:
        other = f"{self.title} 2"
        if not _page(room, other):
            if _page(room, self.title):
                room.admin.move(self.title, other, redirect=True)
        else:
            if _page(room, self.title):
                room.admin.delete(self.title)
            room.admin.move(other, self.title, redirect=False)


@dataclass(frozen=True)
class SetPolicy:
    policy: str
    kind: str = "event"

    def __call__(self, room: Newsroom) -> None:
        room.policy(**{self.kind: self.policy})


@dataclass(frozen=True)
class OnTalkPage:
    """An act whose title is that of the page, done to its talk page."""

    act: type[DeleteOrRestore] | type[MoveAwayOrBack]
    title: str

    def __call__(self, room: Newsroom) -> None:
        self.act(room.admin.site().talk_title(self.title))(room)


@dataclass(frozen=True)
class BreakOrMendLedger:
    """Make an entry of the ledger unreadable, as a newer bot would, or mend it."""

    def __call__(self, room: Newsroom) -> None:
        page = _page(room, "User:SpaceBot/Space/Ledger/0.json")
        if page is None:
            return
        sound, unsound, text = '"creator": ', '"maker": ', page.latest.text
        old, new = (unsound, sound) if unsound in text else (sound, unsound)
        room.bot.write(page.title, text.replace(old, new, 1))


def tell(story: Story, *, full: bool) -> Iterator[Newsroom]:
    """Play a story; the wiki and its bot after each sync, incremental or full."""
    room = Newsroom()
    room.admin.register("Aiko", "autopatrolled")
    room.admin.register("Lena")
    try:
        for acts, pause in (*story, ((), 0)):
            for act in acts:
                act(room)
            room.admin.advance(minutes=pause)
            room.sync(full=full)
            yield room
    finally:
        room.engine.dispose()


def _page(room: Newsroom, title: str) -> StoredPage | None:
    return room.admin.state.page(title)
