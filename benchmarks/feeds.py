"""How fast a calendar of 10,000 events comes from the store.

Compared with building the same calendar with icalendar, side by side in one run.
The store is cold: engine, zones and all caches are new each time.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from icalendar import Calendar

from space.addresses import Addresses
from space.feeds.ics import CalendarHead, calendar, component
from space.feeds.timezones import vtimezone
from space.filters import Filter
from space.publication import Publication
from space.schema import Value
from space.store import Record, Store, open_engine
from space.tzif import read_zone

EVENTS = 10_000
TARGET = 50  # times faster
RUNS = 5
BATCH = 500
TODAY = date(2026, 11, 22)
ADDRESSES = Addresses(
    host="meta.wikimedia.org",
    article_url="https://meta.wikimedia.org/wiki/$1",
    public_url="https://space.example.org",
    commons_url="https://commons.wikimedia.org/w/api.php",
)
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


def fill(store: Store, events: list[Publication]) -> None:
    """Put all events into an empty store."""
    store.prepare("benchmark", TODAY)
    for start in range(0, len(events), BATCH):
        store.put(
            *(
                Record(
                    each.page_id,
                    "event",
                    each.page_title,
                    0,
                    each.revision,
                    "published",
                    publication=each,
                )
                for each in events[start : start + BATCH]
            )
        )


def from_store(file: Path) -> bytes:
    """The feed as the tool answers it, from a database nobody has opened yet."""
    read_zone.cache_clear()
    vtimezone.cache_clear()
    engine = open_engine(f"sqlite:///{file}")
    store = Store(engine, ADDRESSES)
    wanted = Filter("event")
    summary = store.summary("ics", wanted, TODAY)
    source = ADDRESSES.tool("/feeds/events.ics")
    page = ADDRESSES.tool("/events")
    head = CalendarHead("Space", source, page, summary.updated, summary.zones)
    text = "".join(calendar(head, store.fragments("ics", wanted, TODAY)))
    engine.dispose()
    return text.encode()


def with_icalendar(events: list[Publication]) -> bytes:
    """The same events in a calendar that icalendar builds and writes."""
    built = Calendar.new(name="Space", method="PUBLISH")
    for each in events:
        built.add_component(component(each, ADDRESSES))
    built.add_missing_timezones(first_date=date(2025, 1, 1), last_date=date(2029, 1, 1))
    return bytes(built.to_ical())


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """Seconds of the processor, and what came out."""
    start = process_time()
    result = work()
    return process_time() - start, result


def main() -> int:
    """Print the ratio; 1 if it misses the target."""
    events = list(publications())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "space.sqlite"
        engine = open_engine(f"sqlite:///{file}")
        fill(Store(engine, ADDRESSES), events)
        engine.dispose()
        runs = [timed(lambda: from_store(file)) for _ in range(RUNS)]
    ours = median(seconds for seconds, _ in runs)
    theirs, built = timed(lambda: with_icalendar(events))
    for text in (runs[0][1], built):
        assert text.count(b"BEGIN:VEVENT") == EVENTS
    ratio = theirs / ours
    print(
        f"events.ics of {EVENTS} events: {ours:.3f} s from the store, "
        f"{theirs:.2f} s with icalendar: {ratio:.0f} times faster (at least {TARGET})"
    )
    return 0 if ratio >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
