"""Entries as records of the store, under what the community decided."""

from dataclasses import dataclass

from space.publication.publication import Publication, Tombstone
from space.publication.registered import REGISTRATION, REVIEWED
from space.review.model import State
from space.review.record import Record
from space.schema.kinds import Value, Values, load_kind
from space.settings.onwiki import REVIEWED as POLICY_REVIEWED
from space.sources.entry import Entry, EntryState
from space.sources.registrations import RegistrationDecisions
from space.wiki.urls import Urls

READ = 1
"""`Record.latest` of an entry, which has no revisions; 0 asks to make it anew."""
_NAMES = {"zone": "timezone"}
_TOLD = ("title", "start", "end", "zone", "mode", "country", "type", "topics", "wikis")


@dataclass(frozen=True, slots=True)
class EntryRecords:
    """What a community wants listed of a source.

    `policy` is the setting `registry`; the number 0 of the source has `first_id` in the
    store.
    """

    policy: str
    decisions: RegistrationDecisions
    first_id: int
    urls: Urls

    def record_of(self, entry: Entry) -> Record | None:
        """The record of an entry; None for one of which nothing may be said."""
        if entry.seen is None or entry.changed is None:
            return None
        is_approved = entry.id in self.decisions.approved
        is_hidden = self.decisions.hides(entry)
        if is_hidden or (self.policy == POLICY_REVIEWED and not is_approved):
            return None
        page_id = self.first_id + entry.id
        if entry.state is EntryState.GONE:
            start = entry.span.start_utc
            return Record(
                page_id=page_id,
                kind="event",
                page_title="",
                namespace=0,
                latest=READ,
                state=State.GONE,
                tombstone=Tombstone(page_id, start, entry.changed, entry.sequence),
            )
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


def _values(entry: Entry, urls: Urls, *, is_approved: bool) -> Values:
    """The values of an event's page that an entry has, and the two of its own."""
    told = {_NAMES.get(name, name): getattr(entry, name) for name in _TOLD}
    told["registration_link"] = urls.page(entry.sign_up) if entry.sign_up else ""
    values: dict[str, Value] = {
        name: told[name] for name in load_kind("event").fields if told.get(name)
    }
    is_open = "open" if entry.open else "closed"
    reviewed = "yes" if is_approved else "no"
    return {**values, REGISTRATION: is_open, REVIEWED: reviewed}
