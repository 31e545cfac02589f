"""What an entry forgets, and what nobody may gain by that."""

import pytest
from hypothesis import given

from space.review import compaction
from space.review.model import Acceptance, Cause, Flaw, Snapshot
from space.review.policy import Policy
from tests.support.review.random_edits import (
    Act,
    begun,
    perform,
    policies,
    random_edits,
)
from tests.support.review.scenario import OPEN, PATROL, REVIEW, Scenario


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries that fold after a few causes."""
    monkeypatch.setattr(compaction, "MAX_CAUSES", 3)
    monkeypatch.setattr(compaction, "RETAINED_CAUSES", 1)
    monkeypatch.setattr(compaction, "RETAINED_ACCEPTED", 1)


def test_entry_when_page_is_edited_for_years_then_stays_small() -> None:
    scenario = Scenario(policy=PATROL)
    for number in range(300):
        last = scenario.edit("Tove", f"A {number}")
        if number % 10 == 0:
            scenario.say("approve", "Rita", last)
            scenario.say("approve", "Mallory", last)
            scenario.decide()
    decision = scenario.decide()
    entry = decision.entry
    assert decision.published == last
    assert len(entry.verdicts) <= compaction.MAX_CAUSES + compaction.RETAINED_REFUSED
    assert len(entry.accepted) + len(entry.trusted) <= compaction.MAX_CAUSES
    assert len(entry.snapshot.accepted) <= compaction.RETAINED_ACCEPTED
    assert len(entry.marks) <= compaction.RETAINED_MARKS + len(entry.verdicts)


@given(random_edits, policies)
def test_folded_entry_when_history_is_random_then_has_nothing_that_is_over(
    acts: list[Act], policy: Policy
) -> None:
    scenario = begun(policy)
    for act in acts:
        perform(scenario, act)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compaction, "MAX_CAUSES", 3)
        patch.setattr(compaction, "RETAINED_CAUSES", 1)
        entry = scenario.decide().entry
    until = entry.snapshot.at
    if until is None:
        return
    assert all(acceptance.at > until for acceptance in entry.accepted)
    assert all(patrol.at > until for patrol in entry.patrols)
    assert all(scenario.revisions[r].timestamp > until for r in entry.trusted)
    assert all(j.verdict.at > until for j in entry.verdicts if not j.verdict.flaw)
    oldest = min((a.revision for a in entry.snapshot.accepted), default=0)
    assert all(revision > oldest for revision in entry.retractors)


@pytest.mark.usefixtures("small")
def test_folded_entry_when_much_may_take_back_then_keeps_the_newest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compaction, "RETAINED_RETRACTORS", 2)
    scenario = Scenario()
    for text in "ABCDE":
        last = scenario.edit("Ann", text)
        scenario.say("changes", "Rita", last)
    assert scenario.decide().entry.retractors == tuple(scenario.revisions)[-2:]


@pytest.mark.usefixtures("small")
def test_folded_entry_when_withdrawn_then_a_text_of_two_is_no_longer_its_authors() -> (
    None
):
    """What was accepted before the withdrawal is no ground to build on."""
    scenario = Scenario(policy=OPEN)
    scenario.edit("Ann", "A")
    second = scenario.edit("Rita", "B")
    for text in "CDEF":
        scenario.edit("Ann", text)
        entry = scenario.decide().entry
    assert entry.snapshot.last_dropped_revision >= second
    scenario.policy = REVIEW
    scenario.say("withdraw", "Ann")
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == second


@pytest.mark.usefixtures("small")
def test_folded_entry_when_author_approves_old_text_then_is_refused() -> None:
    scenario = Scenario(policy=OPEN)
    scenario.edit("Ann", "A")
    second = scenario.edit("Rita", "B")
    for text in "CDEF":
        last = scenario.edit("Ann", text)
        scenario.decide()
    scenario.say("changes", "Ravi", second)
    scenario.say("approve", "Rita", second)
    assert scenario.decide().published == last
    assert scenario.entry
    assert scenario.entry.snapshot.last_dropped_revision >= second
    assert [j.verdict.flaw for j in scenario.entry.refused] == [Flaw.AUTHOR]


@pytest.mark.usefixtures("small")
def test_folded_entry_when_all_that_is_kept_is_hidden_then_page_waits() -> None:
    scenario = Scenario(policy=OPEN)
    for text in "ABCDE":
        last = scenario.edit("Ann", text)
        scenario.decide()
    scenario.policy = PATROL
    scenario.edit("Ann", "F")
    entry = scenario.decide().entry
    kept = {a.revision for a in (*entry.snapshot.accepted, *entry.accepted)}
    assert last in kept
    assert min(scenario.revisions) not in kept
    for revision in kept:
        scenario.hide(revision)
    assert scenario.decide().published is None


@pytest.mark.usefixtures("small")
def test_folded_entry_when_old_verdict_is_added_again_then_is_known() -> None:
    scenario = Scenario()
    for text in "ABCD":
        last = scenario.edit("Ann", text)
        scenario.say("approve", "Rita", last)
        scenario.decide()
    scenario.say("withdraw", "Ann")
    scenario.decide()
    scenario.verdicts.append(scenario.verdicts[-2])
    assert scenario.decide().published is None


@pytest.mark.usefixtures("small")
def test_folded_entry_when_late_patrol_is_older_than_floor_then_is_passed_over() -> (
    None
):
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    scenario.patrol("Rita", first)
    late = scenario.patrols.pop()
    second = scenario.edit("Ann", "B")
    scenario.say("approve", "Rita", second)
    for text in "CDE":
        last = scenario.edit("Tove", text)
        scenario.decide()
    scenario.patrols.append(late)
    entry = scenario.entry
    assert scenario.decide().published == last
    assert scenario.entry == entry


@pytest.mark.usefixtures("small")
def test_folded_entry_when_texts_were_rejected_then_keeps_the_newest_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compaction, "RETAINED_REJECTED", 2)
    scenario = Scenario()
    rejected = []
    for text in "ABCDEF":
        rejected.append(scenario.edit("Ann", text))
        scenario.say("changes", "Rita", rejected[-1])
    entry = scenario.decide().entry
    kept = [judged.revision for judged in entry.snapshot.rejected]
    assert kept == rejected[-3:-1]


@pytest.mark.usefixtures("small")
def test_folded_entry_when_many_wait_patrolled_then_keeps_the_oldest_of_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(compaction, "RETAINED_PATROLLED", 2)
    scenario = Scenario(policy=PATROL)
    scenario.edit("Ann", "nobody patrols this")
    patrolled = [scenario.edit("Ann", text) for text in "BCDEFG"]
    for revision in patrolled:
        scenario.patrol("Rita", revision)
    entry = scenario.decide().entry
    assert [patrol.revision for patrol in entry.snapshot.patrolled] == patrolled[:2]


@pytest.mark.usefixtures("small")
def test_folded_entry_when_acceptances_go_then_knows_the_newest_of_them() -> None:
    scenario = Scenario()
    accepted = []
    for text in "ABCDEF":
        accepted.append(scenario.edit("Ann", text))
        scenario.say("approve", "Rita", accepted[-1])
    entry = scenario.decide().entry
    assert [a.revision for a in entry.snapshot.accepted] == [accepted[-2]]
    assert entry.snapshot.last_dropped_revision == accepted[-3]
    assert [judged.revision for judged in entry.verdicts] == accepted[-1:]


def test_entry_when_only_the_published_revision_is_kept_then_has_its_times() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Tove", "A")
    second = scenario.edit("Ann", "B")
    scenario.patrol("Rita", second)
    third = scenario.edit("Tove", "C")
    scenario.say("changes", "Mallory", second)
    entry = scenario.decide().entry
    approved = scenario.say("approve", "Rita", third)
    last = scenario.say("changes", "Ravi", first)
    entry = scenario.decide().entry
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
                sha1=scenario.revisions[third].sha1,
                talk=approved.talk,
            ),
        ),
        last_dropped_revision=second,
        first_accepted=entry.status.first_accepted,
        changed=entry.status.updated,
    )
    assert entry.status.first_accepted == scenario.revisions[first].timestamp
    assert small.patrols == small.accepted == small.trusted == small.verdicts == ()
    assert (entry.retractors, small.retractors) == ((first, third), ())
    assert small.seen == tuple(verdict.mark for verdict in scenario.verdicts)
    assert small.status == entry.status


def test_entry_when_a_refused_approval_names_it_then_is_no_acceptance() -> None:
    """Who wrote the text approved it, too; somebody else's approval is what counts."""
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    scenario.say("approve", "Rita", first)
    counted = scenario.say("approve", "Ravi", first)
    scenario.say("approve", "Rita", first)
    small = compaction.compact_to_published(scenario.decide().entry)
    assert [(a.account, a.at) for a in small.snapshot.accepted] == [
        ("Ravi", counted.at)
    ]
