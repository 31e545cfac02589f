"""CampaignEvents' registrations, by the wiki's public REST interface.

`GET /event_registration/<id>` gives one registration and nothing gives all, so ids are
tried upward until many in a row are missing. A stranger is asked for: links to meetings
and chats are not in such an answer, and where one is in it all the same it is not read.
Nor are questions, tracking tools and street addresses, which CampaignEvents shows: of
places the country is enough for a list. `GET /event_registration/<id>/organizers` is
asked only where reviewers hide events of some organizers, and of the answer only those
are taken: ten at most organize an event, and one answer has eleven.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from space.codec.values.countries import code_of
from space.codec.values.names import page_title
from space.codec.values.wikis import is_database_name
from space.codec.values.zone_names import read_zone_name
from space.errors import WikiUnavailableError
from space.publication.registered import FIRST_CALENDAR_ID, FIRST_ID
from space.schema.kinds import load_kind
from space.sources.entry import Entry, EntryState
from space.sources.source import Ask, SourceAnswer, SourceMissingError
from space.sources.vocabulary import vocabulary
from space.text.clean import one_line
from space.text.folding import fold
from space.text.json_object import read_array, read_object
from space.wiki.interwiki import prefix_of_database

PATH = "campaignevents/v0/event_registration"
SIGN_UP = "Special:RegisterForEvent"
MISSES = 120
"""How many ids in a row are missing before there is none: twice the largest hole."""
RETURNING_AMONG = 200
"""How many ids back a test may have become a real event, and a deleted one be back."""
MOST_FAILURES = 5
"""In a row, after which the source is out of order rather than one of its events."""

_MISSING = frozenset(
    {
        "campaignevents-rest-event-not-found",
        "campaignevents-rest-get-registration-deleted",
    }
)
_ALL = ("*",)
_STAMP = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\d\d", re.ASCII)
_MODES = {
    (True, True): "hybrid",
    (True, False): "online",
    (False, True): "in-person",
}
OK, NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class CampaignEvents:
    """The registrations of the wiki whose database has this name.

    `ask` asks its REST interface for a path. `blocked` are folded names of organizers
    whose events are hidden, `lost` the ids on each page of known ones that was deleted.
    """

    database: str
    ask: Ask
    blocked: frozenset[str] = frozenset()
    lost: Collection[range] = ()

    @property
    def numbers(self) -> range:
        """See `space.sources.source.Source`: CampaignEvents gave them."""
        return range(FIRST_CALENDAR_ID - FIRST_ID)

    def news(self, known: Mapping[int, Entry], now: datetime) -> Iterator[Entry]:
        """See `space.sources.source.Source`: what is lost, known, and then new ids."""
        last = max(known, default=0)
        reading = _Reading(self.database, self.ask, now, self.blocked)
        for ids in self.lost:
            # A page that has some of them counts as all: none is told before the last.
            found = [e for number in ids if number < last for e in reading.new(number)]
            yield from found
        for number, before in sorted(known.items()):
            may_return = before.is_unlisted and number > last - RETURNING_AMONG
            is_read = may_return or before.may_change(now)
            entry = reading.read(number, before) if is_read else before
            entry = entry and reading.with_organizers(entry)
            if entry and entry != before:
                yield entry
        misses = 0
        while misses < MISSES:
            last += 1
            found = list(reading.new(last))
            is_there = any(entry.state is not EntryState.FAILED for entry in found)
            misses = 0 if is_there else misses + 1
            yield from found


@dataclass(slots=True)
class _Reading:
    """One time of asking; `failures` counts answers in a row that say nothing."""

    database: str
    ask: Ask
    now: datetime
    blocked: frozenset[str]
    failures: int = 0

    def read(self, number: int, before: Entry | None) -> Entry | None:
        """The entry of an id now; None for a missing one that was never known.

        Raises `SourceMissingError`, and `WikiUnavailableError` for no answer.
        """
        answer = self.ask(f"{PATH}/{number}")
        if answer.status == NOT_FOUND:
            _expect_missing(answer)
            self.failures = 0
            return before and before.gone(self.now)
        is_read = answer.status == OK
        entry = (
            read_registration(answer.body, number, self.database) if is_read else None
        )
        self.failures = 0 if entry else self.failures + 1
        if self.failures >= MOST_FAILURES:
            raise WikiUnavailableError(
                f"{self.failures} registrations in a row cannot be read, up to {number}"
            )
        if entry is None:
            return before or Entry(id=number, state=EntryState.FAILED)
        return entry.after(before, self.now)

    def new(self, number: int) -> Iterator[Entry]:
        """The entry of an id of which nothing is known, if there is one."""
        entry = self.read(number, None)
        if entry:
            yield self.with_organizers(entry)

    def with_organizers(self, entry: Entry) -> Entry:
        """The entry with those of its organizers who are blocked.

        Who they are is asked again as long as the event may change, and after other
        organizers were blocked. An entry whose organizers nobody tells stays as it is.
        """
        if not (entry.is_listed and self.blocked):
            return replace(entry, organizers=(), asked="")
        asked = _digest(self.blocked)
        if entry.asked == asked and not entry.may_change(self.now):
            return entry
        answer = self.ask(f"{PATH}/{entry.id}/organizers")
        names = read_organizers(answer.body) if answer.status == OK else None
        if names is None:
            return entry
        found = sorted(self.blocked.intersection(map(fold, names)))
        return replace(entry, organizers=tuple(found), asked=asked)


def read_organizers(body: bytes) -> list[str] | None:
    """The account names of an answer; None for none of this shape."""
    rows = read_array(body)
    if rows is None:
        return None
    names = [row.get("user_name") for row in rows if isinstance(row, dict)]
    told = [name for name in names if isinstance(name, str)]
    return told if len(told) == len(rows) else None


def _digest(names: frozenset[str]) -> str:
    """A few characters that tell these names from others."""
    return sha256("\n".join(sorted(names)).encode()).hexdigest()[:8]


def _expect_missing(answer: SourceAnswer) -> None:
    """Raise `SourceMissingError` unless CampaignEvents itself says that it has none."""
    error = read_object(answer.body) or {}
    if error.get("errorKey") not in _MISSING:
        raise SourceMissingError("the wiki knows no registrations of CampaignEvents")


def read_registration(body: bytes, number: int, database: str) -> Entry | None:
    """The entry of an answer, without times of reading; None for none of this shape.

    `database` is the wiki that was asked.
    """
    data = read_object(body)
    try:
        return _entry(data, number, database) if data else None
    except (KeyError, TypeError, ValueError):
        return None


def _entry(data: Mapping[str, Any], number: int, database: str) -> Entry:
    """Raises KeyError, TypeError or ValueError for data out of shape."""
    if data["id"] != number:
        raise ValueError(data["id"])
    if _flag(data, "is_test_event"):
        return Entry(id=number, state=EntryState.TEST)
    is_online, is_there = _flag(data, "online_meeting"), _flag(data, "inperson_meeting")
    fields = load_kind("event").fields
    wikis = _names(data, "wikis")
    wiki = _text(data, "event_page_wiki")
    prefix = "" if wiki == database else prefix_of_database(wiki)
    page = _expect(page_title, _text(data, "event_page"))
    sign_up = f"{prefix}{SIGN_UP}/{number}"
    is_open = data["status"] == "open"
    entry = Entry(
        id=number,
        title=one_line(_text(data, "name"))[: fields["title"].max_length].rstrip(),
        page=f"{prefix}{page}" if prefix or wiki == database else sign_up,
        sign_up=sign_up if is_open else "",
        start=_wall_time(data, "start_time"),
        end=_wall_time(data, "end_time"),
        zone=_expect(read_zone_name, _text(data, "timezone")),
        mode=_MODES.get((is_online, is_there), "online"),
        country=_country(data) if is_there else "",
        type=vocabulary().type_of(_names(data, "types")),
        topics=vocabulary().topics_of(_names(data, "topics"))[
            : fields["topics"].max_items
        ],
        wikis=() if wikis == _ALL else _wikis(wikis)[: fields["wikis"].max_items],
        open=is_open,
    )
    span = entry.span
    if not entry.title or span.end_utc < span.start_utc:
        raise ValueError(number)
    return entry


def _country(data: Mapping[str, Any]) -> str:
    """The country's code; empty where none is told, or none that we know."""
    code = data.get("meeting_country_code")
    return (code_of(code) or "") if isinstance(code, str) else ""


def _wikis(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(is_database_name, names)))


def _wall_time(data: Mapping[str, Any], name: str) -> str:
    match = _STAMP.fullmatch(_text(data, name))
    if not match:
        raise ValueError(name)
    year, month, day, hour, minute = match.groups()
    return f"{year}-{month}-{day} {hour}:{minute}"


def _text(data: Mapping[str, Any], name: str) -> str:
    value = data[name]
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def _flag(data: Mapping[str, Any], name: str) -> bool:
    value = data[name]
    if not isinstance(value, bool):
        raise TypeError(name)
    return value


def _names(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = data.get(name, [])
    if not isinstance(values, list):
        raise TypeError(name)
    return tuple(value for value in values if isinstance(value, str) and value.strip())


def _expect(read: Callable[[str], str | None], text: str) -> str:
    value = read(text)
    if value is None:
        raise ValueError(text)
    return value
