"""DATE and DATE-TIME values of calendar files, as canonical text with a zone."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from space.codec.values.zone_names import read_zone_name
from space.dates.moments import Moment
from space.dates.zones import zone
from space.imports.calendar.vevents import Event, Property
from space.imports.times.zone_names import zone_called
from space.imports.times.zone_rules import zone_like

SHOWN = 100  # characters of a value that cannot be read
_STAMP = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})"
    r"(?:[T ]([0-9]{2}):?([0-9]{2})(?::?[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r" ?(Z|[+-][0-9]{2}(?::?[0-9]{2})?)?)?",
    re.ASCII | re.IGNORECASE,
)
_DAY = timedelta(days=1)
_MIDNIGHT = " 24:00"


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A date or a wall time of a file, with its time zone.

    `zone` is an IANA name or an offset, empty for floating times. `named` is a TZID of
    no known zone, else empty. `sure` is false for a zone guessed from a VTIMEZONE.
    """

    text: str
    zone: str = ""
    named: str = ""
    sure: bool = True

    @property
    def all_day(self) -> bool:
        """Whether the value is a DATE, without a time."""
        return " " not in self.text

    @property
    def moment(self) -> Moment:
        """The moment of the value; a floating time counts as UTC."""
        return Moment.derived(self.text, self.zone or "UTC")

    def in_zone(self, name: str) -> "CalendarTime":
        """The instant in another zone; days and floating times are unchanged."""
        if self.all_day or not self.zone or self.zone == name or not name:
            return self
        return _of_moment(self.moment.utc.astimezone(zone(name)), name)

    def later(self, length: timedelta) -> "CalendarTime":
        """The time after a duration of at most some decades."""
        end = (self.moment.utc + length).astimezone(zone(self.zone or "UTC"))
        return _of_moment(end, self.zone)


def read_stamp(
    event: Event, line: Property, value: str | None = None
) -> CalendarTime | None:
    """The value of a property, or `value`, as date or date-time; None if invalid."""
    match = _STAMP.fullmatch((line.value if value is None else value).strip())
    text = _text(match, line) if match else None
    if not match or not text:
        return None
    own = zone_of(event, line, text[:4])
    if " " not in text or not match[6]:
        return replace(own, text=text)
    offset = "UTC" if match[6] in "Zz" else read_zone_name(match[6])
    return CalendarTime(text, offset).in_zone(own.zone) if offset else None


def stamp_text(line: Property) -> str:
    """The date or wall time of a property regardless of its zone, empty if invalid."""
    match = _STAMP.fullmatch(line.value.strip())
    return (_text(match, line) or "") if match else ""


def _text(match: re.Match[str], line: Property) -> str | None:
    """The canonical text of a match, None for an impossible date or time."""
    text = f"{match[1]}-{match[2]}-{match[3]}"
    if match[4] and line.parameters.get("VALUE", "").upper() != "DATE":
        text += f" {match[4]}:{match[5]}"
    text = _next_midnight(text)
    try:
        Moment.parse(text, "UTC")
    except ValueError:
        return None
    return text


def zone_of(event: Event, line: Property, year: str = "2026") -> CalendarTime:
    """The zone of a property by its TZID, as a `CalendarTime` with empty text."""
    named = line.parameters.get("TZID", "").strip()
    name = zone_named(event, named)
    if name or not named:
        return CalendarTime("", name)
    timezone = event.calendar.zones.get(named)
    name = zone_like(timezone, int(year)) if timezone else ""
    return CalendarTime("", name, "" if name else named[:SHOWN], sure=False)


def zone_named(event: Event, named: str) -> str:
    """The zone that a file means by a TZID, empty if unknown.

    A TZID that says UTC is ignored if its VTIMEZONE has summer time.
    """
    zone = zone_called(named)
    timezone = event.calendar.zones.get(named)
    if zone == "UTC" and timezone and len(_offsets(timezone.observances)) > 1:
        zone = ""
    return zone or (zone_called(timezone.location) if timezone else "")


def _offsets(observances: list[dict[str, str]]) -> set[str]:
    return {observance.get("TZOFFSETTO", "") for observance in observances}


def _next_midnight(text: str) -> str:
    """24:00 as 00:00 of the next day (ISO 8601); other texts unchanged."""
    if not text.endswith(_MIDNIGHT):
        return text
    try:
        day = Moment.parse(text.removesuffix(_MIDNIGHT), "UTC").date + _DAY
    except ValueError:
        return text
    return f"{day.isoformat()} 00:00"


def _of_moment(moment: datetime, name: str) -> CalendarTime:
    return CalendarTime(f"{moment:%Y-%m-%d %H:%M}", name)
