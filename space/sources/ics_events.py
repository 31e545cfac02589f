"""Events of a public calendar in iCalendar as entries: what is taken of a VEVENT.

The mapping is that of the form's import (`space.imports`), less what a list does not
need. Not taken are events that are not public, busy times without a title, people,
mail addresses, street addresses and every way into a meeting.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from space.codec.values.countries import code_of
from space.codec.values.web_addresses import read_url
from space.codec.values.zone_names import read_zone_name
from space.dates.moments import Span
from space.dates.recurrence import Recurrence
from space.dates.schedule import span_of
from space.imports.calendar.decoding import clean, decode
from space.imports.calendar.vevents import Event, Property, is_calendar
from space.imports.event import categories, draft_of
from space.imports.read import read
from space.imports.times.stamps import stamp_text
from space.schema.kinds import Value, load_kind
from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.source import SourceUnreadableError
from space.text.clean import one_line
from space.text.folding import fold

LONGEST = timedelta(days=400)
"""No single event that began earlier is looked at: it is over, or nearly. No series is
taken whose times are longer: more and more of them would go on at once."""
_OFF, _ONLINE = "cancelled", "online"
_STATUSES = frozenset(("tentative", _OFF, "postponed"))
_BUSY = frozenset(
    (
        *("busy", "free", "tentative", "unavailable", "out of office", "private"),
        *("beschaftigt", "gebucht", "privat", "occupe", "prive", "ocupado", "privado"),
        *("occupato", "занят", "忙碌", "مشغول"),
    )
)
"""What calendars put for a title where they tell only that somebody has no time."""
_WHERE = ("venue", "address", "city", "country", "coordinates")
_HOUSE = re.compile(r"\d")
_KEY_LENGTH = 24


@dataclass(frozen=True, slots=True)
class IcsReading:
    """How one calendar is read.

    `topics` are those of the wiki, `host` is its name: events of our own calendars are
    not taken back. `known` are the keys of events that were read before.
    """

    source: CalendarSource
    topics: Topics
    host: str
    known: Collection[str]
    now: datetime

    def entries(self, data: bytes) -> dict[str, Entry | None]:
        """Key → entry of each event of a calendar; None for one that is not public.

        Of several that are one the last counts. Entries have no number yet. Raises
        `SourceUnreadableError` for what is no whole calendar.
        """
        events = {self._key(event): event for event in self._recent(_events(data))}
        overrides: dict[str, list[Event]] = {}
        for event in events.values():
            if event.uid and event.first("RECURRENCE-ID"):
                overrides.setdefault(event.uid, []).append(event)
        entries: dict[str, Entry | None] = {}
        for key, event in events.items():
            if not _is_public(event):
                entries[key] = None
            elif entry := self._entry(event, overrides, key):
                entries[key] = entry
        return entries

    def _recent(self, events: Iterable[Event]) -> list[Event]:
        """The events but for our own, and for single ones that have long been over."""
        oldest = (self.now - LONGEST).date().isoformat()
        others = (event for event in events if not self._is_ours(event))
        return [event for event in others if _repeats(event) or _day(event) >= oldest]

    def _is_ours(self, event: Event) -> bool:
        name, _, host = event.uid.partition("@")
        return host == self.host and name[:1].isdecimal()

    def _key(self, event: Event) -> str:
        """A hash of the UID, or of what tells an event without one, and of its date."""
        told = [self.source.name, event.uid]
        names = () if event.uid else ("SUMMARY", "DTSTART")
        lines = map(event.first, (*names, "RECURRENCE-ID"))
        told += [line.value.strip() if line else "" for line in lines]
        return sha256("\n".join(told).encode()).hexdigest()[:_KEY_LENGTH]

    def _entry(
        self, event: Event, overrides: Mapping[str, list[Event]], key: str
    ) -> Entry | None:
        """The entry of a public event; None of one that cannot be told."""
        others = () if event.first("RECURRENCE-ID") else overrides.get(event.uid, ())
        slugs = {name: self._topic(name) for name in categories(event)}
        topics = {name: slug for name, slug in slugs.items() if slug}
        draft = draft_of(event, topics, [_cancelled(other) for other in others])
        values = draft.values
        is_off = values.get("status") == _OFF
        if is_off and key not in self.known:
            return None
        try:
            entry = _with_times(values, self.source.timezone)
        except ValueError:
            return None
        mode = str(values.get("mode", ""))
        is_there = any(name in values for name in _WHERE)
        country = code_of(str(values.get("country", ""))) or ""
        entry = replace(
            entry,
            title=_text(values, "title"),
            summary=_text(values, "summary"),
            website=_website(values),
            mode=mode or ("in-person" if is_there else ""),
            country=country or ("" if mode == _ONLINE else self.source.country),
            city=_text(values, "city"),
            venue=_venue(values),
            languages=self.source.languages,
            topics=_most(
                "topics", (*tuple(values.get("topics", ())), *self.source.topics)
            ),
            status=_status(values),
            calendar=self.source.name,
            key=key,
        )
        return entry if entry.title else None

    def _topic(self, name: str) -> str:
        """The topic of the wiki that a category names; empty for none."""
        slug = self.topics.slugs.get(name, name)
        return slug if slug in self.topics.labels else ""


def _events(data: bytes) -> tuple[Event, ...]:
    """The VEVENTs of a calendar that came whole; else `SourceUnreadableError`."""
    text = clean(decode(data))
    if not is_calendar(text):
        raise SourceUnreadableError("the answer is no calendar")
    if not text.rstrip().upper().endswith("END:VCALENDAR"):
        raise SourceUnreadableError("the calendar is cut off")
    imported = read(text)
    if imported.refusal:
        raise SourceUnreadableError("the calendar is too long")
    return imported.events


def _repeats(event: Event) -> bool:
    return event.first("RRULE", "RDATE") is not None


def _day(event: Event) -> str:
    """The day on which an event begins, empty where that cannot be read."""
    line = event.first("DTSTART")
    return stamp_text(line)[:10] if line else ""


def _is_public(event: Event) -> bool:
    """Whether an event is public and more than a time when somebody is busy."""
    secret, title = event.first("CLASS"), event.first("SUMMARY")
    is_secret = secret is not None and secret.value.strip().upper() != "PUBLIC"
    return not is_secret and title is not None and fold(title.text) not in _BUSY


def _cancelled(override: Event) -> Event:
    """An override as one that cancels its date: it is an event of its own here."""
    status = {"STATUS": [Property("STATUS", {}, "CANCELLED")]}
    return replace(override, properties={**override.properties, **status})


def _with_times(values: Mapping[str, Value], home: str) -> Entry:
    """An entry of these times; ValueError where none are or their zone is unknown.

    `home` is the zone of times without one. A rule that Space has no form for leaves
    the dates that the calendar lists.
    """
    start, end = str(values.get("start", "")), str(values.get("end", ""))
    is_day = " " not in start
    named = str(values.get("timezone", ""))
    zone = read_zone_name(named) if named else home
    if not zone and is_day:
        zone = home or "UTC"
    if not zone:
        raise ValueError(named)
    if not isinstance(Span.of({"start": start, "end": end, "timezone": zone}), Span):
        end = ""
        span_of({"start": start, "timezone": zone})
    rule = str(values.get("recurrence", ""))
    try:
        Recurrence.parse(rule)
    except ValueError:
        rule = ""
    entry = Entry(
        id=0,
        start=start,
        end=end,
        zone=zone,
        recurrence=rule,
        exceptions=_most("except", values.get("except", ())),
        added=_most("also", values.get("also", ())),
    )
    span = entry.span
    if (rule or entry.added) and span.end_utc - span.start_utc > LONGEST:
        raise ValueError(rule)
    return entry


def _most(name: str, items: Iterable[str]) -> tuple[str, ...]:
    """As many different items as a field may have: of dates the latest."""
    different = tuple(dict.fromkeys(items))
    most = load_kind("event").fields[name].max_items
    return different[:most] if name == "topics" else tuple(sorted(different)[-most:])


def _text(values: Mapping[str, Value], name: str) -> str:
    """A value as plain text within its bound: no part of it is a link to a page."""
    text = one_line(str(values.get(name, "")))
    text = text.replace("[[", "[").replace("]]", "]")
    return text[: load_kind("event").fields[name].max_length].rstrip()


def _venue(values: Mapping[str, Value]) -> str:
    """The venue; empty where it has a number, as a house may have."""
    venue = _text(values, "venue")
    return "" if _HOUSE.search(venue) else venue


def _website(values: Mapping[str, Value]) -> str:
    """The event's own page on the web, if its URL is one that we link to."""
    url = read_url(str(values.get("website", "")))
    return url if isinstance(url, str) and urlsplit(url).scheme == "https" else ""


def _status(values: Mapping[str, Value]) -> str:
    status = str(values.get("status", ""))
    return status if status in _STATUSES else ""
