"""Own text: what the tool offers is what `decide` counts, whatever happened before."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.review import compaction
from space.review.model import Flaw, Rights
from space.review.own_text import AcceptedRevisions, Shares, is_own_text, shares
from space.review.policy import Policy
from space.review.replay import ledger_state
from tests.support.review.random_edits import (
    PEOPLE,
    Act,
    begun,
    perform,
    policies,
    random_edits,
)
from tests.support.review.scenario import Scenario


def offered(scenario: Scenario, account: str) -> bool:
    """Whether the tool takes the newest text for the account's own."""
    entry = scenario.decide().entry
    newest = max(scenario.revisions)
    authors = [(r.id, r.user) for r in scenario.revisions.values()]
    by = shares(authors, entry.creator, account, newest)
    return is_own_text(newest, by, ledger_state(entry).accepted_revisions)


def counted(scenario: Scenario, account: str) -> bool:
    """Whether `decide` refuses a verdict on the newest text as on one's own."""
    told = replace(scenario, rights={**scenario.rights, account: Rights(reviewer=True)})
    told.verdicts = [*scenario.verdicts]
    mark = told.say("approve", account, max(scenario.revisions)).mark
    refused = {j.verdict.mark: j.verdict.flaw for j in told.decide().entry.refused}
    return refused.get(mark) is Flaw.AUTHOR


READS = st.lists(st.booleans(), min_size=18, max_size=18)


@given(random_edits, policies, st.sampled_from([0, 3, 24]), READS)
def test_own_text_when_history_is_random_then_tool_and_decision_agree(
    acts: list[Act], policy: Policy, most_causes: int, reads: list[bool]
) -> None:
    scenario = begun(policy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compaction, "MAX_CAUSES", most_causes)
        patch.setattr(compaction, "RETAINED_CAUSES", min(most_causes, 1))
        for act, read in zip(acts, reads, strict=False):
            perform(scenario, act)
            if read:
                scenario.decide()
        for account in PEOPLE:
            assert offered(scenario, account) == counted(scenario, account), account


def test_own_text_when_an_accepted_post_waits_for_its_day_then_is_what_came_since() -> (
    None
):
    scenario = Scenario(kind="post", today=date(2026, 11, 22))
    scenario.edit("Rita", "A", publish_after="2026-12-24")
    scenario.say("approve", "Ravi", scenario.number)
    scenario.edit("Ann", "B", publish_after="2026-12-24")
    assert not offered(scenario, "Rita")
    assert not counted(scenario, "Rita")
    assert offered(scenario, "Ann")


def test_own_text_when_it_is_accepted_already_then_stays_its_authors() -> None:
    scenario = Scenario()
    first = scenario.edit("Rita", "A")
    scenario.say("approve", "Ravi", first)
    assert offered(scenario, "Rita")
    assert counted(scenario, "Rita")


@pytest.mark.parametrize(
    ("revision", "by", "accepted", "expected"),
    [
        (5, Shares(5, 0), AcceptedRevisions(), True),
        (5, Shares(5, 4), AcceptedRevisions(), False),
        (5, Shares(5, 4), AcceptedRevisions((4,)), True),
        (5, Shares(4, 5), AcceptedRevisions((4,)), False),
        (5, Shares(5, 5), AcceptedRevisions((4,)), False),
        (5, Shares(4, 0), AcceptedRevisions((4,)), False),
        (5, Shares(5, 4), AcceptedRevisions((3, 5)), False),
        (5, Shares(5, 4), AcceptedRevisions((), last_dropped=4), True),
        (5, Shares(1, 4), AcceptedRevisions((), last_dropped=5), True),
        (5, Shares(0, 4), AcceptedRevisions((), last_dropped=5), False),
        (5, Shares(5, 4), AcceptedRevisions((3,), last_dropped=4), False),
    ],
)
def test_own_text_when_revisions_were_accepted_then_is_what_came_since(
    revision: int, by: Shares, accepted: AcceptedRevisions, *, expected: bool
) -> None:
    assert is_own_text(revision, by, accepted) is expected


@pytest.mark.parametrize(
    ("account", "creator", "upto", "expected"),
    [
        ("Ann", "Ann", 3, Shares(1, 0)),
        ("Bob", "Ann", 3, Shares(2, 3)),
        ("Bob", "Ann", 4, Shares(4, 3)),
        ("Bob", "Ann", 1, Shares(0, 1)),
        ("Eve", "Ann", 9, Shares(4, 3)),
        ("Eve", None, 9, Shares(4, 0)),
        ("Eve", "Eve", 1, Shares(1, 0)),
    ],
)
def test_shares_when_asked_up_to_a_revision_then_name_the_newest_of_each(
    account: str, creator: str | None, upto: int, expected: Shares
) -> None:
    authors = [(1, "Ann"), (2, "Bob"), (3, "Cleo"), (4, None)]
    assert shares(authors, creator, account, upto) == expected


def test_shares_when_the_texts_of_others_are_deleted_then_are_none_of_theirs() -> None:
    assert shares([(2, "Bob")], "Ann", "Bob", 2) == Shares(2, 0)
