"""The rows of the queue, from the store's records and what the wiki says of people."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from space.codec.page import subpage_name
from space.publication.event_texts import KIND as TRANSLATION
from space.publication.registered import QUESTIONS
from space.review.model import Flaw, State
from space.review.queue.accounts import AccountExperience
from space.review.queue.event_facts import EventFacts
from space.review.queue.sections import Promise, Section
from space.review.queue.surroundings import SimilarPage, Surroundings
from space.review.record import Record, Refusal

NOTICED = timedelta(days=7)
"""For how long a refused verdict on a page keeps it in the queue by itself."""


@dataclass(frozen=True, slots=True)
class Row:
    """One page in the queue.

    Attributes:
        page: the page's id; `title` is its full title on the wiki, `name` what
            readers may call it.
        section: the part of the queue that it stands in.
        event: when and where an event is, as its newest text says; None for a post,
            and for an event whose text does not say when.
        pending_since: when the wait began, before any `changes` that were asked for;
            in a row without a pending revision the time of the newest refused verdict.
        pending_revision: the one to look at, 0 in a row that only tells of a refused
            verdict.
        published_revision: the one that readers see meanwhile; None for a page that is
            not published.
        corrected: names of fields of which readers see a value that no reviewer has
            looked at, made by an organizer.
        author: who made the page or, of a change after review, its newest revision.
        again: whether the page was declined or withdrawn before.
        changes_asked: the revision on which changes were asked for since the last
            verdict that settled anything; 0 without one.
        earlier: how many other pages of the author are published.
        first: whether it is the author's first page here.
        broken: whether problems keep the newest text out, so that its author has to
            mend it before anybody can review it.
        problems, missing: names of fields with warnings or, of a broken text, with what
            is to be mended; and of suggested fields without a value.
        spam: its addresses that the wiki's list forbids.
        refusals: verdicts that are worth nothing.
    """

    page: int
    kind: str
    title: str
    name: str
    pending_since: datetime
    section: Section
    event: EventFacts | None = None
    pending_revision: int = 0
    published_revision: int | None = None
    corrected: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    author: str | None = None
    edits: int | None = None
    earlier: int = 0
    first: bool = False
    again: bool = False
    changes_asked: int = 0
    broken: bool = False
    problems: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    spam: tuple[str, ...] = ()
    like: SimilarPage | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a text waits for a verdict before readers see it."""
        return self.section.waits

    @property
    def asks_again(self) -> tuple[str, ...]:
        """Accounts whose verdict named no revision when the page had just changed."""
        unclear = (r.account for r in self.refusals if r.flaw == Flaw.UNCLEAR_REV)
        return tuple(dict.fromkeys(unclear))


def in_queue(record: Record, today: date) -> bool:
    """Whether a record has a row, unless its author is blocked."""
    lately = any(_is_lately(refusal, today) for refusal in record.review.refusals)
    return (
        _is_open(record)
        or _is_broken(record)
        or lately
        or _is_in_question(record, today)
    )


def queue_rows(
    records: Iterable[Record],
    around: Surroundings,
    people: Mapping[str, AccountExperience],
    spam: Collection[str],
    promise: Promise,
) -> tuple[Row, ...]:
    """The whole queue as of the promise's day, part after part.

    In each part the longest wait, whose review was promised for the earliest day, comes
    first, of events that begin soon the next one; events that are over come last.

    `records` may be all there are; those that are not `in_queue` have no row. `around`
    is what has to be known beside them. `people` has the accounts that `author_of`
    names, `spam` the addresses that the wiki's list forbids. Pages of blocked authors
    are not in the queue.
    """
    today = promise.today
    rows = []
    for record in records:
        if not (record.page_title and in_queue(record, today)):
            continue
        author = author_of(record, around.authors)
        person = people.get(author or "", AccountExperience(author or ""))
        wants = _waits(record) or _is_broken(record)
        if person.blocked and wants:
            continue
        event = EventFacts.of(record.newest.event, today)
        rows.append(
            Row(
                page=record.page_id,
                kind=record.kind,
                title=record.page_title,
                name=_name(record),
                pending_since=_pending_since(record),
                section=_section(record, event, promise),
                event=event,
                pending_revision=_pending_revision(record),
                published_revision=_published_revision(record),
                corrected=tuple(each.field for each in record.review.corrections),
                languages=record.newest.languages,
                author=author,
                edits=person.edits,
                earlier=_earlier(record, author, around.published),
                first=around.first.get(author or "") == record.page_id,
                again=record.review.reason.code == "again",
                changes_asked=_changes_asked(record),
                broken=_is_broken(record),
                problems=tuple(dict.fromkeys(_problem_fields(record))),
                missing=record.newest.missing,
                spam=tuple(a for a in record.newest.addresses if a in spam),
                like=around.like.get(record.page_id),
                refusals=tuple(_refusals(record, today)),
            )
        )
    return tuple(sorted(rows, key=lambda row: _order(row, today)))


