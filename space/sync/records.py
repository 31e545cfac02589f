"""The store's records, made from ledger entries and texts."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from space.codec.values.links import label
from space.codec.values.names import page_title
from space.dates.schedule import Schedule
from space.publication.dropped_dates import dropped_dates
from space.publication.people import accounts_named, without_accounts
from space.publication.publication import Publication, Tombstone
from space.review.model import LedgerEntry, Mark, OverlayField, State
from space.review.overlay import apply
from space.review.queue.event_facts import event_values
from space.review.record import Newest, Record, Refusal, Review
from space.review.replay import ledger_state
from space.schema.kinds import Values, load_kind
from space.schema.problems import Problem
from space.schema.visibility import public_values
from space.sync.reading.revisions import FetchedText, Texts
from space.text.clean import one_line
from space.text.similarity import sketch
from space.wiki.values import PageInfo, Site

_ON_SITE = frozenset({"country", "city"})
_CALLED_OFF = frozenset({"cancelled", "postponed"})


FAILED = Problem("failed")
"""What a page says on which the software failed; the log has more."""


def failed_record(info: PageInfo, kind_name: str) -> Record:
    """The record of a page on which its first sync failed, to be read again."""
    return Record(
        page_id=info.id,
        kind=kind_name,
        page_title=info.title,
        namespace=info.namespace,
        latest=0,
        state=State.BROKEN,
        problems=(FAILED,),
    )


def needed_texts(entry: LedgerEntry) -> set[int]:
    """Ids of the revisions from whose texts a record is made."""
    status = entry.status
    return {mark.revision for mark in (status.published, status.newest) if mark}


def is_current(record: Record | None, entry: LedgerEntry, info: PageInfo) -> bool:
    """Whether the store's record is the one that the entry and the page would make."""
    if record is None or record.page_title != info.title:
        return False
    status = entry.status
    publication = record.publication
    return (
        record.latest == _number(status.newest)
        and record.state == status.state
        and record.review == _review(entry)
        and record.pending_revision == _number(status.pending)
        and (publication.revision if publication else None) == _number(status.published)
        and (
            publication is None
            or (publication.sequence, publication.dropped)
            == (status.sequence, entry.dropped)
        )
    )


def takes_away(before: Record, after: Record) -> bool:
    """Whether readers see less by a record than `before`, and nothing else than that.

    That is a page that is not published any more, or of the same published text fields
    without their value and an event called off. Whatever else is new has to be in the
    ledger first.
    """
    old, new = before.publication, after.publication
    if old is None or new is None:
        return old is not None and new is None
    if old.revision != new.revision:
        return False
    other = {name for name in new.values if new.values[name] != old.values.get(name)}
    is_off = new.values.get("status") in _CALLED_OFF
    return other <= ({"status"} if is_off else set()) and new.values != old.values


def replaced_text(entry: LedgerEntry, before: LedgerEntry | None) -> int | None:
    """Id of the revision of which readers of an event saw something else before.

    None where nothing changed for them, or nothing was published before.
    """
    if before is None or entry.kind != "event":
        return None
    seen = before.status.published
    is_same = _published(before) == _published(entry)
    return None if is_same or seen is None else seen.revision


def with_times(
    entry: LedgerEntry, before: LedgerEntry | None, texts: Texts
) -> LedgerEntry:
    """The entry with what calendars have to know of the times of its published event.

    That is its start, and the dates that it has dropped since `before`, the entry until
    now. Other entries are as they were.
    """
    values = _shown(entry, texts)
    if entry.kind != "event" or not values:
        return entry
    try:
        starts = Schedule.of(values).first.start_utc
        return replace(entry, starts=starts, dropped=_dropped(entry, before, texts))
    except ValueError:
        return entry


def _dropped(
    entry: LedgerEntry, before: LedgerEntry | None, texts: Texts
) -> tuple[str, ...]:
    since = entry.status.updated
    after = _shown(entry, texts)
    if before is None or since is None or after is None:
        return entry.dropped
    if _published(before) == _published(entry):
        return entry.dropped
    return dropped_dates(_shown(before, texts), after, entry.dropped, since)


def _published(entry: LedgerEntry) -> tuple[int | None, tuple[OverlayField, ...]]:
    return _number(entry.status.published), entry.status.overlay


