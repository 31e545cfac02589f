"""How fast a calendar of 10,000 events comes from the store.

Compared with building the same calendar with icalendar, side by side in one run.
The store is as the bots leave it, and cold: engine, zones and all caches are new
each time. To index an event, all it is read by is made: feeds, words, dates.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TypeVar

from icalendar import Calendar

from benchmarks.addresses import ADDRESSES
from space.dates.tzdata import read_zone
from space.feeds.envelope import FeedHead
from space.feeds.fragments import ICS
from space.feeds.icalendar import calendar, component
from space.feeds.timezones import vtimezone
from space.publication.filters import Filter
from space.publication.publication import Publication
from space.schema.kinds import Value
from space.settings.onwiki import MARKED
from space.sources.entry import Entry
from space.sources.entry_pages import entry_pages
from space.store import Store, open_engine
from space.sync import Sources
from space.sync.registered import follow_registry
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.feeds.publications import record
from tests.support.wiki.bot_and_wiki import RULES

EVENTS = 10_000
TARGET = 100  # times faster
INDEXING = 3.0  # times building and writing it with icalendar
RUNS = 5
TURNS = 3  # of indexing and icalendar; the least of each counts
TODAY = date(2026, 11, 22)
T = TypeVar("T")
ZONES = (
    "Africa/Lagos",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Dhaka",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Europe/Berlin",
    "Europe/London",
    "Pacific/Auckland",
    "Africa/Cairo",
    "UTC",
)


def publications() -> Iterator[Publication]:
    """Events of three years in twelve zones, every tenth of them a series."""
    first = datetime(2025, 11, 1, 10, tzinfo=UTC)
    made = datetime(2025, 10, 1, tzinfo=UTC)
    for number in range(1, EVENTS + 1):
        start = first + timedelta(days=number * 1000 // EVENTS, hours=number % 8)
        values: dict[str, Value] = {
            "title": f"Edit-a-thon {number}: femmes, женщины, महिलाएँ",
            "summary": "An afternoon of writing together, for newcomers too.",
            "start": f"{start:%Y-%m-%d %H:%M}",
            "end": f"{start + timedelta(hours=3):%Y-%m-%d %H:%M}",
            "timezone": ZONES[number % len(ZONES)],
            "country": "NZ",
            "city": "Auckland",
            "venue": f"[[Library {number % 97}]]",
            "coordinates": f"{number % 60}.25, {number % 170}.5",
            "topics": ("women", "edit-a-thon"),
            "website": f"https://example.org/{number}",
        }
        if number % 10 == 0:
            values["recurrence"] = "FREQ=WEEKLY;COUNT=8"
        yield Publication(
            page_id=number,
            page_title=f"Space/Events/Edit-a-thon {number}",
            kind="event",
            revision=number,
            values=values,
            creator="Ana",
            created=made,
            published=made,
            updated=made + timedelta(minutes=number),
            sequence=number,
        )


def fill(store: Store, published: Iterable[Publication]) -> None:
    """Put publications into an empty store."""
    store.prepare("benchmark", TODAY)
    store.set_checkpoint(datetime(2026, 11, 22, tzinfo=UTC))
    store.put(*map(record, published))


def follow(store: Store, known: Iterable[Entry], today: date) -> None:
    """Bring a store's registered events to what the pages of a bot say, as a sync does.

    `known` are the entries of these pages, of which the store's own claim some.
    """
    bot = MemoryWiki().as_user(RULES.bot, "bot")
    for title, page in entry_pages(RULES.bot, known).items():
        bot.write(title, json.dumps(page))
    rules = replace(RULES, registry=MARKED)
    follow_registry(bot, store, Sources(bot, store), rules, today)


def make(file: Path, events: list[Publication], known: Sequence[Entry] = ()) -> None:
    """A database that holds all events, and registered ones beside them."""
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, ADDRESSES)
    fill(store, events)
    today = datetime.now(UTC).date()  # as the tool has it
    store.prepare("benchmark", today)
    if known:
        follow(store, known, today)
    store.prebuild_map(today)
    engine.dispose()


def from_store(file: Path) -> bytes:
    """The feed as the tool answers it, from a database nobody has opened yet."""
    read_zone.cache_clear()
    vtimezone.cache_clear()
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, ADDRESSES)
    wanted, today = Filter("event"), datetime.now(UTC).date()
    with store.feeds.snapshot() as view:
        summary = view.summary(ICS, wanted, today)
        head = FeedHead(
            title="Space",
            about="Events",
            source=ADDRESSES.tool("/feeds/events.ics"),
            page=ADDRESSES.tool("/events"),
            updated=summary.updated,
            zones=summary.zones,
        )
        text = b"".join(view.feed(calendar(head), ICS, wanted, today))
    engine.dispose()
    return text


def with_icalendar(events: list[Publication]) -> bytes:
    """The same events in a calendar that icalendar builds and writes."""
    built = Calendar.new(name="Space", method="PUBLISH")
    for each in events:
        built.add_component(component(each, ADDRESSES))
    built.add_missing_timezones(first_date=date(2025, 1, 1), last_date=date(2029, 1, 1))
    return bytes(built.to_ical())


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the processor, and what came out."""
    start = process_time()
    result = work()
    return process_time() - start, result


def main() -> int:
    """Print the ratios; 1 if one misses its target."""
    events = list(publications())
    indexed: list[float] = []
    written: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(TURNS):
            file = Path(folder) / f"{turn}.sqlite"
            indexed.append(timed(partial(make, file, events))[0])
            seconds, built = timed(partial(with_icalendar, events))
            written.append(seconds)
        runs = [timed(partial(from_store, file)) for _ in range(RUNS)]
    ours = median(seconds for seconds, _ in runs)
    indexing, theirs = min(indexed), min(written)
    for text in (runs[0][1], built):
        assert text.count(b"BEGIN:VEVENT") == EVENTS
    ratio = theirs / ours
    print(
        f"events.ics of {EVENTS} events: {ours:.3f} s from the store, "
        f"{theirs:.2f} s with icalendar: {ratio:.0f} times faster (at least {TARGET})"
    )
    print(
        f"indexing: {1000 * indexing / EVENTS:.2f} ms of the processor an event, "
        f"{indexing / theirs:.2f} times icalendar (at most {INDEXING:g})"
    )
    return int(ratio < TARGET or indexing > INDEXING * theirs)


if __name__ == "__main__":
    sys.exit(main())
