"""Draft of an event from a VEVENT (RFC 5545 §3.6.1, RFC 7986)."""

from collections.abc import Mapping, Sequence

from space.codec.readers import read_value
from space.codec.values.names import topic_slug
from space.imports.calendar.decoding import clean
from space.imports.calendar.html import plain_line, plain_text
from space.imports.calendar.leftovers import leftovers
from space.imports.calendar.vevents import Event, Property
from space.imports.description import (
    MAX_LENGTH,
    Description,
    read_description,
)
from space.imports.draft import Draft, Entry, Note
from space.imports.location import Location, place_of
from space.imports.private import public_line, public_values
from space.imports.times.stamps import stamp_text
from space.imports.times.times import times_of
from space.imports.web_addresses import EventLinks, links_of
from space.schema.kinds import Value, load_kind
from space.schema.problems import Problem

MAX_TITLE = 500
MAX_CATEGORIES = 30
_MAX_TEXT = 2000  # characters read of a line
_DESCRIPTIONS = ("DESCRIPTION", "X-ALT-DESC", "STYLED-DESCRIPTION", "COMMENT")
_MAX_TRIED = 5  # descriptions of one name, until one is not blank
_MAX_PARTS = 200  # of a line of categories
_SHOWN = 80


def entry_of(event: Event) -> Entry:
    """The list entry of an event."""
    start = event.first("DTSTART")
    return Entry(
        public_line(_title(event)).text,
        stamp_text(start) if start else "",
        event.first("RRULE", "RDATE") is not None,
    )


def categories(event: Event) -> tuple[str, ...]:
    """CATEGORIES as slugs of topics, without e-mail addresses."""
    texts = (
        public_line(_line(part.replace("\\", ""), event)[:_SHOWN]).text
        for line in event.all("CATEGORIES")[:_MAX_PARTS]
        for part in line.value.replace("\\,", " ").split(",")[:_MAX_PARTS]
    )
    slugs = (topic_slug(text) for text in texts)
    return tuple(dict.fromkeys(slug for slug in slugs if slug))[:MAX_CATEGORIES]


def draft_of(
    event: Event, topics: Mapping[str, str], overrides: Sequence[Event] = ()
) -> Draft:
    """The draft of an event.

    `topics` maps those of its categories that are topics to the topic's slug;
    `overrides` are the overrides of its series in the same file.
    """
    times, place = times_of(event, overrides), place_of(event)
    links = links_of(event, place.link)
    text, commented = _described(event)
    description = read_description(
        text, links.website, links.meeting, is_plain=event.is_own
    )
    meeting = links.meeting or description.meeting
    values: dict[str, Value] = {
        "title": _title(event),
        "summary": description.summary,
        **times.values,
        **place.fields,
        "website": links.website,
        "status": _status(event),
        "organizers": _organizers(event),
        "topics": tuple(dict.fromkeys(topics.values())),
    }
    if meeting or place.online:
        values["mode"] = "hybrid" if place.fields else "online"
    if meeting:
        values |= {"online_link": meeting, "link_access": "registered"}
    public, private = public_values(values)
    problems: tuple[Problem, ...] = ()
    if "online_link" in public:
        problems = (Problem("import-link", "online_link", severity="warning"),)
    else:
        public.pop("link_access", None)
    notes = [
        *times.notes,
        *_notes(event, description, place, topics),
        *_private(event, description, links, private),
        *_left(event, links, place, commented=commented),
    ]
    return Draft(
        {name: value for name, value in public.items() if value},
        description.body,
        tuple(dict.fromkeys(notes)),
        problems,
    )


def _notes(
    event: Event, description: Description, place: Location, topics: Mapping[str, str]
) -> list[Note]:
    notes = []
    if event.first("RECURRENCE-ID"):
        notes.append(Note("occurrence"))
    secret = event.first("CLASS")
    if secret and secret.value.strip().upper() != "PUBLIC":
        notes.append(Note("private"))
    title = _title(event, None)
    if description.cut or place.cut or len(title) > MAX_TITLE:
        notes.append(Note("cut"))
    status = event.first("STATUS")
    if status and not _status(event) and status.value.strip().upper() != "CONFIRMED":
        notes.append(Note("status", (status.text.strip()[:_SHOWN],)))
    if place.point:
        notes.append(Note("geo", (place.point,)))
    if unknown := [slug for slug in categories(event) if slug not in topics]:
        notes.append(Note("categories", (", ".join(unknown),)))
    return notes


def _private(
    event: Event, description: Description, links: EventLinks, of_values: Sequence[Note]
) -> list[Note]:
    """Notes on private parts that were removed, without repetition."""
    named = event.first("ORGANIZER")
    nameless = named is not None and not _organizers(event)
    mails = [*event.all("CATEGORIES")[:_MAX_PARTS], *event.all("URL")[:_MAX_PARTS]]
    mail = description.had_mail or nameless or any(map(_has_mail, mails))
    joining = description.had_joining or links.dials
    notes = [Note("mail")] * mail + [Note("joining")] * joining
    return [*notes, *(note for note in of_values if note not in notes)]


def _has_mail(line: Property) -> bool:
    return public_line(line.text[:_MAX_TEXT]).had_mail


def _left(
    event: Event, links: EventLinks, place: Location, *, commented: bool
) -> list[Note]:
    many = len({organizer.value.strip() for organizer in event.all("ORGANIZER")}) > 1
    others = [*links.left, *place.left, *(["ORGANIZER"] if many else [])]
    names = leftovers(event, *others)
    if commented:
        names = tuple(name for name in names if name != "COMMENT")
    return [Note("left", (", ".join(names),))] if names else []


def _described(event: Event) -> tuple[str, bool]:
    """The first description that is not blank, and whether it is a COMMENT."""
    for name in _DESCRIPTIONS:
        for line in event.all(name)[:_MAX_TRIED]:
            text = line.text
            start = text[:MAX_LENGTH]
            if (start if event.is_own else plain_text(start)).strip():
                return text, name == "COMMENT"
    return "", False


def _title(event: Event, longest: int | None = MAX_TITLE) -> str:
    summary = event.first("SUMMARY")
    return _line(summary.text[:_MAX_TEXT], event)[:longest] if summary else ""


def _line(text: str, event: Event) -> str:
    """A text on one line, without the HTML that sites leave in their calendars."""
    plain = " ".join(text.split()) if event.is_own else plain_line(text)
    return " ".join(clean(plain).split())


def _status(event: Event) -> str:
    if event.is_cancelled:
        return "cancelled"
    status = event.first("STATUS")
    field = load_kind("event").fields["status"]
    word = read_value(field, status.text.strip()[:_SHOWN]).value if status else ""
    return word if isinstance(word, str) and word != field.default else ""


def _organizers(event: Event) -> tuple[str, ...]:
    """The organizer's CN, unless it is an e-mail address; attendees are left out."""
    organizer = event.first("ORGANIZER")
    name = (
        _line(organizer.parameters.get("CN", "")[:_MAX_TEXT], event)[:255]
        if organizer
        else ""
    )
    return (name.replace(";", ","),) if name and "@" not in name else ()
