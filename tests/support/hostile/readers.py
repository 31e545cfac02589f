"""Every function of the project that reads what strangers write, by a name."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from sandbox.gateway.registrations import registration
from space.authoring.checklist import checks
from space.authoring.pasting import reduced
from space.authoring.similar_questions import key_words
from space.codec.editing import edit_page
from space.codec.page import read_page
from space.codec.readers import read_input, read_value
from space.codec.translate_marks import text_without_marks, without_marks
from space.codec.writers import write_value
from space.digest.subscribers import read_targets, user_target, without_target
from space.follow.lines import read_lines
from space.imports.calendar import html as calendar_html
from space.imports.read import read, read_file
from space.publication.discussion_filters import parse_talk
from space.publication.filters import parse
from space.publication.titles import page_name
from space.review.ledger import read_block
from space.review.verdicts.reading import read_verdicts
from space.schema.kinds import Field, load_kind
from space.settings.calendars import CalendarSource
from space.settings.onwiki import Settings
from space.settings.reviewers import read_reviewers
from space.settings.topics import Topics
from space.sources.campaign_events import read_organizers, read_registration
from space.sources.entry_pages import read_entries
from space.sources.ics_events import IcsReading
from space.sources.registrations import RegistrationDecisions
from space.sources.source import SourceUnreadableError
from space.text.from_wikitext import plain_text
from space.text.html.plain import text_of
from space.text.html.sanitize import sanitize
from space.text.reading_time import reading_minutes
from space.text.search_terms import excerpt, pieces
from space.text.similarity import sketch
from space.text.urls import addresses_in
from space.wiki.talk.discussion_tools import read_answer
from space.wiki.talk.wikitext import read_talk
from space.wiki.values import Revision
from tests.fakes.wiki_state import SITE
from tests.support.feeds.imported import calendar_of
from tool.app.writing.panels.checklist import red_links

Reader = Callable[[str], object]

TITLE = "Space/Events/Example"
_NOW = datetime(2026, 11, 1, 10, tzinfo=UTC)
_FIELDS = {
    field.reader: field
    for kind in (
        *("topics", "settings", "reviewers", "followers", "verdict", "post", "event"),
    )
    for field in load_kind(kind).fields.values()
}
"""One field for each reader of values."""
_OF_EVENTS = (
    *("SUMMARY", "DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "RRULE", "EXDATE"),
    *("DTSTART", "DTEND", "DURATION", "UID", "RECURRENCE-ID", "CLASS", "STATUS"),
)


def _parameter(text: str) -> object:
    return read_page(
        f"{{{{Space event|title={text}|organizers={text}\n}}}}", title=TITLE
    )


def _inside_call(text: str) -> object:
    return read_page(f"{{{{Space event\n|title=a{text}", title=TITLE)


def _edited(text: str) -> object:
    page = f"{{{{Space event|title=a|organizers={text}}}}}"
    changes = {"title": "b", "organizers": ("Eve", "Lena"), "city": "Berlin"}
    return edit_page(page, "event", changes, title=TITLE)


def _edited_page(text: str) -> object:
    return edit_page(text, "event", {"title": "b"}, title=TITLE)


def _revision(text: str, number: int) -> Revision:
    return Revision(number, number - 1, 1, _NOW, "Eve", None, text=text)


def _subscribers(text: str) -> object:
    target = user_target("Eve", SITE.host)
    return read_targets(text, SITE.host), without_target(text, target, SITE.host)


def _verdicts(text: str) -> object:
    return read_verdicts([_revision("a", 1), _revision(text, 2)], 1, (), SITE)


def _verdict_line(text: str) -> object:
    line = f"{{{{Space review|approve|rev=1|reason=a}}}} {text}"
    return _verdicts(f"{line} 10:00, 1 November 2026 (UTC)")


def _reason(text: str) -> object:
    return _verdicts(f"{{{{Space review|decline|reason={text}}}}}\n")


def _signed(text: str) -> object:
    return read_talk(f"== A ==\n{text} [[User:Eve]] 10:00, 1 November 2026 (UTC)", SITE)


def _answer(text: str) -> object:
    comment = {
        "type": "comment",
        "id": "c-Eve",
        "author": "Eve",
        "timestamp": "2026-11-01T10:00:00Z",
        "level": 1,
        "html": text,
        "replies": [],
    }
    heading = {"type": "heading", "id": "h-A", "html": text, "replies": [comment]}
    return read_answer({"threaditemshtml": [heading]})


def _event(line: str, text: str) -> object:
    start = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261128T100000Z\n"
    source = read(f"{start}{line}{text}\nEND:VEVENT\nEND:VCALENDAR\n")
    if source.entries:
        return source.categories(0), source.draft(0, {})
    return source


def _imported(text: str) -> object:
    source = read(text)
    return source.draft(0, {}) if source.events or source.words.strip() else source


def _file(text: str) -> object:
    return read_file(text.encode(errors="replace"))


def _of_field(reader: Callable[..., object], field: Field, text: str) -> object:
    return reader(field, text)


def _written(text: str) -> object:
    return write_value(_FIELDS["inline"], text), write_value(_FIELDS["user"], (text,))


def _filter(text: str) -> object:
    items = [(key, text) for key in ("language", "q", "topic", "from")]
    return parse("event", items), parse_talk(items)


def _registration(text: str) -> object:
    """The text as the answer of a wiki, and as each text of an answer."""
    told = registration(1)
    texts = {name for name in told if isinstance(told[name], str)}
    hostile = registration(1, **dict.fromkeys(texts - {"status"}, text), topics=[text])
    titled = registration(1, name=text, event_page=text)
    answers = (text, json.dumps(hostile), json.dumps(titled))
    people = json.dumps([{"user_name": text}, text])
    read_organizers(text.encode(errors="replace"))
    read_organizers(people.encode(errors="replace"))
    return [
        read_registration(each.encode(errors="replace"), 1, "wiki") for each in answers
    ]


def _public_calendar(text: str) -> object:
    """The text as each property of an event of a public calendar."""
    source = CalendarSource("https://calendar.example.org/a.ics", "A", timezone="UTC")
    reading = IcsReading(source, Topics.of(), "wiki.test", frozenset(), _NOW)
    lines = [f"{name}:{text}" for name in _OF_EVENTS]
    start = "DTSTART:20270306T100000Z"
    shapes = ([start, *lines], [start, "SUMMARY:A", *lines], ["SUMMARY:A", *lines])
    made = []
    for shape in shapes:
        with suppress(SourceUnreadableError):
            made.append(reading.read(calendar_of(*shape).encode(errors="replace")))
    return made


PAGES: Mapping[str, Reader] = {
    "page": lambda text: read_page(text, title=TITLE),
    "parameter": _parameter,
    "inside call": _inside_call,
    "edited": _edited,
    "edited page": _edited_page,
    "topics": Topics.of,
    "settings": Settings.of,
    "reviewers": read_reviewers,
    "followers": read_lines,
    "subscribers": _subscribers,
    "registrations": RegistrationDecisions.of,
    "marks of translation": text_without_marks,
    "text without marks": without_marks,
}
TALK: Mapping[str, Reader] = {
    "talk": lambda text: read_talk(text, SITE),
    "signed": _signed,
    "verdicts": _verdicts,
    "verdict line": _verdict_line,
    "reason": _reason,
    "answer of DiscussionTools": _answer,
    "ledger": lambda text: or_none(read_block, text),
    "registered events": read_entries,
    "registration": _registration,
    "public calendar": _public_calendar,
}
TEXTS: Mapping[str, Reader] = {
    "plain text": plain_text,
    "text of HTML": text_of,
    "sanitized": lambda text: sanitize(text, "https://meta.wikimedia.org/wiki/A"),
    "red links": red_links,
    "pasted": reduced,
    "reading time": reading_minutes,
    "search terms": lambda text: list(pieces(text)),
    "excerpt": lambda text: excerpt(text, "edit 会議"),
    "sketch": sketch,
    "addresses": addresses_in,
    "title": page_name,
    "question": key_words,
    "checklist": lambda text: checks({}, text),
    "filter": _filter,
    "written": _written,
}
IMPORTS: Mapping[str, Reader] = {
    "imported": _imported,
    "file": _file,
    "HTML in a calendar": calendar_html.plain_text,
    **{
        line: partial(_event, line)
        for line in (
            *("", "SUMMARY:", "DESCRIPTION:", "LOCATION:", "URL:", "CATEGORIES:"),
            *("RRULE:", "RDATE:", "EXDATE;TZID=", "DURATION:", "ORGANIZER;CN="),
            *("CONFERENCE:", "GEO:", "STATUS:", "SUMMARY;ENCODING=QUOTED-PRINTABLE:"),
        )
    },
}
VALUES: Mapping[str, Reader] = {
    f"{how} of {name}": partial(_of_field, reader, field)
    for how, reader in (("value", read_value), ("input", read_input))
    for name, field in _FIELDS.items()
}
READERS: Mapping[str, Reader] = {**PAGES, **TALK, **TEXTS, **IMPORTS, **VALUES}


def or_none(reader: Reader, text: str) -> object:
    """What a reader gives, or None where it declares that it cannot read."""
    with suppress(ValueError):
        return reader(text)
    return None
