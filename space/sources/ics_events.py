"""Events of a public calendar in iCalendar as entries: what is taken of a VEVENT.

The mapping is that of the form's import (`space.imports`), less what a list does not
need. Not taken are events that are not public, busy times without a title, people,
mail addresses, street addresses and every way into a meeting.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlsplit

from space.codec.values.countries import code_of
from space.codec.values.web_addresses import read_url
from space.imports.calendar.decoding import clean, decode
from space.imports.calendar.vevents import Event, Property, is_calendar
from space.imports.event import categories, draft_of
from space.imports.read import read
from space.imports.times.stamps import stamp_text
from space.schema.kinds import Value, load_kind
from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.ics_losses import Loss, LostError
from space.sources.ics_times import LONGEST, most, with_times
from space.sources.source import SourceUnreadableError
from space.text.clean import one_line
from space.text.folding import fold

MOST_REPEATING = 1_000
"""How many series a calendar may have, old ones among them. A rule's dates take time to
find, and most where it has none."""
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
_LOST_DATES = frozenset(("dates-unread", "lengths", "moved"))
"""Codes of notes of the import on dates that its fields cannot hold."""
_END = "END:VCALENDAR"
_MARK = re.compile(r"^(?:BEGIN|END):[^\s]{1,40}", re.IGNORECASE | re.MULTILINE)
_HOUSE = re.compile(r"\d")
_KEY_LENGTH = 24


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What a calendar has: key → entry, and what of it could not be taken.

    An entry is None for an event that is not public. Entries have no number yet.
    """

    entries: Mapping[str, Entry | None]
    losses: tuple[Loss, ...] = ()


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

    def read(self, data: bytes) -> ReadCalendar:
        """The events of a calendar. Raises `SourceUnreadableError` for no whole one."""
        events = self._by_key(self._recent(_events(data)))
        if sum(map(_repeats, events.values())) > MOST_REPEATING:
            raise SourceUnreadableError(f"more than {MOST_REPEATING} series")
        overrides: dict[str, list[Event]] = {}
        for event in events.values():
            if event.uid and _replaces_a_date(event):
                overrides.setdefault(event.uid, []).append(event)
        entries: dict[str, Entry | None] = {}
        losses: list[Loss] = []
        for key, event in events.items():
            entry, lost = self._taken(event, overrides, key)
            losses += lost
            if entry or not _is_public(event):
                entries[key] = entry
        return ReadCalendar(entries, tuple(losses))

    def _recent(self, events: Iterable[Event]) -> list[Event]:
        """The events but for our own, and for single ones that have long been over."""
        oldest = (self.now - LONGEST).date().isoformat()
        others = (event for event in events if not self._is_ours(event))
        return [e for e in others if _repeats(e) or (_last_day(e) or oldest) >= oldest]

    def _by_key(self, events: Iterable[Event]) -> dict[str, Event]:
        """The events by key; of several versions of one the newest, or else the last.

        Some calendars give all dates of a series one UID, and no RECURRENCE-ID: such
        events are told by their starts, too.
        """
        same: dict[str, dict[str, Event]] = {}
        for event in events:
            starts = same.setdefault(self._key(event), {})
            start = _start(event)
            if start not in starts or _version(event) >= _version(starts[start]):
                starts[start] = event
        found: dict[str, Event] = {}
        for key, starts in same.items():
            newest = max(map(_version, starts.values()))
            last = [event for event in starts.values() if _version(event) == newest]
            if len(last) == 1:
                found[key] = last[0]
            else:
                found |= {_hash(key, _start(event)): event for event in last}
        return found

    def _is_ours(self, event: Event) -> bool:
        name, _, host = event.uid.partition("@")
        return host == self.host and name[:1].isdecimal()

    def _key(self, event: Event) -> str:
        """A hash of the UID, or of what tells an event without one, and of its date."""
        told = [self.source.name, event.uid]
        names = () if event.uid else ("SUMMARY", "DTSTART")
        lines = map(event.first, (*names, "RECURRENCE-ID"))
        told += [line.value.strip() if line else "" for line in lines]
        return _hash(*told)

    def _taken(
        self, event: Event, overrides: Mapping[str, list[Event]], key: str
    ) -> tuple[Entry | None, list[Loss]]:
        """The entry of an event, None of one that is not told, and what is lost."""
        today = self.now.date().isoformat()
        matters = _repeats(event) or (_day(event) or today) >= today
        if not _is_public(event):
            is_untitled = not _is_secret(event) and event.first("SUMMARY") is None
            return None, [Loss.TITLE] * (matters and is_untitled)
        try:
            entry, losses = self._entry(event, overrides, key)
        except LostError as error:
            entry, losses = None, [error.loss]
        return entry, losses if matters else []

    def _entry(
        self, event: Event, overrides: Mapping[str, list[Event]], key: str
    ) -> tuple[Entry | None, list[Loss]]:
        """The entry of a public event, None of one that is not told, and what is lost.

        Raises `LostError` where it is all of it.
        """
        replacing = () if _date_of(event) else overrides.get(event.uid, ())
        slugs = {name: self._topic(name) for name in categories(event)}
        topics = {name: slug for name, slug in slugs.items() if slug}
        draft = draft_of(event, topics, [_cancelled(other) for other in replacing])
        values = draft.values
        if values.get("status") == _OFF and key not in self.known:
            return None, []
        entry, losses = with_times(values, self.source.timezone, self.now)
        codes = {note.code for note in draft.notes}
        if "rules" in codes:
            losses.append(Loss.RULE)
        if codes & _LOST_DATES or any(map(_goes_on, replacing)):
            losses.append(Loss.DATES)
        mode = str(values.get("mode", ""))
        is_there = any(name in values for name in _WHERE)
        told = code_of(str(values.get("country", ""))) or ""
        country = told or ("" if mode == _ONLINE else self.source.country)
        entry = replace(
            entry,
            title=_text(values, "title"),
            summary=_text(values, "summary"),
            website=_website(values),
            mode=mode or ("in-person" if is_there or country else ""),
            country=country,
            city=_text(values, "city"),
            venue=_venue(values),
            languages=self.source.languages,
            topics=most(
                "topics", (*tuple(values.get("topics", ())), *self.source.topics)
            ),
            status=_status(values),
            calendar=self.source.name,
            key=key,
        )
        if not entry.title:
            raise LostError(Loss.TITLE)
        return entry, losses

    def _topic(self, name: str) -> str:
        """The topic of the wiki that a category names; empty for none."""
        slug = self.topics.slugs.get(name, name)
        return slug if slug in self.topics.labels else ""


