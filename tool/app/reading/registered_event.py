"""What the page of an event says of where it is announced, if that is elsewhere."""

from dataclasses import dataclass

from space.publication.publication import Publication
from space.publication.registered import (
    CALENDAR,
    REGISTRATION,
    decision_number,
    is_registered,
    is_reviewed,
)
from space.settings.onwiki import REGISTRY_OFF
from space.store.keys import PAGE_REGISTRATIONS
from tool.app.services import services
from tool.app.web.links import event_namespace


@dataclass(frozen=True, slots=True)
class RegisteredEvent:
    """Where an event is announced, and how it stands there.

    `number` is that by which reviewers decide on it. `host` is that of the wiki where
    it is registered, `page_title` the title of its page there; it `can_be_taken_over`
    into the form if it is here and may be a page of ours. These two are empty for one
    of a public calendar, which `calendar` names. It `is_closed` where people can no
    longer register.
    """

    number: str
    host: str
    page_title: str
    calendar: str
    is_closed: bool
    is_reviewed: bool
    can_be_taken_over: bool

    @classmethod
    def of(cls, event: Publication) -> "RegisteredEvent | None":
        """Those facts of an event; None for one that has a page of ours."""
        if not is_registered(event.page_id):
            return None
        calendar = str(event.values.get(CALENDAR, ""))
        return cls(
            number=str(decision_number(event.page_id)),
            host="" if calendar else services().facts.addresses().host,
            page_title=event.page_title,
            calendar=calendar,
            is_closed=event.values.get(REGISTRATION) == "closed",
            is_reviewed=is_reviewed(event),
            can_be_taken_over=_can_be_taken_over(event.page_title),
        )


def _can_be_taken_over(page_title: str) -> bool:
    prefix = event_namespace()
    return bool(prefix) and page_title.startswith(prefix)


@dataclass(frozen=True, slots=True)
class PageRegistration:
    """How the registration stands that a page of ours is about.

    `link` is where people register; empty where nobody else can.
    """

    link: str

    @classmethod
    def of(cls, event: Publication) -> "PageRegistration | None":
        """The registration of an event's page; None where none is known."""
        if services().community.settings().registry == REGISTRY_OFF:
            return None
        known = services().store.value(PAGE_REGISTRATIONS) or {}
        title = known.get(str(event.page_id))
        if title is None:
            return None
        return cls(title and services().facts.addresses().page(title))
