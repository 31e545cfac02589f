"""Events without a page here that two sources announce, and that may be one."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from space.publication.registered import QUESTIONS
from space.schema.problems import Problem
from tool.app.services import services

MOST = 30
"""How many are shown; with each one that is decided on there is place for another."""


@dataclass(frozen=True, slots=True)
class AnnouncedTwice:
    """An event without a page, and what reviewers are asked about it."""

    page_id: int
    title: str
    questions: tuple[Problem, ...]


def announced_twice() -> tuple[AnnouncedTwice, ...]:
    """The first events that look like one of another source, by id."""
    return tuple(islice(_events(), MOST))


def _events() -> Iterator[AnnouncedTwice]:
    for record in services().store.records.registered_with_problems():
        questions = tuple(p for p in record.problems if p.code in QUESTIONS)
        if record.publication and questions:
            title = str(record.publication.values["title"])
            yield AnnouncedTwice(record.page_id, title, questions)
