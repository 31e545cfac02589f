"""Occurrences of published events, as lists show them: one by one, or by event."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from space.dates.moments import Span
from space.publication.publication import Publication

Time = TypeVar("Time")

CAMPAIGN = timedelta(days=7)
"""An occurrence as long as this is a campaign: lists put it aside once it has begun."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time at which an event takes place.

    `start` and `end` are wall times as pages have them (an all-day end is
    inclusive), `begins` and `ends` the instants, the latter exclusive. One that is
    `dropped` was taken out of its series, and is told as cancelled for a while. One
    that is `of_series` belongs to an event with a rule or an added date.
    """

    publication: Publication
    start: str
    end: str | None
    begins: datetime
    ends: datetime
    dropped: bool = False
    of_series: bool = False

    @property
    def span(self) -> Span:
        """Its wall times in the event's zone."""
        zone = str(self.publication.values["timezone"])
        return Span.derived(self.start, self.end, zone)


@dataclass(frozen=True, slots=True)
class ListedEvent:
    """An event in a list that has each event once, by its first occurrence there.

    `later` are the wall times at which the occurrences after it begin, the first few
    of `dates - 1`. A date that a series dropped is listed by itself.
    """

    first: Occurrence
    dates: int = 1
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventList:
    """A page of such a list.

    `rows` are by start, then page id. `ongoing` are the campaigns that had begun before
    the stretch of time, in the same order; they are on no page and so on every one.
    """

    rows: tuple[ListedEvent, ...] = ()
    ongoing: tuple[ListedEvent, ...] = ()


def representative(times: Sequence[Time], is_over: Callable[[Time], bool]) -> Time:
    """The time that stands for a whole series on a map: the first that is not over.

    The last one where all are over. `times` are in order, at least one.
    """
    return next((time for time in times if not is_over(time)), times[-1])


def shown_on_map(
    times: Sequence[Time],
    *,
    is_over: Callable[[Time], bool],
    is_dropped: Callable[[Time], bool],
) -> list[Time]:
    """The times of an event that a map shows: its `representative`.

    Where the event would come next on a date that it dropped, that date comes first.
    """
    held = [time for time in times if not is_dropped(time)]
    first = representative(times, is_over)
    if not is_dropped(first) or not held:
        return [first]
    standing = representative(held, is_over)
    return [standing] if is_over(first) else [first, standing]
