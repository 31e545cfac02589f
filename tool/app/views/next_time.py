"""Events that were found by something else than their time, at their next one."""

from collections.abc import Iterable
from datetime import datetime

from space.publication.publication import Publication
from tool.app.services import services
from tool.app.views.items import EventView
from tool.app.views.told_events import told_once, told_time


def at_next_time(events: Iterable[Publication]) -> list[EventView]:
    """Each event at its next time; at its first where none is to come."""
    events = tuple(events)
    page_ids = [event.page_id for event in events]
    coming = services().store.events.coming(page_ids, services().clock())
    return [
        told_time(coming[event.page_id])
        if event.page_id in coming
        else told_once(event)
        for event in events
    ]


def is_now(event: EventView, now: datetime) -> bool:
    """Whether an event that is not called off has begun and is not over."""
    begun = event.begins <= now < event.ends
    return begun and event.status not in {"cancelled", "postponed"}
