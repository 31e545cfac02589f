"""Reading of an imported text or file: its events, or the reason for refusing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from space.bounds import BOUNDS
from space.imports.announcement import read_plain
from space.imports.calendar.decoding import clean
from space.imports.calendar.files import FileRefusal, open_file, refuse
from space.imports.calendar.vevents import (
    MAX_SAME,
    Event,
    is_calendar,
    is_long,
    read_events,
)
from space.imports.draft import Draft, Entry
from space.imports.event import categories, draft_of, entry_of


@dataclass(frozen=True, slots=True)
class ImportedText:
    """An imported text: events of a calendar, an announcement, or a refusal.

    `words` is the announcement, empty for a calendar. `text` is the whole text, which
    can be read again, and empty for a refused file.
    """

    events: tuple[Event, ...] = ()
    words: str = ""
    text: str = ""
    refusal: FileRefusal | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """List entries of the events in text order; none for an announcement."""
        return tuple(map(entry_of, self.events))

    def categories(self, number: int) -> tuple[str, ...]:
        """CATEGORIES of an event by its index, as slugs. Raises IndexError."""
        return categories(self.events[number]) if self.events else ()

    def draft(self, number: int, topics: Mapping[str, str]) -> Draft:
        """The draft of an event by its index. Raises IndexError.

        `topics` maps those of its categories that are topics to the topic's slug.
        """
        if not self.events:
            return read_plain(self.words)
        return draft_of(self.events[number], topics, self._overrides(number))

    def _overrides(self, number: int) -> tuple[Event, ...]:
        """Overrides of an event's series, RECURRENCE-ID (RFC 5545 §3.8.4.4)."""
        picked = self.events[number]
        if not picked.uid or picked.first("RECURRENCE-ID"):
            return ()
        same = (
            event
            for event in self.events
            if event.uid == picked.uid and event.first("RECURRENCE-ID")
        )
        return tuple(islice(same, MAX_SAME))


def read(text: str) -> ImportedText:
    """Read a text as a calendar or an announcement; never raises."""
    plain = clean(text)
    if is_calendar(plain) and is_long(plain):
        counts = (str(BOUNDS.lines), str(BOUNDS.components))
        return ImportedText(text=text, refusal=FileRefusal("long", counts))
    if is_calendar(plain):
        return ImportedText(read_events(plain), text=text)
    if refusal := refuse(plain):
        return ImportedText(text=text, refusal=refusal)
    return ImportedText(words=plain, text=text)


def read_file(data: bytes) -> ImportedText:
    """Read an uploaded file, or the only calendar in an archive; never raises."""
    opened = open_file(data)
    return (
        ImportedText(refusal=opened)
        if isinstance(opened, FileRefusal)
        else read(opened)
    )
