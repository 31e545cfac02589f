"""Calendar files of any publications, put together as the store does it."""

from collections.abc import Iterable

from icalendar import Calendar, Component

from space.feeds.ics import CalendarHead, calendar, tzid_of, vevent
from space.feeds.timezones import ZoneUse
from space.occurrences import Schedule
from space.publication import Publication
from tests.support.publications import ADDRESSES, TODAY, event

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
            zones.append(ZoneUse(tzid, schedule.first.start_utc, last))
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
    head = CalendarHead(
        name="Space; events,\nall",
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
