"""Calendar files of any publications, put together as the store does it."""

from collections.abc import Iterable
from datetime import date, datetime

import recurring_ical_events
from icalendar import Calendar, Component

from space.dates.schedule import Schedule
from space.feeds.envelope import FeedHead
from space.feeds.fragments import ICS
from space.feeds.icalendar import calendar, tzid_of, vevent
from space.feeds.timezones import ZoneUse
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.store import Store
from tests.support.feeds.publications import ADDRESSES, TODAY, event, record
from tests.support.node.run import run_node
from tests.support.store.memory import memory_engine

Seen = tuple[str, ...]
EVERYTHING = Filter("event")
SOURCE = "https://space.example.org/feeds/events.ics"


def unique(some: Iterable[Publication]) -> list[Publication]:
    return list({each.page_id: each for each in some}.values())


def file(*publications: Publication) -> str:
    """A calendar of events."""
    zones = []
    for publication in publications:
        schedule = Schedule.of(publication.values)
        if tzid := tzid_of(schedule):
            times = (schedule.first, *schedule.times(TODAY))
            last = max(span.end_utc for span in times)
            zones.append(ZoneUse(tzid, schedule.begins.utc, last))
    names = {use.tzid for use in zones}
    uses = tuple(
        ZoneUse(
            name,
            min(use.first for use in zones if use.tzid == name),
            max(use.last for use in zones if use.tzid == name),
        )
        for name in names
    )
    updated = max((each.updated for each in publications), default=None)
    head = FeedHead(
        title="Space; events,\nall",
        about="Reviewed; kept on the wiki",
        source=SOURCE,
        page="https://space.example.org/events",
        updated=updated,
        zones=uses,
    )
    texts = (vevent(each, ADDRESSES) for each in publications)
    return "".join(calendar(head).around(texts))


def read(text: str) -> dict[str, Component]:
    """UID → event, as icalendar understands it."""
    found = Calendar.from_ical(text).walk("VEVENT")
    return {str(each["UID"]): each for each in found}


def only(**values: object) -> Component:
    """The VEVENT of an event with these values."""
    (found,) = read(file(event(12, **values))).values()
    return found


def stored(*publications: Publication, wanted: Filter = EVERYTHING) -> str:
    """The calendar that a store of these events gives for a filter."""
    engine = memory_engine()
    store = Store(engine, ADDRESSES)
    store.prepare("any key", TODAY)
    store.put(*map(record, publications))
    summary = store.feeds.summary(ICS, wanted, TODAY)
    head = FeedHead(
        title="Events",
        about="All of them",
        source=SOURCE,
        page=SOURCE,
        updated=summary.updated,
        zones=summary.zones,
    )
    text = "".join(calendar(head).around(store.feeds.fragments(ICS, wanted, TODAY)))
    engine.dispose()
    return text


def expanded(text: str, first: date, last: date) -> list[Seen]:
    """What recurring-ical-events makes of a calendar: start, title and status.

    Starts are wall times; those of whole days are days.
    """
    found = recurring_ical_events.of(Calendar.from_ical(text)).between(first, last)
    return sorted(
        (_wall(each.start), str(each["SUMMARY"]), str(each["STATUS"])) for each in found
    )


def expanded_by_thunderbird(text: str) -> list[Seen]:
    """The same by ical.js, whatever the days."""
    return sorted(tuple(each) for each in run_node("expand_ics.mjs", text))


def _wall(start: date) -> str:
    return f"{start:%Y-%m-%d %H:%M}" if isinstance(start, datetime) else f"{start}"
