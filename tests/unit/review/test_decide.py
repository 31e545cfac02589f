"""Each rule of review, by an example (DESIGN §4)."""

from dataclasses import replace
from datetime import date

import pytest

from space.review.model import Flaw, Policy, Rights, State
from tests.support.story import OPEN, PATROL, REVIEW, Story


def flaws(story: Story) -> list[Flaw]:
    assert story.entry
    return [judged.verdict.flaw for judged in story.entry.refused]


# Verdicts


def test_page_when_nobody_decided_then_waits_unpublished() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.WAITING, None)
    assert standing.pending
    assert standing.pending.revision == first
    assert standing.reason.code == "new"
    assert standing.sequence == 0
    assert standing.updated is None


def test_approval_by_reviewer_when_given_then_publishes_that_revision() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    decision = story.decide()
    assert decision.published == first
    assert decision.standing.state is State.PUBLISHED
    assert decision.standing.reason.code == "approval"
    assert decision.standing.reason.params == ("Rita",)
    assert decision.standing.first == story.now
    assert decision.standing.updated == story.now


def test_approval_when_page_was_edited_since_then_readers_see_approved_text() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", first)
    standing = story.decide().standing
    assert standing.published
    assert standing.published.revision == first
    assert standing.pending
    assert standing.pending.revision == second
    assert (standing.state, standing.reason.code) == (State.WAITING, "changed")
    assert standing.waiting_since == story.revisions[second].timestamp


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


def test_changes_after_approval_then_newest_verdict_wins() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("changes", "Ravi", first, reason="Which city?")
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.CHANGES, None)
    assert standing.reason.params == ("Ravi", "Which city?")
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
    assert decision.standing.state is State.CHANGES


def test_changes_then_new_edit_waits_again() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("changes", "Rita", first)
    story.decide()
    second = story.edit("Ann", "B")
    standing = story.decide().standing
    assert standing.state is State.WAITING
    assert standing.waiting_since == story.revisions[second].timestamp


def test_rejected_text_when_saved_again_then_stays_rejected() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    story.say("changes", "Rita", first)
    story.edit("Ann", "B")
    story.again("Ann", first)
    standing = story.decide().standing
    assert standing.state is State.CHANGES
    assert standing.published
    assert standing.published.revision != first


@pytest.mark.parametrize("policy", [PATROL, OPEN])
def test_decline_then_later_revisions_need_an_approval(policy: Policy) -> None:
    story = Story(policy=policy)
    first = story.edit("Tove", "A")
    story.say("decline", "Rita", first)
    second = story.edit("Tove", "B")
    story.patrol("Rita", second)
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.WAITING, None)
    assert standing.reason.code == "again"
    story.say("approve", "Rita", second)
    assert story.decide().published == second
    third = story.edit("Tove", "C")
    assert story.decide().published == third


def test_withdraw_by_reviewer_then_nothing_is_published() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.say("withdraw", "Ravi", first, reason="Out of scope")
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.WITHDRAWN, None)
    assert standing.reason.params == ("Ravi", "Out of scope")


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
    assert story.decide().standing.state is State.WITHDRAWN


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


# Policies


def test_patrol_policy_when_new_page_is_patrolled_then_it_is_published() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    assert story.decide().published is None
    story.patrol("Rita", first)
    standing = story.decide().standing
    assert standing.published
    assert standing.reason.code == "patrol"
    assert standing.reason.params == ("Rita",)
    assert standing.updated == story.now


def test_patrol_policy_when_author_is_autopatrolled_then_it_is_published() -> None:
    story = Story(policy=PATROL)
    assert story.edit("Tove", "A") == story.decide().published


@pytest.mark.parametrize("name", ["Bot", "FuzzyBot"])
def test_patrol_policy_when_author_is_a_machine_then_it_waits(name: str) -> None:
    story = Story(policy=PATROL)
    story.edit(name, "A")
    assert story.decide().published is None


def test_patrol_policy_when_autopatrolled_account_is_blocked_then_it_waits() -> None:
    story = Story(policy=PATROL)
    story.rights["Tove"] = replace(story.rights["Tove"], blocked=True)
    story.edit("Tove", "A")
    assert story.decide().published is None


def test_patrol_policy_when_trusted_edit_lies_on_vandalism_then_it_waits() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.edit("Mallory", "A spam")
    story.edit("Tove", "A spam, mended")
    assert story.decide().published == first


def test_patrol_policy_when_vandalism_is_reverted_then_trusted_edits_count() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.edit("Mallory", "spam")
    story.again("Ann", first)
    last = story.edit("Tove", "B")
    assert story.decide().published == last


