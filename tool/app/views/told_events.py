"""Events of lists with their title and summary in the reader's language."""

from collections.abc import Iterable
from dataclasses import replace

from space.publication.occurrence import ListedEvent, Occurrence
from space.publication.publication import Publication
from tool.app.views.items import EventView
from tool.app.web.language import interface_language, reader_languages


def told(event: Publication, language: str | None = None) -> Publication:
    """An event in a language, or as near as there is; in the reader's for None.

    That is the one that they want most, whether or not the interface is in it.
    """
    if not event.texts:  # as nearly all events of a list
        return event
    return event.in_language(language or reader_languages()[0])


def told_time(occurrence: Occurrence) -> EventView:
    """The view of an occurrence."""
    return EventView.of(_told(occurrence, None), interface_language())


def told_times(
    occurrences: Iterable[Occurrence], language: str | None = None
) -> list[EventView]:
    """The views of occurrences."""
    shown = interface_language()
    return [EventView.of(_told(each, language), shown) for each in occurrences]


def told_once(event: Publication) -> EventView:
    """The view of an event at its first time."""
    return EventView.once(told(event), interface_language())


def told_rows(
    events: Iterable[ListedEvent], language: str | None = None
) -> list[EventView]:
    """The views of events of a list, at their first time there."""
    shown = interface_language()
    return [EventView.listed(_told_row(each, language), shown) for each in events]


def _told_row(event: ListedEvent, language: str | None) -> ListedEvent:
    first = _told(event.first, language)
    return event if first is event.first else replace(event, first=first)


def _told(occurrence: Occurrence, language: str | None) -> Occurrence:
    publication = told(occurrence.publication, language)
    if publication is occurrence.publication:
        return occurrence
    return replace(occurrence, publication=publication)
