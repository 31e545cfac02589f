"""Result of an import: raw values for the form, with notes for the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from space.schema.kinds import Value
from space.schema.problems import Problem

NoteCode = Literal[
    "categories",  # CATEGORIES that are no topics, left out
    "cut",  # a text was too long
    "dates-unread",  # invalid dates of a series
    "floating",  # times without a zone
    "for-ever",  # the rule's UNTIL is beyond the years of events
    "geo",  # invalid coordinates
    "joining",  # ids, passcodes and numbers of a meeting, removed
    "left",  # properties without a field
    "lengths",  # occurrences of another duration
    "mail",  # e-mail addresses, removed
    "moved",  # occurrences that overrides change
    "occurrence",  # the event is an override itself
    "plain",  # the text is an announcement, not a calendar
    "private",  # CLASS is not PUBLIC
    "rules",  # further recurrence rules, left out
    "status",  # unknown STATUS
    "utc",  # UTC was replaced by the zone of the calendar
    "zone",  # the zone is a guess
]


@dataclass(frozen=True, slots=True)
class Note:
    """A remark on an imported event, for the person who reviews it."""

    code: NoteCode
    params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event in the list of a file's events.

    `start` is an ISO 8601 date, perhaps with a time, and empty if it cannot be read.
    """

    title: str
    start: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An imported event as raw inputs of the form, not validated yet.

    `values` are texts for the fields of the form, `body` is wikitext without active
    markup, `problems` are warnings at single fields.
    """

    values: Mapping[str, Value]
    body: str = ""
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
