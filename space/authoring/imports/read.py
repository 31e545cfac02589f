"""The door of the room: a text, and what events are in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from space.authoring.imports.announcement import read_plain
from space.authoring.imports.calendar.decoding import clean
from space.authoring.imports.calendar.files import FileRefusal, open_file, refuse
from space.authoring.imports.calendar.vevents import (
    MAX_SAME,
    Event,
    is_calendar,
    read_events,
)
from space.authoring.imports.draft import Draft, Entry
from space.authoring.imports.event import categories, draft_of, entry_of


@dataclass(frozen=True, slots=True)
class ImportedText:
    """What was read: events of a calendar, an announcement in words, or a refusal.

    `text` is all of it, as it can be read again.
    """

    events: tuple[Event, ...] = ()
    words: str = ""
    text: str = ""
    refusal: FileRefusal | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its events in the order of the text; an announcement is one of its own."""
        return tuple(map(entry_of, self.events))

    def categories(self, number: int) -> tuple[str, ...]:
        """What the event of a number is filed under; IndexError without one."""
        return categories(self.events[number]) if self.events else ()

    def draft(self, number: int, topics: Mapping[str, str]) -> Draft:
        """The event of a number for the form; IndexError without one.

        `topics` are those of its categories that are topics, with their own names.
        """
        if not self.events:
            return read_plain(self.words)
        return draft_of(self.events[number], topics, self._overrides(number))

    def _overrides(self, number: int) -> tuple[Event, ...]:
        """The changed dates of a series that the text has, too (RFC 5545 §3.8.4.4)."""
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
    """Read a text; never fails. A calendar without events has none."""
    plain = clean(text)
    if is_calendar(plain):
        return ImportedText(read_events(plain), text=text)
    if refusal := refuse(plain):
        return ImportedText(text=text, refusal=refusal)
    return ImportedText(words=plain, text=text)


def read_file(data: bytes) -> ImportedText:
    """Read an uploaded file; never fails. An archive with one calendar is opened."""
    opened = open_file(data)
    return (
        ImportedText(refusal=opened)
        if isinstance(opened, FileRefusal)
        else read(opened)
    )
