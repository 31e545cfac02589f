"""Where an imported event is: LOCATION is one line in which anything may stand."""

import re
from dataclasses import dataclass

from space.codec.coordinates import read_coordinates
from space.countries import code_of
from space.folding import fold
from space.imports.components import Event, Property
from space.imports.description import is_meeting

_LONGEST = 500
_PARTS = re.compile(r"[,\n]")
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_POSTCODE = re.compile(r"\S*[0-9]\S*")
_REGION = re.compile(r"[A-Z]{2}(?: [0-9-]{4,10})?|[0-9 -]+", re.ASCII)
_STATES = frozenset(
    "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT"  # noqa: SIM905 - easier to read than a list
    " NC ND NE NH NJ NM NV NY OH OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY"
    " AB BC MB NB NL NS NT NU ON PE QC SK YT".split()
)
"""States and provinces: `Berlin, DE` is in Germany, `Dover, DE` is in Delaware."""
_AMBIGUOUS = frozenset({"georgia", "jersey", "chad", "jordan"})
_ONLINE = frozenset(
    (
        *("online", "virtual", "zoom", "google meet", "jitsi", "jitsi meet", "webinar"),
        *("internet", "microsoft teams", "microsoft teams meeting", "teams", "remote"),
        *("en ligne", "en línea", "online event", "virtual event", "online meeting"),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a location says: texts for fields, and a link and whether it is online."""

    fields: dict[str, str]
    link: str = ""
    online: bool = False


def place_of(event: Event) -> Place:
    """The place of an event."""
    found = event.first("LOCATION")
    text = found.text.strip()[:_LONGEST] if found else ""
    link = None if event.own else _LINK.search(text)
    address = link[0] if link else ""
    if link:
        text = f"{text[: link.start()]} {text[link.end() :]}"
    text = text.strip(" ,;:-\n")
    nowhere = fold(text) in _ONLINE or (bool(address) and not text)
    online = nowhere and not event.own
    fields = {} if online else _fields(text, sure=event.own)
    if not online and (point := _coordinates(event)):
        fields["coordinates"] = point
    return Place(fields, address if online or is_meeting(address) else "", online)


def _fields(text: str, *, sure: bool) -> dict[str, str]:
    """Venue, address, city and country: only as much as can be told.

    The country is the last part if it can mean nothing else, unless `sure`; before it
    stands the city. Without a country the rest is not taken apart.
    """
    parts = [" ".join(part.split()) for part in _PARTS.split(text)]
    parts = [part for part in parts if part]
    country = _country(parts[-1], sure=sure) if parts else None
    if country is None:
        return _named(parts)
    found = {"country": country}
    parts.pop()
    region: list[str] = []
    while not sure and len(parts) > 1 and _REGION.fullmatch(parts[-1]):
        region.insert(0, parts.pop())
    if parts:
        city = parts.pop()
        named = city if sure else " ".join(_POSTCODE.sub("", city).split())
        if named:
            found["city"] = named
        else:
            parts.append(city)
    return found | _named([*parts, *region])


def _named(parts: list[str]) -> dict[str, str]:
    first, *rest = [part for part in parts if part] or [""]
    named = {"venue": first, "address": ", ".join(rest)}
    return {name: text for name, text in named.items() if text}


def _country(text: str, *, sure: bool) -> str | None:
    if not sure and (text.upper() in _STATES or text.lower() in _AMBIGUOUS):
        return None
    return code_of(text)


def _coordinates(event: Event) -> str:
    apple: Property | None = event.first("X-APPLE-STRUCTURED-LOCATION")
    geo = event.first("GEO")
    for found in (geo, apple):
        if found and (point := read_coordinates(found.value.strip()[:_LONGEST])):
            return point
    return ""
