"""View model of the list of an author's own pages: status, reason and advice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.errors import WikiUnavailableError
from space.publication.occurrence import representative
from space.publication.people import accounts_named
from space.review.model import State
from space.store import Record
from tool.app.reading.series_status import unconfirmed_since
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
_ASKING = frozenset({State.CHANGES, State.BROKEN, State.DECLINED})
_UNFINISHED = frozenset({State.DRAFT, State.WAITING, State.SCHEDULED})
_ENDED = frozenset({State.GONE, State.WITHDRAWN})
_ABOUT = {
    **dict.fromkeys(("start", "end", "timezone"), "time"),
    **dict.fromkeys(("except", "also"), "dates"),
    "status": "status",
}
"""The field of a correction → what it is about: `wiki-banner-live-<…>`."""
_PEOPLE = ("authors", "organizers")
GROUPS = ("asking", "unfinished", "coming", "posts", "past")
"""The parts of the list, in order: what needs the author comes first."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the list; `place` counts from 1, None outside of the review queue.

    `creator` is who created the page where that is somebody else, who named the visitor
    in it; empty for the visitor's own.
    `span` is the next time of an event, or its last one; None without one.
    `asks_to_confirm` is the day, in words, since which nobody has confirmed a series;
    empty where no confirmation is due.
    """

    record: Record
    talk_title: str
    place: int | None
    span: Span | None = None
    asks_to_confirm: str = ""
    creator: str = ""

    @property
    def when(self) -> str:
        """The days and times of the event in words; empty without."""
        return dates.span(self.span, interface_language()) if self.span else ""

    def group(self, today: date) -> str:
        """The part of the list, of `GROUPS`."""
        state = State(self.record.state)
        if state in _ASKING or self.asks_to_confirm:
            return "asking"
        if state in _UNFINISHED:
            return "unfinished"
        if state in _ENDED or (self.span and _last_day(self.span) < today):
            return "past"
        return "coming" if self.span else "posts"

    @property
    def order(self) -> tuple[date, int]:
        """The place within `coming`: by time."""
        return self.span.start.date if self.span else date.max, self.record.page_id

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
    def live(self) -> str:
        """Key of the message on what readers see before a review; empty for nothing."""
        review = self.record.review
        about = {_ABOUT.get(each.field, "changes") for each in review.corrections}
        if not about and not review.live:
            return ""
        only = about.pop() if len(about) == 1 else "changes"
        return f"wiki-banner-live-{only}"

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


def own_pages(user: str) -> list[tuple[str, list[OwnPage]]]:
    """The pages that an account created or is named in, by groups that have some.

    The newest come first, of events to come the next.
    """
    places_in_queue = places()
    pages = [
        OwnPage(
            record,
            services().facts.talk_title(record.page_title),
            places_in_queue.get(record.page_id),
            _span(record),
            unconfirmed_since(record.publication),
            "" if record.creator == user else record.creator or "",
        )
        for record in (*services().store.records.all(creator=user), *_naming(user))
    ]
    return grouped(pages, services().today)


def _naming(user: str) -> Iterator[Record]:
    """Others' pages that name an account among their people, as readers see them."""
    try:
        site = services().facts.site()
    except WikiUnavailableError:
        return
    for record in services().store.records.naming(_PEOPLE, user):
        publication = record.publication
        if publication and record.creator != user:
            named = accounts_named(publication.kind, publication.values, site)
            if user in named:
                yield record


def grouped(pages: Iterable[OwnPage], today: date) -> list[tuple[str, list[OwnPage]]]:
    """Pages by groups that have some, in the order of `GROUPS`."""
    groups: dict[str, list[OwnPage]] = {group: [] for group in GROUPS}
    for page in sorted(pages, key=lambda page: -page.record.page_id):
        groups[page.group(today)].append(page)
    groups["coming"].sort(key=lambda page: page.order)
    return [(group, listed) for group, listed in groups.items() if listed]


def _span(record: Record) -> Span | None:
    """The next time of an event, its last one when all are over; None without one.

    It is as readers see it, or else as the newest text has it.
    """
    publication, today = record.publication, services().today
    if record.kind != "event":
        return None
    try:
        schedule = Schedule.of(
            publication.values if publication else record.newest.event
        )
    except ValueError:
        return None
    times = schedule.times(today) or (schedule.first,)
    return representative(times, lambda span: _last_day(span) < today)


def _last_day(span: Span) -> date:
    return (span.end or span.start).date
