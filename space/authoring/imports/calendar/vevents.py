"""The VEVENTs of a text, whatever else is in it (RFC 5545 §3.1, §3.4).

icalendar builds a tree of typed values and stops at what it cannot type. Here one
pass over the lines keeps what an event says as text: so a broken property hurts only
itself, a missing END nothing, depth and number of lines cost no more than their length.
"""

import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from space.authoring.imports.calendar.decoding import clean
from space.authoring.imports.calendar.property_names import is_property

MAX_EVENTS = 25_000  # more than a file of the longest size can hold
MAX_SAME = 500  # properties of one name in an event
_MAX_PARTS = 20
_OWN = "-//Wikimedia//Space//"
_FOLD = re.compile(r"\n[ \t]")
_INDENT = re.compile(r"^[ \t>]+", re.MULTILINE)
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})(?=[;:])", re.ASCII)
_PARAMETER = re.compile(
    r";([A-Za-z0-9-]{1,60})="
    # Some do not quote addresses, whose first colon does not end them.
    r"((?:(?:https?|ldap|cid|mailto|data|tel):)?+(?:\"[^\"\n]*\"|[^\":;\n])*+)",
    re.ASCII | re.IGNORECASE,
)
_TIMED = frozenset(("DTSTART", "DTEND", "EXDATE", "RDATE", "RECURRENCE-ID"))
_TIME_PARAMETER = re.compile(
    r";([A-Za-z0-9-]{1,60})=(\"[^\"\n]*\"|[^\";\n]*+)", re.ASCII
)
_TIME_VALUE = re.compile(r":(?=[0-9]{4}-?[0-9]{2}-?[0-9]{2})", re.ASCII)
_BARE = re.compile(r";([A-Za-z0-9-]{1,60})(?=[;:])", re.ASCII)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_CALENDAR_WORD = re.compile(
    r"^[ \t>]*BEGIN:V(?:CALENDAR|EVENT)", re.IGNORECASE | re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Property:
    """One line: parameters by their names in capitals, and the value as it stands."""

    name: str
    parameters: Mapping[str, str]
    value: str

    @property
    def text(self) -> str:
        r"""A TEXT value without its escapes (§3.3.11), nor those of vCalendar 1.0."""
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
        """Whether the value is written as in mails."""
        encoding = self.parameters.get("ENCODING", "").upper()
        return "QUOTED-PRINTABLE" in {encoding, *self.parameters}


@dataclass(slots=True)
class ZoneSaid:
    """A VTIMEZONE: `location` is an IANA name, `observances` its STANDARD and DAYLIGHT.

    An observance has the texts of its properties by their names. `zones_by_year`
    remembers for each year which IANA zone has the same changes of clocks.
    """

    location: str = ""
    observances: list[dict[str, str]] = field(default_factory=list)
    zones_by_year: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Around:
    """What a calendar says of all its events; `zones` are names that it explains."""

    said: dict[str, str] = field(default_factory=dict)
    zones: dict[str, ZoneSaid] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """The properties of a VEVENT by name, in order.

    `parts` are the names of components within it, and of properties of which there
    were too many.
    """

    around: Around
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: set[str] = field(default_factory=set)

    @property
    def own(self) -> bool:
        """Whether this tool wrote it, here or elsewhere: then it means what it says."""
        return self.around.said.get("PRODID", "").startswith(_OWN)

    @property
    def is_cancelled(self) -> bool:
        """Whether it is called off, by itself or by the calendar it came in."""
        word = self.first("STATUS")
        words = {self.around.said.get("METHOD", ""), word.value if word else ""}
        return any(status.strip().upper().startswith("CANCEL") for status in words)

    @property
    def uid(self) -> str:
        """What tells it from others, and its changed dates belong to it."""
        uid = self.first("UID")
        return uid.value.strip() if uid else ""

    def first(self, *names: str) -> Property | None:
        """The first property that has one of these names and says something."""
        for name in names:
            for line in self.properties.get(name, ()):
                if line.text.strip():
                    return line
        return None

    def all(self, name: str) -> list[Property]:
        """All properties of a name."""
        return self.properties.get(name, [])

    def add(self, line: Property) -> None:
        """Keep a property, unless there are too many of its name."""
        same = self.properties.setdefault(line.name, [])
        if len(same) < MAX_SAME:
            same.append(line)
        else:
            self.add_part(line.name)

    def add_part(self, name: str) -> None:
        """Keep the name of something that is not read."""
        if len(self.parts) < _MAX_PARTS:
            self.parts.add(name)


def is_calendar(text: str) -> bool:
    """Whether a text looks like iCalendar, and not like an invitation in words."""
    return _CALENDAR_WORD.search(text) is not None


def read_events(text: str) -> tuple[Event, ...]:
    """The events of a clean text in their order, at most `MAX_EVENTS`."""
    events = _LineReader().read(text)
    if not events and is_calendar(text):
        # Lines that somebody indented look folded: all of it would be one line.
        events = _LineReader().read(_INDENT.sub("", text))
    return events


class _LineReader:
    """One pass over the lines of a text."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._around = Around()
        self._event: Event | None = None
        self._inside: list[str] = []  # components within the event, or within another
        self._zone = ZoneSaid()  # the VTIMEZONE that is being read

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
                self._around.said.setdefault(line.name, line.text.strip())
            elif self._inside[0] == "VTIMEZONE":
                self._add_to_zone(line)
            if len(self._events) == MAX_EVENTS:
                break
        self._close()
        return tuple(self._events[:MAX_EVENTS])

    def _begin(self, name: str) -> None:
        if name in {"VCALENDAR", "VEVENT"}:  # an END before it was lost
            self._close()
            self._inside = []
            if name == "VCALENDAR":
                self._around = Around()
            else:
                self._event = Event(self._around)
            return
        if self._event is not None and not self._inside:
            self._event.add_part(name)
        self._inside.append(name)
        if self._inside == ["VTIMEZONE"]:
            self._zone = ZoneSaid()
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
            self._around.zones.setdefault(line.text.strip(), self._zone)
        elif line.name == "X-LIC-LOCATION" and not self._zone.location:
            self._zone.location = line.text.strip()

    def _close(self) -> None:
        if self._event is not None:
            self._events.append(self._event)
        self._event = None


def _lines(text: str) -> Iterator[Property]:
    """The properties of a text; a line that is none goes on with the one before it.

    Some write the line ends of a description as they are.
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
    """Whether a value written as in mails says that its line does not end here."""
    return held.is_quoted_printable and (rest[-1] if rest else held.value).endswith("=")


def _joined(held: Property, rest: list[str]) -> Property:
    if not any(line.strip() for line in rest):
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
    """A property of times, whose value begins behind the last colon before a date.

    Names of zones have colons that nobody quotes: `TZID=GMT+05:30`.
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
