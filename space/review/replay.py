"""The course of a review: which revisions are accepted, cause after cause.

Each cause meets the state of its moment: the newest accepted revision, the rejected
texts, a decline or withdraw in force. The rules are told in docs/moderation.md.
"""

from bisect import insort
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from operator import attrgetter

from space.review.model import (
    Acceptance,
    Cause,
    Flaw,
    Floor,
    Judged,
    LedgerEntry,
    PageHistory,
    Patrol,
    VerdictKind,
)
from space.review.own_text import AcceptedRevisions, Shares, is_own_text
from space.review.policy import Policy
from space.review.same_text import RevisionText, other_hash, same_text


@dataclass(frozen=True, slots=True, order=True)
class ReplayedRevision:
    """A revision as the replay sees it; ordered by id."""

    revision: int
    at: datetime = field(compare=False)
    user: str | None = field(compare=False)
    sha1: str | None = field(compare=False)
    normalised: str | None = field(compare=False)


class ReviewState:
    """The state of review while causes are replayed.

    accepted   revision → why, of all that are accepted now
    rejected   the newest rejecting verdict of each text
    stop       a decline or withdraw after which only an approval publishes
    authors    marks of verdicts that fell on the account's own text
    """

    def __init__(
        self, floor: Floor, policy: Policy, kind: str, trusted: frozenset[int]
    ) -> None:
        self._policy = policy.of(kind)
        self._kinds = policy.alike(kind)
        self._trusted = trusted
        self._revisions: list[ReplayedRevision] = []
        self._cleared = {p.revision: p.account for p in floor.cleared}
        self._broken_at = 0  # the first pending revision that is not cleared
        self.accepted = {a.revision: a for a in floor.accepted}
        self._base = max(self.accepted, default=0)
        self.rejected = list(floor.rejected)
        self.stop = floor.stop
        self._dropped = floor.dropped
        self._voided = floor.voided
        self.first = floor.first
        self.changed = floor.changed
        self._ruled: dict[tuple[int, datetime], Acceptance] = {}
        self.authors: set[str] = set()
        self._shown = self._text_shown()

    @property
    def newest(self) -> Acceptance | None:
        """The newest accepted revision."""
        return self.accepted.get(self._base)

    @property
    def accepted_revisions(self) -> AcceptedRevisions:
        """The ids of the accepted revisions, ascending."""
        return AcceptedRevisions(tuple(sorted(self.accepted)), self._dropped)

    @property
    def ruled(self) -> tuple[Acceptance, ...]:
        """What a rule accepted since the floor, even if it is accepted no more."""
        return tuple(self._ruled.values())

    @property
    def rejection_of_newest(self) -> Judged | None:
        """The verdict that rejects the newest revision's text, if one does."""
        return self.rejection(self._revisions[-1]) if self._revisions else None

    @property
    def waiting_since(self) -> datetime | None:
        """Since when the newest text waits; None if somebody has decided on it.

        It is the time of the first revision that nobody accepted or declined. Who does
        what `changes` asked for keeps their place: the wait goes on.
        """
        decided = max((j.revision for j in self.rejected), default=0)
        declined = max((j.revision for j in self.rejected if _declines(j)), default=0)
        withdrawn = self.withdrawn
        pending = [
            stage
            for stage in self._revisions
            if stage.revision > max(declined, self._base)
            if not (withdrawn and stage.at <= withdrawn)
        ]
        if not any(stage.revision > decided for stage in pending):
            return None
        return min(stage.at for stage in pending)

    @property
    def withdrawn(self) -> datetime | None:
        """When the page was withdrawn, if nothing was approved since."""
        if self.stop and self.stop.verdict.kind is VerdictKind.WITHDRAW:
            return self.stop.verdict.at
        return None

    def rejection(self, text: RevisionText) -> Judged | None:
        """The verdict that rejects this text, if one does."""
        return next((j for j in self.rejected if same_text(j, text)), None)

    def floor(self, at: datetime) -> Floor:
        """This state as a value, `at` the time up to which causes were replayed."""
        return Floor(
            at=at,
            accepted=tuple(self.accepted[r] for r in sorted(self.accepted)),
            rejected=tuple(self.rejected),
            stop=self.stop,
            cleared=tuple(
                Patrol(revision, account, at)
                for revision, account in sorted(self._cleared.items())
                if revision > self._base
            ),
            dropped=self._dropped,
            voided=self._voided,
            first=self.first,
            changed=self.changed,
        )

    def note(self, now: datetime) -> None:
        """Keep the time when another text became the newest accepted one."""
        shown = self._text_shown()
        if shown != self._shown:
            self._shown, self.changed = shown, now
        if shown:
            self.first = self.first or now

    def meet(self, stage: ReplayedRevision, now: datetime) -> None:
        """A revision is made."""
        if stage.revision in self._trusted:
            self._cleared[stage.revision] = stage.user
        insort(self._revisions, stage)
        if stage.revision <= self._base:
            return
        if self._revisions[-1] is stage:
            self._scan([stage], now)
        else:
            self._rescan(now)

    def patrol(self, patrol: Patrol, now: datetime) -> None:
        """A revision is marked as patrolled."""
        self._cleared.setdefault(patrol.revision, patrol.account)
        if patrol.revision == self._broken_at:
            self._rescan(now)

    def recall(self, acceptance: Acceptance, now: datetime) -> None:
        """A revision was accepted by a rule that need not hold any more.

        Where it still is the policy, the rule itself decides, with all that is known
        by now. Where it is not, a cause that was read later but happened before may
        forbid what was accepted.
        """
        revision = acceptance.revision
        known = self.accepted.get(revision)
        if known and known.cause is acceptance.cause and known.at == acceptance.at:
            kinds = sorted({*known.kinds, *acceptance.kinds})
            self._accept_by_rule(replace(known, kinds=tuple(kinds)))
        if known or acceptance.cause == self._policy:
            return
        base = self._before(revision)
        if acceptance.cause is Cause.EQUAL:
            stands = base is not None and anchor_of(base) == acceptance.anchor
        else:
            stands = not self._stopped(revision)
        if acceptance.cause is Cause.PATROL:
            after = base.revision if base else 0
            between = [r for r in self._revisions if after < r.revision < revision]
            stands = stands and not any(map(self.rejection, between))
        if stands and not self.rejection(acceptance):
            self._accept_by_rule(acceptance)
            self._rescan(now)

    def hear(self, judged: Judged, now: datetime) -> None:
        """A verdict that counts is given."""
        kind = judged.verdict.kind
        if kind is VerdictKind.WITHDRAW:
            self._withdraw(judged)
        elif self._is_author(judged):
            self.authors.add(judged.verdict.mark)
        elif kind is VerdictKind.APPROVE:
            self._approve(judged)
        else:
            self._reject(judged)
        self._base = max(self.accepted, default=0)
        self._rescan(now)

    def _is_author(self, judged: Judged) -> bool:
        """Whether a verdict falls on a text that its account wrote."""
        by = Shares(judged.own, judged.other)
        return is_own_text(judged.revision, by, self.accepted_revisions)

    def _approve(self, judged: Judged) -> None:
        if self.stop and (self.withdrawn or judged.revision >= self.stop.revision):
            self.stop = None
        self.rejected = [j for j in self.rejected if not same_text(j, judged)]
        self._forget_equals_of_older(judged)
        self.accepted[judged.revision] = approval(judged)

    def _forget_equals_of_older(self, judged: Judged) -> None:
        """Repeating an older text is no repetition of the one just approved."""
        self.accepted = {
            revision: acceptance
            for revision, acceptance in self.accepted.items()
            if acceptance.cause is not Cause.EQUAL
            or revision < judged.revision
            or acceptance.anchor >= judged.revision
            or same_text(acceptance, judged)
        }

    def _reject(self, judged: Judged) -> None:
        self.rejected = [j for j in self.rejected if not same_text(j, judged)]
        self.rejected.append(judged)
        gone = {r for r, a in self.accepted.items() if same_text(a, judged)}
        gone.update(self._built_on(gone | {judged.revision}))
        self.accepted = {
            revision: acceptance
            for revision, acceptance in self.accepted.items()
            if revision not in gone and acceptance.anchor not in gone
        }
        if judged.verdict.kind is VerdictKind.DECLINE and not self.withdrawn:
            newer = self.stop is None or self.stop.revision <= judged.revision
            self.stop = judged if newer else self.stop

    def _built_on(self, rejected: set[int]) -> Iterator[int]:
        """Revisions that a rule accepted on top of these.

        An approval covers the whole text, and a repeated text is an older one.
        """
        tainted = False
        for revision in sorted(rejected.union(self.accepted)):
            if revision in rejected:
                tainted = True
            elif self.accepted[revision].cause in {Cause.APPROVAL, Cause.EQUAL}:
                tainted = False
            elif tainted:
                yield revision

    def _withdraw(self, judged: Judged) -> None:
        self.accepted.clear()
        self._cleared.clear()
        self._dropped = 0
        self._voided = max((r.revision for r in self._revisions), default=0)
        self.stop = judged

    def _before(self, revision: int) -> Acceptance | None:
        older = [r for r in self.accepted if r < revision]
        return self.accepted[max(older)] if older else None

    def _stopped(self, revision: int) -> bool:
        if self.stop is None:
            return False
        return self.withdrawn is not None or revision > self.stop.revision

    def _rescan(self, now: datetime) -> None:
        self._broken_at = 0
        self._scan([r for r in self._revisions if r.revision > self._base], now)

    def _scan(self, pending: list[ReplayedRevision], now: datetime) -> None:
        """Apply the rules to pending revisions, after those that were scanned."""
        for stage in pending:
            rejected = self.rejection(stage) is not None
            if rejected or stage.revision not in self._cleared:
                self._broken_at = self._broken_at or stage.revision
            acceptance = None if rejected else self._rule(stage, now)
            if acceptance:
                self._accept_by_rule(acceptance)
                self._broken_at = 0

    def _accept_by_rule(self, acceptance: Acceptance) -> None:
        self.accepted[acceptance.revision] = acceptance
        self._base = max(self._base, acceptance.revision)
        self._ruled[acceptance.revision, acceptance.at] = acceptance

    def _rule(self, stage: ReplayedRevision, now: datetime) -> Acceptance | None:
        """The rule that accepts a pending revision, if one does."""
        base = self.newest
        if base and same_text(base, stage):
            cause, account = Cause.EQUAL, base.account
        elif self._stopped(stage.revision):
            return None
        elif self._policy == "open" and stage.revision > self._voided:
            cause, account = Cause.OPEN, stage.user
        elif self._policy == "patrol" and not self._broken_at:
            cause, account = Cause.PATROL, self._cleared[stage.revision]
        else:
            return None
        return Acceptance(
            revision=stage.revision,
            cause=cause,
            account=account,
            at=now,
            sha1=stage.sha1,
            normalised=stage.normalised,
            anchor=anchor_of(base) if base and cause is Cause.EQUAL else 0,
            kinds=() if cause is Cause.EQUAL else self._kinds,
        )

    def _text_shown(self) -> int:
        return anchor_of(self.newest) if self.newest else 0


