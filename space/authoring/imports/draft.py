"""What comes out of an import: a form that somebody has begun to fill in."""

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
    """Something to know of what was read, for the person who looks it over."""

    code: NoteCode
    params: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of a file, as a list shows it: enough to tell it from others.

    `start` is a date, perhaps with a time, or empty where none can be read.
    """

    title: str
    start: str
    repeats: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An event as somebody would type it: nothing of it is checked yet.

    `values` are texts for the fields of the form, `body` is safe wikitext, `problems`
    are warnings at single fields.
    """

    values: Mapping[str, Value]
    body: str = ""
    notes: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
