"""What clients get wrong, as `docs/feeds.md` tells, and what is then not compared."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from space.dates.schedule import Schedule
from space.dates.zones import fixed_offset
from space.feeds.icalendar import vevent
from space.publication.publication import Publication
from tests.clients.seen import Seen
from tests.support.feeds.calendars import file
from tests.support.feeds.publications import ADDRESSES


@dataclass(frozen=True, slots=True)
class Defect:
    """Events that some clients read wrongly; `compared` is what they get right."""

    clients: frozenset[str]
    events: Callable[[Publication], bool]
    compared: Callable[[Seen], Seen]


def _has_added_dates(event: Publication) -> bool:
    return bool(event.values.get("also"))


def _skips(event: Publication) -> bool:
    return bool(Schedule.of(event.values).skipped_on_rule)


def _is_series_at_an_offset(event: Publication) -> bool:
    schedule = Schedule.of(event.values)
    offset = fixed_offset(schedule.first.start.zone)
    return bool(schedule.rule and offset and not schedule.first.all_day)


def _is_series_from_greenwich(event: Publication) -> bool:
    schedule = Schedule.of(event.values)
    start = schedule.first.start
    return schedule.recurs and not start.all_day and not start.local.utcoffset()


def _has_clocks_of_last_sundays(event: Publication) -> bool:
    return bool(re.search(r"BYMONTH=\d+;BYDAY=-1", file(event)))


def _has_lines_within_texts(event: Publication) -> bool:
    return bool(re.search(r"[^\n](BEGIN|END):V", vevent(event, ADDRESSES)))


UNREADABLE = {"ts-ics": _has_lines_within_texts}
"""Client → events of which it makes something else: a text may say `END:VEVENT`."""
DEFECTS = [
    Defect(
        # They do not know RDATE, or take its times for UTC whatever the zone.
        frozenset({"node-ical", "libical"}),
        _has_added_dates,
        Seen.once,
    ),
    Defect(
        # They go on with the later hour after a date that clocks skip.
        frozenset({"node-ical", "libical"}),
        _skips,
        Seen.once,
    ),
    # It expands by the days of UTC.
    Defect(frozenset({"node-ical"}), _is_series_at_an_offset, Seen.once),
    # It goes on in UTC where the first date has no offset, as in London in winter.
    Defect(frozenset({"vobject"}), _is_series_from_greenwich, Seen.once),
    # It takes times for UTC whose VTIMEZONE has no RRULE.
    Defect(frozenset({"ical"}), _is_series_at_an_offset, Seen.timeless),
    # It finds other Sundays.
    Defect(frozenset({"ts-ics"}), _has_clocks_of_last_sundays, Seen.timeless),
    Defect(
        # They take a backslash before an n for a line end, escaped or not.
        frozenset({"node-ical", "ics"}),
        lambda _: True,
        Seen.wordless,
    ),
]
OWN_ZONES = frozenset({"node-ical", "icalendar", "ics", "ical"})
"""Clients that look a zone up by name in data of their own, of another year."""


def readable(client: str, event: Publication) -> bool:
    """Whether a client finds an event at all."""
    return client not in UNREADABLE or not UNREADABLE[client](event)


def defects_of(
    client: str, event: Publication, changed: frozenset[str]
) -> list[Callable[[Seen], Seen]]:
    """What to leave out of an event that a client reads.

    `changed` are zones that may have other times in the client's own data.
    """
    left_out = [
        defect.compared
        for defect in DEFECTS
        if client in defect.clients and defect.events(event)
    ]
    if client in OWN_ZONES and event.values["timezone"] in changed:
        left_out.append(Seen.timeless)
    return left_out
