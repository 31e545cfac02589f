"""What authors see of their own pages: how each stands, why, and what to do."""

from dataclasses import dataclass
from datetime import date

from space.review.model import State
from space.store import Record
from tool.app.review.queue import places
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language

_SAID = frozenset({State.CHANGES, State.DECLINED, State.WITHDRAWN})
_ADVICE = {
    State.BROKEN: "tool-mine-do-broken",
    State.CHANGES: "tool-mine-do-changes",
    State.DECLINED: "tool-mine-do-declined",
    State.DRAFT: "tool-mine-do-draft",
    State.SCHEDULED: "tool-mine-do-scheduled",
    State.WAITING: "tool-mine-do-waiting",
    State.WITHDRAWN: "tool-mine-do-withdrawn",
}
# How the chip of each state looks: only what asks its author for something warns.
_CHIPS = {
    State.PUBLISHED: "success",
    State.SCHEDULED: "success",
    State.WAITING: "notice",
    State.DRAFT: "notice",
    State.GONE: "notice",
    State.CHANGES: "warning",
    State.BROKEN: "warning",
    State.WITHDRAWN: "warning",
    State.DECLINED: "error",
}


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One page; `place` is its place in the queue, if it stands in it."""

    record: Record
    talk_title: str
    place: int | None

    @property
    def title(self) -> str:
        """What it is called."""
        return self.record.newest.title or self.record.page_title

    @property
    def gone(self) -> bool:
        """Whether the page is deleted, moved away or no record any more."""
        return self.record.state == State.GONE

    @property
    def chip(self) -> str:
        """The status of the chip that names its state."""
        return _CHIPS[State(self.record.state)]

    @property
    def advice(self) -> str | None:
        """The message that says what to do."""
        return _ADVICE.get(State(self.record.state))

    @property
    def advice_params(self) -> tuple[str, ...]:
        """What that message needs: the day on which a page is to appear."""
        params = self.record.review.reason.params
        if self.record.state != State.SCHEDULED or not params:
            return ()
        day = date.fromisoformat(params[0])
        return (dates.short_day(day, interface_language()),)

    @property
    def reviewer(self) -> str:
        """Who asked for changes or declined; empty if nobody did."""
        params = self.record.review.reason.params
        return params[0] if self.record.state in _SAID and params else ""

    @property
    def words(self) -> str:
        """What they said."""
        return "".join(self.record.review.reason.params[1:2])


def own_pages(user: str) -> list[OwnPage]:
    """The pages that an account made, the newest first."""
    places_in_queue = places()
    records = services().store.records.all(creator=user)
    return [
        OwnPage(
            record,
            services().facts.talk_title(record.page_title),
            places_in_queue.get(record.page_id),
        )
        for record in sorted(records, key=lambda record: -record.page_id)
    ]
