"""Pairs of events of two sources that may be one event: what reviewers are asked.

Two events look alike if they take place at one time, a day more or less, may be in one
place and on the same wikis, and if their titles are almost the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, groupby, islice
from typing import NamedTuple, Self

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.publication.publication import Publication
from space.publication.registered import (
    ALIKE,
    ALIKE_IN_CALENDAR,
    REGISTERED,
    attendance,
    decision_number,
    source_of,
)
from space.publication.similar_events import alike
from space.review.record import Record
from space.schema.problems import Problem
from space.text.search_terms import pieces

MOST_TIMES = 6
"""How many dates of a series are compared, the next ones."""
MOST_DAYS = 31
"""How many days of a long event are looked at, the first ones."""
MOST_COMPARED = 64
"""With how many others an event is compared: those that share its rarest words."""
MOST_TOLD = 3
"""Of how many such events one is told."""
_DAY = timedelta(days=1)
_SHARED, _HARDLY = 0.75, 0.5

Stretch = tuple[datetime, datetime]
"""Start and end in UTC."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What of an event is compared: its coming times, where it is, and its title.

    Attributes:
        id: its id in the store, which tells its source.
        words: of the title, with pairs of characters where a script has no spaces.
        times: at most `MOST_TIMES`.
        mode: "in-person", "online" or "hybrid"; empty where nothing tells.
        country: a code, empty where none is told.
        wikis: empty for all.
    """

    id: int
    source: str
    title: str
    words: frozenset[str]
    times: tuple[Stretch, ...]
    mode: str
    country: str
    wikis: frozenset[str]

    @classmethod
    def of(cls, event: Publication, today: date) -> Self | None:
        """The traits as seen on a UTC day; None for an event that is over."""
        times = tuple((s.start_utc, s.end_utc) for s in coming(event, today))
        if not times:
            return None
        title = str(event.values["title"])
        return cls(
            id=event.page_id,
            source=source_of(event),
            title=title,
            words=frozenset(pieces(title)),
            times=times,
            mode=attendance(event),
            country=str(event.values.get("country", "")),
            wikis=frozenset(event.values.get("wikis", ())),
        )

    def days(self) -> Iterator[int]:
        """The ordinals of the UTC days of its times, each once."""
        days: set[int] = set()
        for start, end in self.times:
            first = start.date().toordinal()
            last = min(end.date().toordinal(), first + MOST_DAYS - 1)
            days.update(range(first, last + 1))
        return iter(sorted(days))


def coming(event: Publication, today: date) -> tuple[Span, ...]:
    """The next times of an event that are not over on a UTC day, some at most."""
    return tuple(islice(Schedule.of(event.values).coming(today), MOST_TIMES))


class Lookalike(NamedTuple):
    """Two events of different sources that look alike, the lesser id first."""

    one: int
    other: int


def lookalikes(events: Iterable[Traits]) -> tuple[Lookalike, ...]:
    """All pairs of some events that look alike, in order.

    An event is compared with those alone that share a day and a word with it, and with
    `MOST_COMPARED` of these at most.
    """
    ordered = sorted(events, key=lambda event: (event.id, event.source))
    by_source = [list(group) for _, group in groupby(ordered, lambda e: e.source)]
    index = _Index()
    pairs: list[Lookalike] = []
    for events_of_one in by_source:
        for event in events_of_one:
            pairs += (
                Lookalike(other.id, event.id)
                for other in index.near(event)
                if look_alike(event, other)
            )
        if events_of_one is not by_source[-1]:
            for event in events_of_one:
                index.add(event)
    return tuple(sorted(pairs))


def look_alike(one: Traits, other: Traits) -> bool:
    """Whether two events are of different sources, and may be one."""
    return (
        one.source != other.source
        and _may_be_one_place(one, other)
        and _have_one_title(one, other)
        and any(_meet(a, b) for a in one.times for b in other.times)
    )


def problem_of(other: Traits) -> Problem:
    """What is told of an event that looks like one which is announced elsewhere.

    Its parameters are the title, the number in lines of `<root>/Registrations`, and the
    id in the store.
    """
    is_registered = other.source == REGISTERED
    return Problem(
        ALIKE if is_registered else ALIKE_IN_CALENDAR,
        "registration_link" if is_registered else "title",
        params=(other.title, str(decision_number(other.id)), str(other.id)),
        severity="warning",
    )


def pairs_told(records: Iterable[Record]) -> Iterator[Lookalike]:
    """The pairs of which the problems of some records tell."""
    for record in records:
        for problem in record.problems:
            if problem.code in {ALIKE, ALIKE_IN_CALENDAR}:
                yield Lookalike(record.page_id, int(problem.params[2]))


class _Index:
    """Events by day and word, a day longer at both ends."""

    def __init__(self) -> None:
        self._days: dict[int, dict[str, list[Traits]]] = {}

    def add(self, event: Traits) -> None:
        around = {day + by for day in event.days() for by in (-1, 0, 1)}
        for day in around:
            words = self._days.setdefault(day, defaultdict(list))
            for word in event.words:
                words[word].append(event)

    def near(self, event: Traits) -> Iterable[Traits]:
        """Those that share a day and a word with an event, the rarest words first."""
        found: list[tuple[int, str, int, list[Traits]]] = []
        for day in event.days():
            words = self._days.get(day, {})
            shared = event.words & words.keys()
            found += ((len(words[word]), word, day, words[word]) for word in shared)
        found.sort(key=lambda entry: entry[:3])
        near: dict[int, Traits] = {}
        for other in chain.from_iterable(events for *_, events in found):
            near[other.id] = other
            if len(near) == MOST_COMPARED:
                break
        return near.values()


def _meet(one: Stretch, other: Stretch) -> bool:
    """Whether two times overlap, or are less than a day apart."""
    return one[0] <= other[1] + _DAY and other[0] <= one[1] + _DAY


def _may_be_one_place(one: Traits, other: Traits) -> bool:
    """Whether nothing says that they are in two places: what is not told may be so."""
    is_other_country = one.country and other.country and one.country != other.country
    is_other_mode = {one.mode, other.mode} == {"online", "in-person"}
    are_other_wikis = one.wikis and other.wikis and one.wikis.isdisjoint(other.wikis)
    return not (is_other_country or is_other_mode or are_other_wikis)


def _have_one_title(one: Traits, other: Traits) -> bool:
    """Whether the titles are the same but for spelling, order and a few words.

    Numbers must agree where both have some: 2026 is another year than 2027.
    """
    numbers, others = _numbers(one.words), _numbers(other.words)
    if numbers and others and numbers != others:
        return False
    words, other_words = one.words - numbers, other.words - others
    shared, all_words = len(words & other_words), len(words) + len(other_words)
    share = 2 * shared / all_words if all_words else 0.0
    if shared > 1 and share >= _SHARED:
        return True
    return share >= _HARDLY and alike(*sorted((one.title, other.title)))


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if any(map(str.isdigit, word)))
