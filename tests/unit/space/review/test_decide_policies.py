"""Each rule on policies and on equal text, by an example."""

from dataclasses import replace

import pytest

from space.review.model import Reason, Rights, State
from space.review.policy import Policy
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Scenario


def test_patrol_policy_when_new_page_is_patrolled_then_it_is_published() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    assert scenario.decide().published is None
    scenario.patrol("Rita", first)
    status = scenario.decide().status
    assert status.published
    assert status.reason.code == "patrol"
    assert status.reason.params == ("Rita",)
    assert status.updated == scenario.now


def test_patrol_policy_when_author_is_autopatrolled_then_it_is_published() -> None:
    scenario = Scenario(policy=PATROL)
    assert scenario.edit("Tove", "A") == scenario.decide().published


@pytest.mark.parametrize("name", ["Bot", "FuzzyBot"])
def test_patrol_policy_when_author_is_a_machine_then_it_waits(name: str) -> None:
    scenario = Scenario(policy=PATROL)
    scenario.edit(name, "A")
    assert scenario.decide().published is None


def test_patrol_policy_when_autopatrolled_account_is_blocked_then_it_waits() -> None:
    scenario = Scenario(policy=PATROL)
    scenario.rights["Tove"] = replace(scenario.rights["Tove"], blocked=True)
    scenario.edit("Tove", "A")
    assert scenario.decide().published is None


def test_patrol_policy_when_trusted_edit_lies_on_vandalism_then_it_waits() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.edit("Mallory", "A spam")
    scenario.edit("Tove", "A spam, mended")
    assert scenario.decide().published == first


def test_patrol_policy_when_vandalism_is_reverted_then_trusted_edits_count() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.edit("Mallory", "spam")
    scenario.again("Ann", first)
    last = scenario.edit("Tove", "B")
    assert scenario.decide().published == last


def test_patrol_policy_when_all_between_get_patrolled_then_newest_counts() -> None:
    scenario = Scenario(policy=PATROL)
    scenario.edit("Tove", "A")
    second = scenario.edit("Ann", "B")
    third = scenario.edit("Ann", "C")
    scenario.patrol("Rita", third)
    scenario.decide()
    scenario.patrol("Rita", second)
    assert scenario.decide().published == third


def test_patrol_policy_when_patrolled_text_is_rejected_then_it_is_not_published() -> (
    None
):
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    scenario.patrol("Rita", first)
    scenario.say("changes", "Ravi", first)
    assert scenario.decide().published is None


def test_patrol_policy_when_trusted_edit_lies_on_rejected_text_then_it_waits() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Tove", "B")
    scenario.say("changes", "Rita", second)
    scenario.edit("Tove", "B, as it was")
    assert scenario.decide().published == first


def test_patrol_policy_when_autopatrol_is_granted_later_then_old_edits_wait() -> None:
    scenario = Scenario(policy=PATROL)
    scenario.edit("Ann", "A")
    assert scenario.decide().published is None
    scenario.rights["Ann"] = Rights(autopatrolled=True)
    assert scenario.decide().published is None


def test_review_policy_when_page_is_patrolled_then_it_still_waits() -> None:
    scenario = Scenario()
    first = scenario.edit("Tove", "A")
    scenario.patrol("Rita", first)
    assert scenario.decide().published is None


def test_open_policy_when_page_is_new_then_it_is_published_until_rejected() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    assert scenario.decide().published == first
    scenario.say("changes", "Rita", first)
    assert scenario.decide().published is None


def test_open_policy_when_a_page_is_published_then_names_its_author_if_seen() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    assert scenario.decide().status.reason == Reason("open", ("Ann",))
    scenario.hide(first, text=False, user=True)
    assert scenario.rebuild().status.reason == Reason("open", ("",))


def test_policy_when_it_becomes_stricter_then_what_was_accepted_stays() -> None:
    scenario = Scenario(policy=OPEN)
    first = scenario.edit("Ann", "A")
    scenario.decide()
    scenario.policy = REVIEW
    scenario.edit("Ann", "B")
    assert scenario.decide().published == first


def test_policy_when_it_becomes_open_then_what_waits_is_published() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.decide()
    scenario.policy = OPEN
    assert scenario.decide().published == first


MIXED = Policy(post="review", event="patrol")


