"""The values of review: what is known of a page, what was said, what follows.

    PageHistory, Verdict, Patrol, Rights   what the wiki says now (the caller reads it)
    Judged, Acceptance, Snapshot           what was judged, once (the ledger keeps it)
    PageStatus                             the page's status (banner, queue, feeds)
    LedgerEntry                            judgements and status of one page
    Decision                               what `space.review.decide.decide` returns

How a caller goes about it, page by page and only for pages with something new::

    history  = all revisions of the page, without text
    verdicts = verdicts.read_verdicts(talk revisions above entry.read.talk, …)
    rights   = Rights of judge.people(history, entry, verdicts)
    decision = decide(history, entry, verdicts, patrols, rights,
                      policy=policy, today=today)
    while decision.wants:       # texts it has to know before it can decide
        give those revisions their `content`, add the Rights of `people` again, who
        may be more by now, and decide again with the same entry
    keep decision.entry, whose `status` says what is published

Deciding is idempotent: a second time with the entry of the first adds nothing.
Pages with nothing new need no decision: their entry's `status` still holds, but
for those whose `status.due` day has come and when the policy of their kind changes.
All times are aware and in UTC.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from space.review.marks import of_others
from space.schema.kinds import Value, Values
from space.serialize import one_of_equals, stored_as

EPOCH = datetime(2019, 6, 25, tzinfo=UTC)
"""SEQUENCE counts seconds from here, the day Wikimedia Space was announced."""


class VerdictKind(StrEnum):
    """The kinds of verdict: the choices in `schemas/verdict.json`."""

    APPROVE = "approve"
    CHANGES = "changes"
    DECLINE = "decline"
    WITHDRAW = "withdraw"


class Flaw(StrEnum):
    """Why a verdict line is refused; NONE for one that counts."""

    NONE = ""
    UNSIGNED = "unsigned"  # no signature of a user on its line
    NOT_SIGNER = "not-signer"  # another account added it than the one that signed
    RE_ADDED = "re-added"  # an old line brought back or copied
    UNKNOWN_ADDER = "unknown-adder"  # who added it is hidden
    BAD_REV = "bad-rev"  # `rev` or the verdict itself cannot be read, or lies ahead
    OTHER_PAGE = "other-page"  # `rev` is not a revision of this page
    UNCLEAR_REV = "unclear-rev"  # no `rev`, and the page had just changed
    MOVED = "moved"  # no `rev`, and the page or its talk page was moved since
    NO_RIGHT = "no-right"
    BLOCKED = "blocked"
    AUTHOR = "author"  # on its account's own text


class Cause(StrEnum):
    """Why a revision is accepted."""

    APPROVAL = "approval"  # a verdict
    PATROL = "patrol"  # it and all before it patrolled or by trusted people
    OPEN = "open"  # the policy
    EQUAL = "equal"  # its text is the accepted one


class State(StrEnum):
    """The state of a page's newest text.

    `published` without a pending revision is final until the next edit. With `waiting`,
    `changes`, `declined` or `broken` an older revision may still be published.
    """

    PUBLISHED = "published"
    SCHEDULED = "scheduled"  # accepted, its day has not come
    WAITING = "waiting"  # for a reviewer
    CHANGES = "changes"  # for its author
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"
    BROKEN = "broken"  # its text has problems that keep it out
    GONE = "gone"  # deleted, moved away, or no longer a record


@dataclass(frozen=True, slots=True)
class Content:
    """The content of a revision, as the codec read its text.

    `kind` is None when the text calls neither template (or is a redirect): the page
    is then no record. `broken`: there are problems of severity "error". `unread`:
    fields that are there but could not be read, so they count as neither changed nor
    emptied. `normalised` comes from `space.review.same_text.normalised_sha1`.
    `redirect` is True for a redirect, which is no record. `organizers` are the names of
    users that the text links as organizers. `remainder` is a hash of all that the text
    has beside the fields that an overlay may show, None when nobody found it out.
    """

    kind: str | None
    values: Values
    broken: bool = False
    unread: frozenset[str] = frozenset()
    normalised: str | None = None
    redirect: bool = False
    organizers: frozenset[str] = frozenset()
    remainder: str | None = None


@dataclass(frozen=True, slots=True)
class PageRevision:
    """One revision of a record page, as the wiki tells it now.

    `user` is None when the name is hidden, `user_id` 0 then and for a name without an
    account; `sha1` (hex) is None when the text is hidden.
    `content` is None as long as nobody read the text: `Decision.wants` asks.
    """

    id: int
    timestamp: datetime
    user: str | None
    sha1: str | None
    user_id: int = 0
    parent: int = 0
    text_hidden: bool = False
    content: Content | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of a record: its page was deleted, or moved out of the namespaces."""

    reason: str  # "deleted" or "moved"
    at: datetime | None = None  # of the log entry, if known


