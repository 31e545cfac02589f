"""The queue as the tool shows it: filtered, a page of it at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import request

from space.codec.page import RECORDS
from space.publication.filters import FilterProblem
from space.review.queue import (
    EventFacts,
    Row,
    Section,
    count_late,
    filter_rows,
    group_floods,
    waiting_by_kind,
)
from space.store.heartbeat import last_sync
from space.text import languages
from tool.app.services import services
from tool.app.views import dates, items
from tool.app.views.listing import PAGE, arguments, page_number
from tool.app.web.errors import BadFilterError
from tool.app.web.language import PARAMETER, interface_language, message_text

KIND, LANGUAGE, URGENT = "kind", "language", "urgent"
YES = "yes"
PAGE_SIZE = 50
_KEYS = (KIND, LANGUAGE, URGENT, PAGE)
_BESIDES = frozenset({PARAMETER, "said"})


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One place in the queue: a page, or a flood of one account."""

    rows: tuple[Row, ...]
    today: date

    @property
    def row(self) -> Row:
        """The page that has waited longest."""
        return self.rows[0]

    @property
    def is_flood(self) -> bool:
        """Whether there are many of them."""
        return len(self.rows) > 1

    @property
    def since(self) -> str:
        """The day on which the wait began."""
        return dates.short_day(self.row.pending_since.date(), interface_language())

    @property
    def age(self) -> str:
        """How long that is ago."""
        return dates.length(
            services().clock() - self.row.pending_since, interface_language()
        )

    @property
    def languages(self) -> list[str]:
        """The languages of the text, by name."""
        codes = dict.fromkeys(code for row in self.rows for code in row.languages)
        return [languages.name(code, interface_language()) for code in codes]

    @property
    def is_late(self) -> bool:
        """Whether it has waited longer than promised."""
        return count_late(self.rows[:1], self.today, _promised_days()) > 0

    @property
    def is_marked_fixed(self) -> bool:
        """Whether it was changed as asked, and its part does not say so."""
        return bool(self.row.changes_asked) and self.row.section is not Section.FIXED

    @property
    def event(self) -> "EventLine | None":
        """When and where the event is; None for a post."""
        return EventLine(self.row.event, self.today) if self.row.event else None


@dataclass(frozen=True, slots=True)
class EventLine:
    """When and where an event is by its newest text, in the reader's words."""

    facts: EventFacts
    today: date

    @property
    def when(self) -> str:
        """Its days."""
        return dates.days(self.facts.first, self.facts.last, interface_language())

    @property
    def where(self) -> str:
        """City and country, and whether it is online; empty where nothing is said."""
        named = {"city": self.facts.city, "country": self.facts.country}
        place = items.place(named, interface_language())
        if self.facts.mode == "hybrid" and place:
            return message_text("wiki-place-hybrid", place)
        is_online = self.facts.mode in {"online", "hybrid"}
        return message_text("choice-mode-online") if is_online else place

    @property
    def soon(self) -> str:
        """How soon it is; empty where there is time."""
        days = (self.facts.first - self.today).days
        if self.facts.is_over(self.today):
            return message_text("wiki-queue-event-over")
        if days <= 0:
            return message_text("wiki-queue-event-today")
        if days == 1:
            return message_text("wiki-queue-event-tomorrow")
        is_soon = self.facts.is_soon(self.today, _promised_days())
        return message_text("wiki-queue-event-days", days) if is_soon else ""

    @property
    def chip(self) -> str:
        """Codex status of the chip that says how soon it is."""
        if self.facts.is_over(self.today):
            return "subtle"
        return "warning" if (self.facts.first - self.today).days <= 1 else "notice"


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where a page stands among those that wait in a part of the queue.

    `number` counts from 1; it is 0 where the page does not stand there. `first` is the
    first page of the part, `before` and `after` are beside it; None without one.
    """

    number: int
    total: int
    first: Row | None = None
    before: Row | None = None
    after: Row | None = None


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """What part of the queue is asked for."""

    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    urgent: bool = False
    page: int = 0

    def query(self, page: int = 0) -> dict[str, list[str]]:
        """The arguments of the address of a page of the same part."""
        values = {KIND: list(self.kinds), LANGUAGE: list(self.languages)}
        values |= {URGENT: [YES]} if self.urgent else {}
        values |= {PAGE: [str(page)]} if page else {}
        return {name: found for name, found in values.items() if found}

    def rows(self) -> tuple[Row, ...]:
        """All of that part, in order."""
        return self.of(undecided_rows())

    def of(self, everything: Sequence[Row]) -> tuple[Row, ...]:
        """That part of the whole queue."""
        return filter_rows(everything, self.kinds, self.languages, urgent=self.urgent)

    def place_of(self, page_id: int) -> QueuePlace:
        """Where a page stands in that part; the first follows one that does not."""
        waiting = [row for row in self.rows() if row.waits]
        place = next((n for n, row in enumerate(waiting) if row.page == page_id), -1)
        around = [None, *waiting, None]
        return QueuePlace(
            number=place + 1,
            total=len(waiting),
            first=around[1],
            before=around[place] if place >= 0 else None,
            after=around[place + 2],
        )


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a part of the queue, and figures of the whole."""

    asked: QueueRequest
    sections: Sequence[tuple[Section, Sequence[QueueItem]]]
    has_more: bool
    total: int
    late: int
    promised_days: int
    languages: list[tuple[str, str]]


