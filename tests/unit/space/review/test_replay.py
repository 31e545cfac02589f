"""Causes that are read late, under a policy that changed meanwhile."""

import pytest

from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Story


def late(story: Story) -> None:
    """Read everything but the newest verdict, change the policy, then read that."""
    verdict = story.verdicts.pop()
    story.decide()
    story.policy = REVIEW
    story.verdicts.append(verdict)


def test_patrolled_text_when_rejected_before_but_read_later_then_is_out() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    story.say("changes", "Ravi", first)
    story.patrol("Rita", first)
    late(story)
    assert story.decide().published is None


def test_patrolled_text_when_on_a_text_rejected_before_then_is_out() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    second = story.edit("Ann", "B")
    third = story.edit("Ann", "C")
    story.patrol("Rita", second)
    story.say("changes", "Ravi", second)
    story.patrol("Rita", third)
    late(story)
    assert story.decide().published == first


def test_open_text_when_page_was_declined_before_then_is_out() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    story.say("decline", "Ravi", first)
    story.edit("Ann", "B")
    late(story)
    assert story.decide().published is None


def test_open_text_when_page_was_declined_later_and_older_approved_then_waits() -> None:
    story = Story(policy=OPEN)
    first = story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    story.say("decline", "Ravi", second)
    story.say("approve", "Rita", first)
    story.edit("Ann", "C")
    assert story.decide().published == first


def test_repeated_text_when_the_one_between_was_accepted_before_then_waits() -> None:
    story = Story(policy=PATROL)
    story.edit("Tove", "A")
    second = story.edit("Ann", "B")
    story.patrol("Rita", second)
    late_patrol = story.patrols.pop()
    third = story.again("Ann", second - 1)
    story.edit("Ann", "C")
    story.decide()
    story.hide(third)
    story.patrols.append(late_patrol)
    assert story.decide().published == second


def test_trusted_edit_when_its_chain_turns_out_broken_then_waits() -> None:
    """An unreviewed text seemed to repeat an accepted one, until more was read."""
    story = Story(policy=PATROL)
    story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    third = story.edit("Ann", "C")
    story.again("Ann", second)
    story.edit("Tove", "D")
    story.patrol("Rita", second)
    story.patrol("Rita", third)
    story.say("approve", "Rita", second - 1)
    late_patrol = story.patrols.pop()
    story.decide()
    story.patrols.append(late_patrol)
    assert story.decide().published == third


@pytest.mark.parametrize("policy", [OPEN, PATROL])
def test_decline_when_the_declined_revision_is_approved_then_later_ones_are_free(
    policy: Policy,
) -> None:
    story = Story(policy=policy)
    first = story.edit("Ann", "A")
    story.say("decline", "Ravi", first)
    story.say("approve", "Rita", first)
    second = story.edit("Tove", "B")
    assert story.decide().published == second


def test_repeat_of_a_newer_text_when_an_older_one_is_approved_then_stays() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    story.say("changes", "Ravi", first)
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    story.patrol("Rita", story.again("Ann", first))
    story.again("Ann", second)
    story.say("approve", "Rita", first)
    assert story.decide().published == second


def test_repeated_text_when_it_is_hidden_since_then_stays_accepted() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.edit("Ann", "B")
    third = story.again("Ann", first)
    story.decide()
    story.hide(third)
    status = story.decide().status
    assert (status.published and status.published.revision) == first
    assert status.pending is None


def test_patrolled_text_when_one_rejected_before_was_replaced_then_stays_in() -> None:
    """Only what lies between the accepted text and the patrolled one matters."""
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    second = story.edit("Ann", "B")
    story.say("changes", "Ravi", first)
    story.say("approve", "Ravi", second)
    third = story.edit("Tove", "C")
    story.decide()
    story.policy = REVIEW
    assert story.decide().published == third
