"""Events that were found by something else than their time, at their next one."""

from collections.abc import Iterable

from space.publication.publication import Publication
from tool.app.services import services
from tool.app.views.items import EventView
from tool.app.web.language import interface_language


def at_next_time(events: Iterable[Publication]) -> list[EventView]:
    """Each event at its next time; at its first where none is to come."""
    events, language = tuple(events), interface_language()
    page_ids = [event.page_id for event in events]
    coming = services().store.events.coming(page_ids, services().clock())
    return [
        EventView.of(coming[event.page_id], language)
        if event.page_id in coming
        else EventView.once(event, language)
        for event in events
    ]
