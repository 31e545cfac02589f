"""Events of lists with their title and summary in the reader's language."""

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


def told_time(occurrence: Occurrence, language: str | None = None) -> EventView:
    """The view of an occurrence."""
    return EventView.of(_told(occurrence, language), interface_language())


def told_once(event: Publication) -> EventView:
    """The view of an event at its first time."""
    return EventView.once(told(event), interface_language())


def told_row(event: ListedEvent, language: str | None = None) -> EventView:
    """The view of an event of a list, at its first time there."""
    first = _told(event.first, language)
    shown = event if first is event.first else replace(event, first=first)
    return EventView.listed(shown, interface_language())


def _told(occurrence: Occurrence, language: str | None) -> Occurrence:
    publication = told(occurrence.publication, language)
    if publication is occurrence.publication:
        return occurrence
    return replace(occurrence, publication=publication)
