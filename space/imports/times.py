"""When an imported event takes place, as somebody would type it into the form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from space.codec.zone_names import read_zone_name
from space.imports.components import Event, Property
from space.imports.draft import Note
from space.recurrence import Recurrence
from space.schema import Value, kind
from space.times import LAST_YEAR, Moment
from space.zones import known_zone, zone

MAX_DATES = 400  # of a series, each way
_SHOWN = 100
_STAMP = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?[0-9]{2}(?:\.[0-9]{1,9})?)?(Z)?)?",
    re.ASCII,
)
_DURATION = re.compile(
    r"\+?P(?:([0-9]{1,3})W)?(?:([0-9]{1,4})D)?"
    r"(?:T(?:([0-9]{1,5})H)?(?:([0-9]{1,6})M)?(?:[0-9]{1,7}S)?)?",
    re.ASCII,
)
_UTC = frozenset({"UTC", "Etc/UTC", "Etc/GMT", "Etc/UCT", "Etc/Zulu", "Etc/Universal"})
_WINDOWS = {name.casefold(): zone for name, zone in WINDOWS_TO_OLSON.items()}
_ADDED = "also"
_CLOCK_PARTS = frozenset({"BYHOUR", "BYMINUTE", "BYSECOND"})
_UNTIL = re.compile(r"UNTIL=([0-9]{4})[0-9]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date or a time of a file: its wall time, and the zone as far as it says one.

    `zone` is empty for whole days and floating times. `named` is a zone's name that
    nobody knows.
    """

    text: str
    zone: str = ""
    named: str = ""

    @property
    def all_day(self) -> bool:
        """Whether this is a whole day."""
        return " " not in self.text

    @property
    def moment(self) -> Moment:
        """The typed moment; of a floating time, as if it were UTC."""
        return Moment.derived(self.text, self.zone or "UTC")

    def in_zone(self, name: str) -> "Stamp":
        """The same instant by the clocks of a zone, if its own is known."""
        if self.all_day or not self.zone or self.zone == name:
            return self
        return _of_moment(self.moment.utc.astimezone(zone(name)), name)

    def later(self, length: timedelta) -> "Stamp":
        """The stamp after some time, of which nothing here has more than decades."""
        end = (self.moment.utc + length).astimezone(zone(self.zone or "UTC"))
        return _of_moment(end, self.zone)


@dataclass(frozen=True, slots=True)
class Times:
    """What the fields of an event's times say, and what a person should know."""

    values: dict[str, Value]
    notes: tuple[Note, ...] = ()


def times_of(event: Event) -> Times:
    """The times of an event; what cannot be read stands there as the file has it."""
    found = event.first("DTSTART")
    start = read_stamp(event, found) if found else None
    if found is None or start is None:
        raw = found.value.strip()[:_SHOWN] if found else ""
        return Times({"start": raw} if raw else {})
    home = known_name(event, event.around.said.get("X-WR-TIMEZONE", ""))
    notes = []
    # In another zone a rule may mean other days of the week.
    if start.zone == "UTC" and home not in {"", "UTC"} and not event.first("RRULE"):
        start = start.in_zone(home)
        notes.append(Note("utc", (home,)))
    elif start.all_day:
        start = replace(start, zone=home)
    elif not start.zone and not start.named:
        notes.append(Note("floating"))
    start = _whole_day(event, start)
    values: dict[str, Value] = {"start": start.text}
    if start.zone or start.named:
        values["timezone"] = start.zone or start.named
    values |= _end(event, start)
    series = _series(event, start)
    rule = event.first("RRULE")
    if rule is not None and any(map(_is_for_ever, _parts(rule.value))):
        notes.append(Note("for-ever"))
    if _ADDED in series and _ADDED not in kind("event").fields:
        del series[_ADDED]
        notes.append(Note("dates"))
    return Times(values | series, tuple(notes))


def read_stamp(event: Event, found: Property, value: str | None = None) -> Stamp | None:
    """One date or time of a property, None where it is neither."""
    match = _STAMP.fullmatch((found.value if value is None else value).strip())
    if not match:
        return None
    text = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] and found.parameters.get("VALUE", "").upper() != "DATE":
        text += f" {match[4]}:{match[5]}"
    try:
        Moment.parse(text, "UTC")
    except ValueError:
        return None
    if " " not in text:
        return Stamp(text)
    if match[6]:
        return Stamp(text, "UTC")
    named = found.parameters.get("TZID", "").strip()
    return Stamp(text, known_name(event, named), named[:_SHOWN])


