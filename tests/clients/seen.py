"""What a client should see of a calendar, and the calendars that all of them get."""

import re
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sandbox.sample_pages import sample_pages
from space.codec.page import read_page
from space.dates.moments import Moment, Span
from space.dates.schedule import Schedule
from space.feeds.icalendar import vevent
from space.publication.publication import Publication
from space.schema.visibility import public_values
from tests.support.feeds.ics_parts import Component, parse
from tests.support.feeds.publications import ADDRESSES, TODAY, event, publication

FROM, TO = date(2026, 1, 1), date(2028, 1, 1)  # times of series are compared between


@dataclass(frozen=True, slots=True)
class Seen:
    """One event, as a client has it; times as RFC 3339 in UTC, or days.

    `None` is what a client does not tell.
    """

    uid: str
    summary: str
    start: str | None = None
    end: str | None = None
    description: str | None = None
    location: str | None = None
    times: tuple[str, ...] | None = None

    @classmethod
    def of(cls, found: dict[str, Any]) -> "Seen":
        """What a program printed."""
        times = found.get("times")
        return cls(**{**found, "times": None if times is None else tuple(times)})

    def timeless(self) -> "Seen":
        """This without times."""
        return replace(self, start=None, end=None, times=None)

    def once(self) -> "Seen":
        """This without the further times of a series."""
        return replace(self, times=None)

    def wordless(self) -> "Seen":
        """This without texts that have a backslash."""
        texts = {"description": self.description, "location": self.location}
        unfit = {name: None for name, text in texts.items() if "\\" in (text or "")}
        summary = "" if "\\" in self.summary else self.summary
        return replace(self, summary=summary, **unfit)

    def told_by(self, other: "Seen") -> "Seen":
        """This without what the other does not tell."""
        names = [field.name for field in fields(self)]
        untold = {name: None for name in names if getattr(other, name) is None}
        return replace(self, **untold)


def expected(publication: Publication) -> Seen:
    """What there is to see of an event, from its values alone.

    The texts are those of its own VEVENT, read by nobody's library.
    """
    schedule = Schedule.of(publication.values)
    span = schedule.first
    text = f"BEGIN:VCALENDAR\r\n{vevent(publication, ADDRESSES)}END:VCALENDAR\r\n"
    (component,) = parse(text.encode()).parts
    times = [each.start for each in schedule.times(TODAY)] if schedule.recurs else []
    return Seen(
        uid=ADDRESSES.uid(publication.page_id),
        summary=_plain(component, "SUMMARY"),
        description=_plain(component, "DESCRIPTION"),
        location=_plain(component, "LOCATION"),
        start=moment(span.start),
        end=_end(span),
        times=tuple(moment(each) for each in times if FROM <= _day(each) < TO),
    )


def moment(time: Moment) -> str:
    """A day, or an instant."""
    return str(time) if time.all_day else instant(time.utc)


def instant(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%SZ}"


def _day(time: Moment) -> date:
    return time.date if time.all_day else time.utc.date()


def _end(span: Span) -> str | None:
    if span.all_day:
        return moment((span.end or span.start).next_day)
    return instant(span.end_utc)


def _plain(component: Component, name: str) -> str:
    """A TEXT value without its escapes (RFC 5545 §3.3.11)."""
    escapes = {"n": "\n", "N": "\n"}
    return re.sub(
        r"\\(.)", lambda found: escapes.get(found[1], found[1]), component.value(name)
    )


def unambiguous(publication: Publication) -> bool:
    """Whether no time of an event is on a clock that is being changed.

    There clients differ: RFC 5545 §3.3.5 and PEP 495 agree, not everybody follows.
    """
    schedule = Schedule.of(publication.values)
    spans = (schedule.first, *schedule.times(TODAY))
    return all(
        one.all_day
        or one.local.replace(fold=0).utcoffset()
        == one.local.replace(fold=1).utcoffset()
        for span in spans
        for one in (span.start, span.end or span.start)
    )


def rich() -> list[Publication]:
    """Events of every look."""
    weekly = "FREQ=WEEKLY;COUNT=8"
    return [
        event(1, title="A, b; c\\d “e” 🎉 हिन्दी", venue="[[Hall]]; floor 2, left"),
        event(2, start="2026-05-01", end="2026-05-03", timezone="Europe/Berlin"),
        event(3, start="2026-05-01", end="", timezone="Asia/Tokyo"),
        event(4, recurrence=weekly, **{"except": ("2026-12-05",)}),
        event(5, timezone="UTC", recurrence="FREQ=DAILY;UNTIL=20261212"),
        event(17, recurrence="FREQ=WEEKLY;COUNT=3", also=("2026-12-02 18:30",)),
        event(18, also=("2026-12-02", "2026-12-09 18:30")),
        event(6, timezone="UTC+05:30", recurrence="FREQ=WEEKLY;BYDAY=SA;COUNT=3"),
        event(7, timezone="UTC-09:30"),
        event(
            8,
            start="2026-10-25 14:10",
            end="2026-10-25 15:10",
            timezone="America/New_York",
            recurrence=weekly,
        ),
        event(9, recurrence="FREQ=MONTHLY;BYDAY=-1FR", timezone="Africa/Casablanca"),
        event(
            10, start="2026-03-20 02:30", end="2026-03-20 03:30", timezone="Asia/Gaza"
        ),
        event(
            11, start="2026-12-24", end="2026-12-26", recurrence="FREQ=YEARLY;COUNT=2"
        ),
        event(12, status="cancelled", mode="online", online_link="https://x.org/é"),
        event(13, summary="a\r\nX-EVIL:1\u2028b", organizers=("[[User:Ana]]",)),
        event(
            14, topics=("a,b", "c;d"), coordinates="-36.8506, 174.7679", image="A b.svg"
        ),
        event(15, title="\u202eשלום עולם", city="תל אביב", timezone="Asia/Jerusalem"),
        event(  # clocks skip the second of its dates
            19,
            start="2027-03-13 02:30",
            end="2027-03-13 04:30",
            timezone="America/New_York",
            recurrence="FREQ=DAILY;COUNT=3",
        ),
        event(  # dates are added before the first one on the rule
            20,
            recurrence="FREQ=WEEKLY;BYDAY=WE;COUNT=3",
            also=("2026-11-28", "2026-11-30 10:00"),
        ),
        event(
            21,
            start="2026-12-01",
            end="",
            recurrence="FREQ=DAILY;UNTIL=20261208T235959Z",
        ),
        event(
            16, title="👩‍👩‍👧‍👦" * 12, end="2026-11-28 23:30", timezone="Europe/Dublin"
        ),
    ]


def demo() -> list[Publication]:
    """The events of the sandbox's sample content, as far as they can be read."""
    found = []
    for number, page in enumerate(sample_pages("Space", TODAY), 1):
        reading = read_page(page.steps[0].text, title=page.title)
        if reading.kind != "event" or reading.problems:
            continue
        values = public_values("event", reading.values)
        found.append(publication(number, "event", values))
    return found
