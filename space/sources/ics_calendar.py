"""A public calendar in iCalendar that the settings page names, as a source.

An event of it has the number that it got when it was first read, and keeps that as long
as its calendar's name, its UID and its RECURRENCE-ID are the same. One that is missing
is withdrawn only when it is missing again half a day later: a calendar may be cut off
or empty for once.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import chain, count, islice
from typing import Protocol

from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID
from space.serialize import to_json
from space.settings.calendars import CalendarSource
from space.settings.topics import Topics
from space.sources.entry import Entry
from space.sources.ics_events import IcsReading
from space.sources.ics_losses import told
from space.sources.source import Remark, SourceUnreadableError

NUMBERS = range(FIRST_CALENDAR_ID - FIRST_ID, 2**32 - FIRST_ID)
"""The numbers of events of all calendars; the first is of none."""
MOST_EVENTS = 2_000
"""How many events to come a calendar may have; none is taken of one with more."""
MOST_SERIES = 500
"""How many series to come it may have."""
MOST_DATES = 10_000
"""How many dates within two years these may have: each is a row of many lists."""
REFUSED = "its host is not in SPACE_CALENDAR_HOSTS"
"""Why a calendar of a host that the deployment does not name is not read."""
UNREAD_LINE = "its line on the settings page has to be corrected first"
"""Why a calendar without an address is not read."""
MISSING_FOR = timedelta(hours=12)
"""How long an event has to be missing before it is withdrawn."""


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """What a calendar's address has: the file, and what tells whether it changed.

    `data` is None where nothing changed since the validators that were asked with.
    """

    data: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class CalendarState:
    """How a calendar was read last: its validators, or the trouble there was.

    `follows` is a hash of what was known after the reading; where something else is
    known now, the validators say nothing. `lost` tells in English what of the calendar
    could not be taken.
    """

    etag: str = ""
    modified: str = ""
    follows: str = ""
    trouble: str = ""
    lost: str = ""


FetchCalendar = Callable[[str, CalendarState], CalendarAnswer]
"""Fetches an address, unless nothing changed since a state.

