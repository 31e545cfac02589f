"""What the map shows, here and in the frames of other sites."""

from datetime import datetime

from space.dates.moments import utc_day
from space.publication.filters import Filter
from space.publication.occurrence import Occurrence, shown_on_map
from space.publication.places import map_cutoff
from tool.app.services import services
from tool.app.views.items import EventView
from tool.app.views.periods import Window, window
from tool.app.views.time_zone import this_reader
from tool.app.views.told_events import told_times

LOCATING = "camera=(), geolocation=(self), microphone=()"
"""The Permissions-Policy of the page that offers "near me"."""


def map_window(wanted: Filter, now: datetime) -> Window:
    """The days of a filter; by itself, all that is on maps of the UTC day."""
    if wanted.since or wanted.until:
        return window(wanted, "", now, this_reader())
    return Window(map_cutoff(utc_day(now)), None)


def on_map(
    wanted: Filter, most: int, language: str | None = None
) -> tuple[list[EventView], bool]:
    """The events that are on the map, and whether there are more.

    Of a series what is `shown_on_map`, as in the feed. They are told in a language, in
    the reader's for None.
    """
    now = services().clock()
    shown = map_window(wanted, now)
    times: dict[int, list[Occurrence]] = {}
    has_more = False
    stored = services().store.events
    for row in stored.with_dropped(shown.start, shown.end, wanted):
        page_id = row.publication.page_id
        has_more = page_id not in times and len(times) == most
        if has_more:
            break
        times.setdefault(page_id, []).append(row)
    shown_rows = (
        row
        for rows in times.values()
        for row in shown_on_map(
            rows,
            is_over=lambda row: row.ends <= now,
            is_dropped=lambda row: row.dropped,
        )
    )
    return told_times(shown_rows, language), has_more


def state(event: EventView) -> str:
    """Whether an event is `upcoming`, `ongoing`, `past` or `cancelled`."""
    if event.status == "cancelled":
        return "cancelled"
    now = services().clock()
    if event.begins > now:
        return "upcoming"
    return "ongoing" if event.ends > now else "past"
