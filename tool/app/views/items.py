"""Publications as pages show them: words instead of codes, in the reader's language."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from unicodedata import category, east_asian_width

import regex

from space.codec.values.countries import own_city
from space.dates import zones
from space.dates.moments import Span
from space.dates.schedule import span_of
from space.publication.occurrence import ListedEvent, Occurrence
from space.publication.publication import Publication
from space.publication.registered import attendance, is_reviewed, source_of
from space.schema.kinds import Value, Values, load_kind
from space.schema.visibility import choice
from space.text import languages
from space.text.languages import country_name
from tool.app.views import dates

MAX_SLUG = 60  # graphemes
LONG, LONGEST = 60, 120  # columns of a terminal, by which titles get smaller letters
_WITHOUT_WIDTH = frozenset({"Mn", "Me", "Cf"})
_NOT_WORDS = regex.compile(r"[^\p{L}\p{M}\p{N}]+")


@lru_cache(maxsize=8192)
def slug(title: str) -> str:
    """The part of an address that only people read; empty if no word is left."""
    words = _NOT_WORDS.sub("-", title.casefold())
    return "".join(regex.findall(r"\X", words)[:MAX_SLUG]).strip("-")


@lru_cache(maxsize=8192)
def columns(title: str) -> int:
    """The room that a text takes, in columns of a terminal: two for a Han character."""
    return sum(
        0 if category(sign) in _WITHOUT_WIDTH else 1 + (east_asian_width(sign) in "WF")
        for sign in title
    )


def texts(values: Values, name: str) -> tuple[str, ...]:
    """A field as several texts; empty when absent."""
    value = values.get(name, ())
    return (value,) if isinstance(value, str) else value


def text(values: Values, name: str) -> str:
    """A field as one text; empty when absent."""
    value = values.get(name, "")
    return value if isinstance(value, str) else "; ".join(value)


def place(values: Values, language: str) -> str:
    """City and country, as far as they are known; once where both have one name."""
    country = text(values, "country")
    city = own_city(text(values, "city"), country)
    parts = (city, country and country_name(country, language))
    return dates.comma(language).join(part for part in parts if part)


@dataclass(frozen=True)
class ItemView:
    """A publication, for a reader of `language`.

    A list shows some facts several times: they are made at the first.
    """

    publication: Publication
    language: str

    @cached_property
    def key(self) -> Hashable | None:
        """All that follows from it follows from this; None where that is not known."""
        row = self.publication.read_from
        return (row, self.language) if row else None

    @property
    def id(self) -> int:
        """The page id."""
        return self.publication.page_id

    @property
    def values(self) -> dict[str, Value]:
        """Every field of its kind; an absent one is empty."""
        fields = load_kind(self.publication.kind).fields
        return {name: self.publication.values.get(name, "") for name in fields}

    @cached_property
    def title(self) -> str:
        """What it is called."""
        return text(self.publication.values, "title")

    @property
    def title_size(self) -> str:
        """How long the title is as people see it: `long`, `longest` or empty."""
        width = columns(self.title)
        return "longest" if width > LONGEST else "long" if width > LONG else ""

    @property
    def picture(self) -> str:
        """The name of its picture's file; empty without."""
        return text(self.publication.values, "image")

    @property
    def summary(self) -> str:
        """What it is about, with links to the wiki; empty when absent."""
        return text(self.publication.values, "summary")

    @property
    def slug(self) -> str:
        """For its address, which is the same in every language."""
        return slug(self.publication.address_title)

    @property
    def topics(self) -> tuple[str, ...]:
        """Its topics."""
        return texts(self.publication.values, "topics")


