"""The page `<root>/Registrations`: what reviewers decided on registered events."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from space.codec.page import read_calls
from space.publication.registered import (
    FIRST_ID,
    decision_number,
    is_registered,
    registration_number,
)
from space.schema.kinds import Values
from space.schema.problems import Problem
from space.sources.entry import Entry
from space.text.folding import fold

T = TypeVar("T")

KIND = "registrations"
HIDE, APPROVE = "hide", "approve"
_SUBJECTS = frozenset({"event", "page", "organizer"})
"""The fields of which a line has one, to say what it is about."""
NO_OTHER = "no"
"""What `same as` says of an event that is none of those that it looks like."""


@dataclass(frozen=True, slots=True)
class RegistrationDecisions:
    """The events that are approved, hidden, or one with another event, by number.

    `hidden_pages` are folded titles of pages whose events are hidden, `hidden_people`
    folded names of organizers whose events are. `same` has the number of a registered
    event → the event that it is: the title of a page, or an id of the store. Those that
    are `apart` are no other event, whatever they look like.
    """

    approved: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_pages: frozenset[str] = frozenset()
    hidden_people: frozenset[str] = frozenset()
    same: Mapping[int, int | str] = field(default_factory=dict)
    apart: frozenset[int] = frozenset()

    @classmethod
    def of(cls, text: str) -> "RegistrationDecisions":
        """Read the page's wikitext; the last line about an event counts.

        A line with a number that is an id of the tool (4000000017) means the same. One
        whose decision cannot be read hides. Which event is the `same as` another is
        decided apart from the rest.
        """
        events: dict[int, str] = {}
        titles: dict[str, str] = {}
        people: dict[str, str] = {}
        same: dict[int, str] = {}
        for reading in read_calls(text, KIND):
            values = {name: str(value) for name, value in reading.values.items()}
            other = values.get("same_as")
            decision = values.get("decision", "" if other else HIDE)
            if "event" in values:
                number = _number(values["event"])
                if decision:
                    events[number] = decision
                if other:
                    same[number] = other
            elif "page" in values and decision:
                titles[fold(values["page"])] = decision
            elif "organizer" in values and decision:
                people[fold(values["organizer"])] = decision
        others = {n: _event(same[n]) for n in same if fold(same[n]) != NO_OTHER}
        return cls(
            approved=frozenset(n for n in events if events[n] == APPROVE),
            hidden=_hidden(events),
            hidden_pages=_hidden(titles),
            hidden_people=_hidden(people),
            same=others,
            apart=frozenset(same.keys() - others.keys()),
        )

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers of all events that lines name."""
        others = (int(o) for o in self.same.values() if isinstance(o, int))
        named = {registration_number(o) for o in others if is_registered(o)}
        lines = (self.approved, self.hidden, self.same, self.apart)
        return frozenset(named.union(*lines))

    def hides(self, entry: Entry) -> bool:
        """Whether it is hidden, by itself or with all of its page or organizer."""
        if entry.id in self.approved:
            return False
        return (
            entry.id in self.hidden
            or fold(entry.page) in self.hidden_pages
            or not self.hidden_people.isdisjoint(entry.organizers)
        )

    def by_event(self) -> Mapping[int | str, list[int]]:
        """The numbers that are the same as an event, by its page's title or its id."""
        numbers = defaultdict[int | str, list[int]](list)
        for number, event in sorted(self.same.items()):
            numbers[event].append(number)
        return dict(numbers)

    def doubles(
        self, listed: Collection[int], claimed: Collection[int] = ()
    ) -> Mapping[int, int]:
        """Those of the `listed` numbers in whose place another event stands, and its.

        Lines may lead from one to the next: the last one stands for all, and of a
        circle the greatest does. In the place of the `claimed` ones pages stand.
        """
        own = set(listed) - set(claimed)
        following = dict(self._following(own))
        known = own.union(claimed)
        last = {n: _last(n, following, known) for n in following}
        return {number: last[number] for number in last if last[number] != number}

    def problems(
        self, known: Collection[int], pages: Collection[int | str]
    ) -> Iterator[Problem]:
        """What is decided on nothing that is known, and what leads round in a circle.

        `known` are the numbers of events, `pages` ids and titles of events' pages, of
        which only those matter that a line names.
        """
        named = {*self.approved, *self.hidden, *self.same, *self.apart}
        for number in sorted(named.difference(known)):
            yield _doubt("decision-unknown", _named(number))
        following = dict(self._following(self.same))
        for number, other in sorted(self.same.items()):
            is_known = following.get(number) in known
            if not (is_known or other in pages):
                yield _doubt("decision-nowhere", _named(number), str(other))
        circles = {_circle(number, following) for number in following}
        for circle in sorted(filter(None, circles)):
            numbers = ", ".join(map(_named, circle))
            yield _doubt("decision-circle", numbers, _named(circle[-1]))

    def _following(self, numbers: Collection[int]) -> Iterator[tuple[int, int]]:
        """Those of some numbers that are the same as another registered event."""
        for number, other in self.same.items():
            is_other = isinstance(other, int) and is_registered(other)
            if number in numbers and is_other:
                yield number, registration_number(int(other))


def registration_problems(text: str) -> tuple[Problem, ...]:
    """What cannot be read in the page's wikitext, or decides nothing, in its order."""
    problems: list[Problem] = []
    earlier: set[tuple[str, str]] = set()
    for reading in read_calls(text, KIND):
        values, line = reading.values, reading.call_line
        problems += reading.problems
        if reading.readable and not _SUBJECTS.intersection(values):
            problems.append(Problem("decision-unnamed", line=line))
        subject = _of_many(values)
        if subject is None:
            continue
        if values.get("decision") == APPROVE and subject not in earlier:
            code = "decision-by-number"
            problems.append(Problem(code, line=line, severity="warning"))
        earlier.add(subject)
    return tuple(problems)


def _of_many(values: Values) -> tuple[str, str] | None:
    """The page or organizer that a line is about, folded, behind the field's name.

    None for a line about one event, or about nothing.
    """
    named = (name for name in ("event", "page", "organizer") if name in values)
    name = next(named, "event")
    return None if name == "event" else (name, fold(str(values[name])))


def _named(number: int) -> str:
    """A number as reviewers know it: of events of calendars their id in the tool."""
    return str(decision_number(FIRST_ID + number))


def _doubt(code: str, *params: str) -> Problem:
    return Problem(code, params=params, severity="warning")


def _circle(number: int, following: Mapping[int, int]) -> tuple[int, ...]:
    """The numbers of the circle that a number is part of, sorted; none for none."""
    way = [number]
    while (after := following.get(way[-1])) is not None and after not in way:
        way.append(after)
    return tuple(sorted(way)) if after == number else ()


def _last(number: int, following: Mapping[int, int], known: Collection[int]) -> int:
    """The known number to which others lead from one; of a circle the greatest."""
    way = [number]
    while (after := following.get(way[-1], 0)) in known and after not in way:
        way.append(after)
    return max(way[way.index(after) :]) if after in way else way[-1]


def _hidden(decisions: Mapping[T, str]) -> frozenset[T]:
    return frozenset(key for key, decision in decisions.items() if decision == HIDE)


def _number(event: str) -> int:
    number = int(event)
    return registration_number(number) if is_registered(number) else number


def _event(text: str) -> int | str:
    """Id or title of the event that a line names."""
    return int(text) if text.isascii() and text.isdigit() else text
