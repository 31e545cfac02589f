"""The queue of pages that are to be written: what is due, and in which order.

What takes something back goes first, then the ledger's blocks, then all other pages. A
page waits once, however often it changes meanwhile, until its interval is over, which
is counted from its last edit.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import IntEnum
from typing import Generic, Self, TypeVar

Work = TypeVar("Work")


class Turn(IntEnum):
    """The turns in which pages are written, the first one first."""

    RETRACTION = 0
    LEDGER = 1
    ORDINARY = 2


@dataclass(frozen=True, slots=True)
class Waiting(Generic[Work]):
    """A page that waits to be written: its newest `work`, and when its turn comes.

    `since` is when the first of its changes came, `due` when it may be written; both
    are aware.
    """

    title: str
    work: Work
    turn: Turn
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class WriteQueue(Generic[Work]):
    """The pages that wait, by title, in the order in which they were put last."""

    waiting: Mapping[str, Waiting[Work]] = field(default_factory=dict)

    def put(
        self,
        title: str,
        work: Work,
        turn: Turn,
        now: datetime,
        not_before: datetime | None = None,
    ) -> Self:
        """The queue with a page's newest work in place of what it had.

        An ordinary page is not written before `not_before`. A retraction that waits
        stays one: the newer work takes back what the older one did.
        """
        before = self.waiting.get(title)
        since = min(now, before.since) if before else now
        turn = min(turn, before.turn) if before else turn
        due = since
        if turn is Turn.ORDINARY and not_before is not None:
            due = max(since, not_before)
        rest = self.without([title]).waiting
        return type(self)({**rest, title: Waiting(title, work, turn, since, due)})

    def held(self, title: str, until: datetime) -> Self:
        """The queue in which a page waits until a time, or for newer work."""
        later = replace(self.waiting[title], due=until)
        return type(self)({**self.waiting, title: later})

    def without(self, titles: Collection[str]) -> Self:
        """The queue without some pages."""
        return type(self)(
            {title: each for title, each in self.waiting.items() if title not in titles}
        )

    def due(
        self, now: datetime, up_to: Turn = Turn.ORDINARY
    ) -> tuple[Waiting[Work], ...]:
        """The pages to be written now in this order, those of later turns left out."""
        ready = (each for each in self.waiting.values() if each.due <= now)
        return tuple(
            sorted(
                (each for each in ready if each.turn <= up_to),
                key=lambda each: each.turn,
            )
        )

    @property
    def next_due(self) -> datetime | None:
        """When the next page may be written; None when none waits."""
        return min((each.due for each in self.waiting.values()), default=None)
