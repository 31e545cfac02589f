"""Events announced elsewhere as the store has them."""

import json
from datetime import UTC, datetime
from typing import Any

from sandbox.gateway.registrations import registration
from space.publication.publication import Publication
from space.sources.campaign_events import read_registration
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages
from space.sources.entry_records import EntryRecords
from space.sources.ics_calendar import NUMBERS
from space.sources.registrations import RegistrationDecisions
from space.wiki.values import PageCopy
from tests.support.feeds.publications import ADDRESSES

READ = datetime(2026, 11, 1, tzinfo=UTC)


def registered(number: int = 17, **members: object) -> Publication:
    """A registered event of 3 December 2026, but for some members of the answer."""
    return _listed(registered_entry(number, **members))


def registered_entry(number: int = 17, **members: object) -> Entry:
    """What the bot keeps of `registered`."""
    when = {"start_time": "20261203180000", "end_time": "20261203200000"}
    answer = registration(number, **{**when, **members})
    entry = read_registration(json.dumps(answer).encode(), number, "wiki")
    assert entry
    return entry.after(None, READ)


def entry_copies(*entries: Entry, bot: str = "SpaceBot") -> list[PageCopy]:
    """Copies of the bot's pages of some entries, in JSON as MediaWiki writes it."""
    pages = {
        title: json.dumps(page, ensure_ascii=False).replace("&", r"\u0026")
        for title, page in entry_pages(bot, entries).items()
    }
    return [PageCopy(title, 1, bot, text) for title, text in pages.items()]


def from_calendar(number: int = 17, **members: Any) -> Publication:
    """An event of a public calendar of 3 December 2026, but for some members."""
    entry = Entry(
        id=NUMBERS.start + number,
        start="2026-12-03 18:00",
        zone="Europe/Berlin",
        calendar="Wikimedia Aotearoa",
        **{"title": "Hui", **members},
    )
    return _listed(entry.after(None, READ))


def _listed(entry: Entry) -> Publication:
    """What readers see of an entry that was not reviewed."""
    names = frozenset({entry.calendar})
    listing = EntryRecords("marked", RegistrationDecisions(), ADDRESSES, names)
    record = listing.record_of(entry)
    assert record
    assert record.publication
    return record.publication
