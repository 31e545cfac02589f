"""When the bot forgets an event that is announced elsewhere: nothing needs it any more.

Its pages would grow for ever. What is forgotten leaves the store as well, as all there
follows from these pages. Numbers are never given again, so that no calendar takes an
event for another one: the highest one is an entry that stays, and stands on a page of
its own (`space.sources.entry_pages.given_page_title`).
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from space.publication.publication import STRUCK_OUT_FOR
from space.sources.campaign_events import RETURNING_AMONG
from space.sources.entry import Entry, EntryState
from space.sources.ics_calendar import NUMBERS

GONE_FOR = 2 * STRUCK_OUT_FOR
"""How long one that is gone is remembered, after that and after its date: feeds tell of
it half as long, and a calendar that the settings name again has its events back."""
OVER_FOR = timedelta(days=2 * 365)
"""How long one that took place is remembered after its last date."""


def remembered(
    entries: Mapping[int, Entry], now: datetime, decided: Collection[int]
) -> dict[int, Entry]:
    """The entries that are still needed at an aware time, by number.

    Those on which reviewers `decided`, by number, stay: an event that comes back under
    another number would not be hidden.
    """
    last = max((n for n in entries if n not in NUMBERS), default=0)
    highest = {last, max(entries, default=0)}  # those of calendars are above
    return {
        number: entries[number]
        for number in sorted(entries)
        if number in highest
        or number in decided
        or not _is_forgotten(entries[number], last, now)
    }


def _is_forgotten(entry: Entry, last: int, now: datetime) -> bool:
    """Whether nothing asks for an entry; `last` is the last id of a registration."""
    may_return = entry.id not in NUMBERS and entry.id > last - RETURNING_AMONG
    match entry.state:
        case EntryState.LISTED:
            return entry.is_over(now - OVER_FOR)
        case EntryState.TEST:
            return not may_return
        case EntryState.GONE:
            return not may_return and _is_long_gone(entry, now - GONE_FOR)
        case EntryState.FAILED:
            return False


def _is_long_gone(entry: Entry, before: datetime) -> bool:
    """Whether it was withdrawn, and would have begun, before an aware time."""
    withdrawn = entry.changed is None or entry.changed < before
    return withdrawn and (not entry.start or entry.span.start_utc < before)
