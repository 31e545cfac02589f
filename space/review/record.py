"""The store's record of a page: its publication, its review, its newest text."""

from dataclasses import dataclass, field
from datetime import datetime

from space.publication.publication import Publication, Tombstone
from space.review.model import OverlayField, Reason
from space.review.own_text import AcceptedRevisions
from space.schema.kinds import Values
from space.schema.problems import Problem


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused verdict line; `flaw` says why.

    `account` is the one that the line names, `adder` the one that put it there, None
    where the name is hidden.
    """

    verdict: str
    flaw: str
    account: str
    adder: str | None
    at: datetime


_NEW = Reason("new")
_NONE_ACCEPTED = AcceptedRevisions()


@dataclass(frozen=True, slots=True)
class Review:
    """Why a page has its status, for its authors and the queue.

    `first_accepted` is when a revision was first accepted, in UTC; None without one.
    `changes_asked` is the revision on which changes were asked for and not yet made to
    a reviewer's liking; 0 without one.
    `accepted_revisions` tell whose text a verdict would be on. `live` and `corrections`
    are those of `PageStatus`: whether readers see all of the pending text already, and
    what they see that no reviewer has looked at, also of a page where more waits.
    """

    reason: Reason = _NEW
    refusals: tuple[Refusal, ...] = ()
    first_accepted: datetime | None = None
    accepted_revisions: AcceptedRevisions = _NONE_ACCEPTED
    changes_asked: int = 0
    live: bool = False
    corrections: tuple[OverlayField, ...] = ()


@dataclass(frozen=True, slots=True)
class Newest:
    """What the newest text of a page says, as far as its review is about it.

    `missing` are suggested fields without a value, `addresses` the web addresses in
    the text, `sketch` is what tells which text it is like, `event` has the values of
    an event that say when and where it is (`space.review.queue.event_facts`).
    """

    title: str = ""
    languages: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()
    event: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """A page that is, or once was, a post or an event.

    `latest` is the newest revision that was read; 0 asks to read the page again.
    `state` is review's (`space.review.model.State`), `pending_revision` the one that
    waits for a verdict and `pending_since` the time of the oldest that does.
    `problems` are those of the newest text. A page without a `publication` is in no
    list and no feed; a `tombstone` strikes out in calendars what was published once.
    """

    page_id: int
    kind: str
    page_title: str
    namespace: int
    latest: int
    state: str
    creator: str | None = None
    pending_revision: int | None = None
    pending_since: datetime | None = None
    problems: tuple[Problem, ...] = ()
    publication: Publication | None = None
    tombstone: Tombstone | None = None
    review: Review = Review()
    newest: Newest = Newest()