def test_patrol_policy_when_all_between_get_patrolled_then_newest_counts() -> None:
    story = Story(policy=PATROL)
    story.edit("Tove", "A")
    second = story.edit("Ann", "B")
    third = story.edit("Ann", "C")
    story.patrol("Rita", third)
    story.decide()
    story.patrol("Rita", second)
    assert story.decide().published == third


def test_patrol_policy_when_patrolled_text_is_rejected_then_it_is_not_published() -> (
    None
):
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    story.patrol("Rita", first)
    story.say("changes", "Ravi", first)
    assert story.decide().published is None


def test_patrol_policy_when_trusted_edit_lies_on_rejected_text_then_it_waits() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    second = story.edit("Tove", "B")
    story.say("changes", "Rita", second)
    story.edit("Tove", "B, as it was")
    assert story.decide().published == first


def test_patrol_policy_when_autopatrol_is_granted_later_then_old_edits_wait() -> None:
    story = Story(policy=PATROL)
    story.edit("Ann", "A")
    assert story.decide().published is None
    story.rights["Ann"] = Rights(autopatrolled=True)
    assert story.decide().published is None


def test_review_policy_when_page_is_patrolled_then_it_still_waits() -> None:
    story = Story()
    first = story.edit("Tove", "A")
    story.patrol("Rita", first)
    assert story.decide().published is None


def test_open_policy_when_page_is_new_then_it_is_published_until_rejected() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    assert story.decide().published == first
    story.say("changes", "Rita", first)
    assert story.decide().published is None


def test_policy_when_it_becomes_stricter_then_what_was_accepted_stays() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    story.decide()
    story.policy = REVIEW
    story.edit("Ann", "B")
    assert story.decide().published == first


def test_policy_when_it_becomes_open_then_what_waits_is_published() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.decide()
    story.policy = OPEN
    assert story.decide().published == first


# Equal text


def test_equal_text_when_vandalism_is_reverted_by_anyone_then_nothing_waits() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "spam")
    story.again("Someone", first)
    standing = story.decide().standing
    assert standing.published
    assert standing.published.revision == first
    assert (standing.state, standing.pending) == (State.PUBLISHED, None)


def test_equal_text_when_page_is_marked_for_translation_then_nothing_waits() -> None:
    story = Story()
    first = story.edit("Ann", "one\n\ntwo")
    story.say("approve", "Rita", first)
    story.edit("Ann", "<translate>\n<!--T:1-->\none\n\n<!--T:2-->\ntwo\n</translate>")
    standing = story.decide().standing
    assert standing.pending is None
    assert standing.published
    assert standing.published.revision == first


def test_equal_text_to_one_accepted_before_a_newer_one_then_waits() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    story.again("Mallory", first)
    decision = story.decide()
    assert decision.published == second
    assert decision.standing.state is State.WAITING


def test_approval_when_newer_text_repeats_an_older_one_then_still_publishes() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B")
    story.again("Mallory", first)
    story.decide()
    story.say("approve", "Rita", second)
    assert story.decide().published == second


# Hidden, deleted, moved, ended


def test_hidden_revision_then_yields_to_newest_visible_accepted() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B with a telephone number")
    story.say("approve", "Rita", second)
    before = story.decide().standing
    third = story.edit("Ann", "C")
    story.hide(second)
    standing = story.decide().standing
    assert standing.published
    assert standing.published.revision == first
    assert standing.pending
    assert standing.pending.revision == third
    assert standing.sequence > before.sequence
    assert (before.hidden, standing.hidden) == ((), (second,))


def test_hidden_revision_when_its_text_was_repeated_then_yields_to_that() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "spam")
    third = story.again("Ann", first)
    story.decide()
    story.hide(first)
    decision = story.decide()
    assert decision.published == third
    assert decision.standing.hidden == (first,)


def test_hidden_revision_when_it_is_rejected_then_its_repetition_is_out_too() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "spam")
    story.again("Ann", first)
    story.decide()
    story.hide(first)
    story.say("changes", "Ravi", first)
    assert story.decide().published is None


def test_hidden_revision_when_it_was_the_only_one_then_nothing_is_published() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Ann", "B")
    story.decide()
    story.hide(first)
    assert story.decide().published is None


def test_deletion_then_page_is_gone_and_undeletion_brings_it_back() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    published = story.decide().standing
    story.delete()
    gone = story.decide().standing
    assert (gone.state, gone.published) == (State.GONE, None)
    assert gone.reason.code == "deleted"
    assert gone.updated == story.now
    story.undelete()
    back = story.decide().standing
    assert back.published == published.published
    assert back.updated == story.now
    assert published.sequence < gone.sequence < back.sequence


