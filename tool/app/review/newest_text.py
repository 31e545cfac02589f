"""What the newest text of an event says, as far as its reviewer asks first."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from space.authoring.checklist import Check
from space.authoring.event_checklist import event_checks
from space.codec.page import read_page
from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.publication.occurrence import representative
from space.review.queue.event_facts import EventFacts, event_values
from space.review.record import Record
from space.schema.kinds import Values
from space.wiki.values import Revision
from tool.app.review.queue import EventLine
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language


@dataclass(frozen=True, slots=True)
class NewestText:
    """When and where an event is, and what its checklist misses; nothing of a post.

    `event` and `span`, the next time of a series, are None for a text without a time.
    """

    event: EventLine | None = None
    span: Span | None = None
    doubts: tuple[Check, ...] = ()

    @classmethod
    def of(cls, record: Record, newest: Revision, today: date) -> Self:
        """What the newest revision of a page says as of a UTC day."""
        if record.kind != "event" or newest.text is None:
            return cls()
        names = services().community.templates().records
        values = read_page(newest.text, title=record.page_title, templates=names).values
        facts = EventFacts.of(event_values(values), today)
        return cls(
            event=EventLine(facts, today) if facts else None,
            span=_span(values, today) if facts else None,
            doubts=tuple(check for check in event_checks(values) if not check.done),
        )

    @property
    def when(self) -> str:
        """The days and times in words; empty without."""
        return dates.span(self.span, interface_language()) if self.span else ""

    @property
    def zone(self) -> str:
        """The zone of its clock in words; empty for whole days."""
        if self.span is None or self.span.all_day:
            return ""
        return dates.zone_of(self.span, interface_language())


def _span(values: Values, today: date) -> Span:
    schedule = Schedule.of(values)
    times = schedule.times(today) or (schedule.first,)
    return representative(times, lambda span: span.last_day < today)
