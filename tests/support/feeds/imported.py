"""Calendars of other programs as tests need them, and what is read of them."""

from space.imports.draft import Draft
from space.imports.read import read

START = "DTSTART;TZID=Europe/Berlin:20261128T100000"


def calendar_of(*lines: str, before: str = "") -> str:
    """A calendar of one event; `before` stands before it."""
    event = ["BEGIN:VEVENT", *lines, "END:VEVENT"]
    around = [before] if before else []
    return "\r\n".join(["BEGIN:VCALENDAR", *around, *event, "END:VCALENDAR", ""])


def draft_of(*lines: str, before: str = "") -> Draft:
    """The draft of such an event."""
    return read(calendar_of(*lines, before=before)).draft(0, {})


def codes(draft: Draft) -> list[str]:
    """The codes of the notes of a draft."""
    return [note.code for note in draft.notes]


def shown(draft: Draft) -> str:
    """Everything of a draft that would be saved."""
    return f"{dict(draft.values)}{draft.body}"
