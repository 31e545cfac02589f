"""Each rule on policies and on equal text, by an example."""

from dataclasses import replace

import pytest

from space.review.model import Rights, State
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Story


def test_patrol_policy_when_new_page_is_patrolled_then_it_is_published() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    assert story.decide().published is None
    story.patrol("Rita", first)
    status = story.decide().status
    assert status.published
    assert status.reason.code == "patrol"
    assert status.reason.params == ("Rita",)
    assert status.updated == story.now


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


MIXED = Policy(post="review", event="patrol")


def test_policy_when_page_turns_into_an_event_for_a_while_then_post_still_waits() -> (
    None
):
    story = Story(kind="post", policy=MIXED)
    story.edit("Tove", "A")
    story.decide()
    story.edit("Tove", "A", kind="event", broken=True)
    decision = story.decide()
    assert (decision.published, decision.status.state) == (None, State.BROKEN)
    story.edit("Tove", "A", kind="post")
    decision = story.decide()
    assert (decision.published, decision.status.state) == (None, State.WAITING)


def test_policy_when_both_kinds_turn_at_once_then_page_waits_for_reviewers() -> None:
    story = Story(kind="post", policy=MIXED)
    first = story.edit("Tove", "A")
    story.kind = "event"  # as it was read a moment later
    status = story.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.pending
    assert status.pending_since == story.revisions[first].timestamp


def test_policy_when_post_is_turned_into_an_event_then_events_policy_counts() -> None:
    story = Story(kind="post", policy=MIXED)
    first = story.edit("Tove", "A")
    story.say("approve", "Rita", first)
    story.decide()
    second = story.edit("Tove", "B", kind="event")
    decision = story.decide()
    assert decision.published == second
    assert decision.entry.kind == "event"
    third = story.edit("Tove", "C", kind="post")
    decision = story.decide()
    assert decision.published == second
    assert decision.status.pending
    assert decision.status.pending.revision == third


def test_policy_when_it_was_the_same_for_both_kinds_once_then_turning_keeps_all() -> (
    None
):
    story = Story(kind="post", policy=PATROL)
    first = story.edit("Tove", "A")
    story.decide()
    story.policy = MIXED
    story.edit("Mallory", "B", kind="event")
    assert story.decide().published == first


# Equal text


def test_equal_text_when_vandalism_is_reverted_by_anyone_then_nothing_waits() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "spam")
    story.again("Someone", first)
    status = story.decide().status
    assert status.published
    assert status.published.revision == first
    assert (status.state, status.pending) == (State.PUBLISHED, None)


def test_equal_text_when_page_is_marked_for_translation_then_nothing_waits() -> None:
    story = Story()
    first = story.edit("Ann", "one\n\ntwo")
    story.say("approve", "Rita", first)
    story.edit("Ann", "<translate>\n<!--T:1-->\none\n\n<!--T:2-->\ntwo\n</translate>")
    status = story.decide().status
    assert status.pending is None
    assert status.published
    assert status.published.revision == first


def test_equal_text_to_one_accepted_before_a_newer_one_then_waits() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    story.again("Mallory", first)
    decision = story.decide()
    assert decision.published == second
    assert decision.status.state is State.WAITING


def test_approval_when_newer_text_repeats_an_older_one_then_still_publishes() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B")
    story.again("Mallory", first)
    story.decide()
    story.say("approve", "Rita", second)
    assert story.decide().published == second
