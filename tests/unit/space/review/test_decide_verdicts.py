"""Each rule on verdicts, by an example."""

from dataclasses import replace
from datetime import timedelta

import pytest

from space.review.model import Flaw, Rights, State, VerdictKind
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, Scenario


def flaws(scenario: Scenario) -> list[Flaw]:
    assert scenario.entry
    return [judged.verdict.flaw for judged in scenario.entry.refused]


def test_page_when_nobody_decided_then_waits_unpublished() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    status = scenario.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.pending
    assert status.pending.revision == first
    assert status.reason.code == "new"
    assert status.sequence == 0
    assert status.updated is None


def test_approval_by_reviewer_when_given_then_publishes_that_revision() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.PUBLISHED
    assert decision.status.reason.code == "approval"
    assert decision.status.reason.params == ("Rita",)
    assert decision.status.first_accepted == scenario.now
    assert decision.status.updated == scenario.now


def test_approval_when_page_was_edited_since_then_readers_see_approved_text() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", first)
    status = scenario.decide().status
    assert status.published
    assert status.published.revision == first
    assert status.pending
    assert status.pending.revision == second
    assert (status.state, status.reason.code) == (State.WAITING, "changed")
    assert status.pending_since == scenario.revisions[second].timestamp


def test_approval_without_right_when_read_then_is_refused_for_ever() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Mallory", first)
    assert scenario.decide().published is None
    scenario.rights["Mallory"] = Rights(reviewer=True)
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.NO_RIGHT]


def test_approval_by_blocked_account_when_read_then_is_refused_for_ever() -> None:
    scenario = Scenario()
    scenario.rights["Rita"] = Rights(reviewer=True, blocked=True)
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    assert scenario.decide().published is None
    scenario.rights["Rita"] = Rights(reviewer=True)
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.BLOCKED]


def test_approval_when_right_is_lost_later_then_stays() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.decide()
    scenario.rights["Rita"] = Rights(blocked=True)
    second = scenario.edit("Ann", "B")
    assert second
    assert scenario.decide().published == first


def test_approval_added_by_another_than_signer_then_is_refused() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first, adder="Ann")
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.NOT_SIGNER]


def test_approval_of_own_text_then_is_refused() -> None:
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    scenario.say("approve", "Rita", first)
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.AUTHOR]


def test_approval_of_own_change_to_accepted_text_then_is_refused() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Ravi", first)
    second = scenario.edit("Rita", "B")
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == first
    assert flaws(scenario) == [Flaw.AUTHOR]


def test_approval_by_reviewer_who_mended_anothers_page_then_counts() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A")
    second = scenario.edit("Rita", "A, mended")
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == second


def test_approval_by_creator_when_others_edited_too_then_is_refused() -> None:
    scenario = Scenario()
    scenario.edit("Rita", "A")
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published is None


def test_approval_by_creator_when_renamed_and_first_text_is_gone_then_is_refused() -> (
    None
):
    """The ledger has the creator's old name; the account is the same."""
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    second = scenario.edit("Ann", "B")
    begun = scenario.revisions[first]
    scenario.revisions[first] = replace(begun, user="Rita as before", user_id=7)
    scenario.decide()
    del scenario.revisions[first]
    verdict = scenario.say("approve", "Rita", second)
    scenario.verdicts = [replace(verdict, adder_id=7)]
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.AUTHOR]


def test_approval_by_creator_of_anothers_later_change_then_counts() -> None:
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    scenario.say("approve", "Ravi", first)
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == second


@pytest.mark.parametrize("read_first", [True, False])
def test_approval_of_own_text_when_name_is_hidden_then_is_refused(
    read_first: bool,  # noqa: FBT001 - a case of the test
) -> None:
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    scenario.say("approve", "Rita", first)
    if read_first:
        scenario.decide()
    scenario.hide(first, text=False, user=True)
    assert scenario.decide().published is None


def test_verdict_on_revision_of_another_page_then_is_refused() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", 5)
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.OTHER_PAGE]


def test_verdict_on_revision_that_came_later_then_is_refused() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A")
    verdict = scenario.say("approve", "Rita", scenario.number + 2)
    assert scenario.edit("Ann", "spam") == verdict.revision
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.BAD_REV]


def test_verdict_without_revision_then_is_on_newest_of_its_moment() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.tick(30)
    scenario.say("approve", "Rita")
    scenario.edit("Ann", "B")
    assert scenario.decide().published == first


def test_verdict_without_revision_when_page_just_changed_then_is_unclear() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A")
    scenario.tick(8)
    scenario.say("approve", "Rita")
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.UNCLEAR_REV]