def _events(data: bytes) -> tuple[Event, ...]:
    """The VEVENTs of a calendar that came whole; else `SourceUnreadableError`."""
    text = clean(decode(data))
    if not is_calendar(text):
        raise SourceUnreadableError("the answer is no calendar")
    if not _is_whole(text):
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


def _last_day(event: Event) -> str:
    """The later one of its day and of the day in whose place it is; may be empty."""
    date = _date_of(event)
    return max(_day(event), stamp_text(date)[:10] if date else "")


def _is_public(event: Event) -> bool:
    """Whether an event is public and more than a time when somebody is busy."""
    title = event.first("SUMMARY")
    is_told = title is not None and fold(title.text) not in _BUSY
    return is_told and not _is_secret(event)


def _is_secret(event: Event) -> bool:
    secret = event.first("CLASS")
    return secret is not None and secret.value.strip().upper() != "PUBLIC"


def _date_of(event: Event) -> Property | None:
    """The date of a series in whose place an event stands."""
    return event.first("RECURRENCE-ID")


def _replaces_a_date(event: Event) -> bool:
    """Whether an event takes the place of a date, or cancels one.

    Programs cancel a date without a start. One that says no more leaves it as it is.
    """
    return _date_of(event) is not None and (event.is_cancelled or bool(_day(event)))


def _goes_on(override: Event) -> bool:
    """Whether an override changes all further dates, too (RANGE)."""
    date = _date_of(override)
    return date is not None and "RANGE" in date.parameters


def _cancelled(override: Event) -> Event:
    """An override as one that cancels its date: it is an event of its own here."""
    own = {"STATUS": [Property("STATUS", {}, "CANCELLED")]}
    if date := _date_of(override):
        others = {n: date.parameters[n] for n in date.parameters if n != "RANGE"}
        own["RECURRENCE-ID"] = [replace(date, parameters=others)]
    return replace(override, properties={**override.properties, **own})


def _version(event: Event) -> int:
    """SEQUENCE; 0 where it is no number."""
    line = event.first("SEQUENCE")
    text = line.value.strip() if line else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _start(event: Event) -> str:
    """DTSTART as it is written, empty for the changed date of a series."""
    line = None if _date_of(event) else event.first("DTSTART")
    return line.value.strip() if line else ""


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:_KEY_LENGTH]


def _is_whole(text: str) -> bool:
    """Whether a calendar has its end; some servers put a comment after it."""
    marks = _MARK.findall(text)
    is_marked = bool(marks) and marks[-1].upper() == _END
    return is_marked or text.rstrip().upper().endswith(_END)


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