def test_policy_when_page_turns_into_an_event_for_a_while_then_post_still_waits() -> (
    None
):
    scenario = Scenario(kind="post", policy=MIXED)
    scenario.edit("Tove", "A")
    scenario.decide()
    scenario.edit("Tove", "A", kind="event", broken=True)
    decision = scenario.decide()
    assert (decision.published, decision.status.state) == (None, State.BROKEN)
    scenario.edit("Tove", "A", kind="post")
    decision = scenario.decide()
    assert (decision.published, decision.status.state) == (None, State.WAITING)


def test_policy_when_both_kinds_turn_at_once_then_page_waits_for_reviewers() -> None:
    scenario = Scenario(kind="post", policy=MIXED)
    first = scenario.edit("Tove", "A")
    scenario.kind = "event"  # as it was read a moment later
    status = scenario.decide().status
    assert (status.state, status.published) == (State.WAITING, None)
    assert status.pending
    assert status.pending_since == scenario.revisions[first].timestamp


def test_policy_when_post_is_turned_into_an_event_then_events_policy_counts() -> None:
    scenario = Scenario(kind="post", policy=MIXED)
    first = scenario.edit("Tove", "A")
    scenario.say("approve", "Rita", first)
    scenario.decide()
    second = scenario.edit("Tove", "B", kind="event")
    decision = scenario.decide()
    assert decision.published == second
    assert decision.entry.kind == "event"
    third = scenario.edit("Tove", "C", kind="post")
    decision = scenario.decide()
    assert (decision.published, decision.entry.kind) == (second, "event")
    assert decision.status.pending
    assert decision.status.pending.revision == third


def test_policy_when_it_was_the_same_for_both_kinds_once_then_turning_keeps_all() -> (
    None
):
    scenario = Scenario(kind="post", policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.decide()
    scenario.policy = MIXED
    scenario.edit("Mallory", "B", kind="event")
    assert scenario.decide().published == first


# Equal text


def test_equal_text_when_vandalism_is_reverted_by_anyone_then_nothing_waits() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "spam")
    scenario.again("Someone", first)
    status = scenario.decide().status
    assert status.published
    assert status.published.revision == first
    assert (status.state, status.pending) == (State.PUBLISHED, None)


def test_equal_text_when_page_is_marked_for_translation_then_nothing_waits() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "one\n\ntwo")
    scenario.say("approve", "Rita", first)
    scenario.edit(
        "Ann", "<translate>\n<!--T:1-->\none\n\n<!--T:2-->\ntwo\n</translate>"
    )
    status = scenario.decide().status
    assert status.pending is None
    assert status.published
    assert status.published.revision == first


MARKED = "<translate>\n<!--T:1-->\none\n\n<!--T:2-->\ntwo\n</translate>"


def test_equal_text_when_marks_of_translation_are_taken_out_then_nothing_waits() -> (
    None
):
    scenario = Scenario()
    scenario.say("approve", "Rita", scenario.edit("Ann", MARKED))
    scenario.decide()
    scenario.edit("Mallory", "one\n\ntwo")
    assert scenario.decide().status.pending is None


def test_equal_text_when_marks_of_a_trusted_text_are_taken_out_then_nothing_waits() -> (
    None
):
    scenario = Scenario(policy=PATROL)
    scenario.edit("Tove", MARKED)
    scenario.decide()
    scenario.edit("Mallory", "one\n\ntwo")
    assert scenario.decide().status.pending is None


def test_equal_text_to_one_accepted_before_a_newer_one_then_waits() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    scenario.again("Mallory", first)
    decision = scenario.decide()
    assert decision.published == second
    assert decision.status.state is State.WAITING


def test_approval_when_newer_text_repeats_an_older_one_then_still_publishes() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "B")
    scenario.again("Mallory", first)
    scenario.decide()
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == second


def test_decline_when_changes_are_asked_for_later_then_still_holds() -> None:
    scenario = Scenario(policy=OPEN)
    scenario.say("decline", "Rita", scenario.edit("Ann", "A"))
    scenario.say("changes", "Ravi", scenario.edit("Ann", "B"))
    scenario.edit("Ann", "C")
    assert scenario.decide().published is None


def test_decline_when_an_older_text_is_declined_later_then_holds_for_both() -> None:
    scenario = Scenario(policy=OPEN)
    first, second = scenario.edit("Ann", "A"), scenario.edit("Ann", "B")
    scenario.say("decline", "Rita", second)
    scenario.say("decline", "Rita", first)
    scenario.say("approve", "Ravi", first)
    scenario.edit("Ann", "C")
    assert scenario.decide().published == first
