"""What a process of the bots has of one round for the next."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bots.outbox import Outbox
from space.data_pages.patches import Places
from space.sync import Session

SHARE = 100
"""Work that is about all pages takes one of so many seconds."""
DEAR = 0.05
"""Seconds of CPU that it may take at once after news; what takes more waits for all
tasks."""
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(slots=True)
class Postponed:
    """Work that is about all pages: when each may be done again, and what waits."""

    again: dict[str, datetime] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def next(self, name: str) -> datetime:
        """When the work may be done again after news, aware."""
        return self.again.get(name, datetime.min.replace(tzinfo=UTC))

    def done(self, name: str, now: datetime, seconds: float) -> None:
        """Take it that the work was done, and took so many seconds of CPU."""
        after = timedelta(seconds=SHARE * seconds)
        self.again[name] = now + after if seconds <= DEAR else _NEVER
        self.waiting.discard(name)

    def is_due(self, now: datetime) -> bool:
        """Whether work that waits may be done."""
        return any(self.next(name) <= now for name in self.waiting)


@dataclass(slots=True)
class ProcessState:
    """What is to be written, what syncs know, and what stands on data pages.

    `places` are those of families of data pages, by name.
    """

    outbox: Outbox = field(default_factory=Outbox)
    session: Session = field(default_factory=Session)
    places: dict[str, Places] = field(default_factory=dict)
    postponed: Postponed = field(default_factory=Postponed)

    def has_due(self, now: datetime) -> bool:
        """Whether a page that waits may be written."""
        due = self.outbox.queue.next_due
        return due is not None and due <= now
