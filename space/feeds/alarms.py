"""Reminders in a calendar: a VALARM in each VEVENT that takes place (RFC 5545 §3.6.6).

Stored fragments have none. They are put in while a calendar is sent that asks for them.
"""

import re
from collections.abc import Sequence

from space.feeds.icalendar import fold_line

_TRIGGERS = {
    "15": ("-PT15M", "PT9H"),
    "1440": ("-P1D", "-PT15H"),
}
"""Minutes → how long before a time, and from the midnight with which a day begins.

Nobody wants to be woken for a whole day, so that its reminders are at nine o'clock: on
the day itself instead of minutes before it, and on the day before.
"""
ALARMS = tuple(_TRIGGERS)
"""The minutes before an event at which a calendar may remind of it."""
_EVENT = re.compile(r"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_CANCELLED = "\r\nSTATUS:CANCELLED\r\n"
_WHOLE_DAY = "\r\nDTSTART;VALUE=DATE:"
_SUMMARY = re.compile(r"^SUMMARY([;:].*\r\n(?: .*\r\n)*)", re.MULTILINE)
_END = "END:VEVENT\r\n"


def with_alarms(text: str, minutes: Sequence[str]) -> str:
    """VEVENTs with an alarm for each of these `ALARMS`, but for those cancelled."""
    return _EVENT.sub(lambda event: _reminding(event[0], minutes), text)


def _reminding(event: str, minutes: Sequence[str]) -> str:
    if _CANCELLED in event:
        return event
    alarms = "".join(_alarm(event, each) for each in minutes)
    return f"{event.removesuffix(_END)}{alarms}{_END}"


def _alarm(event: str, minutes: str) -> str:
    """A VALARM that shows the summary of its event, in the language that it has."""
    summary = _SUMMARY.search(event)
    shown = summary[1].replace("\r\n ", "").removesuffix("\r\n") if summary else ":"
    trigger = _TRIGGERS[minutes][_WHOLE_DAY in event]
    lines = (
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"TRIGGER:{trigger}",
        f"DESCRIPTION{shown}",
        "END:VALARM",
    )
    return "".join(map(fold_line, lines))
