"""What may stand where in our calendars, and how dates, times and rules are written.

The lists are closed: what we do not write is a fault, whatever RFC 5545 allows.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from tests.support.feeds.ics_parts import Component, Property

PARTS = {
    "VCALENDAR": {"VTIMEZONE", "VEVENT"},
    "VTIMEZONE": {"STANDARD", "DAYLIGHT"},
    "VEVENT": {"VALARM"},
}
"""The components that a component may have; others have none."""
_OBSERVANCE = frozenset({"DTSTART", "RRULE", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO"})
PROPERTIES = {
    # No UID: clients that copy these into each event would take it for the event's.
    "VCALENDAR": frozenset(
        {
            "VERSION", "PRODID", "CALSCALE", "METHOD", "NAME", "X-WR-CALNAME",
            "DESCRIPTION", "X-WR-CALDESC", "REFRESH-INTERVAL", "X-PUBLISHED-TTL",
            "SOURCE", "URL", "LAST-MODIFIED",
        }
    ),
    "VTIMEZONE": frozenset({"TZID"}),
    "STANDARD": _OBSERVANCE,
    "DAYLIGHT": _OBSERVANCE,
    "VEVENT": frozenset(
        {
            "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "SEQUENCE",
            "URL", "STATUS", "CREATED", "LAST-MODIFIED", "GEO", "LOCATION", "RRULE",
            "TRANSP", "RECURRENCE-ID", "CATEGORIES", "RDATE", "EXDATE", "CONFERENCE",
            "IMAGE",
        }
    ),
    "VALARM": frozenset({"ACTION", "TRIGGER", "DESCRIPTION"}),
}  # fmt: skip
_TIME = frozenset({"TZID", "VALUE"})
_LANGUAGE = frozenset({"LANGUAGE"})
PARAMETERS = {
    ("VEVENT", "DTSTART"): _TIME,
    ("VEVENT", "DTEND"): _TIME,
    ("VEVENT", "RECURRENCE-ID"): _TIME,
    ("VEVENT", "RDATE"): _TIME,
    ("VEVENT", "EXDATE"): _TIME,
    ("VEVENT", "IMAGE"): frozenset({"VALUE", "DISPLAY", "FMTTYPE"}),
    ("VEVENT", "CONFERENCE"): frozenset({"VALUE", "FEATURE", "LABEL"}),
    ("VEVENT", "SUMMARY"): _LANGUAGE,
    ("VEVENT", "DESCRIPTION"): _LANGUAGE,
    ("VALARM", "DESCRIPTION"): _LANGUAGE,
    ("VCALENDAR", "NAME"): _LANGUAGE,
    ("VCALENDAR", "DESCRIPTION"): _LANGUAGE,
    ("VCALENDAR", "REFRESH-INTERVAL"): frozenset({"VALUE"}),
    ("VCALENDAR", "SOURCE"): frozenset({"VALUE"}),
}
_DAYS = "MO|TU|WE|TH|FR|SA|SU"
_RULE_PARTS = {
    "FREQ": r"DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "COUNT": r"[1-9]\d{0,2}",
    "UNTIL": r"\d{8}(T\d{6}Z)?",
    "WKST": _DAYS,
}
_RANGES = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYSETPOS": 366}
_BY_DAY = re.compile(rf"([+-]?\d{{1,2}})?({_DAYS})", re.ASCII)
_WEEKS = 53


def component_faults(component: Component) -> Iterator[str]:
    """What a component has that it may not have, in itself and its parts."""
    name = component.name
    for prop in component.properties:
        if prop.name not in PROPERTIES.get(name, frozenset()):
            yield f"a {prop.name} in a {name}"
        allowed = PARAMETERS.get((name, prop.name), frozenset())
        if unknown := set(prop.parameters) - allowed:
            yield f"{prop.name} with {', '.join(sorted(unknown))}"
        if "TZID" in prop.quoted:  # Outlook then looks for a zone with the quotes
            yield f"{prop.name} with a quoted TZID"
    counts = Counter(prop.name for prop in component.properties)
    yield from (f"{each} is there twice" for each in counts if counts[each] > 1)
    for part in component.parts:
        if part.name in PARTS.get(name, set()):
            yield from component_faults(part)
        else:
            yield f"a {part.name} in a {name}"


def is_date(text: str) -> bool:
    """Whether a text is a day that there is, as `20261128`."""
    return _is_time(r"\d{8}", "%Y%m%d", text)


def is_local(text: str) -> bool:
    """Whether a text is a wall time, as `20261128T100000`."""
    return _is_time(r"\d{8}T\d{6}", "%Y%m%dT%H%M%S", text)


def is_utc(text: str) -> bool:
    """Whether a text is an instant, as `20261128T100000Z`."""
    return _is_time(r"\d{8}T\d{6}Z", "%Y%m%dT%H%M%SZ", text)


def _is_time(pattern: str, form: str, text: str) -> bool:
    if not re.fullmatch(pattern, text, re.ASCII):
        return False
    try:
        datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def value_form(prop: Property) -> str:
    """DATE, LOCAL with its zone, or UTC; any other form begins with `floating`."""
    kind, zone = prop.parameters.get("VALUE", "DATE-TIME"), prop.parameters.get("TZID")
    forms: dict[tuple[str, bool], tuple[str, Callable[[str], bool]]] = {
        ("DATE", False): ("DATE", is_date),
        ("DATE-TIME", True): (f"LOCAL {zone}", is_local),
        ("DATE-TIME", False): ("UTC", is_utc),
    }
    name, fits = forms.get((kind, zone is not None), ("", lambda _: False))
    if all(map(fits, prop.value.split(","))):
        return name
    return f"floating or malformed: {prop}"


def rule_faults(rule: str) -> Iterator[str]:
    """What is wrong in an RRULE, apart from what its DTSTART asks of it."""
    pairs = [part.partition("=") for part in rule.split(";")]
    names = [name for name, _, _ in pairs]
    if names[0] != "FREQ":
        yield f"RRULE does not begin with FREQ: {rule}"
    if len(set(names)) < len(names):
        yield f"RRULE has a part twice: {rule}"
    parts = {name: value for name, _, value in pairs}
    if "COUNT" in parts and "UNTIL" in parts:
        yield "RRULE with COUNT and UNTIL"
    if "BYSETPOS" in parts and not {"BYDAY", "BYMONTHDAY", "BYMONTH"} & set(parts):
        yield "RRULE with BYSETPOS of nothing"
    frequency = parts.get("FREQ", "")
    if "BYMONTHDAY" in parts and frequency == "WEEKLY":
        yield "RRULE by week with BYMONTHDAY"
    for name, value in parts.items():
        if not _fits(name, value, frequency):
            yield f"RRULE has a part that is none: {name}={value}"


def _fits(name: str, value: str, frequency: str) -> bool:
    values = value.split(",")
    if name == "UNTIL":
        return is_date(value) or is_utc(value)
    if name == "BYDAY":
        return all(_is_weekday(each, frequency) for each in values)
    if name in _RANGES:
        sign = "" if name == "BYMONTH" else "[+-]?"
        return all(
            re.fullmatch(rf"{sign}\d{{1,3}}", each, re.ASCII)
            and 1 <= abs(int(each)) <= _RANGES[name]
            for each in values
        )
    pattern = _RULE_PARTS.get(name)
    return bool(pattern and re.fullmatch(pattern, value, re.ASCII))


def _is_weekday(text: str, frequency: str) -> bool:
    match = _BY_DAY.fullmatch(text)
    if not match or not match[1]:
        return bool(match)
    numbered = frequency in {"MONTHLY", "YEARLY"}  # §3.3.10
    return numbered and 1 <= abs(int(match[1])) <= _WEEKS
