"""Who is asked for, and what an account may do."""

import pytest

from space.review.judge import judge, people, rights_of
from space.review.model import (
    Cause,
    Flaw,
    LedgerEntry,
    PageHistory,
    PageRevision,
    Patrol,
    Read,
    Reason,
    Rights,
    VerdictKind,
)
from space.review.policy import Policy
from space.text.messages import read_messages
from space.wiki.values import Account
from tests.support.review.scenario import PATROL, START, Scenario


@pytest.mark.parametrize(
    ("account", "rights"),
    [
        (Account("Ann", exists=True), Rights()),
        (Account("Ann", exists=True, rights=frozenset({"edit"})), Rights()),
        (
            Account("Rita", exists=True, rights=frozenset({"patrol", "autopatrol"})),
            Rights(reviewer=True, autopatrolled=True),
        ),
        (
            Account("Bot", exists=True, groups=frozenset({"bot"})),
            Rights(machine=True),
        ),
        (
            Account("Bot", exists=True, rights=frozenset({"bot", "autopatrol"})),
            Rights(autopatrolled=True, machine=True),
        ),
        (
            Account("FuzzyBot", exists=True, rights=frozenset({"autopatrol"})),
            Rights(autopatrolled=True, machine=True),
        ),
        (Account("Eve", exists=True, blocked=True), Rights(blocked=True)),
        (Account("Nobody", exists=False), Rights()),
        (Account("Ann", exists=True, id=5), Rights(account=5)),
        (Account("~2026-1", exists=True, id=6, temporary=True), Rights()),
    ],
)
def test_rights_when_account_is_known_then_are_what_review_asks(
    account: Account, rights: Rights
) -> None:
    assert rights_of(account, Policy()) == rights


def test_rights_when_settings_name_another_right_then_that_counts() -> None:
    account = Account("Ann", exists=True, rights=frozenset({"rollback"}))
    assert rights_of(account, Policy(right="rollback")).reviewer
    assert not rights_of(account, Policy()).reviewer


def test_people_when_page_is_new_then_are_authors_and_all_who_are_named() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.edit("Bob", "B")
    scenario.hide(first, text=False, user=True)
    scenario.say("approve", "Rita", first)
    scenario.say("approve", "Ravi", first, adder="Mallory")
    scenario.say("approve", "", first, flaw=Flaw.UNSIGNED)
    known = frozenset[int]()
    names = people(scenario._history(known), None, scenario.verdicts)
    assert names == {"Bob", "Rita", "Ravi"}


def test_people_when_all_was_judged_then_are_none() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A")
    scenario.say("approve", "Rita", first)
    entry = scenario.decide().entry
    known = frozenset[int]()
    assert people(scenario._history(known), entry, scenario.verdicts) == frozenset()


def test_people_when_a_text_names_organizers_then_are_asked_for_until_bound() -> None:
    scenario = Scenario()
    first = scenario.edit("Ann", "A", organizers=("Bea",))
    scenario.say("approve", "Rita", first)
    known = frozenset({first})
    assert "Bea" in people(scenario._history(known), None, scenario.verdicts)
    entry = scenario.decide().entry
    assert people(scenario._history(known), entry, scenario.verdicts) == frozenset()


def test_patrols_when_one_is_listed_twice_then_the_first_is_kept() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    scenario.patrol("Rita", first)
    scenario.patrols.append(Patrol(first, "Ravi", scenario.tick()))
    assert scenario.decide().status.reason.params == ("Rita",)


def test_patrols_when_two_are_of_one_moment_then_the_order_is_of_no_matter() -> None:
    scenario = Scenario(policy=PATROL)
    first = scenario.edit("Ann", "A")
    at = scenario.tick()
    scenario.patrols = [Patrol(first, "Rita", at), Patrol(first, None, at)]
    entry = scenario.rebuild().entry
    scenario.patrols.reverse()
    assert scenario.rebuild().entry == entry


@pytest.mark.parametrize(
    ("revisions", "before", "said", "expected"),
    [
        ((), Read(), Read(talk=5, log=9), Read(log=9)),
        ((), Read(3, 4, 9), Read(talk=5, log=8), Read(3, 4, 9)),
        ((2, 8), Read(3, 4, 5), Read(talk=6, log=9), Read(8, 6, 9)),
        ((2,), Read(3, 7, 5), Read(talk=6, log=4), Read(3, 7, 5)),
    ],
)
def test_read_when_judged_never_falls_and_the_talk_page_waits_for_the_page(
    revisions: tuple[int, ...], before: Read, said: Read, expected: Read
) -> None:
    saved = tuple(PageRevision(number, START, "Ann", "x") for number in revisions)
    history = PageHistory(7, "event", saved, read=said)
    entry = LedgerEntry(7, "event", read=before)
    assert judge(history, entry, (), (), {}).read == expected


CODES = [
    "new",
    "changed",
    "again",
    "hidden",
    "draft",
    "live",
    "broken",
    "scheduled",
    "no-template",
    "deleted",
    "moved",
    *Cause,
    *(kind for kind in VerdictKind if kind is not VerdictKind.APPROVE),
]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "qqq"])
def test_reason_when_given_then_has_a_message(code: str, language: str) -> None:
    assert Reason(code).message_key in read_messages(language)
