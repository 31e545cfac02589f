"""View model of the list of an author's own pages: status, reason and advice."""

from dataclasses import dataclass
from datetime import date

from space.review.model import State
from space.store import Record
from tool.app.review.queue import places
from tool.app.services import services
from tool.app.views import dates
from tool.app.web.language import interface_language

_WITH_REVIEWER = frozenset({State.CHANGES, State.DECLINED, State.WITHDRAWN})
_ADVICE = {
    State.BROKEN: "tool-mine-do-broken",
    State.CHANGES: "tool-mine-do-changes",
    State.DECLINED: "tool-mine-do-declined",
    State.DRAFT: "tool-mine-do-draft",
    State.SCHEDULED: "tool-mine-do-scheduled",
    State.WAITING: "tool-mine-do-waiting",
    State.WITHDRAWN: "tool-mine-do-withdrawn",
}
# Status of the chip of each state: a warning where the author has something to do.
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
    """A page of the list; `place` counts from 1, None outside of the review queue."""

    record: Record
    talk_title: str
    place: int | None

    @property
    def title(self) -> str:
        """The title field of the latest revision, or the title of the page."""
        return self.record.newest.title or self.record.page_title

    @property
    def gone(self) -> bool:
        """Whether the page is deleted, moved out of the root, or no record any more."""
        return self.record.state == State.GONE

    @property
    def chip(self) -> str:
        """Codex status of the chip that names the state."""
        return _CHIPS[State(self.record.state)]

    @property
    def advice(self) -> str | None:
        """Key of the message that tells the author what to do; None for nothing."""
        return _ADVICE.get(State(self.record.state))

    @property
    def advice_params(self) -> tuple[str, ...]:
        """Parameters of that message: the day on which a scheduled page appears."""
        params = self.record.review.reason.params
        if self.record.state != State.SCHEDULED or not params:
            return ()
        day = date.fromisoformat(params[0])
        return (dates.short_day(day, interface_language()),)

    @property
    def reviewed(self) -> bool:
        """Whether a reviewer's verdict, which is not an approval, made the state."""
        return self.record.state in _WITH_REVIEWER

    @property
    def reviewer(self) -> str:
        """Name of that reviewer; empty without one, and where the wiki hides it."""
        return "".join(self.record.review.reason.params[:1]) if self.reviewed else ""

    @property
    def words(self) -> str:
        """The reviewer's reason, empty when none was given."""
        return "".join(self.record.review.reason.params[1:2])


def own_pages(user: str) -> list[OwnPage]:
    """The pages that an account created, the newest first."""
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