Raises `SourceUnreadableError` where the address may not be fetched, or not be read.
"""


def no_calendar(address: str, state: CalendarState) -> CalendarAnswer:
    """A `FetchCalendar` where no calendar may be fetched."""
    del address, state
    raise SourceUnreadableError(REFUSED)


class CalendarMemory(Protocol):
    """The states of calendars by name. It may be lost: then all is fetched again."""

    def state(self, name: str) -> CalendarState:
        """The state of a calendar; an empty one if nothing is known."""
        ...

    def remember(self, name: str, state: CalendarState) -> None:
        """Have the state of a calendar known to the next run."""
        ...


@dataclass(frozen=True, slots=True)
class IcsCalendar:
    """A calendar of the settings page; `topics` are the wiki's, `host` is its name.

    Numbers above `given`, the highest that was ever given, are free.
    """

    source: CalendarSource
    fetch: FetchCalendar
    memory: CalendarMemory
    topics: Topics
    host: str
    given: int = 0

    @property
    def numbers(self) -> range:
        """See `space.sources.source.Source`."""
        return NUMBERS

    def news(
        self, known: Mapping[int, Entry], now: datetime
    ) -> Iterator[Entry | Remark]:
        """See `space.sources.source.Source`."""
        name = self.source.name
        if not self.source.address:
            raise SourceUnreadableError(f"{name}: {UNREAD_LINE}")
        own = {entry.key: entry for entry in known.values() if entry.calendar == name}
        state = self.memory.state(name)
        if state.follows != self._follows(own):
            state = CalendarState()
        try:
            answer = self.fetch(self.source.address, state)
            found, lost = self._found(answer, own, now)
        except SourceUnreadableError as error:
            self.memory.remember(name, CalendarState(trouble=str(error)))
            raise SourceUnreadableError(f"{name}: {error}") from error
        numbers = count(max(NUMBERS.start, self.given, *known) + 1)
        for entry in _changes(own, found, numbers, now):
            own[entry.key] = entry
            yield entry
        unchanged = answer.data is None
        lost = state.lost if unchanged else lost
        self.memory.remember(
            name,
            CalendarState(
                state.etag if unchanged else answer.etag,
                state.modified if unchanged else answer.modified,
                self._follows(own),
                lost=lost,
            ),
        )
        if lost:
            yield Remark(f"{name}: not taken: {lost}")

    def _found(
        self, answer: CalendarAnswer, own: Mapping[str, Entry], now: datetime
    ) -> tuple[Mapping[str, Entry | None], str]:
        """Key → entry of the events that are there now, None for one taken back.

        The text says what could not be taken, empty for nothing.
        """
        if answer.data is None:
            return {key: entry for key, entry in own.items() if not entry.missed}, ""
        reading = IcsReading(self.source, self.topics, self.host, own.keys(), now)
        calendar = reading.read(answer.data)
        listed = {key: entry for key, entry in calendar.entries.items() if entry}
        coming = {key: listed[key] for key in listed if not listed[key].is_over(now)}
        _expect_few(coming.values(), now)
        over = listed.keys() - coming.keys() - own.keys()
        found = {key: e for key, e in calendar.entries.items() if key not in over}
        return found, told(calendar.losses)

    def _follows(self, own: Mapping[str, Entry]) -> str:
        """A hash of what is known of the calendar, and of what it is read with."""
        parts = [
            asdict(self.source),
            [dict(self.topics.slugs), dict(self.topics.labels)],
            [to_json(own[key]) for key in sorted(own)],
        ]
        return sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _expect_few(coming: Collection[Entry], now: datetime) -> None:
    """Raise `SourceUnreadableError` for more events to come than are taken."""
    if len(coming) > MOST_EVENTS:
        raise SourceUnreadableError(f"more than {MOST_EVENTS} events to come")
    series = [entry for entry in coming if entry.is_series]
    if len(series) > MOST_SERIES:
        raise SourceUnreadableError(f"more than {MOST_SERIES} series to come")
    dates = chain.from_iterable(entry.coming(now) for entry in series)
    if next(islice(dates, MOST_DATES, None), None):
        raise SourceUnreadableError(f"more than {MOST_DATES} dates of series to come")


def _changes(
    own: Mapping[str, Entry],
    found: Mapping[str, Entry | None],
    numbers: Iterator[int],
    now: datetime,
) -> Iterator[Entry]:
    """The entries that are not as before, known ones by number, then new ones.

    `found` has no new ones that are over. `own` are those that were known, by key;
    `numbers` are free.
    """
    found = _known_again(own, found)
    for key, before in sorted(own.items(), key=lambda pair: pair[1].id):
        after = (
            _again(before, found[key], now) if key in found else _missed(before, now)
        )
        if after != before:
            yield after
    new = [entry for key, entry in found.items() if entry and key not in own]
    for entry in sorted(new, key=lambda entry: (entry.start, entry.key)):
        yield replace(entry, id=next(numbers)).after(None, now)


def _known_again(
    own: Mapping[str, Entry], found: Mapping[str, Entry | None]
) -> dict[str, Entry | None]:
    """What was found, by the keys by which it is known.

    Some calendars give their events other UIDs with each answer: one that is missing is
    the new one of its title and start. Of several such, such as meetings in two cities
    at one time, it is the most similar one.
    """
    lost = defaultdict[tuple[str, ...], list[str]](list)
    for key, before in own.items():
        if before.is_listed and key not in found:
            lost[_told(before)].append(key)
    again: dict[str, Entry | None] = {}
    for key, entry in found.items():
        missing = lost[_told(entry)] if entry and key not in own else []
        if entry and missing:
            old = max(missing, key=lambda each: _likeness(own[each], entry))
            missing.remove(old)
            again[old] = replace(entry, key=old)
        else:
            again[key] = entry
    return again


def _told(entry: Entry) -> tuple[str, ...]:
    return entry.title, entry.start, entry.zone


def _likeness(one: Entry, other: Entry) -> int:
    """How much of what tells events of one title and start apart is the same."""
    names = ("recurrence", "city", "venue", "website", "mode", "end", "summary")
    return sum(getattr(one, name) == getattr(other, name) for name in names)


def _again(before: Entry, found: Entry | None, now: datetime) -> Entry:
    """What is known of an event that is there, or taken back (None)."""
    if found is None:
        return before.gone(now)
    return replace(found, id=before.id).after(replace(before, missed=None), now)


def _missed(before: Entry, now: datetime) -> Entry:
    """What is known of an event that is not there; one that is over may leave."""
    if not before.is_listed or before.is_over(now):
        return before
    if before.missed is None:
        return replace(before, missed=now)
    return before.gone(now) if now - before.missed >= MISSING_FOR else before