def requested_part() -> QueueRequest:
    """The part that the request asks for; raises `BadFilterError` naming the key."""
    arguments(_KEYS, _BESIDES)
    kinds = tuple(value for value in request.args.getlist(KIND) if value)
    for value in kinds:
        if value not in RECORDS:
            raise BadFilterError(
                FilterProblem("filter-value", KIND, params=(KIND, value))
            )
    spoken = tuple(value for value in request.args.getlist(LANGUAGE) if value)
    urgent = {value for value in request.args.getlist(URGENT) if value}
    for value in urgent - {YES}:
        raise BadFilterError(
            FilterProblem("filter-value", URGENT, params=(URGENT, value))
        )
    return QueueRequest(kinds, spoken, bool(urgent), page_number())


def queue_page(asked: QueueRequest) -> Queue:
    """What the request asks to see."""
    today = services().today
    everything = undecided_rows()
    promised_days = _promised_days()
    groups = group_floods(asked.of(everything))
    start = asked.page * PAGE_SIZE
    shown = [QueueItem(g, today) for g in groups[start : start + PAGE_SIZE]]
    parts = groupby(shown, key=lambda item: item.row.section)
    codes = {code for row in everything for code in row.languages}
    names = ((code, languages.name(code, interface_language())) for code in codes)
    return Queue(
        asked=asked,
        sections=[(section, list(found)) for section, found in parts],
        has_more=len(groups) > start + PAGE_SIZE,
        total=sum(waiting_by_kind(everything).values()),
        late=count_late(everything, today, promised_days),
        promised_days=promised_days,
        languages=sorted(names, key=lambda each: each[1].casefold()),
    )


def waiting_pages() -> int:
    """How many pages wait."""
    return sum(waiting_by_kind(undecided_rows()).values())


def undecided_rows() -> tuple[Row, ...]:
    """The queue of the last sync, without what was decided on since that began.

    What became of a decision only the bot can tell; until then nobody need look at the
    page again.
    """
    stored = services().store.queue.rows()
    decisions = services().decisions.recent()
    read = last_sync(services().store) if decisions else None
    unread = {d.page_id: d.revision for d in decisions if not read or d.at >= read}
    return tuple(
        row for row in stored if row.pending_revision > unread.get(row.page, -1)
    )


def places() -> dict[int, int]:
    """The place of each page in the whole queue, counted from 1, by page id."""
    waiting = (row.page for row in undecided_rows() if row.waits)
    return {page: place for place, page in enumerate(waiting, 1)}


def row_of(page_id: int) -> Row | None:
    """The row of a page, if it is in the queue."""
    stored = services().store.queue.rows()
    return next((row for row in stored if row.page == page_id), None)


def _promised_days() -> int:
    return services().community.settings().promised_days
