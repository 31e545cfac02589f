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
    return event.in_language(language or reader_languages()[0])


def told_time(occurrence: Occurrence, language: str | None = None) -> EventView:
    """The view of an occurrence."""
    shown = replace(occurrence, publication=told(occurrence.publication, language))
    return EventView.of(shown, interface_language())


def told_once(event: Publication) -> EventView:
    """The view of an event at its first time."""
    return EventView.once(told(event), interface_language())


def told_row(event: ListedEvent, language: str | None = None) -> EventView:
    """The view of an event of a list, at its first time there."""
    first = replace(event.first, publication=told(event.first.publication, language))
    return EventView.listed(replace(event, first=first), interface_language())
