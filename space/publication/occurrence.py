"""One occurrence of a published event, as lists show it."""

from dataclasses import dataclass
from datetime import datetime

from space.dates.moments import Span
from space.publication.publication import Publication


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
