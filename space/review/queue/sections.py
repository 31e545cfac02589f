"""The parts of the queue: what to look at first, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Section(StrEnum):
    """A part of the queue, in the order in which reviewers are asked to look."""

    SOON = "soon"
    """Events that go on or begin before a review would be due that was asked today."""
    FIXED = "fixed"
    """Pages that were changed since a reviewer asked for changes."""
    WAITING = "waiting"
    """All other texts that wait for a verdict."""
    LIVE = "live"
    """Pages whose newest text readers see already: a correction or retraction."""
    BROKEN = "broken"
    """Texts that their authors have to mend before anybody can review them."""
    REGISTERED = "registered"
    """Published events to be compared with a registration: it says other times, or it
    may be of the same event."""
    REFUSED = "refused"
    """Pages of which nothing waits, with verdicts that are worth nothing."""

    @property
    def rank(self) -> int:
        """Its place among the parts, from 0."""
        return tuple(Section).index(self)

    @property
    def waits(self) -> bool:
        """Whether its texts wait for a verdict."""
        return self in _WAITING


@dataclass(frozen=True, slots=True)
class Promise:
    """Within how many days reviews are promised, as of a UTC day.

    A review that is asked for on `today` is due after so many `days`.
    """

    today: date
    days: int


_WAITING = frozenset({Section.SOON, Section.FIXED, Section.WAITING})