def known_name(event: Event, named: str) -> str:
    """The zone that a file means by a name, empty where nobody can tell.

    IANA names, also behind the prefix of a vendor (`/mozilla.org/2007_1/Europe/Rome`),
    Windows names (CLDR), and what the file's own VTIMEZONE says.
    """
    return _zone_name(named) or _zone_name(event.around.zones.get(named, ""))


def _zone_name(named: str) -> str:
    parts = named.strip("/ ").split("/")
    for size in (len(parts), 3, 2):
        found = read_zone_name("/".join(parts[-size:]))
        if found:
            return "UTC" if found in _UTC else found
    found = _WINDOWS.get(named.casefold(), "")
    if found in _UTC:
        return "UTC"
    return found if known_zone(found) else ""


def _whole_day(event: Event, start: Stamp) -> Stamp:
    """Outlook's whole days, which are times from midnight to midnight."""
    said = event.first("X-MICROSOFT-CDO-ALLDAYEVENT")
    midnight = start.text.endswith(" 00:00")
    if midnight and said is not None and said.value.strip().upper() == "TRUE":
        return replace(start, text=start.text[:10])
    return start


def _end(event: Event, start: Stamp) -> dict[str, Value]:
    found = event.first("DTEND")
    if found is None:
        return _after(event, start)
    end = read_stamp(event, found)
    if end is None:
        return {"end": found.value.strip()[:_SHOWN]}
    if start.all_day and (end.all_day or end.text.endswith(" 00:00")):
        # iCalendar counts the day after the last one (RFC 5545 §3.6.1).
        last = Stamp(end.text[:10]).later(-timedelta(days=1))
        return {"end": last.text[:10]} if last.text[:10] > start.text else {}
    if start.zone and not end.all_day:
        end = end.in_zone(start.zone)
    return {"end": end.text} if end.text != start.text else {}


def _after(event: Event, start: Stamp) -> dict[str, Value]:
    found = event.first("DURATION")
    match = _DURATION.fullmatch(found.value.strip()) if found else None
    if match is None:
        return {}
    weeks, days, hours, minutes = (int(part or 0) for part in match.groups())
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes)
    if start.all_day:
        last = replace(start, zone="").later(length - timedelta(days=1)).text[:10]
        return {"end": last} if last > start.text else {}
    end = start.later(length)
    return {"end": end.text} if end.text != start.text else {}


def _series(event: Event, start: Stamp) -> dict[str, Value]:
    rule = event.first("RRULE")
    if rule is None and not event.all("RDATE"):
        return {}
    values: dict[str, Value] = {}
    if rule is not None:
        values["recurrence"] = _rule(rule.value, start)
    for name, field in (("EXDATE", "except"), ("RDATE", _ADDED)):
        if dates := tuple(dict.fromkeys(_dates(event, name, start)))[:MAX_DATES]:
            values[field] = dates
    return values


def _rule(raw: str, start: Stamp) -> str:
    """The rule, without parts that say nothing here; as it is if it is not ours."""
    parts = [part for part in _parts(raw) if not _says_nothing(part, start)]
    text = ";".join(parts)
    try:
        Recurrence.parse(text)
    except ValueError:
        return text[:_SHOWN]
    return text


def _parts(raw: str) -> list[str]:
    """The parts of a rule, in upper case and without spaces."""
    return re.sub(r"\s", "", raw).upper()[:500].rstrip(";").split(";")


def _says_nothing(part: str, start: Stamp) -> bool:
    """Whether a part repeats the clock of the start, or ends the rule beyond all years.

    Of whole days the parts of a clock are to be ignored (RFC 5545 §3.3.10).
    """
    if _is_for_ever(part):
        return True
    name, _, value = part.partition("=")
    if name not in _CLOCK_PARTS or not value.isdecimal():
        return False
    if start.all_day:
        return True
    hour, minute = start.text[-5:].split(":")
    # A start has no seconds here, so that those of a rule say nothing either.
    clock = {"BYHOUR": hour, "BYMINUTE": minute, "BYSECOND": value}
    return int(clock[name]) == int(value)


def _is_for_ever(part: str) -> bool:
    """Whether a part ends the rule in a year beyond those of events."""
    found = _UNTIL.match(part)
    return found is not None and int(found[1]) > LAST_YEAR


def _dates(event: Event, name: str, start: Stamp) -> Iterator[str]:
    for found in event.all(name):
        for value in found.value.split(",")[:MAX_DATES]:
            stamp = read_stamp(event, found, value.partition("/")[0])
            if stamp is None:
                continue
            if start.all_day:
                yield stamp.text[:10]
            else:
                yield (stamp.in_zone(start.zone) if start.zone else stamp).text


def _of_moment(found: datetime, name: str) -> Stamp:
    return Stamp(f"{found:%Y-%m-%d %H:%M}", name)
