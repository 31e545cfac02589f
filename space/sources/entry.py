"""An entry: one event of a source, as the bot keeps it on the wiki."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from space.dates.moments import Span, utc_day
from space.dates.schedule import MAX_OCCURRENCES, Schedule, span_of
from space.review.model import EPOCH
from space.schema.kinds import Values, load_kind

_TOLD = frozenset(
    (
        *("title", "summary", "website", "start", "end", "timezone", "recurrence"),
        *("except", "also", "mode", "country", "city", "venue", "type", "languages"),
        *("topics", "wikis", "status"),
    )
)
"""Fields of an event's page that an entry may tell."""
_OWN_NAMES = {"timezone": "zone", "except": "exceptions", "also": "added"}
"""Field of an event's page → attribute of an entry, where they differ."""
RECENT = timedelta(days=2)
"""How long after its end an event is still asked for: people correct what went by."""


class EntryState(StrEnum):
    """What is known of an event."""

    LISTED = "listed"
    TEST = "test"  # somebody tried the form; nothing of it is kept
    FAILED = "failed"  # could not be read, and was never read before
    GONE = "gone"  # was listed, and is deleted


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event of a source, with what lists need and nothing else.

    It has no street address, no link to a meeting and names of nobody but those whose
    events reviewers hide: what it was told of these is not kept. Of one that is gone
    calendars need `start`, `zone` and `sequence`.

    Attributes:
        id: its number, 1 or more, which no event of another source has.
        summary: plain text of at most 500 characters.
        page: full title of its page, with the prefix of another wiki; empty for none.
        sign_up: full title of the page where people register, with the same prefix.
        website: a URL; `space.sources.campaign_events` gives none.
        start, end: wall times as `space.dates.moments.Moment` reads them.
        recurrence, exceptions, added: the fields `recurrence`, `except` and `also`.
        mode: "in-person", "online" or "hybrid"; empty where nothing tells.
        wikis: database names; empty for all wikis.
        status: the field `status`; empty for an event that takes place.
        calendar: whose public calendar it is from; empty for a registration.
        key: a hash by which that calendar's event is known again.
        missed: when it was first missing in its calendar, aware; None if it is there.
        open: whether people can register.
        organizers: folded names of those organizers whose events reviewers hide.
        asked: a digest of all names that were looked for among its organizers; empty
            where none were.
        withheld: since when it is told as taken out because reviewers hide it, aware;
            None for one that is not hidden. It is `seen` for one that never was listed.
        seen: when the bot first read it, aware; None where it never could.
        changed: when the bot last found it changed, aware.
        sequence: its iCalendar SEQUENCE.
    """

    id: int
    state: EntryState = EntryState.LISTED
    title: str = ""
    summary: str = ""
    page: str = ""
    sign_up: str = ""
    website: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    recurrence: str = ""
    exceptions: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    mode: str = ""
    country: str = ""
    city: str = ""
    venue: str = ""
    type: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    wikis: tuple[str, ...] = ()
    status: str = ""
    open: bool = False
    organizers: tuple[str, ...] = ()
    asked: str = ""
    withheld: datetime | None = None
    calendar: str = ""
    key: str = ""
    missed: datetime | None = None
    seen: datetime | None = None
    changed: datetime | None = None
    sequence: int = 0

    @property
    def span(self) -> Span:
        """When it takes place.

        Raises ValueError for an entry without times, out of the years of events, or of
        a zone that nobody knows.
        """
        return span_of({"start": self.start, "end": self.end, "timezone": self.zone})

    @property
    def values(self) -> Values:
        """Its values as those of an event's page; absent ones are left out."""
        own = {name: getattr(self, _OWN_NAMES.get(name, name)) for name in _TOLD}
        return {name: own[name] for name in load_kind("event").fields if own.get(name)}

    @property
    def is_series(self) -> bool:
        """Whether it has a rule or added dates."""
        return bool(self.recurrence or self.added)

    def coming(self, now: datetime) -> Iterator[Span]:
        """Its times after an aware one, as many as lists have, each made when asked."""
        times = Schedule.of(self.values).coming(utc_day(now))
        return islice(times, MAX_OCCURRENCES)

    def is_over(self, now: datetime) -> bool:
        """Whether it has no time after an aware one, but for the last days."""
        schedule, recently = Schedule.of(self.values), now - RECENT
        is_endless = schedule.rule and not (schedule.rule.count or schedule.rule.until)
        if is_endless or schedule.first.end_utc >= recently:
            return False
        coming = schedule.coming(utc_day(recently))
        return not any(span.end_utc >= recently for span in coming)

    @property
    def is_listed(self) -> bool:
        """Whether it can be shown."""
        return self.state is EntryState.LISTED

    @property
    def is_unlisted(self) -> bool:
        """Whether it is no event, for now: a test, or deleted."""
        return self.state in {EntryState.TEST, EntryState.GONE}

    def may_change(self, now: datetime) -> bool:
        """Whether it is worth to be read again at an aware time."""
        if self.is_listed:
            return not self.is_over(now)
        return self.state is EntryState.FAILED

    def after(self, before: "Entry | None", now: datetime) -> "Entry":
        """The entry, read at an aware time, in place of what was known `before`.

        What says nothing new is as it was, and a test that was an event is gone.
        SEQUENCE tells when it changed, and rises.
        """
        if not self.is_listed:
            return before.gone(now) if before else self
        known = before or self
        same = replace(
            self,
            organizers=known.organizers,
            asked=known.asked,
            withheld=known.withheld,
            seen=known.seen,
            changed=known.changed,
            sequence=known.sequence,
        )
        if same == before:
            return before
        return replace(
            same,
            seen=known.seen or now,
            changed=now,
            sequence=_next(known.sequence, now),
        )

    def withhold(self, now: datetime, *, is_hidden: bool) -> "Entry":
        """The entry as calendars are told of it from an aware time on."""
        if not self.is_listed or is_hidden == (self.withheld is not None):
            return self
        return replace(
            self,
            withheld=now if is_hidden else None,
            changed=now,
            sequence=_next(self.sequence, now),
        )

    def gone(self, now: datetime) -> "Entry":
        """What stays of an entry that is deleted: all that calendars need.

        One that nobody saw stays as it is.
        """
        if not self.is_listed:
            return self
        return Entry(
            id=self.id,
            state=EntryState.GONE,
            start=self.start,
            end=self.end,
            zone=self.zone,
            calendar=self.calendar,
            key=self.key,
            seen=self.seen,
            changed=now,
            sequence=_next(self.sequence, now),
        )


def _next(sequence: int, now: datetime) -> int:
    """A greater SEQUENCE: seconds since `EPOCH`, or the least that is greater."""
    return max(sequence + 1, int((now - EPOCH).total_seconds()))
