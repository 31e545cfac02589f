"""Reads a calendar from standard input with libical, as Evolution and others do.

For Debian's own Python, which has the bindings. Prints what libical understood, and
what its check against the restrictions of RFC 5545 and 5546 found.
"""

import json
import sys
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402 - only now it is chosen


def written(time: Any) -> str:
    if not time.is_date():
        time = time.convert_to_zone(ICalGLib.Timezone.get_utc_timezone())
    day = f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    clock = f"{time.get_hour():02}:{time.get_minute():02}:{time.get_second():02}"
    return day if time.is_date() else f"{day}T{clock}Z"


def times(event: Any, start: Any, end: Any) -> list[str]:
    found: list[str] = []
    if event.get_first_property(ICalGLib.PropertyKind.RRULE_PROPERTY) is None:
        return found
    date = event.get_dtstart().is_date()

    def keep(_event: Any, span: Any, *_rest: Any) -> None:
        time = ICalGLib.Time.new_from_timet_with_zone(
            span.get_start(), date, ICalGLib.Timezone.get_utc_timezone()
        )
        if sys.argv[1] <= written(time) < sys.argv[2]:
            found.append(written(time))

    event.foreach_recurrence(start, end, keep)  # added dates come last
    return sorted(found)


def main() -> None:
    calendar = ICalGLib.Parser.parse_string(sys.stdin.read())
    start, end = (
        ICalGLib.Time.new_from_string(day.replace("-", "") + "T000000Z")
        for day in sys.argv[1:3]
    )
    events = []
    event = calendar.get_first_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    while event:
        events.append(
            {
                "uid": event.get_uid(),
                "summary": event.get_summary(),
                "description": event.get_description() or "",
                "location": event.get_location() or "",
                "start": written(event.get_dtstart()),
                "end": written(event.get_dtend()),
                "times": times(event, start, end),
            }
        )
        event = calendar.get_next_component(ICalGLib.ComponentKind.VEVENT_COMPONENT)
    ICalGLib.restriction_check(calendar)
    lines = calendar.as_ical_string().replace("\r\n ", "").split("\r\n")
    errors = [line for line in lines if line.startswith("X-LIC-ERROR")]
    sys.stdout.write(json.dumps({"events": events, "errors": errors}))


main()
