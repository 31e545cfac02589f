"""One occurrence of a published event, as lists show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from space.dates.moments import Span
from space.publication.publication import Publication

Time = TypeVar("Time")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place.

    `start` and `end` are wall times as pages have them (an all-day end is
    inclusive), `begins` and `ends` the instants, the latter exclusive.
    """

    publication: Publication
    start: str
    end: str | None
    begins: datetime
    ends: datetime

    @property
    def span(self) -> Span:
        """Its wall times in the event's zone."""
        zone = str(self.publication.values["timezone"])
        return Span.derived(self.start, self.end, zone)


def representative(times: Sequence[Time], is_over: Callable[[Time], bool]) -> Time:
    """The time that stands for a whole series on a map: the first that is not over.

    The last one where all are over. `times` are in order, at least one.
    """
    return next((time for time in times if not is_over(time)), times[-1])
