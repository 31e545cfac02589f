"""Events that are announced elsewhere and stand beside those of pages.

They are registered with CampaignEvents, or from a public calendar. In the store they
are publications like those of pages, but for their ids, and for values that no page
has: `REGISTRATION` or `CALENDAR`, and `REVIEWED`.
"""

import re
from dataclasses import dataclass

from space.publication.publication import Publication
from space.schema.visibility import choice
from space.wiki.urls import Urls

FIRST_ID = 4_000_000_000
"""Ids from here on are of no page: above all page ids, and in their 32 bits still."""
FIRST_CALENDAR_ID = 4_200_000_000
"""Ids from here on are of events of public calendars, those below of registrations."""

REGISTRATION = "registration"
"""The value that tells whether people can register: "open" or "closed"."""
CALENDAR = "calendar"
"""The value that tells whose public calendar the event is from."""
REVIEWED = "reviewed"
"""The value that tells whether a reviewer looked at the event: "yes" or "no"."""

DIFFERS = "registration-differs"
"""The code of the problem of a page whose registration has other times."""
ALIKE = "registration-alike"
"""The code of the problem of an event that looks like a registered one."""
ALIKE_IN_CALENDAR = "calendar-alike"
"""The code of the problem of an event that looks like one of a public calendar."""
QUESTIONS = frozenset({DIFFERS, ALIKE, ALIKE_IN_CALENDAR})
"""Codes of the problems that reviewers are asked about, although nothing waits."""

PAGE, REGISTERED, FROM_CALENDAR = SOURCES = ("page", "registered", "calendar")
"""Where an event is from: a page that was reviewed, a registration, or a calendar."""

IDS = {
    PAGE: (0, FIRST_ID),
    REGISTERED: (FIRST_ID, FIRST_CALENDAR_ID),
    FROM_CALENDAR: (FIRST_CALENDAR_ID, 2**32),
}
"""Where an event is from → the first of its ids, and the first behind them."""


def is_registered(page_id: int) -> bool:
    """Whether an id of the store is of an event announced elsewhere, and of no page."""
    return page_id >= FIRST_ID


def registration_number(page_id: int) -> int:
    """The number of a registered event at its source."""
    return page_id - FIRST_ID


def source_of(publication: Publication) -> str:
    """Where an event is from: one of `SOURCES`."""
    if not is_registered(publication.page_id):
        return PAGE
    is_ours = publication.page_id < FIRST_CALENDAR_ID
    return REGISTERED if is_ours else FROM_CALENDAR


def is_reviewed(publication: Publication) -> bool:
    """Whether a reviewer looked at it, as at every page that is published."""
    return publication.values.get(REVIEWED) != "no"


def decision_number(page_id: int) -> int:
    """The number by which reviewers decide on an event that has no page.

    CampaignEvents shows its own numbers; of an event of a calendar people know the id.
    """
    is_ours = page_id < FIRST_CALENDAR_ID
    return registration_number(page_id) if is_ours else page_id


def attendance(publication: Publication) -> str:
    """How people take part in an event: its `mode`, or the default of pages.

    Empty for an event of a calendar that does not tell.
    """
    is_told = CALENDAR not in publication.values or "mode" in publication.values
    return choice("event", publication.values, "mode") if is_told else ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of an event that has no page.

    `source` is `REGISTERED` or `FROM_CALENDAR`, `name` the host of the wiki where it is
    registered, or whose calendar it is from.
    """

    source: str
    name: str
    is_reviewed: bool

    @classmethod
    def read(cls, text: str) -> "Mark | None":
        """The mark that a text begins with as a paragraph, as `mark` wrote it."""
        match = _MARK.match(text)
        if match is None:
            return None
        source = next(name for name in _BEGINNINGS if _BEGINNINGS[name] == match[1])
        return cls(source, match[2], is_reviewed=not match[3])

    def __str__(self) -> str:
        """Its words in English."""
        reviewed = "" if self.is_reviewed else _NOT_REVIEWED
        return f"{_BEGINNINGS[self.source]} {self.name}{reviewed}."


_BEGINNINGS = {REGISTERED: "Registered on", FROM_CALENDAR: "From the calendar of"}
_NOT_REVIEWED = ", not reviewed here"
_MARK = re.compile(
    rf"({'|'.join(_BEGINNINGS.values())}) (.{{1,255}}?)({_NOT_REVIEWED})?\.(?=\n\n|\Z)"
)


def mark(publication: Publication, host: str) -> str:
    """What feeds say of an event that has no page, in English; empty for a page.

    `host` is the wiki's, where it may be registered.
    """
    source = source_of(publication)
    if source == PAGE:
        return ""
    name = host if source == REGISTERED else str(publication.values[CALENDAR])
    return str(Mark(source, name, is_reviewed(publication)))


def link_of(publication: Publication, urls: Urls) -> str:
    """The URL of the page that tells of a publication in the language it is told in.

    An event of a calendar has no page on the wiki: that is its website, or else its
    page in the tool.
    """
    if publication.text_title:
        return urls.page(publication.text_title)
    website = str(publication.values.get("website", ""))
    return website or urls.tool(f"/events/{publication.page_id}")
