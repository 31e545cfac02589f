"""Causes that are read late, under a policy that changed meanwhile."""

from dataclasses import replace

import pytest

from space.review.model import Flaw, Rights
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, START, Scenario


def late(scenario: Scenario) -> None:
    """Read everything but the newest verdict, change the policy, then read that."""
    verdict = scenario.verdicts.pop()
    scenario.decide()
    scenario.policy = REVIEW
    scenario.verdicts.append(verdict)


def test_patrolled_text_when_rejected_before_but_read_later_then_is_out() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    scenario.say("changes", "Ravi", first)
    scenario.patrol("Rita", first)
    late(scenario)
    assert scenario.decide().published is None


def test_patrolled_text_when_on_a_text_rejected_before_then_is_out() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Ann", "B")
    third = scenario.edit("Ann", "C")
    scenario.patrol("Rita", second)
    scenario.say("changes", "Ravi", second)
    scenario.patrol("Rita", third)
    late(scenario)
    assert scenario.decide().published == first


def test_open_text_when_page_was_declined_before_then_is_out() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    scenario.say("decline", "Ravi", first)
    scenario.edit("Ann", "B")
    late(scenario)
    assert scenario.decide().published is None


def test_open_text_when_page_was_declined_later_and_older_approved_then_waits() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    second = scenario.edit("Ann", "B")
    scenario.say("decline", "Ravi", second)
    scenario.say("approve", "Rita", first)
    scenario.edit("Ann", "C")
    assert scenario.decide().published == first


def test_repeated_text_when_the_one_between_was_accepted_before_then_waits() -> None:
    scenario = Scenario(policy=PATROL)
    scenario.edit("Tove", "A")
    second = scenario.edit("Ann", "B")
    scenario.patrol("Rita", second)
    late_patrol = scenario.patrols.pop()
    third = scenario.again("Ann", second - 1)
    scenario.edit("Ann", "C")
    scenario.decide()
    scenario.hide(third)
    scenario.patrols.append(late_patrol)
    assert scenario.decide().published == second


def test_trusted_edit_when_its_chain_turns_out_broken_then_waits() -> None:
    """An unreviewed text seemed to repeat an accepted one, until more was read."""
    scenario = Scenario(policy=PATROL)
    scenario.edit("Ann", "A")
    second = scenario.edit("Ann", "B")
    third = scenario.edit("Ann", "C")
    scenario.again("Ann", second)
    scenario.edit("Tove", "D")
    scenario.patrol("Rita", second)
    scenario.patrol("Rita", third)
    scenario.say("approve", "Rita", second - 1)
    late_patrol = scenario.patrols.pop()
    scenario.decide()
    scenario.patrols.append(late_patrol)
    assert scenario.decide().published == third


@pytest.mark.parametrize("policy", [OPEN, PATROL])
def test_decline_when_the_declined_revision_is_approved_then_later_ones_are_free(
    policy: Policy,
) -> None:
    scenario = Scenario(policy=policy)
    first = scenario.edit("Ann", "A")
    scenario.say("decline", "Ravi", first)
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Tove", "B")
    assert scenario.decide().published == second


def test_repeat_of_a_newer_text_when_an_older_one_is_approved_then_stays() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    scenario.say("changes", "Ravi", first)
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    scenario.patrol("Rita", scenario.again("Ann", first))
    scenario.again("Ann", second)
    scenario.say("approve", "Rita", first)
    assert scenario.decide().published == second


def test_repeated_text_when_it_is_hidden_since_then_stays_accepted() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.edit("Ann", "B")
    third = scenario.again("Ann", first)
    scenario.decide()
    scenario.hide(third)
    status = scenario.decide().status
    assert (status.published and status.published.revision) == first
    assert status.pending is None


def test_patrolled_text_when_one_rejected_before_was_replaced_then_stays_in() -> None:
    """Only what lies between the accepted text and the patrolled one matters."""
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    second = scenario.edit("Ann", "B")
    scenario.say("changes", "Ravi", first)
    scenario.say("approve", "Ravi", second)
    third = scenario.edit("Tove", "C")
    scenario.decide()
    scenario.policy = REVIEW
    assert scenario.decide().published == third


def test_patrolled_text_when_an_approval_below_it_let_it_in_then_stays_in() -> None:
    """What a rule accepts at once after a verdict has the verdict's time."""
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    second = scenario.edit("Tove", "B")
    scenario.say("changes", "Ravi", first)
    scenario.say("approve", "Ravi", first)
    assert scenario.decide().published == second
    scenario.policy = REVIEW
    assert scenario.decide().published == second


def test_verdict_when_what_its_text_was_built_on_turns_out_unreviewed_then_counts() -> (
    None
):
    """A text seemed to be its reviewer's own change to an accepted one."""
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Ann", "B")
    scenario.patrol("Ravi", second)
    late_patrol = scenario.patrols.pop()
    scenario.again("Ann", first)
    own = scenario.edit("Mallory", "C")
    scenario.rights["Mallory"] = Rights(reviewer=True)
    scenario.say("approve", "Mallory", own)
    entry = scenario.decide().entry
    assert [j.verdict.flaw for j in entry.refused] == [Flaw.AUTHOR]
    scenario.patrols.append(late_patrol)
    decision = scenario.decide()
    assert (decision.published, decision.entry.refused) == (own, ())


def test_history_when_revisions_were_imported_late_then_goes_by_their_ids() -> None:
    """An imported revision has a new id and an old time."""
    scenario = Scenario(policy=PATROL)
    scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "B")
    third = scenario.edit("Mallory", "C")
    imported = scenario.revisions[third]
    scenario.revisions[third] = replace(imported, timestamp=START)
    status = scenario.decide().status
    assert status.published
    assert status.pending
    assert (status.published.revision, status.pending.revision) == (second, third)
