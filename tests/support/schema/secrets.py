"""Events whose pages have more than may leave them."""

from dataclasses import dataclass

from hypothesis import strategies as st

from space.publication.publication import Publication
from space.schema.kinds import Values
from space.schema.visibility import public_values
from tests.support.feeds.publications import publication

_EXACT = {
    "venue": "Secret Library",
    "address": "44 Secret Street",
    "coordinates": "-36.8506, 174.7679",
    "wikidata": "Q98765432",
}
_CITY = {"city": "Secretown"}
_LINK = {"online_link": "https://secret.example.org/room"}
_CONTACT = {"contact": "secret@example.org"}
_MARKS = {"-36.8506, 174.7679": ("-36.85", "174.76")}
"""What tells of a value in a text that has it in other words."""


@dataclass(frozen=True, slots=True)
class Guarded:
    """A published event, and words that nobody may find in what leaves its page."""

    event: Publication
    secrets: tuple[str, ...]


@st.composite
def guarded_events(draw: st.DrawFn) -> Guarded:
    """An event with something in every guarded field, guarded more or less."""
    precision = draw(st.sampled_from(["exact", "city", "country"]))
    access = draw(st.sampled_from(["public", "registered"]))
    values: Values = {
        **(_EXACT | _CITY | _LINK | _CONTACT),
        "title": "Hui",
        "start": "2026-11-28 10:00",
        "timezone": "Pacific/Auckland",
        "country": "NZ",
        "mode": draw(st.sampled_from(["in-person", "online", "hybrid"])),
        "status": draw(st.sampled_from(["confirmed", "tentative", "cancelled"])),
        "precision": precision,
        "link_access": access,
    }
    hidden = [
        *_CONTACT.values(),
        *(_EXACT.values() if precision != "exact" else ()),
        *(_CITY.values() if precision == "country" else ()),
        *(_LINK.values() if access != "public" else ()),
    ]
    secrets = (mark for value in hidden for mark in _MARKS.get(value, (value,)))
    shown = public_values("event", values)
    return Guarded(publication(12, "event", shown), tuple(secrets))
