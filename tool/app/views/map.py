"""What the map shows, here and in the frames of other sites."""

from datetime import datetime

from space.publication.filters import Filter
from space.publication.occurrence import Occurrence
from space.publication.places import shown_since
from tool.app.services import services
from tool.app.views.items import EventView
from tool.app.views.periods import Window, window
from tool.app.views.time_zone import this_reader
from tool.app.web.language import interface_language

LOCATING = "camera=(), geolocation=(self), microphone=()"
"""The Permissions-Policy of the page that offers "near me"."""


def map_window(wanted: Filter, now: datetime) -> Window:
    """The days of a filter; by itself, all that is on maps of the UTC day."""
    if wanted.since or wanted.until:
        return window(wanted, "", now, this_reader())
    return Window(shown_since(now.date()), None)


def on_map(wanted: Filter, most: int) -> tuple[list[EventView], bool]:
    """The events that are on the map, each once, and whether there are more.

    Of a series the time that is not over stands for all, as in the feed.
    """
    now = services().clock()
    shown = map_window(wanted, now)
    found: dict[int, Occurrence] = {}
    has_more = False
    for row in services().store.events.between(shown.start, shown.end, wanted):
        page_id = row.publication.page_id
        has_more = page_id not in found and len(found) == most
        if has_more:
            break
        if page_id not in found or found[page_id].ends <= now:
            found[page_id] = row
    views = [EventView.of(row, interface_language()) for row in found.values()]
    return views, has_more


def state(event: EventView) -> str:
    """Whether an event is `upcoming`, `ongoing` or `past`."""
    now = services().clock()
    if event.span.start_utc > now:
        return "upcoming"
    return "ongoing" if event.span.end_utc > now else "past"
