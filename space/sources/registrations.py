"""The page `<root>/Registrations`: what reviewers decided on registered events."""

from dataclasses import dataclass

from space.codec.page import read_calls
from space.publication.registered import FIRST_ID
from space.text.folding import fold

KIND = "registrations"
HIDE, APPROVE = "hide", "approve"


@dataclass(frozen=True, slots=True)
class RegistrationDecisions:
    """The events that are approved and those that are hidden, by number.

    `hidden_pages` are folded titles of pages whose events are hidden.
    """

    approved: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    hidden_pages: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str) -> "RegistrationDecisions":
        """Read the page's wikitext; the last line about an event counts.

        A line with a number that is an id of the tool (4000000017) means the same. One
        whose decision cannot be read hides.
        """
        events: dict[int, str] = {}
        pages: dict[str, str] = {}
        for reading in read_calls(text, KIND):
            decision = str(reading.values.get("decision", HIDE))
            if "event" in reading.values:
                number = int(str(reading.values["event"]))
                events[number - FIRST_ID if number >= FIRST_ID else number] = decision
            elif "page" in reading.values:
                pages[fold(str(reading.values["page"]))] = decision
        return cls(
            approved=frozenset(n for n in events if events[n] == APPROVE),
            hidden=frozenset(n for n in events if events[n] == HIDE),
            hidden_pages=frozenset(title for title in pages if pages[title] == HIDE),
        )

    def hides(self, number: int, page_title: str) -> bool:
        """Whether an event is hidden, by itself or with all events of its page."""
        if number in self.approved:
            return False
        return number in self.hidden or fold(page_title) in self.hidden_pages
