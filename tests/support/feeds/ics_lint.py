"""A strict reader of our calendars: what RFC 5545 and 7986 ask for, and what we do.

Libraries are tolerant; most of these faults are found by none of them, yet break
somebody's calendar. `lint` returns one sentence a fault.
"""

import re
from collections import Counter
from collections.abc import Iterator

from tests.support.feeds.ics_grammar import (
    component_faults,
    is_date,
    is_utc,
    rule_faults,
    value_form,
)
from tests.support.feeds.ics_parts import Component, Property, events_of, parse
from tests.support.feeds.ics_zones import zone_faults

_ESCAPE = re.compile(r"\\(?![\\;,nN])")
_URI = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(/[\x21-\x7e]*)?")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES", "NAME", "X-WR-CALNAME"}
_PARAMETERS = {"CONFERENCE": ("FEATURE", "LABEL"), "IMAGE": ("DISPLAY",)}
_FEATURES = {"AUDIO", "CHAT", "FEED", "MODERATOR", "PHONE", "SCREEN", "VIDEO"}


def lint(data: bytes) -> list[str]:
    """All faults of a calendar file."""
    faults = list(_file_faults(data))
    if faults:
        return faults
    try:
        calendar = parse(data)
    except ValueError as error:
        return [str(error)]
    return [
        *_calendar_faults(calendar),
        *component_faults(calendar),
        *zone_faults(calendar),
        *_series_faults(calendar),
        *(fault for event in events_of(calendar) for fault in _event_faults(event)),
    ]