def record_of(
    entry: LedgerEntry,
    info: PageInfo | None,
    texts: Texts,
    site: Site,
    hidden: Collection[str],
) -> Record | None:
    """The record of an entry; None for a page that is gone and was never published.

    `hidden` are names of accounts that the wiki hides.
    """
    status = entry.status
    tombstone = _tombstone(entry)
    if status.state == State.GONE and tombstone is None:
        return None
    # Of a page that is gone nobody may know the title any more.
    gone = status.state == State.GONE or info is None
    newest = texts.get(status.newest.revision) if status.newest else None
    return Record(
        page_id=entry.page,
        kind=entry.kind,
        page_title="" if gone or info is None else info.title,
        namespace=0 if gone or info is None else info.namespace,
        latest=_number(status.newest) or 0,
        state=status.state,
        creator=entry.creator,
        pending_revision=_number(status.pending),
        pending_since=status.pending_since,
        problems=newest.problems if newest and not gone else (),
        publication=_publication(entry, info, texts, site, hidden) if info else None,
        tombstone=tombstone,
        review=_review(entry),
        newest=Newest() if gone else _newest(newest, entry.kind),
    )


def people_of(entry: LedgerEntry, texts: Texts, site: Site) -> frozenset[str]:
    """Names of the accounts that a published text names; empty for an unread one."""
    values = _shown(entry, texts)
    return accounts_named(entry.kind, values, site) if values else frozenset()


def _review(entry: LedgerEntry) -> Review:
    state = ledger_state(entry)
    return Review(
        reason=entry.status.reason,
        refusals=tuple(
            Refusal(
                verdict=judged.verdict.kind,
                flaw=judged.verdict.flaw,
                account=judged.verdict.account,
                adder=judged.verdict.adder,
                at=judged.verdict.at,
            )
            for judged in entry.refused
        ),
        first_accepted=entry.status.first_accepted,
        accepted_revisions=state.accepted_revisions,
        changes_asked=state.changes_asked,
        live=entry.status.live,
        corrections=entry.status.corrections,
    )


def _newest(text: FetchedText | None, kind_name: str) -> Newest:
    if text is None or text.content is None:
        return Newest()
    kind_name = text.content.kind or kind_name
    values = text.content.values
    words = f"{label(str(values.get('summary', '')))}\n{text.body}"
    return Newest(
        title=one_line(str(values.get("title", ""))),
        languages=_items(values, "language") + _items(values, "languages"),
        missing=tuple(_missing(kind_name, values)),
        addresses=text.addresses,
        sketch=sketch(words),
        event=event_values(values) if kind_name == "event" else {},
    )


def _missing(kind_name: str, values: Values) -> Iterator[str]:
    """Suggested fields without a value; an online event needs no country and city."""
    online = values.get("mode") == "online"
    for name, field in load_kind(kind_name).fields.items():
        is_needed = field.suggested and not field.default
        if is_needed and name not in values and not (online and name in _ON_SITE):
            yield name


def _items(values: Values, name: str) -> tuple[str, ...]:
    value = values.get(name, ())
    return (value,) if isinstance(value, str) else value


def _publication(
    entry: LedgerEntry,
    info: PageInfo,
    texts: Texts,
    site: Site,
    hidden: Collection[str],
) -> Publication | None:
    status = entry.status
    values = _shown(entry, texts)
    if status.published is None or values is None:
        return None
    values = without_accounts(entry.kind, values, hidden, site)
    text = texts.get(status.published.revision)
    created = entry.created or status.published.at
    return Publication(
        page_id=entry.page,
        page_title=info.title,
        kind=entry.kind,
        revision=status.published.revision,
        values=_with_title(public_values(entry.kind, values), site),
        creator=entry.creator,
        created=created,
        published=status.first_published or created,
        updated=status.updated or created,
        sequence=status.sequence,
        body=text.body if text else "",
        dropped=entry.dropped if entry.kind == "event" else (),
    )


def _with_title(values: Values, site: Site) -> Values:
    """The values with the title of the original's page, however it is written."""
    written = values.get("original")
    if not isinstance(written, str):
        return values
    return {**values, "original": page_title(site.title_of(written)) or written}


def _tombstone(entry: LedgerEntry) -> Tombstone | None:
    """The tombstone of an event that was published and is not any more; else None."""
    status = entry.status
    if status.published or status.updated is None or entry.starts is None:
        return None
    return Tombstone(entry.page, entry.starts, status.updated, status.sequence)


def _shown(entry: LedgerEntry, texts: Texts) -> Values | None:
    """The published values with the overlay over them; None when unpublished."""
    published = entry.status.published
    text = texts.get(published.revision) if published else None
    if text is None or text.content is None:
        return None
    return apply(text.content.values, entry.status.overlay)


def _number(mark: Mark | None) -> int | None:
    return mark.revision if mark else None
