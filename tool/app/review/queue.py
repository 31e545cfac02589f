"""The queue as the tool shows it: filtered, a page of it at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request

from space.codec.page import RECORDS
from space.publication.filters import FilterProblem
from space.review.queue import (
    Row,
    count_late,
    filter_rows,
    group_floods,
    waiting_by_kind,
)
from space.text import languages
from tool.app.services import services
from tool.app.views import dates
from tool.app.views.listing import PAGE, arguments, page_number
from tool.app.web.errors import BadFilterError
from tool.app.web.language import PARAMETER, interface_language

KIND, LANGUAGE = "kind", "language"
PAGE_SIZE = 50
_KEYS = (KIND, LANGUAGE, PAGE)
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
        days = services().community.settings().promised_days
        return count_late(self.rows[:1], self.today, days) > 0


@dataclass(frozen=True, slots=True)
class QueueRequest:
    """What part of the queue is asked for."""

    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    page: int = 0

    def query(self, page: int = 0) -> dict[str, list[str]]:
        """The arguments of the address of a page of the same part."""
        values = {KIND: list(self.kinds), LANGUAGE: list(self.languages)}
        values |= {PAGE: [str(page)]} if page else {}
        return {name: found for name, found in values.items() if found}

    def rows(self) -> tuple[Row, ...]:
        """All of that part, in order."""
        return self.of(services().store.queue.rows())

    def of(self, everything: Sequence[Row]) -> tuple[Row, ...]:
        """That part of the whole queue."""
        return filter_rows(everything, self.kinds, self.languages)

    def after(self, page_id: int) -> Row | None:
        """The next text to review after a page: the longest wait after its own.

        Of the whole part the first, where the page does not stand in it.
        """
        rows = [row for row in self.rows() if row.waits]
        places = [place for place, row in enumerate(rows) if row.page == page_id]
        if not places:
            return rows[0] if rows else None
        return rows[places[0] + 1] if places[0] + 1 < len(rows) else None


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of a part of the queue, and figures of the whole."""

    asked: QueueRequest
    entries: Sequence[QueueItem]
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
    return QueueRequest(kinds, spoken, page_number())


def queue_page(asked: QueueRequest) -> Queue:
    """What the request asks to see."""
    today = services().today
    everything = services().store.queue.rows()
    promised_days = services().community.settings().promised_days
    groups = group_floods(asked.of(everything))
    start = asked.page * PAGE_SIZE
    codes = {code for row in everything for code in row.languages}
    names = ((code, languages.name(code, interface_language())) for code in codes)
    return Queue(
        asked=asked,
        entries=[QueueItem(g, today) for g in groups[start : start + PAGE_SIZE]],
        has_more=len(groups) > start + PAGE_SIZE,
        total=sum(waiting_by_kind(everything).values()),
        late=count_late(everything, today, promised_days),
        promised_days=promised_days,
        languages=sorted(names, key=lambda each: each[1].casefold()),
    )


def waiting_pages() -> int:
    """How many pages wait."""
    return sum(waiting_by_kind(services().store.queue.rows()).values())


def places() -> dict[int, int]:
    """The place of each page in the whole queue, counted from 1, by page id."""
    waiting = (row.page for row in services().store.queue.rows() if row.waits)
    return {page: place for place, page in enumerate(waiting, 1)}


def row_of(page_id: int) -> Row | None:
    """The row of a page, if it is in the queue."""
    rows = services().store.queue.rows()
    return next((row for row in rows if row.page == page_id), None)