def test_verdict_without_revision_when_ten_minutes_are_over_then_is_clear() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.tick(9)
    verdict = scenario.say("approve", "Rita")
    assert verdict.at - scenario.revisions[first].timestamp == timedelta(minutes=10)
    assert scenario.decide().published == first


def test_verdict_without_revision_when_page_changed_in_its_second_then_is_unclear() -> (
    None
):
    scenario = Scenario()
    scenario.edit("Ann", "A")
    scenario.tick(30)
    second = scenario.edit("Ann", "B")
    saved = scenario.revisions[second].timestamp
    scenario.verdicts = [replace(scenario.say("approve", "Rita"), at=saved)]
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.UNCLEAR_REV]


def test_verdict_without_revision_when_all_of_its_time_is_deleted_then_is_refused() -> (
    None
):
    scenario = Scenario()
    scenario.verdicts = [replace(scenario.say("approve", "Rita"), revision=None)]
    scenario.edit("Ann", "A")
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.OTHER_PAGE]


def test_verdict_with_revision_when_saved_in_the_same_second_then_counts() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    saved = scenario.revisions[first].timestamp
    scenario.verdicts = [replace(scenario.say("approve", "Rita", first), at=saved)]
    assert scenario.decide().published == first


def test_verdict_without_revision_when_moved_in_the_same_second_then_is_refused() -> (
    None
):
    scenario = Scenario()
    scenario.edit("Ann", "A")
    scenario.tick(30)
    scenario.moved = scenario.say("approve", "Rita").at
    assert scenario.decide().published is None
    assert flaws(scenario) == [Flaw.MOVED]


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_verdict_without_revision_when_page_or_talk_moved_since_then_is_refused(
    kind: VerdictKind,
) -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Ravi", first)
    scenario.decide()
    scenario.swap_talk(kind, "Rita")
    assert scenario.decide().published == first
    assert flaws(scenario)[-1] is Flaw.MOVED


def test_verdict_without_revision_when_read_before_a_move_then_stays() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.tick(30)
    scenario.say("approve", "Rita")
    scenario.decide()
    scenario.moved = scenario.tick()
    assert scenario.decide().published == first


def test_verdict_without_revision_when_given_after_a_move_then_counts() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.moved = scenario.tick(30)
    scenario.tick()
    scenario.say("approve", "Rita")
    assert scenario.decide().published == first


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_verdict_with_revision_when_page_or_talk_moved_since_then_is_on_its_page(
    kind: VerdictKind,
) -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Ravi", first)
    scenario.say(kind, "Rita", first)
    scenario.moved = scenario.tick()
    scenario.decide()
    assert not any(flaws(scenario))


def test_withdraw_when_its_revision_is_of_no_page_here_and_moved_then_is_refused() -> (
    None
):
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.say("withdraw", "Rita", first - 1)
    scenario.moved = scenario.tick()
    assert scenario.decide().published == first
    assert flaws(scenario) == [Flaw.MOVED]


def test_changes_after_approval_then_newest_verdict_wins() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.say("changes", "Ravi", first, reason="Which city?")
    status = scenario.decide().status
    assert (status.state, status.published) == (State.CHANGES, None)
    assert status.reason.params == ("Ravi", "Which city?")
    scenario.say("approve", "Rita", first)
    assert scenario.decide().published == first


def test_changes_when_older_text_was_accepted_then_readers_see_that() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    scenario.say("changes", "Rita", second)
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.CHANGES


def test_changes_then_new_edit_waits_again() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("changes", "Rita", first)
    scenario.decide()
    scenario.edit("Ann", "B")
    status = scenario.decide().status
    assert status.state is State.WAITING
    assert status.pending_since == scenario.revisions[first].timestamp


@pytest.mark.parametrize(
    ("verdicts", "kept"),
    [
        (("changes",), True),
        (("changes", "changes", "changes"), True),
        (("decline",), False),
        (("changes", "decline"), False),
        (("decline", "changes"), False),
    ],
)
def test_verdicts_when_text_is_mended_then_only_changes_leave_it_its_place(
    verdicts: tuple[str, ...], *, kept: bool
) -> None:
    scenario = Scenario()
    accepted = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", accepted)
    revisions = []
    for number, verdict in enumerate(verdicts):
        revisions.append(scenario.edit("Ann", f"B{number}"))
        scenario.say(verdict, "Rita", revisions[-1])
        assert scenario.decide().status.pending_since is None
        scenario.tick(60 * 24)
    mended = scenario.edit("Ann", "C")
    since = scenario.decide().status.pending_since
    assert since == scenario.rebuild().status.pending_since
    declined = [r for r, v in zip(revisions, verdicts, strict=True) if v == "decline"]
    first = min([r for r in [*revisions, mended] if r > max(declined, default=0)])
    assert since == scenario.revisions[first].timestamp
    assert (first == revisions[0]) == kept