def _declines(judged: Judged) -> bool:
    return judged.verdict.kind is VerdictKind.DECLINE


def anchor_of(acceptance: Acceptance) -> int:
    """The revision whose reviewed text this one repeats: itself, if not EQUAL."""
    return acceptance.anchor or acceptance.revision


def approval(judged: Judged) -> Acceptance:
    """The acceptance that an approving verdict is."""
    return Acceptance(
        revision=judged.revision,
        cause=Cause.APPROVAL,
        account=judged.verdict.account,
        at=judged.verdict.at,
        sha1=judged.sha1,
        normalised=judged.normalised,
    )


_BEGINNING = datetime.min.replace(tzinfo=UTC)
# Whether a verdict falls on one's own text depends on what was accepted before it, so
# each replay finds that out anew; the other flaws are final.
HEARD = frozenset({Flaw.NONE, Flaw.AUTHOR})


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that happened. `rank` and `number` order what has the same time."""

    at: datetime
    rank: int
    number: int
    act: Callable[[datetime], None]


def replay(
    history: PageHistory,
    entry: LedgerEntry,
    policy: Policy,
    until: datetime | None = None,
) -> ReviewState:
    """Replay an entry's causes over a history, from the entry's floor on.

    `until` leaves out what happened later.
    """
    start = entry.floor.at or _BEGINNING
    course = ReviewState(entry.floor, policy, history.kind, frozenset(entry.trusted))
    events = _events(course, history, entry)
    for event in sorted(events, key=attrgetter("at", "rank", "number")):
        if until is not None and event.at > until:
            break
        now = max(event.at, start)
        event.act(now)
        course.note(now)
    return course


_NO_RULE = Policy(post="", event="")


def accepted_revisions(entry: LedgerEntry) -> AcceptedRevisions:
    """The accepted revisions, from the ledger alone.

    The causes in an entry are all that ever accepted anything, so neither the page's
    history nor the policy is needed.
    """
    history = PageHistory(entry.page, entry.kind, entry.creator, entry.created)
    return replay(history, entry, _NO_RULE).accepted_revisions


def _events(
    course: ReviewState, history: PageHistory, entry: LedgerEntry
) -> Iterator[_Event]:
    for stage in _stages(history, entry):
        yield _Event(stage.at, 0, stage.revision, partial(course.meet, stage))
    for patrol in entry.patrols:
        yield _Event(patrol.at, 1, patrol.revision, partial(course.patrol, patrol))
    for judged in entry.verdicts:
        verdict = judged.verdict
        if verdict.flaw in HEARD:
            act = partial(course.hear, judged)
            yield _Event(verdict.at, 2, verdict.talk, act)
    for acceptance in entry.accepted:
        act = partial(course.recall, acceptance)
        yield _Event(acceptance.at, 3, acceptance.revision, act)


def _stages(history: PageHistory, entry: LedgerEntry) -> Iterator[ReplayedRevision]:
    judged: list[RevisionText] = [
        *entry.floor.accepted,
        *entry.accepted,
        *entry.verdicts,
    ]
    known = {text.revision: text.normalised for text in judged if text.normalised}
    for revision in history.revisions:
        read = revision.content.normalised if revision.content else None
        yield ReplayedRevision(
            revision=revision.id,
            at=revision.timestamp,
            user=revision.user,
            sha1=revision.sha1,
            normalised=other_hash(read, revision.sha1) or known.get(revision.id),
        )
