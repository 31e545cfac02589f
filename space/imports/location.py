"""Location of an imported event, from LOCATION, which is free text, and GEO."""

import re
from dataclasses import dataclass

from space.codec.values.coordinates import read_coordinates
from space.codec.values.countries import code_of
from space.imports.calendar.html import plain_text
from space.imports.calendar.vevents import Event
from space.imports.web_addresses import addresses, is_meeting
from space.text.folding import fold

_LONGEST = 500  # characters kept
_MAX_TEXT = 5000  # characters read
_SHOWN = 80
_PARTS = re.compile(r"[,\n]")
_SAYS_A_POINT = re.compile(r"[1-9]|[^\W\d_]")
_POSTCODE = re.compile(
    r"(?:\bPIN(?:[ -]?code)?:? |(?<!\S))[^\s0-9]*+[0-9]\S*+", re.IGNORECASE
)
_REGION = re.compile(r"[A-Z]{2}(?: [0-9-]{4,10})?|[0-9 -]+", re.ASCII)
_STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT"  # noqa: SIM905 - easier to read than a list
    " NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY"
    " AB BC MB NB NL NS NT NU ON PE QC SK YT".split()
)
"""Postal codes of states and provinces: `Dover, DE` is in Delaware, not in Germany."""
_AMBIGUOUS = frozenset({"georgia", "jersey", "chad", "jordan"})
_ONLINE = frozenset(
    (
        *("online", "virtual", "zoom", "google meet", "jitsi", "jitsi meet", "webinar"),
        *("internet", "microsoft teams", "microsoft teams meeting", "teams", "remote"),
        *("en ligne", "en línea", "online event", "virtual event", "online meeting"),
    )
)


@dataclass(frozen=True, slots=True)
class Location:
    """An event's location as texts for fields, a link for joining, or `online`.

    `point` are invalid coordinates, for a note; `left` are names of properties that did
    not fit a field as a whole; `cut` tells that the text was too long.
    """

    fields: dict[str, str]
    link: str = ""
    online: bool = False
    point: str = ""
    left: tuple[str, ...] = ()
    cut: bool = False


def place_of(event: Event) -> Location:
    """The location of an event."""
    location = event.first("LOCATION")
    whole = location.text.strip() if location else ""
    text = (whole if event.is_own else plain_text(whole[:_MAX_TEXT])).strip()
    cut, text = len(text) > _LONGEST, text[:_LONGEST]
    links = [] if event.is_own else addresses(text)
    for link in links:
        text = text.replace(link, " ", 1)
    text = text.strip(" ,;:-\n<>")
    nowhere = fold(text) in _ONLINE or (bool(links) and not text)
    online = nowhere and not event.is_own
    fields = {} if online else _fields(text, sure=event.is_own)
    point, wrong = _coordinates(event)
    left = ("GEO",) if online and point else ()
    if not online and point:
        fields["coordinates"] = point
    joining = [link for link in links if online or is_meeting(link)]
    if [link for link in links if link not in joining[:1]]:
        left = (*left, "LOCATION")
    return Location(fields, joining[0] if joining else "", online, wrong, left, cut)


def _fields(text: str, *, sure: bool) -> dict[str, str]:
    """Venue, address, city and country, as far as they can be told apart.

    The last part is the country if it is unambiguous or the text is `sure`; the part
    before it is the city. Without a country the first part is the venue.
    """
    parts = [" ".join(part.split()) for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    country = _country(parts[-1], sure=sure) if parts else None
    if country is None:
        return _named(parts)
    fields = {"country": country}
    parts.pop()
    region: list[str] = []
    while not sure and len(parts) > 1 and _REGION.fullmatch(parts[-1]):
        region.insert(0, parts.pop())
    if parts:
        city = parts.pop()
        named = city if sure else " ".join(_POSTCODE.sub("", city).split())
        if named:
            fields["city"] = named
        else:
            parts.append(city)
    return fields | _named([*parts, *region])


def _named(parts: list[str]) -> dict[str, str]:
    first, *rest = [part for part in parts if part] or [""]
    named = {"venue": first, "address": ", ".join(rest)}
    return {name: text for name, text in named.items() if text}


def _country(text: str, *, sure: bool) -> str | None:
    if not sure and (text.upper() in _STATES or text.lower() in _AMBIGUOUS):
        return None
    return code_of(text)


def _coordinates(event: Event) -> tuple[str, str]:
    """Coordinates of an event, and invalid ones; either may be empty.

    Programs write 0, 0 for unknown coordinates.
    """
    wrong = ""
    for name in ("GEO", "X-APPLE-STRUCTURED-LOCATION"):
        for line in event.all(name):
            text = line.text.strip()[:_LONGEST]
            if point := read_coordinates(text):
                return point, ""
            if text and name == "GEO" and _SAYS_A_POINT.search(text):
                wrong = wrong or text[:_SHOWN]
    return "", wrong
