"""The state of a review as a value: what it tells, and what goes into the ledger."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from space.review.model import (
    Acceptance,
    Cause,
    Judged,
    Patrol,
    Snapshot,
    Verdict,
    VerdictKind,
)
from space.review.own_text import AcceptedRevisions
from space.review.policy import Policy
from space.review.replay import replay
from space.review.state import ReviewRules, ReviewState, RevisionEvent, anchor_of
from tests.support.review.random_edits import (
    Act,
    begun,
    perform,
    policies,
    random_edits,
)

AT = datetime(2026, 11, 1, tzinfo=UTC)
RULES = ReviewRules("review", ("event",), frozenset())
EMPTY = ReviewState(RULES)


def minute(number: int) -> datetime:
    return AT + timedelta(minutes=number)


def accepted(revision: int, anchor: int = 0) -> Acceptance:
    cause = Cause.EQUAL if anchor else Cause.OPEN
    return Acceptance(revision, cause, "Ann", minute(revision), anchor=anchor)


def judged(kind: VerdictKind, revision: int) -> Judged:
    verdict = Verdict(kind, revision, "Rita", "Rita", minute(revision), 1, "m")
    return Judged(verdict, revision, sha1=f"sha1 of {revision}")


def saved(revision: int, *, sha1: str = "") -> RevisionEvent:
    digest = sha1 or f"sha1 of {revision}"
    return RevisionEvent(revision, minute(revision), "Ann", digest, None)


def test_state_when_nothing_happened_then_accepts_nothing() -> None:
    assert EMPTY.newest is None
    assert EMPTY.base == 0
    assert EMPTY.withdrawn is None
    assert EMPTY.rejection_of_newest is None
    assert EMPTY.pending_since is None
    assert EMPTY.accepted_revisions == AcceptedRevisions()


def test_acceptance_when_revisions_are_accepted_then_is_found_by_its_id() -> None:
    first, second = accepted(2), accepted(5)
    state = EMPTY._replace(accepted=(first, second), last_dropped_revision=1)
    assert [state.acceptance(number) for number in range(1, 7)] == [
        *(None, first, None, None, second, None)
    ]
    assert [state.accepted_before(number) for number in range(1, 7)] == [
        *(None, None, first, first, first, second)
    ]
    assert state.newest == second
    assert state.base == 5
    assert state.accepted_revisions == AcceptedRevisions((2, 5), 1)


@pytest.mark.parametrize(
    ("kind", "declined"),
    [
        (VerdictKind.DECLINE, [False, False, True]),
        (VerdictKind.WITHDRAW, [True, True, True]),
    ],
)
def test_decline_when_in_force_then_is_about_what_is_newer(
    kind: VerdictKind, declined: list[bool]
) -> None:
    state = EMPTY._replace(decline=judged(kind, 5))
    assert [state.is_declined(number) for number in (4, 5, 6)] == declined
    assert not EMPTY.is_declined(6)
    withdrawn = minute(5) if kind is VerdictKind.WITHDRAW else None
    assert state.withdrawn == withdrawn


def test_wait_when_changes_were_asked_for_then_begins_with_the_first_text() -> None:
    state = EMPTY._replace(
        revisions=(saved(1), saved(2), saved(3)),
        rejected=(judged(VerdictKind.CHANGES, 2),),
    )
    assert state.pending_since == minute(1)


def test_wait_when_a_text_was_declined_then_begins_after_it() -> None:
    state = EMPTY._replace(
        revisions=(saved(1), saved(2), saved(3), saved(4)),
        rejected=(judged(VerdictKind.DECLINE, 2), judged(VerdictKind.CHANGES, 3)),
    )
    assert state.pending_since == minute(3)


@pytest.mark.parametrize("kind", [VerdictKind.CHANGES, VerdictKind.DECLINE])
def test_wait_when_the_newest_text_is_decided_on_then_there_is_none(
    kind: VerdictKind,
) -> None:
    state = EMPTY._replace(revisions=(saved(1), saved(2)), rejected=(judged(kind, 2),))
    assert state.pending_since is None
    rejection = state.rejection_of_newest
    assert rejection
    assert rejection.revision == 2


def test_wait_when_texts_were_accepted_or_withdrawn_then_begins_after_them() -> None:
    revisions = (saved(1), saved(2), saved(3))
    state = EMPTY._replace(revisions=revisions, accepted=(accepted(1),))
    assert state.pending_since == minute(2)
    withdrawn = EMPTY._replace(
        revisions=revisions, decline=judged(VerdictKind.WITHDRAW, 2)
    )
    assert withdrawn.pending_since == minute(3)


def test_rejection_when_a_text_is_saved_again_then_is_that_of_the_text() -> None:
    state = EMPTY._replace(rejected=(judged(VerdictKind.CHANGES, 2),))
    assert state.rejection(saved(7, sha1="sha1 of 2")) == state.rejected[0]
    assert state.rejection(saved(7)) is None


def test_anchor_when_a_text_repeats_another_then_is_that_one() -> None:
    assert anchor_of(accepted(7)) == 7
    assert anchor_of(accepted(7, anchor=3)) == 3


def test_snapshot_when_taken_then_has_patrols_of_pending_revisions_only() -> None:
    state = EMPTY._replace(
        accepted=(accepted(2),), patrolled={4: "Rita", 3: None, 2: "Rita", 1: "Ann"}
    )
    assert state.snapshot(AT).patrolled == (Patrol(3, None, AT), Patrol(4, "Rita", AT))


def test_state_when_begun_from_a_snapshot_then_is_the_one_it_was_taken_of() -> None:
    snapshot = Snapshot(
        at=AT,
        accepted=(accepted(2), accepted(3, anchor=2)),
        rejected=(judged(VerdictKind.DECLINE, 1),),
        decline=judged(VerdictKind.DECLINE, 1),
        patrolled=(Patrol(4, "Rita", AT),),
        last_dropped_revision=1,
        withdrawn_up_to=1,
        first_accepted=minute(2),
        changed=minute(2),
    )
    assert ReviewState.of(snapshot, RULES).snapshot(AT) == snapshot
    turned = replace(snapshot, accepted=snapshot.accepted[::-1])
    assert ReviewState.of(turned, RULES).snapshot(AT) == snapshot


@given(random_edits, policies)
def test_replay_when_done_then_accepts_in_the_order_of_ids_and_changes_nothing_given(
    acts: list[Act], policy: Policy
) -> None:
    scenario = begun(policy)
    for act in acts:
        perform(scenario, act)
    entry = scenario.decide().entry
    before = repr(entry)
    state = replay(scenario._history(frozenset()), entry, policy)
    assert repr(entry) == before
    numbers = [acceptance.revision for acceptance in state.accepted]
    assert numbers == sorted(set(numbers))
    assert replay(scenario._history(frozenset()), entry, policy) == state
