"""Registration for pages in `Event:`: what is known of it, who opens it, and where."""

import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from space.errors import WikiUnavailableError
from space.schema.kinds import Values, load_kind
from space.settings.onwiki import MARKED, REGISTRY_OFF
from space.sources.entry_pages import entry_pages_of, read_entries
from space.sources.entry_records import EntryRecords
from space.sources.registrations import RegistrationDecisions
from space.store.keys import PAGE_REGISTRATIONS
from tool.app.services import services
from tool.app.web.links import wiki_url, with_query
from tool.app.web.visitor import visitor
from tool.app.writing.editor.view import EditorView
from tool.app.writing.new_titles import offered_prefix
from tool.app.writing.saving import Original

OPENING = "Special:EnableEventRegistration"
PAGE_FIELD = "wpEventPage"
"""The parameter with the title of the page.

The extension's own link on event pages has it (`EventPageDecorator`), by the constant
`PAGE_FIELD_NAME` of `src/Special/AbstractEventRegistrationSpecialPage.php` in
https://github.com/wikimedia/mediawiki-extensions-CampaignEvents. What stands behind a
slash in the title of the special page is not read.
"""


_BEYOND_WORDS = re.compile(r"[^\w :]")


@dataclass(frozen=True, slots=True)
class HomeQuestion:
    """The question where the page of a new event is to be.

    `prefix` is that of the namespace `Event:`; `in_event` what is chosen. `may_open`
    says whether the visitor may open registration, None where nobody knows.
    """

    prefix: str
    in_event: bool
    may_open: bool | None

    @classmethod
    def of(cls, view: EditorView) -> Self | None:
        """The question of a form; None where there is no choice."""
        if view.form.kind.name != "event" or view.edits:
            return None
        try:
            prefix = offered_prefix()
        except WikiUnavailableError:
            return None
        return cls(prefix, view.naming.in_event, _may_open()) if prefix else None


@dataclass(frozen=True, slots=True)
class RegistrationToOpen:
    """Registration that a page has not yet.

    `address` is that of the form that opens it; empty for who cannot.
    """

    address: str

    @classmethod
    def of(cls, page: Original) -> Self | None:
        """What is to be said below a page; None where it can have no registration.

        Only whoever made the page can open it, which is the visitor while sync knows
        nobody else. Raises `WikiUnavailableError`.
        """
        prefix, store = offered_prefix(), services().store
        if not (prefix and page.title.startswith(prefix)) or page.kind.name != "event":
            return None
        known = store.value(PAGE_REGISTRATIONS) or {}
        if str(page.page_id) in known or known_registration(page.title):
            return None
        record = store.records.get(page.page_id)
        is_own = record is None or record.creator == visitor().user
        query = urlencode({PAGE_FIELD: page.title})
        address = with_query(wiki_url(OPENING), query)
        return cls(address if is_own and _may_open() else "")


def known_registration(page_title: str) -> Values:
    """What the registration of a page says of the event, as the bot last read it.

    Empty where nothing is known. Neither the wiki nor CampaignEvents is asked: the
    store has copies of the bot's pages, also of events that are not listed.
    """
    settings = services().community.settings()
    if settings.registry == REGISTRY_OFF or settings.bot is None:
        return {}
    folder = entry_pages_of(settings.bot).folder
    copies = services().store.page_copies.holding(folder, _plainest(page_title))
    entries = (
        entry
        for copy in copies
        if copy.user == settings.bot
        for entry in read_entries(copy.text).values()
        if entry.page == page_title and not entry.calendar
    )
    urls = services().facts.addresses()
    listing = EntryRecords(MARKED, RegistrationDecisions(), urls)
    records = filter(None, map(listing.record_of, entries))
    event = next((record.publication for record in records if record.publication), None)
    fields = load_kind("event").fields
    values = event.values if event else {}
    return {name: values[name] for name in fields if name in values}


def _plainest(title: str) -> str:
    """The longest part of a title that JSON writes as it is."""
    return max(_BEYOND_WORDS.split(title), key=len)


def _may_open() -> bool | None:
    return services().community.opens_registration(visitor().user)
