"""Draft of an event from an announcement in plain text.

The first line is the title, the first dates that the codec reads are start and end, the
first URL is the website; the rest is the description.
"""

import re

from space.codec.values.dates import ascii_digits, read_moment
from space.imports.calendar.html import plain_line
from space.imports.description import read_description
from space.imports.draft import Draft, Note
from space.imports.private import public_values
from space.imports.web_addresses import (
    MAX_URL,
    addresses,
    is_meeting,
    is_private_link,
)
from space.schema.kinds import Value
from space.schema.problems import Problem

MAX_LINES = 400  # searched for dates
MAX_LINE = 500  # characters
_DATES = re.compile(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[ T][0-9]{1,2}:[0-9]{2})?"
    r"|[0-9]{1,2} [A-Za-z]{3,9}\.? [0-9]{4}(?:,? [0-9]{1,2}:[0-9]{2})?)(?![0-9])",
    re.ASCII,
)
_CLOCK = re.compile(r"(?<![0-9:])([0-9]{1,2}):([0-9]{2})(?![0-9:])", re.ASCII)


def read_plain(text: str) -> Draft:
    """The draft of an announcement; `text` comes from `decoding.clean`."""
    lines = [line.strip() for line in text.split("\n")]
    shown = [line for line in lines if line]
    if not shown:
        return Draft({})
    title, rest = plain_line(shown[0])[:MAX_LINE], text.partition(shown[0])[2]
    values: dict[str, Value] = {"title": title}
    values |= _times(shown[:MAX_LINES])
    links = addresses(text)
    meetings = [link for link in links if is_meeting(link)]
    website = next((link for link in links if not is_private_link(link)), "")
    if website:
        values["website"] = website[:MAX_URL]
    if meetings:
        values |= {"online_link": meetings[0], "link_access": "registered"}
    description = read_description(rest.strip("\n"), "", *meetings[:1])
    values["summary"] = description.summary
    public, private = public_values(values)
    problems: tuple[Problem, ...] = ()
    if "online_link" in public:
        problems = (Problem("import-link", "online_link", severity="warning"),)
    notes = [Note("plain")]
    notes += [Note("mail")] if description.had_mail else []
    notes += [Note("joining")] if description.had_joining else []
    notes += [Note("cut")] if description.cut else []
    shown_values = {name: value for name, value in public.items() if value}
    told = tuple(dict.fromkeys((*notes, *private)))
    return Draft(shown_values, description.body, told, problems)


def _times(lines: list[str]) -> dict[str, Value]:
    """Start and end from the first date and the one beside it or on the next line."""
    for number, line in enumerate(lines):
        moments, rest = _moments(line)
        if len(moments) == 1 and number + 1 < len(lines):
            after, _ = _moments(lines[number + 1])
            moments += after[:1]
        if moments:
            return _span(moments, rest)
    return {}


def _moments(line: str) -> tuple[list[str], str]:
    """Dates of a line, and the text after the last of them."""
    plain = ascii_digits(line[:MAX_LINE])
    moments: list[str] = []
    end = 0
    for match in _DATES.finditer(plain):
        if moment := read_moment(match[0]):
            moments.append(moment)
            end = match.end()
    return moments, plain[end:]


def _span(moments: list[str], rest: str) -> dict[str, Value]:
    start, end = [*moments, ""][:2]
    clocks = [
        f"{int(hour):02}:{minute}"
        for hour, minute in _CLOCK.findall(rest)
        if int(hour) < 24 and int(minute) < 60
    ]
    if " " not in start and clocks and not end:
        start = f"{start} {clocks.pop(0)}"
    if " " in start and not end and clocks:
        end = f"{start[:10]} {clocks[0]}"
    same_kind = (" " in start) == (" " in end)
    values: dict[str, Value] = {"start": start}
    if end > start and same_kind:
        values["end"] = end
    return values
