"""What the page of a registered event says in place of what pages of ours have."""

from dataclasses import dataclass

from space.publication.publication import Publication
from space.publication.registered import REGISTRATION, is_registered, is_reviewed
from tool.app.services import services


@dataclass(frozen=True, slots=True)
class RegisteredEvent:
    """Where an event is registered, and how it stands there.

    `host` is that of the wiki, `page_title` the title of the event's page.
    """

    host: str
    page_title: str
    is_open: bool
    is_reviewed: bool

    @classmethod
    def of(cls, event: Publication) -> "RegisteredEvent | None":
        """Those facts of an event; None for one that has a page of ours."""
        if not is_registered(event.page_id):
            return None
        return cls(
            host=services().facts.addresses().host,
            page_title=event.page_title,
            is_open=event.values[REGISTRATION] == "open",
            is_reviewed=is_reviewed(event),
        )
