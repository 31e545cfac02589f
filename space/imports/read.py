"""The door of the room: a text, and what events are in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from space.imports.components import Event, is_calendar, read_events
from space.imports.decoding import clean
from space.imports.draft import Draft, Entry
from space.imports.event import categories, draft_of, entry_of
from space.imports.plain import read_plain


@dataclass(frozen=True, slots=True)
class Source:
    """A text that was read: the events of a calendar, or an announcement in words."""

    events: tuple[Event, ...] = ()
    words: str = ""

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
        return draft_of(self.events[number], topics) if self.events else self._plain()

    def _plain(self) -> Draft:
        return read_plain(self.words)


def read(text: str) -> Source:
    """Read a text; never fails. A calendar without events has none."""
    plain = clean(text)
    if is_calendar(plain):
        return Source(read_events(plain))
    return Source(words=plain)