def _file_faults(data: bytes) -> Iterator[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        yield "a byte order mark"
    if not data.endswith(b"\r\n"):
        yield "no line end at the end"
    if re.search(rb"(?<!\r)\n|\r(?!\n)", data):
        yield "a line end that is not CRLF"
    for number, line in enumerate(data.split(b"\r\n")[:-1], 1):
        if len(line) > 75:
            yield f"line {number} has more than 75 octets"
        if not line.strip():
            yield f"line {number} is empty"
        if re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", line):
            yield f"line {number} has a control character"
        if re.search(rb"(?<!\\)(\\\\)*\\$", line):
            yield f"line {number} ends inside an escape"
        try:
            line.decode()
        except UnicodeDecodeError:
            yield f"line {number} ends inside a character"


def _language_faults(calendar: Component) -> Iterator[str]:
    """Texts that name a language, in a calendar that has none itself."""
    name = calendar.one("NAME")
    if name is None or "LANGUAGE" not in name.parameters:
        events = events_of(calendar)
        alarms = (alarm for event in events for alarm in event.parts)
        for part in (calendar, *events, *alarms):
            for prop in part.properties:
                if "LANGUAGE" in prop.parameters:
                    yield f"{prop.name} with LANGUAGE in a calendar of no language"


def _calendar_faults(calendar: Component) -> Iterator[str]:
    for name, expected in {
        "VERSION": r"2\.0",
        "PRODID": r"-//[^/]+//[^/]+//EN",
        "CALSCALE": "GREGORIAN",
        "METHOD": "PUBLISH",
        "NAME": r".+",
        "DESCRIPTION": r".+",
        "REFRESH-INTERVAL": r"PT\d+[HM]",
        "SOURCE": r"https://.+",
        "URL": r"https://.+",
    }.items():
        found = calendar.all(name)
        if len(found) != 1 or not re.fullmatch(expected, found[0].value):
            yield f"{name} is not there once as {expected}"
    for one, other in (
        ("NAME", "X-WR-CALNAME"),
        ("DESCRIPTION", "X-WR-CALDESC"),
        ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"),
    ):
        if calendar.value(one) != calendar.value(other):
            yield f"{one} and {other} differ"
    for name, kind in (("REFRESH-INTERVAL", "DURATION"), ("SOURCE", "URI")):
        found = calendar.one(name)
        if found and found.parameters.get("VALUE") != kind:
            yield f"{name} without VALUE={kind}"
    yield from _language_faults(calendar)
    if not calendar.parts:
        yield "no component"
    stamps = [event.value("LAST-MODIFIED") for event in events_of(calendar)]
    if max(stamps, default="") != calendar.value("LAST-MODIFIED"):
        yield "LAST-MODIFIED is not that of the newest event"
    names = Counter(
        (event.value("UID"), event.value("RECURRENCE-ID"))
        for event in events_of(calendar)
    )
    yield from (
        f"{name} is there twice" for name, number in names.items() if number > 1
    )


def _series_faults(calendar: Component) -> Iterator[str]:
    """A RECURRENCE-ID is of the form of the DTSTART that the series has (§3.8.4.4)."""
    events = events_of(calendar)
    starts = {
        event.value("UID"): event.one("DTSTART")
        for event in events
        if not event.one("RECURRENCE-ID")
    }
    for event in events:
        uid, identity = event.value("UID"), event.one("RECURRENCE-ID")
        start = starts.get(uid)
        if identity and not start:
            yield f"{uid}: RECURRENCE-ID without a series"
        if identity and start and value_form(identity) != value_form(start):
            yield f"{uid}: RECURRENCE-ID is not of the form of the series' DTSTART"


def _event_faults(event: Component) -> Iterator[str]:
    uid = event.value("UID")
    for fault in (
        *_stamp_faults(event),
        *_time_faults(event),
        *_recurrence_faults(event),
        *_text_faults(event),
        *_address_faults(event),
        *_place_faults(event),
        *_alarm_faults(event),
    ):
        yield f"{uid}: {fault}"


def _stamp_faults(event: Component) -> Iterator[str]:
    if not re.fullmatch(r"[1-9]\d*(-\d{8})?@[a-z0-9.:-]+", event.value("UID")):
        yield "UID is not made of a page id, or a date of it, and a host"
    for name in ("DTSTAMP", "LAST-MODIFIED", "CREATED"):
        if not is_utc(event.value(name)) and (name != "CREATED" or event.all(name)):
            yield f"{name} is not a time in UTC"
    created = event.value("CREATED") or event.value("LAST-MODIFIED")
    if not created <= event.value("LAST-MODIFIED") == event.value("DTSTAMP"):
        yield "CREATED, LAST-MODIFIED and DTSTAMP contradict each other"
    if not re.fullmatch(r"\d{1,10}", event.value("SEQUENCE")):
        yield "SEQUENCE is not a number"
    if event.value("STATUS") not in {"TENTATIVE", "CONFIRMED", "CANCELLED"}:
        yield "STATUS is none of the three"


def _alarm_faults(event: Component) -> Iterator[str]:
    """Alarms that show the summary before their event (RFC 5545 §3.6.6)."""
    if event.parts and event.value("STATUS") == "CANCELLED":
        yield "an alarm of what is cancelled"
    start = event.one("DTSTART")
    whole_day = start is not None and value_form(start) == "DATE"
    triggers = ("PT9H", "-PT15H") if whole_day else ("-PT15M", "-P1D")
    for alarm in event.parts:
        if alarm.value("ACTION") != "DISPLAY":
            yield "ACTION is not DISPLAY"
        if alarm.value("TRIGGER") not in triggers:
            yield f"TRIGGER is none of {', '.join(triggers)}"
        if alarm.value("DESCRIPTION") != event.value("SUMMARY"):
            yield "an alarm that does not show the summary"


def _time_faults(event: Component) -> Iterator[str]:
    start, end = event.one("DTSTART"), event.one("DTEND")
    if not start:
        yield "no DTSTART"
        return
    if value_form(start).startswith("floating"):
        yield value_form(start)
    if end and value_form(end) != value_form(start):
        yield "DTEND is not of the form of DTSTART"
    if end and end.value <= start.value:
        yield "DTEND is not after DTSTART"


def _recurrence_faults(event: Component) -> Iterator[str]:
    start, rule = event.one("DTSTART"), event.value("RRULE")
    for name in ("EXDATE", "RDATE"):
        for prop in event.all(name):
            if start and value_form(prop) != value_form(start):
                yield f"{name} is not of the form of DTSTART"
    if event.all("RRULE"):
        yield from rule_faults(rule)
    until = re.search(r"UNTIL=([^;]+)", rule)
    if until and start:
        fits = is_date if value_form(start) == "DATE" else is_utc
        if not fits(until[1]):
            yield "UNTIL does not fit DTSTART"


def _text_faults(event: Component) -> Iterator[str]:
    for prop in event.properties:
        if prop.name in _TEXTS:
            yield from _escape_faults(prop)
        if prop.name in {"SUMMARY", "LOCATION"} and not prop.value:
            yield f"{prop.name} is empty"
        if prop.name in {"ATTENDEE", "ORGANIZER"} or "mailto:" in prop.value:
            yield f"{prop.name} names a person"
    if not event.all("SUMMARY"):
        yield "no SUMMARY"


def _escape_faults(prop: Property) -> Iterator[str]:
    bare = prop.value.replace("\\\\", "")
    special = ";" if prop.name == "CATEGORIES" else ";,"
    if _ESCAPE.search(bare) or re.search(rf"(?<!\\)[{special}]", bare):
        yield f"{prop.name} is not escaped"


def _address_faults(event: Component) -> Iterator[str]:
    for prop in event.properties:
        if prop.name in {"URL", "CONFERENCE", "IMAGE"}:
            if not _URI.fullmatch(prop.value):
                yield f"{prop.name} is no address: {prop.value}"
            if prop.name != "URL" and prop.parameters.get("VALUE") != "URI":
                yield f"{prop.name} without VALUE=URI"
            for name in _PARAMETERS.get(prop.name, ()):
                if not prop.parameters.get(name):
                    yield f"{prop.name} without {name}"
    for prop in event.all("CONFERENCE"):
        if unknown := set(prop.parameters.get("FEATURE", "").split(",")) - _FEATURES:
            yield f"CONFERENCE has features that are none: {unknown}"
    description = event.value("DESCRIPTION")
    page = description.split("\\n")[-1].replace("\\", "")
    if description and not _URI.fullmatch(page):
        yield "DESCRIPTION does not end with the page"


def _place_faults(event: Component) -> Iterator[str]:
    if geo := event.value("GEO"):
        match = re.fullmatch(r"(-?\d+(?:\.\d{1,6})?);(-?\d+(?:\.\d{1,6})?)", geo)
        if not match or abs(float(match[1])) > 90 or abs(float(match[2])) > 180:
            yield f"GEO is not latitude;longitude: {geo}"
        elif float(match[1]) == float(match[2]) == 0:
            yield "GEO is where nothing is"
