"""Result of an import: raw values for the form, with notes for the person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from space.schema.fields import Value
from space.schema.problems import Problem

NoteCode = Literal[
    "categories",  # were left out, as they are no topics
    "cut",  # the end of a text is
    "dates-unread",  # of a series: they stand nowhere
    "floating",  # the times have no zone
    "for-ever",  # is until when the rule goes on
    "geo",  # the coordinates are no place on the globe
    "joining",  # ids, codes and numbers that let people into a meeting were left out
    "left",  # properties that no field has a place for
    "lengths",  # some dates of the series have one of their own
    "mail",  # addresses of people were left out
    "moved",  # the file changes some dates of the series
    "occurrence",  # a changed date of a series
    "plain",  # no calendar: an announcement in words
    "private",  # is how the calendar marks it
    "rules",  # beside the first one were left out
    "status",  # is a word that nobody knows
    "utc",  # became the clocks of the calendar
    "zone",  # was told by something else than its name
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
