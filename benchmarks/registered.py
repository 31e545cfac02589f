"""`serving` and `cold_pages` with 10,000 registered events beside those of pages.

The limits are the same as without. The events are of the same three years, read from
answers of CampaignEvents' interface, and in the store as a sync leaves them there.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from benchmarks import cold_pages, serving
from benchmarks.feeds import EVENTS, publications
from sandbox.gateway.registrations import DATABASE, registration
from space.publication.publication import Publication
from space.sources.campaign_events import read_registration
from space.sources.entry import Entry

PAIRED = EVENTS // 20
"""Pages that are about a registered event, which then is no entry of its own."""
CLOSED = 4  # one in so many takes no registrations any more
_LINK = "https://meta.wikimedia.org/wiki/Special:RegisterForEvent"
_FIRST = datetime(2025, 11, 1, 10, tzinfo=UTC)
_READ = datetime(2025, 10, 1, tzinfo=UTC)


def entries() -> Iterator[Entry]:
    """`EVENTS` registered events of their own, and then those of pages."""
    for number in range(1, EVENTS + PAIRED + 1):
        start = _FIRST + timedelta(days=number * 1000 // EVENTS, hours=number % 9)
        answer = registration(
            number,
            name=f"Registered edit-a-thon {number}: femmes, женщины, महिलाएँ",
            start_time=f"{start:%Y%m%d%H%M%S}",
            end_time=f"{start + timedelta(hours=2):%Y%m%d%H%M%S}",
            status="open" if number % CLOSED else "closed",
            wikis=["enwiki", "dewiki"] if number % 2 else ["*"],
        )
        entry = read_registration(json.dumps(answer).encode(), number, DATABASE)
        assert entry
        yield entry.after(None, _READ + timedelta(minutes=number))


def pages() -> Iterator[Publication]:
    """The events of pages, the first of which lead to their registration."""
    for number, page in enumerate(publications(), 1):
        link = {"registration_link": f"{_LINK}/{EVENTS + number}"}
        own = link if number <= PAIRED else {}
        yield replace(page, values={**page.values, **own})


def main() -> int:
    """Print the ratios; 1 if one misses its target."""
    events, known = list(pages()), list(entries())
    missed = [bench.measure(events, known) for bench in (serving, cold_pages)]
    return max(missed)


if __name__ == "__main__":
    sys.exit(main())