def test_template_removed_when_not_reviewed_then_readers_see_the_record() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "", record=False)
    decision = story.decide()
    assert decision.published == first
    assert decision.standing.state is State.WAITING


def test_template_removed_when_approved_then_page_is_no_record() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "just a page", record=False)
    story.say("approve", "Rita", second)
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.GONE, None)
    assert standing.reason.code == "no-template"


def test_template_removed_when_nothing_was_published_then_page_is_no_record() -> None:
    story = Story()
    story.edit("Ann", "A")
    story.edit("Ann", "just a page", record=False)
    assert story.decide().standing.state is State.GONE


def test_broken_text_when_accepted_then_yields_to_the_one_before() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.edit("Tove", "A with its end before its start", broken=True)
    decision = story.decide()
    assert decision.published == first
    assert decision.standing.state is State.BROKEN


def test_broken_text_when_new_then_does_not_wait_for_reviewers() -> None:
    story = Story()
    story.edit("Ann", "A", broken=True)
    assert story.decide().standing.state is State.BROKEN


# Posts


def post() -> Story:
    return Story(kind="post")


def test_draft_then_does_not_wait_for_reviewers() -> None:
    story = post()
    story.edit("Ann", "A", status="draft")
    assert story.decide().standing.state is State.DRAFT
    story.edit("Ann", "A", status="ready")
    assert story.decide().standing.state is State.WAITING


def test_draft_when_approved_then_is_kept_out() -> None:
    story = post()
    first = story.edit("Ann", "A", status="draft")
    story.say("approve", "Rita", first)
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.DRAFT, None)


def test_publish_after_when_approved_then_waits_for_its_day() -> None:
    story = post()
    first = story.edit("Ann", "A", publish_after="2026-11-24")
    story.say("approve", "Rita", first)
    standing = story.decide().standing
    assert (standing.state, standing.published) == (State.SCHEDULED, None)
    assert standing.due == date(2026, 11, 24)
    assert standing.reason.params == ("2026-11-24",)
    story.today = date(2026, 11, 24)
    standing = story.decide().standing
    assert (standing.state, standing.due) == (State.PUBLISHED, None)
    assert standing.updated
    assert standing.updated.date() == story.today


def test_publish_after_when_post_is_out_then_older_text_stays_until_then() -> None:
    story = post()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B", publish_after="2026-11-24")
    story.say("approve", "Rita", second)
    decision = story.decide()
    assert decision.published == first
    assert decision.standing.state is State.SCHEDULED
    story.today = date(2026, 11, 24)
    assert story.decide().published == second


def test_publish_after_when_put_off_before_its_day_then_old_day_passes() -> None:
    story = post()
    first = story.edit("Ann", "A", publish_after="2026-11-24")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "A", publish_after="2026-11-30")
    story.say("approve", "Rita", second)
    story.today = date(2026, 11, 25)
    assert story.decide().published is None
    story.today = date(2026, 11, 30)
    assert story.decide().published == second


# The ledger's part


def test_decision_when_repeated_then_adds_nothing() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.say("changes", "Rita", first)
    story.say("approve", "Mallory", first)
    story.edit("Ann", "B")
    entry = story.decide().entry
    assert story.decide().entry == entry
    assert story.rebuild().entry == entry


def test_decision_when_talk_page_was_archived_then_nothing_changes() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    before = story.decide().standing
    story.verdicts.clear()
    assert story.decide().standing == before


def test_decision_when_nothing_is_published_then_asks_for_newest_text_only() -> None:
    story = Story()
    for text in "ABC":
        last = story.edit("Ann", text)
    story.decide()
    assert story.asked == [frozenset({last})]


def test_sequence_when_two_causes_share_a_second_then_rises_by_one() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    before = story.decide().standing
    story.now -= (story.now - story.revisions[first].timestamp) / 2
    verdict = story.say("changes", "Rita", first)
    story.verdicts[-1] = replace(verdict, at=story.verdicts[0].at)
    after = story.decide().standing
    assert after.published is None
    assert after.sequence == before.sequence + 1


def test_sequence_when_talk_only_declines_what_waits_then_stays() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    before = story.decide().standing
    second = story.edit("Mallory", "spam")
    story.say("decline", "Rita", second)
    assert story.decide().standing.sequence == before.sequence
    assert story.rebuild().standing.sequence == before.sequence
