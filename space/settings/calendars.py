"""Public calendars that the settings page names, and from where they may be fetched.

Each is a line `{{Space calendar source|https://…|name}}` of `<root>/Settings`. Which
hosts are asked is no decision of the wiki: the deployment names them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from space.codec.page import Reading, read_calls
from space.schema.problems import Problem

KIND = "calendars"
SCHEME, PORT = "https", 443


@dataclass(frozen=True, slots=True)
class CalendarSource:
    """A public calendar of somebody else, in iCalendar, and what its events lack.

    `name` is whose it is: events belong to a calendar by its name, whatever address it
    moves to. `country`, `timezone`, `languages` and `topics` are of events that tell
    none; all but the topics may be empty, and topics are added to those of an event.
    `address` is empty for a line of which something cannot be read: such a calendar is
    not asked, and its events stay as they are.
    """

    address: str
    name: str
    country: str = ""
    timezone: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def host(self) -> str:
        """The host of its address, in lower case."""
        return host_of(self.address)


def host_of(address: str) -> str:
    """The host of an address that may be fetched, in lower case; empty for others.

    That is one of https, on its usual port, without a user.
    """
    try:
        parts = urlsplit(address)
        is_usual = parts.port in {None, PORT} and parts.username is None
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme == SCHEME and is_usual else ""


def read_calendars(
    text: str,
) -> tuple[tuple[CalendarSource, ...], tuple[Problem, ...]]:
    """The calendars of the settings page, in its order, and what is wrong with others.

    Of two with one name the first counts.
    """
    named: dict[str, CalendarSource] = {}
    problems: list[Problem] = []
    for reading in read_calls(text, KIND):
        source, wrong = _source(reading)
        problems += wrong
        if source.name in named:
            line, names = reading.call_line, (source.name,)
            problems.append(Problem("public-calendar-twice", "name", line, names))
        elif source.name:
            named[source.name] = source
    return tuple(named.values()), tuple(problems)


def _source(reading: Reading) -> tuple[CalendarSource, tuple[Problem, ...]]:
    """The calendar of a line, and all that is wrong with it."""
    values, problems = reading.values, reading.problems
    address, name = str(values.get("address", "")), str(values.get("name", ""))
    if address and not host_of(address):
        code, line = "public-calendar-address", reading.call_line
        problems += (Problem(code, "address", line, (address,)),)
    if any(problem.severity == "error" for problem in problems):
        return CalendarSource("", name), problems
    source = CalendarSource(
        address,
        name,
        str(values.get("country", "")),
        str(values.get("timezone", "")),
        tuple(values.get("languages", ())),
        tuple(values.get("topics", ())),
    )
    return source, problems


def refused(
    calendars: Iterable[CalendarSource], hosts: Collection[str]
) -> tuple[CalendarSource, ...]:
    """The calendars that are not fetched, as the deployment does not name the host."""
    asked = (each for each in calendars if each.address)
    return tuple(each for each in asked if each.host not in hosts)
