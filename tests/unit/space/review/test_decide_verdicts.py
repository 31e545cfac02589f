"""Each rule on verdicts, by an example."""

import pytest

from space.review.model import Flaw, Rights, State, VerdictKind
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, Story


def flaws(story: Story) -> list[Flaw]:
    assert story.entry
    return [judged.verdict.flaw for judged in story.entry.refused]


def test_page_when_nobody_decided_then_waits_unpublished() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    status = story.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.pending
    assert status.pending.revision == first
    assert status.reason.code == "new"
    assert status.sequence == 0
    assert status.updated is None


def test_approval_by_reviewer_when_given_then_publishes_that_revision() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.PUBLISHED
    assert decision.status.reason.code == "approval"
    assert decision.status.reason.params == ("Rita",)
    assert decision.status.first_accepted == story.now
    assert decision.status.updated == story.now


def test_approval_when_page_was_edited_since_then_readers_see_approved_text() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", first)
    status = story.decide().status
    assert status.published
    assert status.published.revision == first
    assert status.pending
    assert status.pending.revision == second
    assert (status.state, status.reason.code) == (State.WAITING, "changed")
    assert status.pending_since == story.revisions[second].timestamp


def test_approval_without_right_when_read_then_is_refused_for_ever() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Mallory", first)
    assert story.decide().published is None
    story.rights["Mallory"] = Rights(reviewer=True)
    assert story.decide().published is None
    assert flaws(story) == [Flaw.NO_RIGHT]


def test_approval_by_blocked_account_when_read_then_is_refused_for_ever() -> None:
    story = Story()
    story.rights["Rita"] = Rights(reviewer=True, blocked=True)
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    assert story.decide().published is None
    story.rights["Rita"] = Rights(reviewer=True)
    assert story.decide().published is None
    assert flaws(story) == [Flaw.BLOCKED]


def test_approval_when_right_is_lost_later_then_stays() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.decide()
    story.rights["Rita"] = Rights(blocked=True)
    second = story.edit("Ann", "B")
    assert second
    assert story.decide().published == first


def test_approval_added_by_another_than_signer_then_is_refused() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first, adder="Ann")
    assert story.decide().published is None
    assert flaws(story) == [Flaw.NOT_SIGNER]


def test_approval_of_own_text_then_is_refused() -> None:
    story = Story()
    first = story.edit("Rita", "A")
    story.say("approve", "Rita", first)
    assert story.decide().published is None
    assert flaws(story) == [Flaw.AUTHOR]


def test_approval_of_own_change_to_accepted_text_then_is_refused() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Ravi", first)
    second = story.edit("Rita", "B")
    story.say("approve", "Rita", second)
    assert story.decide().published == first
    assert flaws(story) == [Flaw.AUTHOR]


def test_approval_by_reviewer_who_mended_anothers_page_then_counts() -> None:
    story = Story()
    story.edit("Ann", "A")
    second = story.edit("Rita", "A, mended")
    story.say("approve", "Rita", second)
    assert story.decide().published == second


def test_approval_by_creator_when_others_edited_too_then_is_refused() -> None:
    story = Story()
    story.edit("Rita", "A")
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    assert story.decide().published is None


def test_approval_by_creator_of_anothers_later_change_then_counts() -> None:
    story = Story()
    first = story.edit("Rita", "A")
    story.say("approve", "Ravi", first)
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    assert story.decide().published == second


@pytest.mark.parametrize("read_first", [True, False])
def test_approval_of_own_text_when_name_is_hidden_then_is_refused(
    read_first: bool,  # noqa: FBT001 - a case of the test
) -> None:
    story = Story()
    first = story.edit("Rita", "A")
    story.say("approve", "Rita", first)
    if read_first:
        story.decide()
    story.hide(first, text=False, user=True)
    assert story.decide().published is None


def test_verdict_on_revision_of_another_page_then_is_refused() -> None:
    story = Story()
    story.edit("Ann", "A")
    story.say("approve", "Rita", 5)
    assert story.decide().published is None
    assert flaws(story) == [Flaw.OTHER_PAGE]


def test_verdict_on_revision_that_came_later_then_is_refused() -> None:
    story = Story()
    story.edit("Ann", "A")
    verdict = story.say("approve", "Rita", story.number + 2)
    assert story.edit("Ann", "spam") == verdict.revision
    assert story.decide().published is None
    assert flaws(story) == [Flaw.BAD_REV]


def test_verdict_without_revision_then_is_on_newest_of_its_moment() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.tick(30)
    story.say("approve", "Rita")
    story.edit("Ann", "B")
    assert story.decide().published == first


def test_verdict_without_revision_when_page_just_changed_then_is_unclear() -> None:
    story = Story()
    story.edit("Ann", "A")
    story.tick(8)
    story.say("approve", "Rita")
    assert story.decide().published is None
    assert flaws(story) == [Flaw.UNCLEAR_REV]


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_verdict_without_revision_when_page_or_talk_moved_since_then_is_refused(
    kind: VerdictKind,
) -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Ravi", first)
    story.decide()
    story.swap_talk(kind, "Rita")
    assert story.decide().published == first
    assert flaws(story)[-1] is Flaw.MOVED


def test_verdict_without_revision_when_read_before_a_move_then_stays() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.tick(30)
    story.say("approve", "Rita")
    story.decide()
    story.moved = story.tick()
    assert story.decide().published == first


def test_verdict_without_revision_when_given_after_a_move_then_counts() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.moved = story.tick(30)
    story.tick()
    story.say("approve", "Rita")
    assert story.decide().published == first


