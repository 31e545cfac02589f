"""What an entry forgets, and what nobody may gain by that."""

import pytest

from space.review import compaction
from space.review.model import Acceptance, Cause, Flaw, Snapshot
from tests.support.review.scenario import OPEN, PATROL, Story


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that fold after a few causes."""
    monkeypatch.setattr(compaction, "MAX_CAUSES", 3)
    monkeypatch.setattr(compaction, "RETAINED_CAUSES", 1)
    monkeypatch.setattr(compaction, "RETAINED_ACCEPTED", 1)


def test_entry_when_page_is_edited_for_years_then_stays_small() -> None:
    story = Story(policy=PATROL)
    for number in range(300):
        last = story.edit("Tove", f"A {number}")
        if number % 10 == 0:
            story.say("approve", "Rita", last)
            story.say("approve", "Mallory", last)
            story.decide()
    decision = story.decide()
    entry = decision.entry
    assert decision.published == last
    assert len(entry.verdicts) <= compaction.MAX_CAUSES + compaction.RETAINED_REFUSED
    assert len(entry.accepted) + len(entry.trusted) <= compaction.MAX_CAUSES
    assert len(entry.snapshot.accepted) <= compaction.RETAINED_ACCEPTED
    assert len(entry.marks) <= compaction.RETAINED_MARKS + len(entry.verdicts)


@pytest.mark.usefixtures("small")
def test_folded_entry_when_author_approves_old_text_then_is_refused() -> None:
    story = Story(policy=OPEN)
    story.edit("Ann", "A")
    second = story.edit("Rita", "B")
    for text in "CDEF":
        last = story.edit("Ann", text)
        story.decide()
    story.say("changes", "Ravi", second)
    story.say("approve", "Rita", second)
    assert story.decide().published == last
    assert story.entry
    assert story.entry.snapshot.last_dropped_revision >= second
    assert [j.verdict.flaw for j in story.entry.refused] == [Flaw.AUTHOR]


@pytest.mark.usefixtures("small")
def test_folded_entry_when_all_that_is_kept_is_hidden_then_page_waits() -> None:
    story = Story(policy=OPEN)
    for text in "ABCDE":
        last = story.edit("Ann", text)
        story.decide()
    story.policy = PATROL
    story.edit("Ann", "F")
    entry = story.decide().entry
    kept = {a.revision for a in (*entry.snapshot.accepted, *entry.accepted)}
    assert last in kept
    assert min(story.revisions) not in kept
    for revision in kept:
        story.hide(revision)
    assert story.decide().published is None


@pytest.mark.usefixtures("small")
def test_folded_entry_when_old_verdict_is_added_again_then_is_known() -> None:
    story = Story()
    for text in "ABCD":
        last = story.edit("Ann", text)
        story.say("approve", "Rita", last)
        story.decide()
    story.say("withdraw", "Ann")
    story.decide()
    story.verdicts.append(story.verdicts[-2])
    assert story.decide().published is None


@pytest.mark.usefixtures("small")
def test_folded_entry_when_late_patrol_is_older_than_floor_then_is_passed_over() -> (
    None
):
    story = Story(policy=PATROL)
    first = story.edit("Ann", "A")
    story.patrol("Rita", first)
    late = story.patrols.pop()
    second = story.edit("Ann", "B")
    story.say("approve", "Rita", second)
    for text in "CDE":
        last = story.edit("Tove", text)
        story.decide()
    story.patrols.append(late)
    entry = story.entry
    assert story.decide().published == last
    assert story.entry == entry


def test_entry_when_only_the_published_revision_is_kept_then_has_its_times() -> None:
    story = Story(policy=PATROL)
    first = story.edit("Tove", "A")
    second = story.edit("Ann", "B")
    story.patrol("Rita", second)
    third = story.edit("Tove", "C")
    story.say("changes", "Mallory", second)
    entry = story.decide().entry
    approved = story.say("approve", "Rita", third)
    last = story.say("changes", "Ravi", first)
    entry = story.decide().entry
    assert (entry.trusted, len(entry.patrols)) == ((first, third), 1)
    small = compaction.compact_to_published(entry)
    assert small.snapshot == Snapshot(
        at=last.at,
        accepted=(
            Acceptance(
                revision=third,
                cause=Cause.APPROVAL,
                account="Rita",
                at=approved.at,
                sha1=story.revisions[third].sha1,
                talk=approved.talk,
            ),
        ),
        last_dropped_revision=second,
        first_accepted=entry.status.first_accepted,
        changed=entry.status.updated,
    )
    assert entry.status.first_accepted == story.revisions[first].timestamp
    assert small.patrols == small.accepted == small.trusted == small.verdicts == ()
    assert small.seen == tuple(verdict.mark for verdict in story.verdicts)
    assert small.status == entry.status


def test_entry_when_a_refused_approval_names_it_then_is_no_acceptance() -> None:
    """Who wrote the text approved it, too; somebody else's approval is what counts."""
    story = Story()
    first = story.edit("Rita", "A")
    story.say("approve", "Rita", first)
    counted = story.say("approve", "Ravi", first)
    story.say("approve", "Rita", first)
    small = compaction.compact_to_published(story.decide().entry)
    assert [(a.account, a.at) for a in small.snapshot.accepted] == [
        ("Ravi", counted.at)
    ]