@dataclass(frozen=True)
class EventView(ItemView):
    """One occurrence of an event.

    `begins` is its first instant, `ends` the one after its last, both in UTC. `day` is
    the one that its address names, where the event has several; else empty. In a list
    that has each event once, `more` is the number of the occurrences after it and
    `later_starts` the wall times at which the first few of these begin.
    """

    span: Span
    begins: datetime
    ends: datetime
    day: str = ""
    more: int = 0
    later_starts: tuple[str, ...] = ()

    @cached_property
    def key(self) -> Hashable | None:
        """The same of an event."""
        row = self.publication.read_from
        if not row:
            return None
        start, end = self.span.start, self.span.end  # in the zone of the row
        times = (start.date, start.time, end and (end.date, end.time))
        return row, self.language, times, self.day, self.more, self.later_starts

    @property
    def written_in(self) -> str:
        """The language of title and summary where they are a translation's; or empty.

        Of an original nobody says which it is.
        """
        text = self.publication.translation
        return text.language if text else ""

    @classmethod
    def of(cls, occurrence: Occurrence, language: str) -> "EventView":
        """The view of an occurrence, for a reader of `language`."""
        times = (occurrence.span, occurrence.begins, occurrence.ends)
        return cls(occurrence.publication, language, *times, _named_day(occurrence))

    @classmethod
    def listed(cls, event: ListedEvent, language: str) -> "EventView":
        """The view of an event of a list, at its first time there.

        Of a series that is cancelled nothing is to come.
        """
        view = cls.of(event.first, language)
        if not event.later or view.status == "cancelled":
            return view
        times = (view.span, view.begins, view.ends, view.day)
        return cls(view.publication, language, *times, event.dates - 1, event.later)

    @classmethod
    def at(
        cls, publication: Publication, language: str, span: Span, day: str = ""
    ) -> "EventView":
        """The view of an event at a time."""
        times = (span, span.start_utc, span.end_utc)
        return cls(publication, language, *times, day)

    @classmethod
    def once(cls, publication: Publication, language: str) -> "EventView":
        """The view of an event at its first time."""
        return cls.at(publication, language, span_of(publication.values))

    @property
    def later(self) -> list["EventView"]:
        """Views of the first few occurrences after it, in a list that has it once.

        When these end is not told.
        """
        zone = self.span.start.zone
        spans = (Span.derived(start, None, zone) for start in self.later_starts)
        return [
            EventView.at(self.publication, self.language, span, str(span.start.date))
            for span in spans
        ]

    @property
    def source(self) -> str:
        """Where it is from: "page", "registered" or "calendar"."""
        return source_of(self.publication)

    @property
    def unreviewed(self) -> str:
        """Where it is announced, if no reviewer looked at it; empty for all others."""
        return "" if is_reviewed(self.publication) else self.source

    @property
    def has_rule(self) -> bool:
        """Whether it repeats by a rule."""
        return bool(text(self.publication.values, "recurrence"))

    @cached_property
    def status(self) -> str:
        """Whether it takes place."""
        return choice("event", self.publication.values, "status")

    @property
    def type(self) -> str:
        """What kind of event it is; empty when absent."""
        return text(self.publication.values, "type")

    @cached_property
    def mode(self) -> str:
        """On site, online or both; empty where nothing tells."""
        return attendance(self.publication)

    @property
    def languages(self) -> list[str]:
        """The languages spoken, by name."""
        codes = texts(self.publication.values, "languages")
        return [languages.name(code, self.language) for code in codes]

    @cached_property
    def place(self) -> str:
        """City and country."""
        return place(self.publication.values, self.language)

    @cached_property
    def when(self) -> str:
        """Days and times in its own zone."""
        return dates.span(self.span, self.language)

    @property
    def when_in_utc(self) -> str:
        """The same by UTC; empty for whole days."""
        there = dates.span_in(self.span, "UTC", self.language)
        return there and f"{there} UTC"

    def when_in(self, zone: str) -> str:
        """The same by the clocks of another zone, which is named.

        Empty where that says nothing new: for whole days and for equal clocks.
        """
        if not self._new_in(zone):
            return ""
        named = dates.zone_of(self.span, self.language, zone)
        there = dates.span_in(self.span, zone, self.language)
        return f"{there}{dates.comma(self.language)}{named}"

    def clock_in(self, zone: str) -> str:
        """When it begins by the clocks of another zone, in short; empty as above."""
        if not self._new_in(zone):
            return ""
        there = self.begins.astimezone(zones.zone(zone))
        clock = dates.moment(there, self.language)
        return f"{clock} {dates.short_offset(there)}"

    def _new_in(self, zone: str) -> bool:
        start = self.span.start
        if start.all_day:
            return False
        there = self.begins.astimezone(zones.zone(zone))
        return there.utcoffset() != start.local.utcoffset()

    @property
    def short_when(self) -> str:
        """The day and the time at which it begins, in short."""
        return dates.short_moment(self.span.start, self.language)

    @property
    def until(self) -> str:
        """The last day it takes place on, in short."""
        return dates.short_day(self.last_day, self.language)

    @cached_property
    def zone(self) -> str:
        """Its zone, with the offset it has then."""
        return dates.zone_of(self.span, self.language)

    @property
    def short_zone(self) -> str:
        """The offset it has when the event begins, in short."""
        return dates.short_offset(self.span.start.local)

    @cached_property
    def machine_start(self) -> str:
        """The start for `<time datetime>`: an instant, or a day."""
        start = self.span.start
        return str(start) if start.all_day else self.begins.isoformat()

    @cached_property
    def clock(self) -> str:
        """The wall time at which it begins; empty for whole days."""
        start = self.span.start
        return "" if start.all_day else dates.clock(start.local, self.language)

    @property
    def month(self) -> str:
        """The month it begins in, in short."""
        return dates.short_month(self.span.start.date, self.language)

    @property
    def machine_end(self) -> str:
        """The end in the same way; empty where none is known."""
        end = self.span.end
        if end is None:
            return ""
        return str(end) if end.all_day else self.ends.isoformat()

    @property
    def wall_start(self) -> str:
        """The start by its own clocks, for scripts to compare with the reader's."""
        return self.span.start.local.isoformat()[: len("2026-11-24T10:00")]

    @property
    def remote(self) -> bool:
        """Whether people far away can take part, by the clocks where they are."""
        return self.mode != "in-person" and not self.span.all_day

    @cached_property
    def first_day(self) -> date:
        """The day it begins on, in its own zone."""
        return self.span.start.date

    @cached_property
    def last_day(self) -> date:
        """The last day it takes place on, in its own zone."""
        return self.span.last_day


def _named_day(occurrence: Occurrence) -> str:
    """The day that the address of an occurrence has; empty where there is no other."""
    has_others = occurrence.dropped or occurrence.of_series
    return occurrence.start[: len("2026-11-24")] if has_others else ""


@dataclass(frozen=True)
class PostView(ItemView):
    """A published post."""

    @property
    def written_in(self) -> str:
        """The language of the post."""
        return text(self.publication.values, "language")

    @property
    def authors(self) -> tuple[str, ...]:
        """Who wrote it."""
        return texts(self.publication.values, "authors")

    @property
    def language_name(self) -> str:
        """The language of the post, by name."""
        return languages.name(self.written_in, self.language)

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes; 0 where nobody counted."""
        return self.publication.minutes

    @property
    def day(self) -> date:
        """The day it is dated."""
        dated = text(self.publication.values, "date")
        return date.fromisoformat(dated) if dated else self.publication.published.date()

    @property
    def date(self) -> str:
        """The same in words."""
        return dates.short_day(self.day, self.language)