@dataclass(frozen=True, slots=True)
class Read:
    """The newest ids read: page revision, talk revision, log entry; 0 for none."""

    page: int = 0
    talk: int = 0
    log: int = 0


@dataclass(frozen=True, slots=True)
class PageHistory:
    """The history of a record page, as the wiki has it now.

    `revisions` are all there are, oldest first. `kind` is the kind of the newest text,
    or of the entry when that text is no record. `returned` is when it last came back
    (undeleted, moved in), if the log says so. `moved` is when the page or its talk page
    last came to its present title by a move, as far as that is after
    the oldest new verdict that `needs_titles`; None if neither did. `read` says how far
    the talk page and the log were read for this call. The talk page must be read before
    the history, or a verdict may name a revision that the history does not have yet.
    """

    page: int
    kind: str
    revisions: tuple[PageRevision, ...] = ()
    ended: Ending | None = None
    returned: datetime | None = None
    moved: datetime | None = None
    read: Read = Read()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One verdict line of a talk page, as `space.review.verdicts.reading` read it.

    `account` signed it, `adder` (`adder_id`, 0 for no account) made the talk revision
    `talk` at the time `at`, in which the line stands first. `mark` tells lines apart
    (see `reading.Line.mark`). `revision` is None when the line names none. A `flaw`
    found in the text is final.

    In the ledger `account` is empty, `adder` None and `adder_id` 0 where the wiki hides
    the name, and `reason` is empty where it hides the words or the verdict is refused.
    """

    kind: VerdictKind
    revision: int | None
    account: str
    adder: str | None
    at: datetime
    talk: int
    mark: str
    reason: str = ""
    flaw: Flaw = Flaw.NONE
    adder_id: int = 0

    @property
    def is_of_others(self) -> bool:
        """Whether another account than the signer may have added the line."""
        not_signer = self.flaw in {Flaw.NOT_SIGNER, Flaw.UNKNOWN_ADDER}
        return not_signer and bool(self.account)

    @property
    def needs_titles(self) -> bool:
        """Whether only titles may tell which page the verdict is about."""
        return self.revision is None or self.kind is VerdictKind.WITHDRAW

    @property
    def seen_mark(self) -> str:
        """The mark under which the line is seen; the signer's own has another."""
        return of_others(self.mark) if self.is_of_others else self.mark


