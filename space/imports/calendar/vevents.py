"""VEVENT components of any text (RFC 5545 §3.1, §3.4).

The icalendar package builds a tree of typed values and fails on invalid ones. Here one
pass over the lines keeps values as text: an invalid property affects only itself,
a missing END nothing, and time is linear in the length, whatever the nesting.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from space.bounds import BOUNDS
from space.imports.calendar.decoding import clean
from space.imports.calendar.property_names import is_property

MAX_EVENTS = BOUNDS.events
MAX_SAME = BOUNDS.properties  # of one name in an event
_MAX_PARTS = 20
_PRODID = "-//Wikimedia//Space//"
_FOLD = re.compile(r"\n[ \t]")
_INDENT = re.compile(r"^[ \t>]+", re.MULTILINE)
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})(?=[;:])", re.ASCII)
_PARAMETER = re.compile(
    r";([A-Za-z0-9-]{1,60})="
    # Unquoted URLs as values: their first colon does not end the parameters.
    r"((?:(?:https?|ldap|cid|mailto|data|tel):)?+(?:\"[^\"\n]*\"|[^\":;\n])*+)",
    re.ASCII | re.IGNORECASE,
)
_TIMED = frozenset(("DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID"))
_ON_ONE_LINE = _TIMED | frozenset(
    (
        *("BEGIN", "END", "UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE"),
        *("DURATION", "RRULE", "EXRULE", "STATUS", "CLASS", "TRANSP", "GEO", "URL"),
    )
)
"""Properties that are no text: what stands between them and the next is not theirs."""
_TIME_PARAMETER = re.compile(
    r";([A-Za-z0-9-]{1,60})=(\"[^\"\n]*\"|[^\";\n]*+)", re.ASCII
)
_TIME_VALUE = re.compile(r":(?=[0-9]{4}-?[0-9]{2}-?[0-9]{2})", re.ASCII)
_BARE = re.compile(r";([A-Za-z0-9-]{1,60})(?=[;:])", re.ASCII)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_COMPONENT = re.compile(r"^[ \t>]*+BEGIN:", re.IGNORECASE | re.MULTILINE)
_CALENDAR_WORD = re.compile(
    r"^[ \t>]*+BEGIN:V(?:CALENDAR|EVENT)", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Property:
    """A content line: parameters by upper-case names, and the raw value."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        """The TEXT value, unescaped (§3.3.11) and decoded from quoted-printable."""
        value = self.value
        if self.is_quoted_printable:
            plain = quopri.decodestring(value.encode(errors="replace"))
            try:
                value = plain.decode(self.parameters.get("CHARSET", "utf-8"), "replace")
            except (LookupError, ValueError):
                value = plain.decode(errors="replace")
            value = clean(value)
        return _ESCAPE.sub(_unescaped, value)

    @property
    def is_quoted_printable(self) -> bool:
        """Whether the value is encoded as quoted-printable (RFC 2045 §6.7)."""
        encoding = self.parameters.get("ENCODING", "").upper()
        return "QUOTED-PRINTABLE" in {encoding, *self.parameters}


@dataclass(slots=True)
class VTimezone:
    """A VTIMEZONE: `location` is an IANA name, `observances` its STANDARD and DAYLIGHT.

    An observance maps property names to texts. `zones_by_year`
    remembers for each year which IANA zone has the same changes of clocks.
    """

    location: str = ""
    observances: list[dict[str, str]] = field(default_factory=list)
    zones_by_year: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Calendar:
    """A VCALENDAR: its properties by name, and its VTIMEZONEs by TZID."""

    properties: dict[str, str] = field(default_factory=dict)
    zones: dict[str, VTimezone] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """A VEVENT: its properties by name, in order.

    `parts` are names of components inside it, and of properties that occur too often.
    """

    calendar: Calendar
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)

    @property
    def is_own(self) -> bool:
        """Whether this tool wrote the calendar (PRODID): texts are taken literally."""
        return self.calendar.properties.get("PRODID", "").startswith(_PRODID)

    @property
    def is_cancelled(self) -> bool:
        """Whether STATUS, or METHOD of the calendar, cancels the event."""
        word = self.first("STATUS")
        words = {self.calendar.properties.get("METHOD", ""), word.value if word else ""}
        return any(status.strip().upper().startswith("CANCEL") for status in words)

    @property
    def uid(self) -> str:
        """UID, which an event shares with its overrides; empty without one."""
        uid = self.first("UID")
        return uid.value.strip() if uid else ""

    def first(self, *names: str) -> Property | None:
        """The first property with one of these names that is not blank."""
        for name in names:
            for line in self.properties.get(name, ()):
                if line.text.strip():
                    return line
        return None

    def all(self, name: str) -> list[Property]:
        """All properties of a name, blank ones too."""
        return self.properties.get(name, [])

    def add(self, line: Property) -> None:
        """Add a property; only its name from `MAX_SAME` on, none of too many names."""
        if line.name not in self.properties and len(self.properties) == BOUNDS.names:
            return
        same = self.properties.setdefault(line.name, [])
        if len(same) < MAX_SAME:
            same.append(line)
        else:
            self.add_part(line.name)

    def add_part(self, name: str) -> None:
        """Add the name of a component or property that is not read."""
        if len(self.parts) < _MAX_PARTS:
            self.parts.add(name)


def is_calendar(text: str) -> bool:
    """Whether a text contains the start of a VCALENDAR or VEVENT."""
    return _CALENDAR_WORD.search(text) is not None


def is_long(text: str) -> bool:
    """Whether a text has more lines, events or other components than are read."""
    components = len(_COMPONENT.findall(text))
    return text.count("\n") >= BOUNDS.lines or components > BOUNDS.components


def read_events(text: str) -> tuple[Event, ...]:
    """The events of a clean text in order, at most `MAX_EVENTS`."""
    events = _LineReader().read(text)
    if not events and is_calendar(text):
        # Indented lines look like folds of a single line.
        events = _LineReader().read(_INDENT.sub("", text))
    return events


class _LineReader:
    """Reader of the content lines of a text, in one pass."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._calendar = Calendar()
        self._event: Event | None = None
        self._inside: list[str] = []  # components within the event, or within another
        self._zone = VTimezone()  # the VTIMEZONE that is being read

    def read(self, text: str) -> tuple[Event, ...]:
        for line in _lines(text):
            if line.name == "BEGIN":
                self._begin(line.value.strip().upper())
            elif line.name == "END":
                self._end(line.value.strip().upper())
            elif self._event is not None:
                if not self._inside:
                    self._event.add(line)
            elif not self._inside:
                self._calendar.properties.setdefault(line.name, line.text.strip())
            elif self._inside[0] == "VTIMEZONE":
                self._add_to_zone(line)
            if len(self._events) == MAX_EVENTS:
                break
        self._close()
        return tuple(self._events[:MAX_EVENTS])

    def _begin(self, name: str) -> None:
        if name in {"VCALENDAR", "VEVENT"}:  # even where END is missing
            self._close()
            self._inside = []
            if name == "VCALENDAR":
                self._calendar = Calendar()
            else:
                self._event = Event(self._calendar)
            return
        if self._event is not None and not self._inside:
            self._event.add_part(name)
        self._inside.append(name)
        if self._inside == ["VTIMEZONE"]:
            self._zone = VTimezone()
        elif self._inside[0] == "VTIMEZONE":
            self._zone.observances.append({})

    def _end(self, name: str) -> None:
        if name in {"VCALENDAR", "VEVENT"}:
            self._close()
            self._inside = []
        elif self._inside:
            self._inside.pop()

    def _add_to_zone(self, line: Property) -> None:
        if len(self._inside) > 1:
            self._zone.observances[-1].setdefault(line.name, line.text.strip())
        elif line.name == "TZID":
            self._calendar.zones.setdefault(line.text.strip(), self._zone)
        elif line.name == "X-LIC-LOCATION" and not self._zone.location:
            self._zone.location = line.text.strip()

    def _close(self) -> None:
        if self._event is not None:
            self._events.append(self._event)
        self._event = None


