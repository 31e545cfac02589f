"""How a page stands: hidden, gone, broken, scheduled; and the sequence."""

from dataclasses import replace
from datetime import date

from space.review.model import State
from tests.support.review.scenario import PATROL, Story


def test_hidden_revision_then_yields_to_newest_visible_accepted() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B with a telephone number")
    story.say("approve", "Rita", second)
    before = story.decide().status
    third = story.edit("Ann", "C")
    story.hide(second)
    status = story.decide().status
    assert status.published
    assert status.published.revision == first
    assert status.pending
    assert status.pending.revision == third
    assert status.sequence > before.sequence
    assert (before.hidden, status.hidden) == ((), (second,))


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
    assert decision.status.hidden == (first,)


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
    published = story.decide().status
    story.delete()
    gone = story.decide().status
    assert (gone.state, gone.published) == (State.GONE, None)
    assert gone.reason.code == "deleted"
    assert gone.updated == story.now
    story.undelete()
    back = story.decide().status
    assert back.published == published.published
    assert back.updated == story.now
    assert published.sequence < gone.sequence < back.sequence


def test_template_removed_when_not_reviewed_then_readers_see_the_record() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    story.edit("Mallory", "", kind=None)
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.WAITING


def test_template_removed_when_approved_then_page_is_no_record() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "just a page", kind=None)
    story.say("approve", "Rita", second)
    status = story.decide().status
    assert (status.state, status.published) == (State.GONE, None)
    assert status.reason.code == "no-template"


def test_template_removed_when_nothing_was_published_then_page_is_no_record() -> None:
    story = Story()
    story.edit("Ann", "A")
    story.edit("Ann", "just a page", kind=None)
    assert story.decide().status.state is State.GONE


def test_broken_text_when_accepted_then_yields_to_the_one_before() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    story.edit("Tove", "A with its end before its start", broken=True)
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.BROKEN


def test_broken_text_when_new_then_does_not_wait_for_reviewers() -> None:
    story = Story()
    story.edit("Ann", "A", broken=True)
    assert story.decide().status.state is State.BROKEN


# Posts


def post() -> Story:
    return Story(kind="post")


def test_draft_then_does_not_wait_for_reviewers() -> None:
    story = post()
    story.edit("Ann", "A", status="draft")
    assert story.decide().status.state is State.DRAFT
    story.edit("Ann", "A", status="ready")
    assert story.decide().status.state is State.WAITING


def test_draft_when_approved_then_is_kept_out() -> None:
    story = post()
    first = story.edit("Ann", "A", status="draft")
    story.say("approve", "Rita", first)
    status = story.decide().status
    assert (status.state, status.published) == (State.DRAFT, None)


def test_publish_after_when_approved_then_waits_for_its_day() -> None:
    story = post()
    first = story.edit("Ann", "A", publish_after="2026-11-24")
    story.say("approve", "Rita", first)
    status = story.decide().status
    assert (status.state, status.published) == (State.SCHEDULED, None)
    assert status.due == date(2026, 11, 24)
    assert status.reason.params == ("2026-11-24",)
    story.today = date(2026, 11, 24)
    status = story.decide().status
    assert (status.state, status.due) == (State.PUBLISHED, None)
    assert status.updated
    assert status.updated.date() == story.today


def test_publish_after_when_post_is_out_then_older_text_stays_until_then() -> None:
    story = post()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    second = story.edit("Ann", "B", publish_after="2026-11-24")
    story.say("approve", "Rita", second)
    decision = story.decide()
    assert decision.published == first
    assert decision.status.state is State.SCHEDULED
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
    before = story.decide().status
    story.verdicts.clear()
    assert story.decide().status == before


def test_decision_when_nothing_is_published_then_asks_for_two_texts_only() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.edit("Ann", "B")
    last = story.edit("Ann", "C")
    story.decide()
    assert story.asked == [frozenset({first}), frozenset({last})]


def test_sequence_when_two_causes_share_a_second_then_rises_by_one() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    before = story.decide().status
    story.now -= (story.now - story.revisions[first].timestamp) / 2
    verdict = story.say("changes", "Rita", first)
    story.verdicts[-1] = replace(verdict, at=story.verdicts[0].at)
    after = story.decide().status
    assert after.published is None
    assert after.sequence == before.sequence + 1


def test_sequence_when_talk_only_declines_what_waits_then_stays() -> None:
    story = Story()
    first = story.edit("Ann", "A")
    story.say("approve", "Rita", first)
    before = story.decide().status
    second = story.edit("Mallory", "spam")
    story.say("decline", "Rita", second)
    assert story.decide().status.sequence == before.sequence
    assert story.rebuild().status.sequence == before.sequence