@dataclass(frozen=True, slots=True)
class Patrol:
    """One entry of the patrol log by a person; `auto` entries are left out."""

    revision: int  # the log's `curid`
    account: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Rights:
    """The rights of an account, as far as review asks for them.

    `account` is its id, 0 for a temporary account, behind which nobody can be known
    again.
    """

    reviewer: bool = False  # holds the policy's right
    autopatrolled: bool = False
    machine: bool = False  # a bot, or FuzzyBot
    blocked: bool = False  # sitewide
    account: int = 0

    @property
    def accountable(self) -> bool:
        """Whether its owner answers for its edits: registered, no machine, not blocked.

        Temporary accounts are not registered.
        """
        return self.account > 0 and not self.machine and not self.blocked

    @property
    def trusted(self) -> bool:
        """Whether its edits are trusted: autopatrolled, neither machine nor blocked."""
        return self.autopatrolled and not self.machine and not self.blocked

    @property
    def reviews(self) -> bool:
        """Whether its verdicts count."""
        return self.reviewer and not self.blocked


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what was judged once of its account, as the ledger has it.

    `own` is the newest revision up to `revision` by the same account, 0 for none.
    `other` is the newest one by somebody else, 0 for none and always 0 when the
    account made the page. With them, whether it is a verdict on one's own text
    follows from which revision was accepted before; hiding a name or
    renaming an account later changes nothing.
    """

    verdict: Verdict
    revision: int
    own: int = 0
    other: int = 0
    sha1: str | None = None
    normalised: str | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One accepted revision; `anchor` is the revision that it equals, for EQUAL.

    `account` is None where the wiki hides the name; `talk` is the talk revision of an
    APPROVAL, 0 for other causes.

    A rule accepts only texts of the kinds whose policy it was: a page may turn from
    a post into an event and back.
    """

    revision: int
    cause: Cause
    account: str | None
    at: datetime
    sha1: str | None = None
    normalised: str | None = None
    anchor: int = 0
    kinds: tuple[str, ...] = ()  # none are all
    talk: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of a page's review at a time, in place of all causes before it.

    Fields that `space.review.state.ReviewState` has, too, mean what they mean there;
    `patrolled` has pending revisions only, those of trusted authors among them.
    `at` is None where nothing was compacted yet.
    """

    at: datetime | None = None
    accepted: tuple[Acceptance, ...] = ()
    rejected: tuple[Judged, ...] = ()
    decline: Judged | None = field(default=None, metadata=stored_as("stop"))
    patrolled: tuple[Patrol, ...] = field(default=(), metadata=stored_as("cleared"))
    last_dropped_revision: int = field(default=0, metadata=stored_as("dropped"))
    withdrawn_up_to: int = field(default=0, metadata=stored_as("voided"))
    first_accepted: datetime | None = field(default=None, metadata=stored_as("first"))
    changed: datetime | None = None


@dataclass(frozen=True, slots=True)
class OverlayField:
    """A field of the published revision that shows another value: of a later revision.

    `value` is shown instead of the published one, None for no value; `revision` is
    the revision that says so, `at` its time. It is a retraction, or else a
    `correction`, which reviewers look at later.
    """

    field: str
    value: Value | None
    revision: int
    at: datetime
    correction: bool = False


@one_of_equals
@dataclass(frozen=True, slots=True)
class Mark:
    """A revision's id, time and hash; `sha1` is None when its text is hidden."""

    revision: int
    at: datetime
    sha1: str | None = None


@one_of_equals
@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page has its status: `wiki-reason-<code>` in `i18n/`.

    `params` are $1, $2, …: for a verdict its account and its words.
    """

    code: str
    params: tuple[str, ...] = ()

    @property
    def message_key(self) -> str:
        """The key of the text in `i18n/`."""
        return f"wiki-reason-{self.code}"


@dataclass(frozen=True, slots=True)
class PageStatus:
    """The status of a page: all that feeds, banner and queue need from review.

    Readers see `published` with `overlay` laid over its values
    (`space.review.overlay.apply`). `pending` is the newest revision as long
    as it is not accepted, and `pending_since` the time of the oldest that nobody has
    decided on (`ReviewState.pending_since`). `newest` is the newest one that was read.
    `live` says of `pending` that readers see all of it already, by the overlay: the
    page does not wait, and its state is `published`. Where somebody else reverted a
    correction that readers see all the same, it is the revision that made it.
    `first_accepted` is the time at which a revision was first accepted;
    `first_published` that from which readers have seen the page, which never changes.
    Should one of `hidden` be seen again, or `published` be hidden, decide again.
    """

    state: State
    reason: Reason
    published: Mark | None = None
    pending: Mark | None = None
    newest: Mark | None = None
    pending_since: datetime | None = field(
        default=None, metadata=stored_as("waiting_since")
    )
    live: bool = False
    overlay: tuple[OverlayField, ...] = ()  # by field name
    hidden: tuple[int, ...] = ()  # accepted revisions that would be shown instead
    sequence: int = 0
    first_accepted: datetime | None = field(default=None, metadata=stored_as("first"))
    first_published: datetime | None = field(
        default=None, metadata=stored_as("appeared")
    )
    due: date | None = None  # UTC day on which to decide again

    @property
    def corrections(self) -> tuple[OverlayField, ...]:
        """The corrections that readers see and no reviewer has looked at yet."""
        return tuple(field for field in self.overlay if field.correction)

    @property
    def updated(self) -> datetime | None:
        """When what is published last changed; it never falls."""
        return EPOCH + timedelta(seconds=self.sequence) if self.sequence else None


@dataclass(frozen=True, slots=True)
class NamedAccount:
    """An account that a text names, with its id: the name may be another's one day."""

    name: str
    id: int


