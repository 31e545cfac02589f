"""The state of a page's review at one moment, as a value."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from types import MappingProxyType
from typing import NamedTuple

from space.review.model import Acceptance, Judged, Patrol, Snapshot, VerdictKind
from space.review.own_text import AcceptedRevisions
from space.review.policy import Policy
from space.review.same_text import RevisionText, same_text

NUMBER = attrgetter("revision")


class RevisionEvent(NamedTuple):
    """A revision being saved, with the hashes by which texts are compared."""

    revision: int
    at: datetime
    user: str | None
    sha1: str | None
    normalised: str | None


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """What stays as it is during a replay: the policy, and whose edits are trusted.

    `kinds` are the kinds under this policy, `trusted` the revisions whose authors
    were autopatrolled people.
    """

    policy: str
    kinds: tuple[str, ...]
    trusted: frozenset[int]

    @classmethod
    def of(cls, policy: Policy, kind: str, trusted: frozenset[int]) -> "ReviewRules":
        """The rules for a page of a kind."""
        return cls(policy.of(kind), policy.alike(kind), trusted)


class ReviewState(NamedTuple):
    """Which revisions of a page are accepted and rejected, and since when.

    Attributes:
        revisions: those saved so far, by ascending id.
        patrolled: revision → who patrolled it, by hand or as its trusted author.
        first_unpatrolled: the first revision after the newest accepted one that is
            rejected or not patrolled; 0 when there is none.
        accepted: why each accepted revision is, by ascending id.
        rejected: the newest rejecting verdict on each rejected text.
        decline: the decline or withdrawal after which only an approval publishes.
        last_dropped_revision: the newest accepted one that compaction removed, or 0.
        withdrawn_up_to: the newest revision when the page was withdrawn, or 0.
        first_accepted: when a revision was first accepted.
        changed: when another text last became the newest accepted one.
        log: every acceptance by a rule since the snapshot, whether it still holds or
            not, in the order in which they were made.
        on_own_text: marks of the verdicts on their account's own text.
    """

    rules: ReviewRules
    revisions: tuple[RevisionEvent, ...] = ()
    patrolled: Mapping[int, str | None] = MappingProxyType({})
    first_unpatrolled: int = 0
    accepted: tuple[Acceptance, ...] = ()
    rejected: tuple[Judged, ...] = ()
    decline: Judged | None = None
    last_dropped_revision: int = 0
    withdrawn_up_to: int = 0
    first_accepted: datetime | None = None
    changed: datetime | None = None
    log: tuple[Acceptance, ...] = ()
    on_own_text: frozenset[str] = frozenset()

    @classmethod
    def of(cls, snapshot: Snapshot, rules: ReviewRules) -> "ReviewState":
        """The state in which a replay begins."""
        return cls(
            rules=rules,
            patrolled={p.revision: p.account for p in snapshot.patrolled},
            accepted=tuple(sorted(snapshot.accepted, key=NUMBER)),
            rejected=snapshot.rejected,
            decline=snapshot.decline,
            last_dropped_revision=snapshot.last_dropped_revision,
            withdrawn_up_to=snapshot.withdrawn_up_to,
            first_accepted=snapshot.first_accepted,
            changed=snapshot.changed,
        )

    def snapshot(self, at: datetime) -> Snapshot:
        """This state for the ledger; `at` is the time up to which was replayed."""
        return Snapshot(
            at=at,
            accepted=self.accepted,
            rejected=self.rejected,
            decline=self.decline,
            patrolled=tuple(
                Patrol(revision, account, at)
                for revision, account in sorted(self.patrolled.items())
                if revision > self.base
            ),
            last_dropped_revision=self.last_dropped_revision,
            withdrawn_up_to=self.withdrawn_up_to,
            first_accepted=self.first_accepted,
            changed=self.changed,
        )

    @property
    def newest(self) -> Acceptance | None:
        """The newest acceptance; None when no revision is accepted."""
        return self.accepted[-1] if self.accepted else None

    @property
    def base(self) -> int:
        """The id of the newest accepted revision; 0 when there is none."""
        return self.accepted[-1].revision if self.accepted else 0

    @property
    def by_rule(self) -> tuple[Acceptance, ...]:
        """The acceptances in `log`, of a revision and time only the last."""
        return tuple({(each.revision, each.at): each for each in self.log}.values())

    @property
    def accepted_revisions(self) -> AcceptedRevisions:
        """The ids of the accepted revisions."""
        numbers = tuple(acceptance.revision for acceptance in self.accepted)
        return AcceptedRevisions(numbers, self.last_dropped_revision)

    @property
    def withdrawn(self) -> datetime | None:
        """When the page was withdrawn; None when it was not, or approved since."""
        if self.decline and self.decline.verdict.kind is VerdictKind.WITHDRAW:
            return self.decline.verdict.at
        return None

    @property
    def rejection_of_newest(self) -> Judged | None:
        """The verdict that rejects the newest revision's text; None without one."""
        return self.rejection(self.revisions[-1]) if self.revisions else None

    @property
    def pending_since(self) -> datetime | None:
        """When the first revision was saved that nobody accepted or declined.

        None when somebody decided on the newest text. An author who does what
        `changes` asked for keeps their place in the queue: the wait goes on.
        """
        decided = max(map(NUMBER, self.rejected), default=0)
        declines = (j for j in self.rejected if j.verdict.kind is VerdictKind.DECLINE)
        declined = max(map(NUMBER, declines), default=0)
        withdrawn = self.withdrawn
        pending = [
            event
            for event in self.revisions
            if event.revision > max(declined, self.base)
            if not (withdrawn and event.at <= withdrawn)
        ]
        if not any(event.revision > decided for event in pending):
            return None
        return min(event.at for event in pending)

    @property
    def changes_asked(self) -> int:
        """The revision on which changes were last asked for; 0 where none are wanted.

        What was accepted or declined since then has settled it.
        """
        asked = (j for j in self.rejected if j.verdict.kind is VerdictKind.CHANGES)
        newest = max(map(NUMBER, asked), default=0)
        declines = (j for j in self.rejected if j.verdict.kind is VerdictKind.DECLINE)
        settled = max(self.base, *map(NUMBER, declines), 0)
        return newest if newest > settled and not self.withdrawn else 0

    def acceptance(self, revision: int) -> Acceptance | None:
        """The acceptance of a revision; None when it is not accepted."""
        place = bisect_left(self.accepted, revision, key=NUMBER)
        found = self.accepted[place : place + 1]
        return found[0] if found and found[0].revision == revision else None

    def accepted_before(self, revision: int) -> Acceptance | None:
        """The newest acceptance of an older revision; None without one."""
        place = bisect_left(self.accepted, revision, key=NUMBER)
        return self.accepted[place - 1] if place else None

    def rejection(self, text: RevisionText) -> Judged | None:
        """The verdict that rejects this text; None without one."""
        return next((j for j in self.rejected if same_text(j, text)), None)

    def is_declined(self, revision: int) -> bool:
        """Whether only an approval can publish this revision."""
        if self.decline is None:
            return False
        return self.withdrawn is not None or revision > self.decline.revision


def anchor_of(acceptance: Acceptance) -> int:
    """The revision whose reviewed text this one repeats: itself, if not EQUAL."""
    return acceptance.anchor or acceptance.revision
