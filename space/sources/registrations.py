"""The page `<root>/Registrations`: what reviewers decided on registered events."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from space.codec.page import read_calls
from space.publication.registered import is_registered, registration_number
from space.text.folding import fold

KIND = "registrations"
HIDE, APPROVE = "hide", "approve"
NO_OTHER = "no"
"""What `same as` says of an event that is none of those that it looks like."""


@dataclass(frozen=True, slots=True)
class RegistrationDecisions:
    """The events that are approved, hidden, or one with another event, by number.

    `hidden_pages` are folded titles of pages whose events are hidden. `same` has the
    number of a registered event → the event that it is: the title of a page, or an id
    of the store. Those that are `apart` are no other event, whatever they look like.
    """

    approved: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_pages: frozenset[str] = frozenset()
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
        others = {n: _event(same[n]) for n in same if fold(same[n]) != NO_OTHER}
        return cls(
            approved=frozenset(n for n in events if events[n] == APPROVE),
            hidden=frozenset(n for n in events if events[n] == HIDE),
            hidden_pages=frozenset(title for title in titles if titles[title] == HIDE),
            same=others,
            apart=frozenset(same.keys() - others.keys()),
        )

    def hides(self, number: int, page_title: str) -> bool:
        """Whether an event is hidden, by itself or with all events of its page."""
        if number in self.approved:
            return False
        return number in self.hidden or fold(page_title) in self.hidden_pages

    def by_event(self) -> Mapping[int | str, list[int]]:
        """The numbers that are the same as an event, by its page's title or its id."""
        numbers = defaultdict[int | str, list[int]](list)
        for number, event in sorted(self.same.items()):
            numbers[event].append(number)
        return dict(numbers)

    def doubles(self, listed: Collection[int]) -> frozenset[int]:
        """Those of the `listed` numbers in whose place another of them stands."""
        known, gone = set(listed), set[int]()
        for number, other in sorted(self.same.items()):
            if not isinstance(other, int) or not is_registered(other):
                continue
            pair = {number, registration_number(other)}
            if len(pair) > 1 and pair <= known and gone.isdisjoint(pair):
                gone.add(number)
        return frozenset(gone)


def _number(event: str) -> int:
    number = int(event)
    return registration_number(number) if is_registered(number) else number


def _event(text: str) -> int | str:
    """Id or title of the event that a line names."""
    return int(text) if text.isascii() and text.isdigit() else text
