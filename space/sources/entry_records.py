"""Entries as records of the store, under what the community decided."""

from dataclasses import dataclass
from datetime import datetime

from space.publication.publication import Publication, Tombstone
from space.publication.registered import CALENDAR, FIRST_ID, REGISTRATION, REVIEWED
from space.review.model import State
from space.review.record import Record
from space.schema.kinds import Values
from space.settings.onwiki import REVIEWED as POLICY_REVIEWED
from space.sources.entry import Entry, EntryState
from space.sources.registrations import RegistrationDecisions
from space.wiki.urls import Urls

READ = 1
"""`Record.latest` of an entry, which has no revisions; 0 asks to make it anew."""


@dataclass(frozen=True, slots=True)
class EntryRecords:
    """What a community wants listed of all sources.

    `policy` is the setting `registry`; `calendars` are the names of the calendars that
    the settings have.
    """

    policy: str
    decisions: RegistrationDecisions
    urls: Urls
    calendars: frozenset[str] = frozenset()

    def record_of(self, entry: Entry) -> Record | None:
        """The record of an entry; None for one of which nothing may be said."""
        if entry.seen is None or entry.changed is None:
            return None
        if entry.calendar and entry.calendar not in self.calendars:
            return None
        is_approved = entry.id in self.decisions.approved
        if self.decisions.hides(entry):
            was_listed = entry.is_listed and entry.withheld not in {None, entry.seen}
            return _tombstone(entry, entry.changed) if was_listed else None
        if self.policy == POLICY_REVIEWED and not is_approved:
            return None
        if entry.state is EntryState.GONE:
            return _tombstone(entry, entry.changed)
        page_id = FIRST_ID + entry.id
        publication = Publication(
            page_id=page_id,
            page_title=entry.page,
            kind="event",
            revision=0,
            values=_values(entry, self.urls, is_approved=is_approved),
            creator=None,
            created=entry.seen,
            published=entry.seen,
            updated=entry.changed,
            sequence=entry.sequence,
        )
        return Record(
            page_id=page_id,
            kind="event",
            page_title=entry.page,
            namespace=0,
            latest=READ,
            state=State.PUBLISHED,
            publication=publication,
        )


def _tombstone(entry: Entry, removed: datetime) -> Record:
    """The record that strikes an entry out in calendars, from an aware time on."""
    page_id, start = FIRST_ID + entry.id, entry.span.start_utc
    return Record(
        page_id=page_id,
        kind="event",
        page_title="",
        namespace=0,
        latest=READ,
        state=State.GONE,
        tombstone=Tombstone(page_id, start, removed, entry.sequence),
    )


def _values(entry: Entry, urls: Urls, *, is_approved: bool) -> Values:
    """The values of an event's page that an entry has, and those that no page has."""
    values = dict(entry.values)
    if entry.calendar:
        values[CALENDAR] = entry.calendar
    else:
        values[REGISTRATION] = "open" if entry.open else "closed"
    if entry.sign_up:
        values["registration_link"] = urls.page(entry.sign_up)
    return {**values, REVIEWED: "yes" if is_approved else "no"}