def test_rejected_text_when_saved_again_then_stays_rejected() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    scenario.say("changes", "Rita", first)
    scenario.edit("Ann", "B")
    scenario.again("Ann", first)
    status = scenario.decide().status
    assert status.state is State.CHANGES
    assert status.published
    assert status.published.revision != first


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_decline_then_later_revisions_need_an_approval(policy: Policy) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Tove", "A")
    scenario.say("decline", "Rita", first)
    second = scenario.edit("Tove", "B")
    scenario.patrol("Rita", second)
    status = scenario.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.reason.code == "again"
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == second
    third = scenario.edit("Tove", "C")
    assert scenario.decide().published == third


def test_withdraw_by_reviewer_then_nothing_is_published() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.say("withdraw", "Ravi", first, reason="Out of scope")
    status = scenario.decide().status
    assert (status.state, status.published) == (State.WITHDRAWN, None)
    assert status.reason.params == ("Ravi", "Out of scope")


def test_withdraw_by_creator_then_nothing_is_published() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.decide()
    scenario.say("withdraw", "Ann")
    assert scenario.decide().published is None


def test_withdraw_by_anybody_else_then_is_refused() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.say("withdraw", "Mallory", first)
    assert scenario.decide().published == first
    assert flaws(scenario) == [Flaw.NO_RIGHT]


def test_withdraw_when_it_names_a_deleted_revision_then_counts() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.decide()
    scenario.say("withdraw", "Ann", first - 1)
    assert scenario.decide().published is None


def test_verdict_when_first_read_while_page_is_deleted_then_waits_for_its_return() -> (
    None
):
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.say("withdraw", "Ann", first)
    scenario.delete()
    entry = scenario.decide().entry
    assert (entry.verdicts, entry.read.talk) == ((), 0)
    scenario.undelete()
    assert scenario.decide().status.state is State.WITHDRAWN


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_withdraw_then_only_an_approval_brings_it_back(policy: Policy) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Tove", "A")
    assert scenario.decide().published == first
    scenario.say("withdraw", "Tove")
    second = scenario.edit("Tove", "B")
    scenario.patrol("Rita", second)
    third = scenario.again("Tove", first)
    assert scenario.decide().published is None
    scenario.say("approve", "Rita", third)
    assert scenario.decide().published == third


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_withdraw_when_older_text_is_approved_then_newer_one_stays_out(
    policy: Policy,
) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "A with a telephone number")
    assert scenario.decide().published == second
    scenario.say("withdraw", "Tove")
    scenario.say("approve", "Rita", first)
    assert scenario.decide().published == first


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_decline_when_a_later_edit_was_accepted_on_top_then_that_is_out_too(
    policy: Policy,
) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "spam")
    scenario.edit("Tove", "spam, mended")
    scenario.decide()
    scenario.say("decline", "Rita", second)
    assert scenario.decide().published == first


def test_decline_when_the_page_was_reverted_since_then_later_edits_stay() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Mallory", "spam")
    scenario.again("Ann", first)
    last = scenario.edit("Tove", "B")
    scenario.decide()
    scenario.say("decline", "Rita", second)
    assert scenario.decide().published == last


def test_changes_when_policy_is_open_then_a_later_edit_stays() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    second = scenario.edit("Ann", "B")
    scenario.say("changes", "Rita", first)
    assert scenario.decide().published == second


def test_verdicts_when_two_come_in_one_edit_then_the_later_line_counts() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    approval = scenario.say("approve", "Rita", first)
    changes = scenario.say("changes", "Rita", first)
    scenario.verdicts[1] = replace(changes, at=approval.at, talk=approval.talk)
    assert scenario.decide().status.state is State.CHANGES


def test_approval_when_its_text_was_rejected_before_then_a_return_to_it_is_fine() -> (
    None
):
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("changes", "Ravi", first)
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "spam")
    scenario.again("Ann", first)
    status = scenario.decide().status
    assert (status.state, status.pending) == (State.PUBLISHED, None)


def test_changes_when_the_text_was_saved_again_then_what_was_built_on_that_is_out() -> (
    None
):
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "B")
    scenario.say("approve", "Rita", second)
    scenario.again("Tove", first)
    scenario.edit("Tove", "C")
    scenario.decide()
    scenario.say("changes", "Ravi", first)
    assert scenario.decide().published == second


def test_withdraw_when_page_was_saved_in_the_same_second_then_takes_that_back_too() -> (
    None
):
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    saved = scenario.revisions[first].timestamp
    scenario.verdicts = [replace(scenario.say("withdraw", "Ann"), at=saved)]
    assert scenario.decide().status.state is State.WITHDRAWN
