"""What the index and the feeds tell of some events' times, by the tzdata of a process.

`python -m tests.support.feeds.told_times` prints it as JSON.
"""

import json
import sys

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from space.feeds.fragments import ICS, render
from space.feeds.timezones import vtimezone
from space.publication.filters import Filter
from space.store import Store
from space.store.build_key import build_key
from tests.support.feeds.publications import ADDRESSES, TODAY, event, record

AUCKLAND, BERLIN = "Pacific/Auckland", "Europe/Berlin"
EVENTS = (
    event(1, start="2026-11-25 10:00", end="2026-11-25 12:00", timezone=AUCKLAND),
    event(2, start="2027-12-15 10:00", end="2027-12-15 12:00", timezone=AUCKLAND),
    event(3, start="2027-07-15 10:00", end="2027-07-15 12:00", timezone=AUCKLAND),
    event(4, start="2027-12-15 10:00", end="2027-12-15 12:00", timezone=BERLIN),
    event(
        5,
        start="2026-11-25 18:00",
        end="",
        timezone=AUCKLAND,
        recurrence="FREQ=MONTHLY;COUNT=14",
    ),
    event(6, start="2027-12-15", end="2027-12-16", timezone=AUCKLAND),
)


def told() -> dict[str, dict[str, str]]:
    """Of each event its VEVENTs and its times; of each zone its VTIMEZONE."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    store = Store(engine, ADDRESSES)
    store.prepare(build_key(ADDRESSES), TODAY)
    store.put(*map(record, EVENTS))
    times = {
        f"{each.page_id} {occurrence.start}": occurrence.begins.isoformat()
        for each in EVENTS
        for occurrence in store.events.occurrences(each.page_id, Filter("event"))
    }
    engine.dispose()
    return {
        "key": {"key": build_key(ADDRESSES)},
        "vevents": {str(e.page_id): render(e, ADDRESSES)[ICS] for e in EVENTS},
        "times": times,
        "zones": {zone: vtimezone(zone, 2026, 2028) for zone in (AUCKLAND, BERLIN)},
    }


if __name__ == "__main__":
    json.dump(told(), sys.stdout)