def _lines(text: str) -> Iterator[Property]:
    """The content lines of a text; any other line continues the value before it.

    Some programs write line ends of a description unescaped.
    """
    held: Property | None = None
    rest: list[str] = []
    for line in _FOLD.sub("", text).split("\n"):
        started = None if held and _goes_on(held, rest) else _property(line)
        if started is None:
            rest.append(line)
            continue
        if held is not None:
            yield _joined(held, rest)
        held, rest = started, []
    if held is not None:
        yield _joined(held, rest)


def _goes_on(held: Property, rest: list[str]) -> bool:
    """Whether a quoted-printable value ends in a soft line break (RFC 2045 §6.7)."""
    return held.is_quoted_printable and (rest[-1] if rest else held.value).endswith("=")


def _joined(held: Property, rest: list[str]) -> Property:
    goes_on = held.name not in _ON_ONE_LINE or held.value.rstrip().endswith((",", "="))
    if not (goes_on and any(line.strip() for line in rest)):
        return held
    return Property(held.name, held.parameters, "\n".join([held.value, *rest]))


def _property(line: str) -> Property | None:
    match = _NAME.match(line)
    if match is None or not is_property(match[1]):
        return None
    name = match[1].upper()
    if name in _TIMED and (timed := _timed(name, line, match.end())):
        return timed
    parameters: dict[str, str] = {}
    end = match.end()
    while parameter := _PARAMETER.match(line, end) or _BARE.match(line, end):
        text = parameter[2] if parameter.re is _PARAMETER else ""
        parameters.setdefault(parameter[1].upper(), text.replace('"', ""))
        end = parameter.end()
    if line[end : end + 1] != ":":
        return None
    return Property(name, parameters, line[end + 1 :])


def _timed(name: str, line: str, start: int) -> Property | None:
    """A property of times, whose value begins after the last colon before a date.

    TZID values contain unquoted colons: `TZID=GMT+05:30`.
    """
    parameters: dict[str, str] = {}
    end = start
    values = [parameter.start() for parameter in _TIME_VALUE.finditer(line, start)][-1:]
    while values and (parameter := _TIME_PARAMETER.match(line, end, values[0])):
        parameters.setdefault(parameter[1].upper(), parameter[2].replace('"', ""))
        end = parameter.end()
    if [end] != values:
        return None
    return Property(name, parameters, line[end + 1 :])


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
