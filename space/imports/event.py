"""A VEVENT as a draft of the form (RFC 5545 §3.6.1, RFC 7986)."""

from collections.abc import Mapping
from html import unescape

from space.codec.names import topic_slug
from space.imports.components import Event
from space.imports.decoding import clean
from space.imports.description import Description, is_meeting, read_description
from space.imports.draft import Draft, Entry, Note
from space.imports.places import Place, place_of
from space.imports.times import Times, read_stamp, times_of
from space.problems import Problem
from space.schema import Value
from space.urls import read_url

MAX_TITLE = 500
MAX_CATEGORIES = 30
_STATUS = {"CANCELLED": "cancelled", "TENTATIVE": "tentative"}
_MEETING = (
    *("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL"),
    "X-MICROSOFT-ONLINEMEETINGCONFLINK",
)


def entry_of(event: Event) -> Entry:
    """An event for the list of all of a file."""
    start = event.first("DTSTART")
    stamp = read_stamp(event, start) if start else None
    return Entry(
        _title(event),
        stamp.text if stamp else "",
        event.first("RRULE", "RDATE") is not None,
    )


def categories(event: Event) -> tuple[str, ...]:
    """What an event is filed under, as slugs of topics."""
    texts = (
        part.replace("\\", "")
        for found in event.all("CATEGORIES")
        for part in found.value.replace("\\,", " ").split(",")
    )
    slugs = (topic_slug(_line(text)[:80]) for text in texts)
    return tuple(dict.fromkeys(slug for slug in slugs if slug))[:MAX_CATEGORIES]


def draft_of(event: Event, topics: Mapping[str, str]) -> Draft:
    """The draft of an event; `topics` are those categories that are topics here."""
    times, place = times_of(event), place_of(event)
    website = _website(event)
    meeting = _meeting(event, place)
    said = event.first("DESCRIPTION", "X-ALT-DESC", "COMMENT")
    description = read_description(said.text if said else "", website, meeting)
    meeting = meeting or description.meeting
    values: dict[str, Value] = {
        "title": _title(event),
        "summary": description.summary,
        **times.values,
        **place.fields,
        "website": website,
        "status": _status(event),
        "organizers": _organizers(event),
        "topics": tuple(dict.fromkeys(topics.values())),
    }
    if meeting or place.online:
        values["mode"] = "hybrid" if place.fields else "online"
    problems: tuple[Problem, ...] = ()
    if meeting:
        values |= {"online_link": meeting, "link_access": "registered"}
        problems = (Problem("import-link", "online_link", severity="warning"),)
    return Draft(
        {name: value for name, value in values.items() if value},
        description.body,
        tuple(_notes(event, times, description, topics)),
        problems,
    )


def _notes(
    event: Event,
    times: Times,
    description: Description,
    topics: Mapping[str, str],
) -> list[Note]:
    notes = list(times.notes)
    if event.first("RECURRENCE-ID"):
        notes.append(Note("occurrence"))
    secret = event.first("CLASS")
    if secret and secret.value.strip().upper() in {"PRIVATE", "CONFIDENTIAL"}:
        notes.append(Note("private"))
    if description.had_mail:
        notes.append(Note("mail"))
    if description.cut:
        notes.append(Note("cut"))
    if unknown := [slug for slug in categories(event) if slug not in topics]:
        notes.append(Note("categories", (", ".join(unknown),)))
    return notes


def _title(event: Event) -> str:
    found = event.first("SUMMARY")
    if found is None:
        return ""
    # Sites that keep HTML often leave its references in the titles of their calendars.
    text = found.text if event.own else unescape(found.text)
    return _line(text)[:MAX_TITLE]


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _status(event: Event) -> str:
    if event.around.said.get("METHOD", "").upper() == "CANCEL":
        return "cancelled"
    found = event.first("STATUS")
    return _STATUS.get(found.value.strip().upper(), "") if found else ""


def _website(event: Event) -> str:
    found = event.first("URL")
    address = found.value.strip()[:1000] if found else ""
    return "" if is_meeting(address) else address


def _meeting(event: Event, place: Place) -> str:
    """The link for joining: the event's own, or one in place of its location."""
    found = [event.first(name) for name in _MEETING]
    url = event.first("URL")
    texts = [each.value.strip() for each in found if each]
    if url and is_meeting(url.value.strip()):
        texts.append(url.value.strip())
    texts.append(place.link)
    return next((text for text in texts if isinstance(read_url(text), str)), "")


def _organizers(event: Event) -> tuple[str, ...]:
    """The name of who organizes; never an address, and nobody who attends."""
    found = event.first("ORGANIZER")
    name = _line(found.parameters.get("CN", ""))[:255] if found else ""
    return (name.replace(";", ","),) if name and "@" not in name else ()
