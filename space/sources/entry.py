"""An entry: one event of a source, as the bot keeps it on the wiki."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from space.dates.moments import Span
from space.review.model import EPOCH

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

    It has no text, no address and no link to a meeting: what it was told of these is
    not kept. Of one that is gone calendars need `start`, `zone` and `sequence`.

    Attributes:
        id: its number at the source, 1 or more.
        page: full title of its page, with the prefix of another wiki.
        sign_up: full title of the page where people register, with the same prefix.
        start, end: wall times as `space.dates.moments.Moment` reads them.
        mode: "in-person", "online" or "hybrid".
        wikis: database names; empty for all wikis.
        open: whether people can register.
        organizers: folded names of those organizers whose events reviewers hide.
        asked: a digest of all names that were looked for among its organizers; empty
            where none were.
        seen: when the bot first read it, aware; None where it never could.
        changed: when the bot last found it changed, aware.
        sequence: its iCalendar SEQUENCE.
    """

    id: int
    state: EntryState = EntryState.LISTED
    title: str = ""
    page: str = ""
    sign_up: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    mode: str = ""
    country: str = ""
    type: str = ""
    topics: tuple[str, ...] = ()
    wikis: tuple[str, ...] = ()
    open: bool = False
    organizers: tuple[str, ...] = ()
    asked: str = ""
    seen: datetime | None = None
    changed: datetime | None = None
    sequence: int = 0

    @property
    def span(self) -> Span:
        """When it takes place.

        Raises ValueError for an entry without times or of a zone that nobody knows.
        """
        return Span.derived(self.start, self.end or None, self.zone)

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
            return self.span.end_utc >= now - RECENT
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
            seen=self.seen,
            changed=now,
            sequence=_next(self.sequence, now),
        )


def _next(sequence: int, now: datetime) -> int:
    """A greater SEQUENCE: seconds since `EPOCH`, or the least that is greater."""
    return max(sequence + 1, int((now - EPOCH).total_seconds()))
