"""Events that are registered elsewhere and stand beside those of pages.

In the store they are publications like those of pages, but for their ids, and for two
values that no page has: `REGISTRATION` and `REVIEWED`.
"""

from space.publication.publication import Publication

FIRST_ID = 4_000_000_000
"""Ids from here on are of no page: above all page ids, and in their 32 bits still."""

REGISTRATION = "registration"
"""The value that tells whether people can register: "open" or "closed"."""
REVIEWED = "reviewed"
"""The value that tells whether a reviewer looked at the event: "yes" or "no"."""

DIFFERS = "registration-differs"
"""The code of the problem of a page whose registration has other times."""
ALIKE = "registration-alike"
"""The code of the problem of an event that looks like a registered one."""
QUESTIONS = frozenset({DIFFERS, ALIKE})
"""Codes of the problems that reviewers are asked about, although nothing waits."""

PAGE, REGISTERED = SOURCES = ("page", "registered")
"""Where an event is from: a page that was reviewed, or a registration."""


def is_registered(page_id: int) -> bool:
    """Whether an id of the store is that of a registered event, and of no page."""
    return page_id >= FIRST_ID


def registration_number(page_id: int) -> int:
    """The number of a registered event at its source."""
    return page_id - FIRST_ID


def source_of(publication: Publication) -> str:
    """Where an event is from: one of `SOURCES`."""
    return REGISTERED if is_registered(publication.page_id) else PAGE


def is_reviewed(publication: Publication) -> bool:
    """Whether a reviewer looked at it, as at every page that is published."""
    return publication.values.get(REVIEWED) != "no"


def mark(publication: Publication, host: str) -> str:
    """What feeds say of a registered event, in English; empty for a page.

    `host` is the wiki's, where it is registered.
    """
    if not is_registered(publication.page_id):
        return ""
    if is_reviewed(publication):
        return f"Registered on {host}."
    return f"Registered on {host}, not reviewed here."
