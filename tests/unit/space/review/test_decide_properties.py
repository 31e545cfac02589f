"""Laws of review, over any course of events.

An auditor who knows all that happened, and nothing of how decisions are made, looks
at each decision: is what is published something that an eligible person or a rule
accepted, and has nobody eligible rejected it since?
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from space.review import compaction
from space.review.corrections import STATUS, TIMES
from space.review.model import (
    Decision,
    PageStatus,
    Rights,
    Verdict,
    VerdictKind,
)
from space.review.policy import Policy
from space.schema.kinds import Value
from tests.support.review.random_edits import (
    EVENT,
    HOURS,
    KINDS,
    PEOPLE,
    POLICIES,
    TEXTS,
    Act,
    begun,
    change,
    people,
    perform,
    picks,
    policies,
    random_edits,
)
from tests.support.review.scenario import REVIEW, Scenario

MIXED = [
    Policy(post="review", event="patrol"),
    Policy(post="open", event="review"),
    Policy(post="patrol", event="open"),
]
GRANTS = [
    Rights(),
    Rights(reviewer=True),
    Rights(autopatrolled=True),
    Rights(reviewer=True, autopatrolled=True),
    Rights(reviewer=True, autopatrolled=True, blocked=True),
]


@dataclass
class Auditor:
    """Remembers what is true, and when the bot came to see it."""

    authors: dict[int, str] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)
    times: dict[int, datetime] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    creator: str = ""
    read: set[int] = field(default_factory=set)
    trusted: set[int] = field(default_factory=set)
    open_once: set[int] = field(default_factory=set)
    patrol_once: set[int] = field(default_factory=set)
    judged: dict[str, bool] = field(default_factory=dict)  # mark → account may judge
    values: dict[int, dict[str, Value]] = field(default_factory=dict)
    accountable: set[int] = field(default_factory=set)

    def look(self, scenario: Scenario) -> None:
        """What the bot sees when it reads now."""
        first = min(scenario.revisions, default=0)
        if first and scenario.revisions[first].user and not self.creator:
            self.creator = self.authors[first]
        for number, revision in scenario.revisions.items():
            rights = scenario.rights.get(self.authors[number], Rights())
            if number not in self.read and revision.user and rights.trusted:
                self.trusted.add(number)
            is_bad = rights.blocked or rights.machine
            if number not in self.read and revision.user and not is_bad:
                self.accountable.add(number)
            self.read.add(number)
            policy = scenario.policy.of(self.kinds[number])
            if policy == "open":
                self.open_once.add(number)
            if policy == "patrol":
                self.patrol_once.add(number)
        for verdict in scenario.verdicts if scenario.revisions else ():
            if verdict.mark not in self.judged:
                rights = scenario.rights.get(verdict.account, Rights())
                own = verdict.adder == verdict.account
                self.judged[verdict.mark] = (
                    own and not _is_swapped(scenario, verdict)
                ) and (
                    rights.reviews
                    or (
                        verdict.kind is VerdictKind.WITHDRAW
                        and verdict.account == self.creator
                        and not rights.blocked
                    )
                )

    def same(self, revision: int) -> set[int]:
        return {r for r, text in self.texts.items() if text == self.texts[revision]}

    def said(self, scenario: Scenario) -> list[Verdict]:
        """All lines, of those that were added again only the first."""
        first: dict[str, Verdict] = {}
        for verdict in scenario.verdicts:
            first.setdefault(verdict.mark, verdict)
        return list(first.values())

    def withdrawn(self, scenario: Scenario) -> datetime | None:
        times = [
            v.at
            for v in self.said(scenario)
            if v.kind is VerdictKind.WITHDRAW and self.judged.get(v.mark)
        ]
        return max(times, default=None)

    def approvals(self, scenario: Scenario, revision: int) -> list[Verdict]:
        """Approvals of this text that an eligible person gave and nothing voids."""
        withdrawn = self.withdrawn(scenario)
        return [
            v
            for v in self.said(scenario)
            if self.is_approval(v)
            if v.revision in self.same(revision)
            if withdrawn is None or v.at > withdrawn
            if not self.only_author(v)
        ]

    def only_author(self, verdict: Verdict) -> bool:
        assert verdict.revision is not None
        upto = {a for r, a in self.authors.items() if r <= verdict.revision}
        return upto == {verdict.account}

    def accepted_by_rule(self, scenario: Scenario, revision: int) -> bool:
        """Whether a rule may have accepted a revision of this text.

        After a withdrawal somebody has to approve first, and then what was there
        before counts only where it is patrolled again.
        """
        since = self.withdrawn(scenario)
        if since and not any(
            self.is_approval(v) and v.at > since for v in self.said(scenario)
        ):
            return False
        patrolled = {
            p.revision for p in scenario.patrols if since is None or p.at > since
        }
        made = {r for r, at in self.times.items() if since is None or at > since}
        return any(
            (r in self.open_once & made)
            or (r in self.patrol_once and r in (self.trusted & made) | patrolled)
            for r in self.same(revision)
        )

    def organizes(self, revision: int, published: int) -> bool:
        """Whether the creator, or who is named in the published text, made an edit."""
        named = self.values[published].get("organizers", ())
        author = self.authors[revision]
        return revision in self.accountable and (
            author == self.creator or author in named
        )

    def chose(self, revision: int, published: int, name: str) -> bool:
        """Whether an organizer's own edit brought a value about that a text has.

        One that others wrote, too, is not its own where it undoes what they wrote.
        """
        value = self.values[revision].get(name)
        others: set[Value | None] = set()
        own = {self.values[published].get(name)}
        for before, number in pairwise(sorted(self.values)):
            if not published < number <= revision:
                continue
            now, then = self.values[number].get(name), self.values[before].get(name)
            is_own = self.organizes(number, published)
            is_agreed = value not in others or then in own
            if is_own and now == value != then and is_agreed:
                return True
            (own if is_own else others).add(now)
        return False

    def is_approval(self, verdict: Verdict) -> bool:
        kind = verdict.kind is VerdictKind.APPROVE
        return kind and bool(self.judged.get(verdict.mark))

    def rejected_since(
        self, scenario: Scenario, revision: int, at: datetime | None
    ) -> bool:
        """Whether a reviewer without a share in it rejected this text after `at`."""
        return any(
            v.kind in {VerdictKind.CHANGES, VerdictKind.DECLINE}
            and self.judged.get(v.mark)
            and v.revision in self.same(revision)
            and v.account not in self.authors.values()
            and (at is None or v.at > at)
            for v in self.said(scenario)
        )


def _is_swapped(scenario: Scenario, verdict: Verdict) -> bool:
    """Whether only titles bound a verdict to its page, and they changed since."""
    moved = scenario.moved is not None and verdict.at <= scenario.moved
    return verdict.revision is None and moved


class Review(RuleBasedStateMachine):
    """Anything people can do to a page, its talk page, its logs and its accounts."""

    def __init__(self) -> None:
        super().__init__()
        self.scenario = Scenario()
        self.auditor = Auditor()
        self.decision: Decision | None = None
        self.quiet = True  # whether nothing happened since the last decision

    @initialize(policy=st.sampled_from([*POLICIES, *MIXED]), user=people)
    def begin(self, policy: Policy, user: str) -> None:
        self.scenario.policy = policy
        for name in PEOPLE:
            self.scenario.account(name)
        self._made(self.scenario.edit(user, "A", **EVENT), user, "event A")

    def _made(self, revision: int, user: str, text: str) -> None:
        self.auditor.authors[revision] = user
        self.auditor.texts[revision] = text
        self.auditor.times[revision] = self.scenario.now
        self.auditor.kinds[revision] = self.scenario.kind
        content = self.scenario.revisions[revision].content
        assert content
        self.auditor.values[revision] = dict(content.values)
        self.quiet = False

    def _pick(self, pick: int) -> int:
        numbers = sorted(self.scenario.revisions)
        return numbers[pick % len(numbers)]

    def exists(self) -> bool:
        return bool(self.scenario.revisions)

    @precondition(exists)
    @rule(
        user=people,
        text=st.sampled_from(TEXTS),
        kind=st.sampled_from(["", "", "event", "post"]),
        broken=st.booleans(),
    )
    def edit(self, user: str, text: str, kind: str, *, broken: bool) -> None:
        revision = self.scenario.edit(user, text, kind=kind, broken=broken, **EVENT)
        errors = " with errors" if broken else ""
        self._made(revision, user, f"{self.scenario.kind} {text}{errors}")

    def _changed(self, user: str, **values: Value) -> None:
        revision = change(self.scenario, user, **values)
        content = self.scenario.revisions[revision].content
        assert content
        others = {n: v for n, v in content.values.items() if n != "title"}
        text = f"{self.scenario.kind} {content.values['title']}"
        if others != EVENT:
            text += f" {sorted(others.items())}"
        self._made(revision, user, text)

    @precondition(exists)
    @rule(user=people, hour=st.sampled_from(HOURS))
    def move(self, user: str, hour: str) -> None:
        self._changed(user, start=f"2026-12-05 {hour}")

    @precondition(exists)
    @rule(user=people, status=st.sampled_from(["confirmed", "tentative", "cancelled"]))
    def set_status(self, user: str, status: str) -> None:
        self._changed(user, status=status)

    @precondition(exists)
    @rule(user=people, name=people, hour=st.sampled_from(HOURS))
    def name_organizer(self, user: str, name: str, hour: str) -> None:
        """Perhaps oneself, and with another hour in the same edit."""
        self._changed(user, organizers=("Bea", name), start=f"2026-12-05 {hour}")

    @rule(on=st.booleans())
    def allow_corrections(self, *, on: bool) -> None:
        self.scenario.policy = replace(self.scenario.policy, corrections=on)
        self.quiet = False

    @precondition(exists)
    @rule(kind=st.sampled_from(KINDS), account=people, pick=picks)
    def say(self, kind: str, account: str, pick: int) -> None:
        self.scenario.say(kind, account, self._pick(pick))
        self.quiet = False

    @precondition(exists)
    @rule(kind=st.sampled_from(KINDS), account=people, forger=people, pick=picks)
    def forge(self, kind: str, account: str, forger: str, pick: int) -> None:
        self.scenario.say(kind, account, self._pick(pick), adder=forger)
        self.quiet = False

    @precondition(exists)
    @rule(kind=st.sampled_from(KINDS), account=people)
    def swap_talk(self, kind: str, account: str) -> None:
        """What the talk page said about another page comes here with it."""
        self.scenario.swap_talk(kind, account)
        self.quiet = False

    @rule(pick=st.integers(0, 100))
    def name_a_strange_revision(self, pick: int) -> None:
        self.scenario.say("approve", "Rita", pick)
        self.quiet = False

    @precondition(lambda self: self.scenario.verdicts)
    @rule(pick=picks, forger=people)
    def re_add(self, pick: int, forger: str) -> None:
        old = self.scenario.verdicts[pick % len(self.scenario.verdicts)]
        self.scenario.number += 1
        again = replace(
            old, adder=forger, at=self.scenario.tick(), talk=self.scenario.number
        )
        self.scenario.verdicts.append(again)
        self.quiet = False

    @precondition(exists)
    @rule(user=st.sampled_from(["Rita", "Ravi", "Tove"]), pick=picks)
    def patrol(self, user: str, pick: int) -> None:
        self.scenario.patrol(user, self._pick(pick))
        self.quiet = False

    @rule(name=people, rights=st.sampled_from(GRANTS))
    def grant(self, name: str, rights: Rights) -> None:
        if not self.scenario.rights.get(name, Rights()).machine:
            self.scenario.rights[name] = rights

    @precondition(lambda self: len(self.scenario.revisions) > 1)
    @rule(pick=picks, text=st.booleans(), user=st.booleans())
    def hide(self, pick: int, *, text: bool, user: bool) -> None:
        revision = self._pick(pick)
        if revision != max(self.scenario.revisions):
            self.scenario.hide(revision, text=text, user=user)
            self.quiet = False

    @precondition(exists)
    @rule(reason=st.sampled_from(["deleted", "moved"]))
    def end(self, reason: str) -> None:
        self.scenario.delete(reason)
        self.quiet = False

    @precondition(lambda self: self.scenario.deleted)
    @rule()
    def bring_back(self) -> None:
        self.scenario.undelete()
        self.quiet = False

    @rule(policy=st.sampled_from([*POLICIES, *MIXED]))
    def set_policy(self, policy: Policy) -> None:
        self.scenario.policy = policy
        self.quiet = False

    @rule()
    def decide(self) -> None:
        self.auditor.look(self.scenario)
        before, quiet = self.decision, self.quiet
        self.decision = self.scenario.decide()
        self.quiet = True
        if before is None:
            return
        old, new = before.status, self.decision.status
        assert new.sequence >= old.sequence
        if quiet:
            assert self.decision.entry == before.entry
        if sight(old) != sight(new):
            assert new.sequence > old.sequence
        else:
            assert new.sequence == old.sequence

    @rule()
    def decide_twice(self) -> None:
        self.decide()
        self.quiet = True
        self.decide()

    @invariant()
    def published_is_accepted(self) -> None:
        if self.decision is None or not self.quiet or not self.decision.published:
            return
        published, scenario, audit = (
            self.decision.published,
            self.scenario,
            self.auditor,
        )
        assert published in scenario.revisions
        assert not scenario.revisions[published].text_hidden
        approvals = audit.approvals(scenario, published)
        by_rule = audit.accepted_by_rule(scenario, published)
        assert approvals or by_rule
        newest = max((v.at for v in approvals), default=None)
        if not by_rule:
            assert not audit.rejected_since(scenario, published, newest)

    @invariant()
    def corrections_are_organizers_own(self) -> None:
        """Only times and status, as an organizer's own edit says, whom none rejected.

        Of texts that are hidden since nobody can tell.
        """
        if self.decision is None or not self.quiet or not self.decision.published:
            return
        published, scenario, audit = (
            self.decision.published,
            self.scenario,
            self.auditor,
        )
        if any(not r.user or r.text_hidden for r in scenario.revisions.values()):
            return
        for laid in self.decision.status.corrections:
            assert scenario.policy.corrections
            assert laid.field in {*TIMES, *STATUS}
            assert audit.values[laid.revision].get(laid.field) == laid.value
            assert audit.organizes(laid.revision, published)
            assert audit.chose(laid.revision, published, laid.field)
            at = audit.times[laid.revision]
            assert not audit.rejected_since(scenario, laid.revision, at)


def sight(status: PageStatus) -> object:
    published = status.published
    laid = [(each.field, each.value) for each in status.overlay]
    return published and (published.sha1, laid)


TestReview = Review.TestCase
TestReview.settings = settings(stateful_step_count=30)


changes = st.one_of(
    st.builds(partial, st.just(Review.move), user=people, hour=st.sampled_from(HOURS)),
    st.builds(
        partial,
        st.just(Review.name_organizer),
        user=people,
        name=people,
        hour=st.sampled_from(HOURS),
    ),
    st.builds(
        partial,
        st.just(Review.set_status),
        user=people,
        status=st.sampled_from(["confirmed", "tentative", "cancelled"]),
    ),
    st.builds(
        partial,
        st.just(Review.edit),
        user=people,
        text=st.sampled_from(TEXTS),
        kind=st.just(""),
        broken=st.booleans(),
    ),
    st.builds(
        partial,
        st.just(Review.say),
        kind=st.sampled_from(["approve", "changes", "decline"]),
        account=st.sampled_from(["Rita", "Ann", "Mallory"]),
        pick=picks,
    ),
    st.builds(
        partial, st.just(Review.grant), name=people, rights=st.sampled_from(GRANTS)
    ),
    st.builds(partial, st.just(Review.allow_corrections), on=st.booleans()),
    st.just(Review.decide),
)


@given(st.lists(changes, min_size=2, max_size=10))
def test_corrections_when_an_accepted_event_changes_are_organizers_own(
    acts: list[Callable[[Review], None]],
) -> None:
    machine = Review()
    machine.begin(REVIEW, "Ann")
    machine.say("approve", "Rita", 0)
    machine.decide()
    for act in [*acts, Review.decide]:
        act(machine)
        machine.published_is_accepted()
        machine.corrections_are_organizers_own()


def outcome(decision: Decision) -> object:
    """All but what tells when the bot first published something."""
    return replace(
        decision.status, sequence=0, first_accepted=None, first_published=None
    )


def causes(decision: Decision) -> object:
    entry = decision.entry
    accepted = [(a.revision, a.cause, a.account, a.at) for a in entry.accepted]
    return accepted, [judged.verdict for judged in entry.verdicts]


@given(random_edits, policies, st.lists(st.booleans(), min_size=18, max_size=18))
def test_decision_when_read_now_and_then_then_is_that_of_one_reading(
    acts: list[Act], policy: Policy, reads: list[bool]
) -> None:
    scenario = begun(policy)
    for act, read in zip(acts, reads, strict=False):
        perform(scenario, act)
        if read:
            scenario.decide()
    incremental, at_once = scenario.decide(), scenario.rebuild()
    assert outcome(incremental) == outcome(at_once)
    assert causes(incremental) == causes(at_once)


shares = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), max_size=5)


@given(random_edits, policies, shares)
def test_decision_when_logs_and_talk_arrive_late_then_is_that_of_one_reading(
    acts: list[Act],
    policy: Policy,
    shares: list[tuple[float, float]],
) -> None:
    """The talk page and the patrol log each come in order, at any pace."""
    scenario = begun(policy)
    for act in acts:
        perform(scenario, act)
    at_once = scenario.rebuild()
    verdicts, patrols = scenario.verdicts, scenario.patrols
    for talk, log in [*shares, (1, 1)]:
        scenario.verdicts = verdicts[: round(talk * len(verdicts))]
        scenario.patrols = patrols[: round(log * len(patrols))]
        late = scenario.decide()
    assert outcome(late) == outcome(at_once)


@given(random_edits, policies, st.randoms(use_true_random=False))
def test_decision_when_causes_are_listed_in_any_order_then_is_the_same(
    acts: list[Act], policy: Policy, random: Random
) -> None:
    scenario = begun(policy)
    for act in acts:
        perform(scenario, act)
    in_order = scenario.rebuild()
    random.shuffle(scenario.verdicts)
    random.shuffle(scenario.patrols)
    assert scenario.rebuild() == in_order


@given(random_edits, policies, st.sampled_from([1, 2, 20]))
def test_decision_when_entry_is_folded_then_publishes_the_same(
    acts: list[Act], policy: Policy, left: int
) -> None:
    """With little left, a fallback may be missing, but nothing is added."""
    whole, folded = begun(policy), begun(policy)
    for act in acts:
        perform(whole, act)
        perform(folded, act)
        expected = whole.decide().status
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(compaction, "MAX_CAUSES", 3)
            patch.setattr(compaction, "RETAINED_CAUSES", 1)
            patch.setattr(compaction, "RETAINED_ACCEPTED", left)
            patch.setattr(compaction, "RETAINED_REJECTED", 20)
            entry = folded.decide().entry
            assert folded.decide().entry == entry
        if left == 20:
            assert entry.status == expected