@pytest.mark.parametrize("kind", list(VerdictKind))
def test_verdict_with_revision_when_page_or_talk_moved_since_then_is_on_its_page(
    kind: VerdictKind,
) -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Ravi", first)
    story.say(kind, "Rita", first)
    story.moved = story.tick()
    story.decide()
    assert not any(flaws(story))


def test_withdraw_when_its_revision_is_of_no_page_here_and_moved_then_is_refused() -> (
    None
):
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("withdraw", "Rita", first - 1)
    story.moved = story.tick()
    assert story.decide().published == first
    assert flaws(story) == [Flaw.MOVED]


def test_changes_after_approval_then_newest_verdict_wins() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("changes", "Ravi", first, reason="Which city?")
    status = story.decide().status
    assert (status.state, status.published) == (State.CHANGES, None)
    assert status.reason.params == ("Ravi", "Which city?")
    story.say("approve", "Rita", first)
    assert story.decide().published == first


def test_changes_when_older_text_was_accepted_then_readers_see_that() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    story.say("changes", "Rita", second)
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.CHANGES


def test_changes_then_new_edit_waits_again() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("changes", "Rita", first)
    story.decide()
    story.edit("Ann", "B")
    status = story.decide().status
    assert status.state is State.WAITING
    assert status.pending_since == story.revisions[first].timestamp


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
    story = Story()
    accepted = story.edit("Ann", "A")
    story.say("approve", "Rita", accepted)
    revisions = []
    for number, verdict in enumerate(verdicts):
        revisions.append(story.edit("Ann", f"B{number}"))
        story.say(verdict, "Rita", revisions[-1])
        assert story.decide().status.pending_since is None
        story.tick(60 * 24)
    mended = story.edit("Ann", "C")
    since = story.decide().status.pending_since
    assert since == story.rebuild().status.pending_since
    declined = [r for r, v in zip(revisions, verdicts, strict=True) if v == "decline"]
    first = min([r for r in [*revisions, mended] if r > max(declined, default=0)])
    assert since == story.revisions[first].timestamp
    assert (first == revisions[0]) == kept


def test_rejected_text_when_saved_again_then_stays_rejected() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    story.say("changes", "Rita", first)
    story.edit("Ann", "B")
    story.again("Ann", first)
    status = story.decide().status
    assert status.state is State.CHANGES
    assert status.published
    assert status.published.revision != first


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_decline_then_later_revisions_need_an_approval(policy: Policy) -> None:
    story = Story(policy=policy)
    first = story.edit("Tove", "A")
    story.say("decline", "Rita", first)
    second = story.edit("Tove", "B")
    story.patrol("Rita", second)
    status = story.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.reason.code == "again"
    story.say("approve", "Rita", second)
    assert story.decide().published == second
    third = story.edit("Tove", "C")
    assert story.decide().published == third


def test_withdraw_by_reviewer_then_nothing_is_published() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("withdraw", "Ravi", first, reason="Out of scope")
    status = story.decide().status
    assert (status.state, status.published) == (State.WITHDRAWN, None)
    assert status.reason.params == ("Ravi", "Out of scope")


def test_withdraw_by_creator_then_nothing_is_published() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.decide()
    story.say("withdraw", "Ann")
    assert story.decide().published is None


def test_withdraw_by_anybody_else_then_is_refused() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("withdraw", "Mallory", first)
    assert story.decide().published == first
    assert flaws(story) == [Flaw.NO_RIGHT]


def test_withdraw_when_it_names_a_deleted_revision_then_counts() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.decide()
    story.say("withdraw", "Ann", first - 1)
    assert story.decide().published is None


def test_verdict_when_first_read_while_page_is_deleted_then_waits_for_its_return() -> (
    None
):
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("withdraw", "Ann", first)
    story.delete()
    entry = story.decide().entry
    assert (entry.verdicts, entry.read.talk) == ((), 0)
    story.undelete()
    assert story.decide().status.state is State.WITHDRAWN


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_withdraw_then_only_an_approval_brings_it_back(policy: Policy) -> None:
    story = Story(policy=policy)
    first = story.edit("Tove", "A")
    assert story.decide().published == first
    story.say("withdraw", "Tove")
    second = story.edit("Tove", "B")
    story.patrol("Rita", second)
    third = story.again("Tove", first)
    assert story.decide().published is None
    story.say("approve", "Rita", third)
    assert story.decide().published == third


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_withdraw_when_older_text_is_approved_then_newer_one_stays_out(
    policy: Policy,
) -> None:
    story = Story(policy=policy)
    first = story.edit("Tove", "A")
    second = story.edit("Tove", "A with a telephone number")
    assert story.decide().published == second
    story.say("withdraw", "Tove")
    story.say("approve", "Rita", first)
    assert story.decide().published == first


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_decline_when_a_later_edit_was_accepted_on_top_then_that_is_out_too(
    policy: Policy,
) -> None:
    story = Story(policy=policy)
    first = story.edit("Tove", "A")
    second = story.edit("Tove", "spam")
    story.edit("Tove", "spam, mended")
    story.decide()
    story.say("decline", "Rita", second)
    assert story.decide().published == first


def test_decline_when_the_page_was_reverted_since_then_later_edits_stay() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    second = story.edit("Mallory", "spam")
    story.again("Ann", first)
    last = story.edit("Tove", "B")
    story.decide()
    story.say("decline", "Rita", second)
    assert story.decide().published == last


def test_changes_when_policy_is_open_then_a_later_edit_stays() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    story.say("changes", "Rita", first)
    assert story.decide().published == second