@dataclass(frozen=True, slots=True)
class Organizers:
    """The accounts that the published revision names as organizers.

    Found when that `revision` was first decided on as the published one, 0 while none
    was; a name that stood in the one before keeps its account. Names without an account
    are left out.
    """

    revision: int = 0
    accounts: tuple[NamedAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class SeenCorrection:
    """The corrections of one revision, made `at`, that readers saw before a review.

    `looked_at` is when a reviewer first decided on them, None while none did;
    `taken_back` says whether that brought the accepted values back.
    """

    revision: int
    at: datetime
    looked_at: datetime | None = None
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """The ledger's record of one page: what cannot be derived from the wiki again.

    `origin` is the revision by which the page's `creator` began the record, 0 while
    it is not known; what the creator may do goes with the account's id, `creator_id`,
    0 for no account. Where the wiki hides the name there is neither. `verdicts` are
    those that count and the newest that do not; `seen` has the marks
    of those left out. `trusted` are revisions whose author was an autopatrolled
    person when first read, `retractors` those by the page's creator or a reviewer,
    `accountable` those by registered people who were not blocked (`Rights`).
    `starts` is when the event last published begins, in UTC: a calendar needs it to
    strike out an event whose page is deleted. `dropped` are the starts of dates to come
    that a series had as published before, and has no more
    (`space.publication.dropped_dates`). `policy` is the one decided under. `space.sync`
    sets these three.
    """

    page: int
    kind: str
    creator: str | None = None
    creator_id: int = 0
    origin: int = 0
    created: datetime | None = None
    read: Read = Read()
    snapshot: Snapshot = field(default=Snapshot(), metadata=stored_as("floor"))
    verdicts: tuple[Judged, ...] = ()
    patrols: tuple[Patrol, ...] = ()
    accepted: tuple[Acceptance, ...] = ()  # by a rule, at its time
    trusted: tuple[int, ...] = ()
    retractors: tuple[int, ...] = ()
    accountable: tuple[int, ...] = ()
    organizers: Organizers = Organizers()
    corrections: tuple[SeenCorrection, ...] = ()
    seen: tuple[str, ...] = ()
    status: PageStatus = field(
        default=PageStatus(State.WAITING, Reason("new")), metadata=stored_as("standing")
    )
    starts: datetime | None = None
    dropped: tuple[str, ...] = ()
    policy: str = ""

    @property
    def marks(self) -> frozenset[str]:
        """Marks of all verdict lines seen so far, for `reading.read_verdicts`."""
        return frozenset(self.seen).union(j.verdict.seen_mark for j in self.verdicts)

    @property
    def refused(self) -> tuple[Judged, ...]:
        """The refused verdicts, each with its flaw, for the queue to show."""
        return tuple(j for j in self.verdicts if j.verdict.flaw)


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome: the ledger's new entry, and the revisions to be read before.

    As long as `wants` names revisions, their content is needed to decide, and the
    entry is the one that was given.
    """

    entry: LedgerEntry
    wants: frozenset[int] = frozenset()

    @property
    def status(self) -> PageStatus:
        """The page's status."""
        return self.entry.status

    @property
    def published(self) -> int | None:
        """The published revision's id; None without one."""
        mark = self.status.published
        return mark.revision if mark else None
