"""The VEVENTs of a text, whatever else is in it (RFC 5545 §3.1, §3.4).

icalendar builds a tree of typed values and stops at what it cannot type. Here one
pass over the lines keeps what an event says as text: so a broken property hurts only
itself, a missing END nothing, depth and number of lines cost no more than their length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

MAX_EVENTS = 5000
MAX_SAME = 500  # properties of one name in an event
_OWN = "-//Wikimedia//Space//"
_FOLD = re.compile(r"\n[ \t]")
_INDENT = re.compile(r"^[ \t>]+", re.MULTILINE)
_NAME = re.compile(r"([A-Za-z0-9-]{1,60})(?=[;:])", re.ASCII)
_PARAMETER = re.compile(
    r";([A-Za-z0-9-]{1,60})=((?:\"[^\"\n]*\"|[^\":;\n])*+)", re.ASCII
)
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
        r"""A TEXT value without its escapes (§3.3.11)."""
        return _ESCAPE.sub(_unescaped, self.value)


@dataclass(slots=True)
class Around:
    """What a calendar says of all its events; `zones` are names that it explains."""

    said: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Event:
    """The properties of a VEVENT by name, in order."""

    around: Around
    properties: dict[str, list[Property]] = field(default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether this tool wrote it, here or elsewhere: then it means what it says."""
        return self.around.said.get("PRODID", "").startswith(_OWN)

    def first(self, *names: str) -> Property | None:
        """The first property that has one of these names and says something."""
        for name in names:
            for found in self.properties.get(name, ()):
                if found.value.strip():
                    return found
        return None

    def all(self, name: str) -> list[Property]:
        """All properties of a name."""
        return self.properties.get(name, [])

    def add(self, found: Property) -> None:
        """Keep a property, unless there are too many of its name."""
        same = self.properties.setdefault(found.name, [])
        if len(same) < MAX_SAME:
            same.append(found)


def is_calendar(text: str) -> bool:
    """Whether a text looks like iCalendar, and not like an invitation in words."""
    return _CALENDAR_WORD.search(text) is not None


def read_events(text: str) -> tuple[Event, ...]:
    """The events of a clean text in their order, at most `MAX_EVENTS`."""
    found = _Reader().read(text)
    if not found and is_calendar(text):
        # Lines that somebody indented look folded: all of it would be one line.
        found = _Reader().read(_INDENT.sub("", text))
    return found


class _Reader:
    """One pass over the lines of a text."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._around = Around()
        self._event: Event | None = None
        self._inside = 0  # components within the event, or within another one
        self._zone = ""  # the TZID of the VTIMEZONE that is being read

    def read(self, text: str) -> tuple[Event, ...]:
        for found in _lines(text):
            if found.name == "BEGIN":
                self._begin(found.value.strip().upper())
            elif found.name == "END":
                self._end(found.value.strip().upper())
            elif self._event is not None:
                if not self._inside:
                    self._event.add(found)
            elif not self._inside:
                self._around.said.setdefault(found.name, found.text.strip())
            elif found.name == "TZID":
                self._zone = found.text.strip()
            elif found.name == "X-LIC-LOCATION" and self._zone:
                self._around.zones.setdefault(self._zone, found.text.strip())
            if len(self._events) == MAX_EVENTS:
                break
        self._close()
        return tuple(self._events[:MAX_EVENTS])

    def _begin(self, name: str) -> None:
        if name in {"VCALENDAR", "VEVENT"}:  # an END before it was lost
            self._close()
            self._inside = 0
            if name == "VCALENDAR":
                self._around = Around()
            else:
                self._event = Event(self._around)
        else:
            self._inside += 1
            if self._event is None:
                self._zone = ""

    def _end(self, name: str) -> None:
        if name in {"VCALENDAR", "VEVENT"}:
            self._close()
            self._inside = 0
        else:
            self._inside = max(0, self._inside - 1)

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
        found = _property(line)
        if found is None:
            rest.append(line)
            continue
        if held is not None:
            yield _joined(held, rest)
        held, rest = found, []
    if held is not None:
        yield _joined(held, rest)


def _joined(held: Property, rest: list[str]) -> Property:
    if not any(line.strip() for line in rest):
        return held
    return Property(held.name, held.parameters, "\n".join([held.value, *rest]))


def _property(line: str) -> Property | None:
    name = _NAME.match(line)
    if name is None:
        return None
    parameters: dict[str, str] = {}
    end = name.end()
    while found := _PARAMETER.match(line, end):
        parameters.setdefault(found[1].upper(), found[2].replace('"', ""))
        end = found.end()
    if line[end : end + 1] != ":":
        return None
    return Property(name[1].upper(), parameters, line[end + 1 :])


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] in "nN" else match[1]
