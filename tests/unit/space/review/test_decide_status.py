"""How a page stands: hidden, gone, broken, scheduled; and the sequence."""

from dataclasses import replace
from datetime import date

from space.review.model import Reason, State
from tests.support.review.scenario import PATROL, Scenario


def test_hidden_revision_then_yields_to_newest_visible_accepted() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "B with a telephone number")
    scenario.say("approve", "Rita", second)
    before = scenario.decide().status
    third = scenario.edit("Ann", "C")
    scenario.hide(second)
    status = scenario.decide().status
    assert status.published
    assert status.published.revision == first
    assert status.pending
    assert status.pending.revision == third
    assert status.sequence > before.sequence
    assert (before.hidden, status.hidden) == ((), (second,))


def test_hidden_revision_when_its_text_was_repeated_then_yields_to_that() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "spam")
    third = scenario.again("Ann", first)
    scenario.decide()
    scenario.hide(first)
    decision = scenario.decide()
    assert decision.published == third
    assert decision.status.hidden == (first,)


def test_hidden_revision_when_it_is_rejected_then_its_repetition_is_out_too() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "spam")
    scenario.again("Ann", first)
    scenario.decide()
    scenario.hide(first)
    scenario.say("changes", "Ravi", first)
    assert scenario.decide().published is None


def test_hidden_revision_when_it_was_the_only_one_then_nothing_is_published() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Ann", "B")
    scenario.decide()
    scenario.hide(first)
    assert scenario.decide().published is None


def test_hidden_revision_when_nothing_came_after_it_then_says_so() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.hide(first)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.WAITING, Reason("hidden"))


def test_hidden_revision_when_it_is_the_newest_then_waits_and_is_not_read() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.hide(first)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.WAITING, Reason("new"))
    assert scenario.asked == []


def test_deletion_then_page_is_gone_and_undeletion_brings_it_back() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    published = scenario.decide().status
    scenario.delete()
    gone = scenario.decide().status
    assert (gone.state, gone.published) == (State.GONE, None)
    assert gone.reason.code == "deleted"
    assert gone.updated == scenario.now
    scenario.undelete()
    back = scenario.decide().status
    assert back.published == published.published
    assert back.updated == scenario.now
    assert published.sequence < gone.sequence < back.sequence


def test_template_removed_when_not_reviewed_then_readers_see_the_record() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    scenario.edit("Mallory", "", kind=None)
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.WAITING


def test_template_removed_when_approved_then_page_is_no_record() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "just a page", kind=None)
    scenario.say("approve", "Rita", second)
    status = scenario.decide().status
    assert (status.state, status.published) == (State.GONE, None)
    assert status.reason.code == "no-template"


def test_template_removed_when_nothing_was_published_then_page_is_no_record() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A")
    scenario.edit("Ann", "just a page", kind=None)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.GONE, Reason("no-template"))


def test_broken_text_when_accepted_then_yields_to_the_one_before() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.edit("Tove", "A with its end before its start", broken=True)
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.BROKEN
    assert decision.status.reason == Reason("broken")


def test_broken_text_when_it_is_the_only_accepted_one_then_says_so() -> None:
    scenario = Scenario(policy=PATROL)
    scenario.edit("Tove", "A with its end before its start", broken=True)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.BROKEN, Reason("broken"))
    assert status.published is None


def test_broken_text_when_new_then_does_not_wait_for_reviewers() -> None:
    scenario = Scenario()
    scenario.edit("Ann", "A", broken=True)
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.BROKEN, Reason("broken"))


# Posts


def post() -> Scenario:
    return Scenario(kind="post")


def test_draft_then_does_not_wait_for_reviewers() -> None:
    scenario = post()
    scenario.edit("Ann", "A", status="draft")
    status = scenario.decide().status
    assert (status.state, status.reason) == (State.DRAFT, Reason("draft"))
    scenario.edit("Ann", "A", status="ready")
    assert scenario.decide().status.state is State.WAITING


def test_draft_when_approved_then_is_kept_out() -> None:
    scenario = post()
    first = scenario.edit("Ann", "A", status="draft")
    scenario.say("approve", "Rita", first)
    status = scenario.decide().status
    assert (status.state, status.published) == (State.DRAFT, None)
    assert status.reason == Reason("draft")