def author_of(record: Record, authors: Mapping[int, str | None]) -> str | None:
    """Whose text waits: of a new page its maker, of a change the one who made it.

    None where the wiki hides the name.
    """
    return authors.get(record.page_id, record.creator)


def _name(record: Record) -> str:
    """What readers may call a page before anybody has read its newest text.

    The queue stands in a feed and on a page with a history: a title that nobody has
    accepted would reach readers that way.
    """
    if record.publication:
        return str(record.publication.values["title"])
    name = subpage_name(record.page_title)
    if record.kind != TRANSLATION:
        return name
    # Its page is named by the language alone, below the event's.
    above = subpage_name(record.page_title.rpartition("/")[0])
    return f"{above}/{name}" if above else name


def _order(row: Row, today: date) -> tuple[int, bool, date, datetime, int]:
    """The place of a row: that which comes first has the least."""
    is_soon = row.section is Section.SOON and row.event is not None
    return (
        row.section.rank,
        row.event is not None and row.event.is_over(today),
        row.event.first if row.event and is_soon else date.max,
        row.pending_since,
        row.page,
    )


def _section(record: Record, event: EventFacts | None, promise: Promise) -> Section:
    if _is_live(record):
        return Section.LIVE
    if _is_broken(record):
        return Section.BROKEN
    if not _waits(record):
        is_in_question = _is_in_question(record, promise.today)
        return Section.REGISTERED if is_in_question else Section.REFUSED
    if event and event.is_soon(promise.today, promise.days):
        return Section.SOON
    return Section.FIXED if _changes_asked(record) else Section.WAITING


def _changes_asked(record: Record) -> int:
    """The revision on which changes were asked for, as long as a newer one waits."""
    return record.review.changes_asked if _waits(record) else 0


def _waits(record: Record) -> bool:
    return record.state == State.WAITING and record.pending_revision is not None


def _is_live(record: Record) -> bool:
    """Whether readers see all of a text that nobody has looked at yet."""
    return record.review.live and record.pending_revision is not None


def _is_open(record: Record) -> bool:
    return _waits(record) or _is_live(record)


def _is_broken(record: Record) -> bool:
    return record.state == State.BROKEN


def _is_in_question(record: Record, today: date) -> bool:
    """Whether readers see an event to come that may not be as it is registered."""
    if not record.publication or all(p.code not in QUESTIONS for p in record.problems):
        return False
    event = EventFacts.of(record.newest.event, today)
    return event is None or not event.is_over(today)


def _pending_revision(record: Record) -> int:
    """The revision that wants a verdict, 0 where none does."""
    return (record.pending_revision or 0) if _is_open(record) else 0


def _published_revision(record: Record) -> int | None:
    return record.publication.revision if record.publication else None


def _pending_since(record: Record) -> datetime:
    if record.pending_since and (_is_open(record) or _is_broken(record)):
        return record.pending_since
    times = [refusal.at for refusal in record.review.refusals]
    if record.review.first_accepted:  # a text that was fine until the schema changed
        times.append(record.review.first_accepted)
    return max(times, default=datetime.min.replace(tzinfo=UTC))


def _refusals(record: Record, today: date) -> Iterator[Refusal]:
    """The refused verdicts since the wait began, and those of the last days."""
    since = record.pending_since if _waits(record) else None
    for refusal in record.review.refusals:
        if _is_lately(refusal, today) or (since and refusal.at >= since):
            yield refusal


def _is_lately(refusal: Refusal, today: date) -> bool:
    return today - refusal.at.astimezone(UTC).date() <= NOTICED


def _problem_fields(record: Record) -> Iterator[str]:
    for problem in record.problems:
        is_error = problem.severity == "error"
        if problem.field and is_error == _is_broken(record):
            yield problem.field


def _earlier(record: Record, author: str | None, published: Mapping[str, int]) -> int:
    own = bool(record.publication) and record.creator == author
    return published.get(author, 0) - own if author else 0
