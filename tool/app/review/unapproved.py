"""Events from elsewhere that are listed as soon as a reviewer approves them.

Only where the community wants it so (`registry = reviewed`). Then none of them is in a
list, so reviewers have to be shown what there is; the bot's pages of entries have it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from space.dates.moments import Span
from space.dates.schedule import Schedule
from space.publication.registered import FIRST_ID, decision_number, link_of
from space.settings.onwiki import MARKED, REVIEWED, Settings
from space.settings.ruling_pages import REGISTRATIONS
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages_of, first_number, read_entries
from space.sources.entry_records import EntryRecords
from space.sources.ics_calendar import NUMBERS
from space.sources.registrations import RegistrationDecisions
from space.store.keys import CLAIMED
from tool.app.services import services
from tool.app.views.items import EventView
from tool.app.views.time_zone import reader_today
from tool.app.web.language import interface_language

MOST = 30
"""How many are shown; with each one that is decided on there is place for another."""
_PAGES = 20
"""How many pages are read of registrations, and of events of calendars: the last."""


@dataclass(frozen=True, slots=True)
class Unapproved:
    """An event that waits for a reviewer, by the number of lines about it.

    `address` is the URL of the page that tells of it; empty where there is none.
    """

    number: str
    address: str
    event: EventView


def unapproved() -> tuple[Unapproved, ...]:
    """The next events that nobody decided on, by time; none under other policies."""
    settings = services().community.settings()
    if settings.registry != REVIEWED or settings.bot is None:
        return ()
    coming = sorted(_coming(settings.bot), key=lambda each: each[0].start_utc)
    return tuple(islice(_told(settings, coming), MOST))


def _coming(bot: str) -> Iterator[tuple[Span, Entry]]:
    """The undecided entries that are not over, with their next time."""
    today = reader_today()
    for entry in _undecided(bot):
        times = Schedule.of(entry.values).coming(today) if entry.is_listed else ()
        for span in islice(times, 1):
            yield span, entry


def _told(
    settings: Settings, coming: Iterable[tuple[Span, Entry]]
) -> Iterator[Unapproved]:
    """What is told of entries, but for those of which nothing may be."""
    urls, language = services().facts.addresses(), interface_language()
    calendars = frozenset(each.name for each in settings.calendars)
    listing = EntryRecords(MARKED, RegistrationDecisions(), urls, calendars)
    for span, entry in coming:
        record = listing.record_of(entry)
        event = record and record.publication
        if event:
            view = EventView.at(event, language, span)
            number = str(decision_number(FIRST_ID + entry.id))
            is_told = bool(event.text_title or event.values.get("website"))
            yield Unapproved(number, link_of(event, urls) if is_told else "", view)


def _undecided(bot: str) -> Iterator[Entry]:
    """The entries on which nobody decided, and that are the event of no page."""
    store, title = services().store, REGISTRATIONS.title(services().config.root)
    decided = store.page_copies.get([title]).get(title)
    decisions = RegistrationDecisions.of(decided.text if decided else "")
    claimed = store.value(CLAIMED) or {}
    for entry in _entries(bot):
        is_decided = entry.id in decisions.approved or entry.id in decisions.same
        if not (is_decided or decisions.hides(entry) or str(entry.id) in claimed):
            yield entry


def _entries(bot: str) -> Iterator[Entry]:
    store, pages = services().store, entry_pages_of(bot)
    titles = [t for t in store.page_copies.below(pages.folder) if t in pages]
    for copy in store.page_copies.get(_newest(titles)).values():
        if copy.user == bot:
            yield from _read(copy.text)


@lru_cache(maxsize=2 * _PAGES)  # most pages are as they were at the last look
def _read(text: str) -> tuple[Entry, ...]:
    """The entries of a page."""
    return tuple(read_entries(text).values())


def _newest(titles: Iterable[str]) -> list[str]:
    """The pages to read; many events of calendars leave no registration unseen."""
    ordered = sorted(titles, key=first_number)
    of_calendars = [title for title in ordered if first_number(title) in NUMBERS]
    others = ordered[: len(ordered) - len(of_calendars)]
    return [*others[-_PAGES:], *of_calendars[-_PAGES:]]