def test_publish_after_when_approved_then_waits_for_its_day() -> None:
    scenario = post()
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    status = scenario.decide().status
    assert (status.state, status.published) == (State.SCHEDULED, None)
    assert status.due == date(2026, 11, 24)
    assert status.reason == Reason("scheduled", ("2026-11-24",))
    scenario.today = date(2026, 11, 24)
    status = scenario.decide().status
    assert (status.state, status.due) == (State.PUBLISHED, None)
    assert status.updated
    assert status.updated.date() == scenario.today


def test_publish_after_when_post_is_out_then_older_text_stays_until_then() -> None:
    scenario = post()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "B", publish_after="2026-11-24")
    scenario.say("approve", "Rita", second)
    decision = scenario.decide()
    assert decision.published == first
    assert decision.status.state is State.SCHEDULED
    scenario.today = date(2026, 11, 24)
    assert scenario.decide().published == second


def test_publish_after_when_put_off_before_its_day_then_old_day_passes() -> None:
    scenario = post()
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    second = scenario.edit("Ann", "A", publish_after="2026-11-30")
    scenario.say("approve", "Rita", second)
    scenario.today = date(2026, 11, 25)
    assert scenario.decide().published is None
    scenario.today = date(2026, 11, 30)
    assert scenario.decide().published == second


def test_publish_after_when_a_newer_text_is_broken_then_its_day_still_comes() -> None:
    scenario = post()
    first = scenario.edit("Ann", "A", publish_after="2026-11-24")
    scenario.say("approve", "Rita", first)
    scenario.say("approve", "Rita", scenario.edit("Ann", "B", broken=True))
    status = scenario.decide().status
    assert (status.state, status.due) == (State.BROKEN, date(2026, 11, 24))
    scenario.today = date(2026, 11, 24)
    assert scenario.decide().published == first


# The ledger's part


def test_ledger_when_a_text_has_no_marks_then_keeps_one_hash_of_it() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.say("approve", "Rita", first)
    entry = scenario.decide().entry
    (acceptance,), (verdict,) = entry.accepted, entry.verdicts
    for kept in (acceptance, verdict):
        assert (kept.sha1, kept.normalised) == (scenario.revisions[first].sha1, None)


def test_decision_when_repeated_then_adds_nothing() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    scenario.say("changes", "Rita", first)
    scenario.say("approve", "Mallory", first)
    scenario.edit("Ann", "B")
    entry = scenario.decide().entry
    assert scenario.decide().entry == entry
    assert scenario.rebuild().entry == entry


def test_decision_when_talk_page_was_archived_then_nothing_changes() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    before = scenario.decide().status
    scenario.verdicts.clear()
    assert scenario.decide().status == before


def test_decision_when_nothing_is_published_then_asks_for_two_texts_only() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.edit("Ann", "B")
    last = scenario.edit("Ann", "C")
    scenario.decide()
    assert scenario.asked == [frozenset({first}), frozenset({last})]


def test_sequence_when_two_causes_share_a_second_then_rises_by_one() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    before = scenario.decide().status
    scenario.now -= (scenario.now - scenario.revisions[first].timestamp) / 2
    verdict = scenario.say("changes", "Rita", first)
    scenario.verdicts[-1] = replace(verdict, at=scenario.verdicts[0].at)
    after = scenario.decide().status
    assert after.published is None
    assert after.sequence == before.sequence + 1


def test_sequence_when_talk_only_declines_what_waits_then_stays() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    before = scenario.decide().status
    second = scenario.edit("Mallory", "spam")
    scenario.say("decline", "Rita", second)
    assert scenario.decide().status.sequence == before.sequence
    assert scenario.rebuild().status.sequence == before.sequence


def test_sequence_when_an_edit_waits_then_is_of_the_approval_before() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    approval = scenario.say("approve", "Rita", first)
    scenario.edit("Ann", "B")
    assert scenario.decide().status.updated == approval.at


def test_sequence_when_the_same_text_is_approved_again_then_stays() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    again = scenario.again("Ann", first)
    before = scenario.decide().status
    scenario.say("approve", "Ravi", again)
    after = scenario.decide()
    assert after.published == again
    assert after.status.sequence == before.sequence
