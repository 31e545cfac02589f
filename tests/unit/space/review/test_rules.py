"""The rules of the policies, applied to pending revisions one by one."""

from datetime import UTC, datetime, timedelta

import pytest

from space.review.model import Acceptance, Cause, Judged, Verdict, VerdictKind
from space.review.rules import accept_by_rule, apply_rules, with_acceptance
from space.review.state import ReviewRules, ReviewState, RevisionEvent

AT = datetime(2026, 11, 1, tzinfo=UTC)
NOW = AT + timedelta(hours=1)
KINDS = ("event", "post")


def saved(revision: int, sha1: str = "") -> RevisionEvent:
    return RevisionEvent(revision, AT, f"U{revision}", sha1 or f"h{revision}", None)


def rejected(revision: int, kind: VerdictKind = VerdictKind.CHANGES) -> Judged:
    verdict = Verdict(kind, revision, "Rita", "Rita", AT, 1, "m")
    return Judged(verdict, revision, sha1=f"h{revision}")


def state_of(policy: str, *revisions: int) -> ReviewState:
    rules = ReviewRules(policy, KINDS, frozenset())
    return ReviewState(rules, tuple(map(saved, revisions)))


def causes(state: ReviewState) -> dict[int, Cause]:
    return {acceptance.revision: acceptance.cause for acceptance in state.accepted}


def test_rules_when_policy_is_review_then_accept_nothing() -> None:
    state = apply_rules(state_of("review", 1, 2)._replace(patrolled={1: "Rita"}), NOW)
    assert state.accepted == state.log == ()


def test_rules_when_policy_is_open_then_accept_each_in_its_authors_name() -> None:
    state = apply_rules(state_of("open", 1, 2), NOW)
    assert state.accepted == state.log
    assert state.accepted == (
        Acceptance(1, Cause.OPEN, "U1", NOW, "h1", kinds=KINDS),
        Acceptance(2, Cause.OPEN, "U2", NOW, "h2", kinds=KINDS),
    )


def test_rules_when_patrolled_then_accept_as_far_as_all_before_is() -> None:
    state = state_of("patrol", 1, 2, 3, 4)
    state = apply_rules(state._replace(patrolled={1: "Rita", 2: None, 4: "Rita"}), NOW)
    assert state.accepted == (
        Acceptance(1, Cause.PATROL, "Rita", NOW, "h1", kinds=KINDS),
        Acceptance(2, Cause.PATROL, None, NOW, "h2", kinds=KINDS),
    )
    assert state.first_unpatrolled == 3


def test_rules_when_a_patrolled_text_is_rejected_then_stop_there() -> None:
    state = state_of("patrol", 1, 2, 3)._replace(
        patrolled={1: "Rita", 2: "Rita", 3: "Rita"}, rejected=(rejected(2),)
    )
    state = apply_rules(state, NOW)
    assert causes(state) == {1: Cause.PATROL}
    assert state.first_unpatrolled == 2


def test_rules_when_a_text_is_the_accepted_one_then_accept_it_as_equal() -> None:
    state = state_of("review", 1, 2)._replace(
        revisions=(saved(1), saved(2), saved(3, "h1"), saved(4, "h1")),
        accepted=(Acceptance(1, Cause.APPROVAL, "Rita", AT, "h1"),),
    )
    state = apply_rules(state, NOW)
    assert state.accepted[1:] == (
        Acceptance(3, Cause.EQUAL, "Rita", NOW, "h1", anchor=1),
        Acceptance(4, Cause.EQUAL, "Rita", NOW, "h1", anchor=1),
    )
    assert state.first_unpatrolled == 0


def test_rules_when_texts_between_are_reverted_then_go_on_from_there() -> None:
    state = state_of("patrol", 1)._replace(
        revisions=(saved(1), saved(2), saved(3, "h1"), saved(4)),
        patrolled={1: "Rita", 4: "Rita"},
    )
    assert causes(apply_rules(state, NOW)) == {
        1: Cause.PATROL,
        3: Cause.EQUAL,
        4: Cause.PATROL,
    }


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(VerdictKind.DECLINE, {1, 2}), (VerdictKind.WITHDRAW, set())],
)
def test_rules_when_declined_then_accept_only_what_is_older(
    kind: VerdictKind, expected: set[int]
) -> None:
    state = state_of("open", 1, 2, 3)._replace(decline=rejected(2, kind))
    assert set(causes(apply_rules(state, NOW))) == expected


def test_rules_when_withdrawn_and_free_again_then_accept_only_what_is_newer() -> None:
    state = state_of("open", 1, 2, 3)._replace(withdrawn_up_to=2)
    assert causes(apply_rules(state, NOW)) == {3: Cause.OPEN}


def test_rules_when_applied_then_leave_accepted_revisions_alone() -> None:
    known = Acceptance(2, Cause.APPROVAL, "Rita", AT, "h2")
    state = apply_rules(state_of("open", 1, 2, 3)._replace(accepted=(known,)), NOW)
    assert causes(state) == {2: Cause.APPROVAL, 3: Cause.OPEN}
    assert [acceptance.revision for acceptance in state.log] == [3]


def test_acceptance_when_added_then_stands_at_its_place_once() -> None:
    one, two, three = (Acceptance(n, Cause.OPEN, "Ann", AT) for n in (1, 2, 3))
    again = Acceptance(2, Cause.APPROVAL, "Rita", NOW)
    assert with_acceptance((), two) == (two,)
    assert with_acceptance((one,), two) == (one, two)
    assert with_acceptance((one, three), two) == (one, two, three)
    assert with_acceptance((one, two, three), again) == (one, again, three)
    assert with_acceptance((one, two), again) == (one, again)


def test_acceptance_when_of_a_revision_and_time_known_before_then_is_told_once() -> (
    None
):
    first = Acceptance(1, Cause.OPEN, "Ann", AT, kinds=("event",))
    wider = Acceptance(1, Cause.OPEN, "Ann", AT, kinds=KINDS)
    other = Acceptance(2, Cause.OPEN, "Ann", AT)
    state = state_of("open")
    for acceptance in (first, other, wider):
        state = accept_by_rule(state, acceptance)
    assert state.by_rule == (wider, other)
    assert state.accepted == (wider, other)
