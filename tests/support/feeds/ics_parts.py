"""The components and properties of a calendar file, read by nobody's library."""

import re
from dataclasses import dataclass, field

_LINE = re.compile(
    r"([A-Za-z0-9-]+)((?:;[A-Za-z0-9-]+=(?:\"[^\"]*\"|[^\";:]*))*):(.*)", re.DOTALL
)


@dataclass
class Property:
    """A content line; `quoted` are the parameters that stand in quotation marks."""

    name: str
    parameters: dict[str, str]
    value: str
    quoted: frozenset[str] = frozenset()


@dataclass
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: list[Property] = field(default_factory=list)
    parts: list["Component"] = field(default_factory=list)

    def all(self, name: str) -> list[Property]:
        return [each for each in self.properties if each.name == name]

    def one(self, name: str) -> Property | None:
        return next(iter(self.all(name)), None)

    def value(self, name: str) -> str:
        found = self.one(name)
        return found.value if found else ""


def parse(data: bytes) -> Component:
    """The calendar of a file; raises ValueError where it has no structure."""
    root = Component("")
    open_ones = [root]
    for line in data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        match = _LINE.fullmatch(line)
        if not match:
            raise ValueError(f"not a content line: {line!r}")
        name, parameters, value = match[1].upper(), match[2], match[3]
        if name == "BEGIN":
            component = Component(value)
            open_ones[-1].parts.append(component)
            open_ones.append(component)
        elif name == "END":
            if len(open_ones) == 1 or open_ones.pop().name != value:
                raise ValueError(f"END:{value} where another component is open")
        else:
            pairs = re.findall(r";([^=]+)=(\"[^\"]*\"|[^;]*)", parameters)
            named = {
                # A quoted list is one word, as a Conference of icalendar has it.
                key.upper(): text if "," in text else text.strip('"')
                for key, text in pairs
            }
            if len(named) < len(pairs):
                raise ValueError(f"{name} has a parameter twice")
            quoted = frozenset(key.upper() for key, text in pairs if '"' in text)
            open_ones[-1].properties.append(Property(name, named, value, quoted))
    if len(open_ones) != 1 or [part.name for part in root.parts] != ["VCALENDAR"]:
        raise ValueError("not exactly one VCALENDAR")
    return root.parts[0]


def events_of(calendar: Component) -> list[Component]:
    """The VEVENTs of a calendar, in their order."""
    return [part for part in calendar.parts if part.name == "VEVENT"]
