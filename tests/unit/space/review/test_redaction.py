"""What stays of a ledger entry when the wiki hides revisions and accounts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from space.review.model import (
    Acceptance,
    Cause,
    Flaw,
    Judged,
    LedgerEntry,
    Mark,
    NamedAccount,
    Organizers,
    PageStatus,
    Patrol,
    Reason,
    Snapshot,
    State,
    Verdict,
    VerdictKind,
)
from space.review.redaction import (
    Seen,
    Visibility,
    has_other_text,
    names_of,
    redact,
    refused,
    revisions_of,
)
from space.wiki.values import Revision

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
NUMBER_OF_ANN = 7


def revision(number: int, user: str | None, *, text_hidden: bool = False) -> Revision:
    return Revision(
        id=number,
        parent=0,
        page_id=1,
        timestamp=BEGUN,
        user=user,
        user_id=NUMBER_OF_ANN if user else 0,
        sha1=None if text_hidden else "a",
        text_hidden=text_hidden,
    )


def seen(*revisions: Revision, hidden: str = "") -> Visibility:
    rows = {each.id: Seen.of(each) for each in revisions}
    return Visibility(rows, frozenset(filter(None, [hidden])))


def verdict(talk: int, account: str, adder: str | None = None) -> Verdict:
    return Verdict(
        VerdictKind.APPROVE,
        revision=2,
        account=account,
        adder=adder or account,
        adder_id=3,
        at=BEGUN + timedelta(hours=1),
        talk=talk,
        mark=f"mark {talk}",
        reason="Reads well",
    )


def judged(talk: int, account: str, on: int) -> Judged:
    return Judged(verdict(talk, account), on, sha1=f"s{on}", normalised=f"n{on}")


def acceptance(
    on: int, cause: Cause, account: str, *, anchor: int = 0, talk: int = 0
) -> Acceptance:
    hashes = (f"s{on}", f"n{on}")
    return Acceptance(on, cause, account, BEGUN, *hashes, anchor=anchor, talk=talk)


def entry_with(**fields: object) -> LedgerEntry:
    return replace(LedgerEntry(page=1, kind="event"), **fields)  # type: ignore[arg-type]


ENTRY = entry_with(
    creator="Ann",
    creator_id=NUMBER_OF_ANN,
    origin=10,
    snapshot=Snapshot(
        accepted=(acceptance(11, Cause.OPEN, "Bea"),),
        rejected=(judged(20, "Rita", 12),),
        decline=judged(21, "Ravi", 13),
        patrolled=(Patrol(14, "Tove", BEGUN),),
    ),
    verdicts=(judged(22, "Cleo", 15),),
    patrols=(Patrol(16, "Dan", BEGUN),),
    accepted=(acceptance(17, Cause.APPROVAL, "Eve", talk=23),),
    status=PageStatus(
        State.PUBLISHED,
        Reason("approved"),
        published=Mark(18, BEGUN, "s18"),
        hidden=(19,),
    ),
    organizers=Organizers(18, (NamedAccount("Gus", 6), NamedAccount("Hana", 7))),
)
REVISIONS = [10, 11, 12, 13, 15, 17, 18, 19, 20, 21, 22, 23]
NAMES = ["Ann", "Bea", "Rita", "Ravi", "Tove", "Cleo", "Dan", "Eve", "Gus", "Hana"]
AUTHORS = {
    10: "Ann",
    11: "Bea",
    20: "Rita",
    21: "Ravi",
    22: "Cleo",
    23: "Eve",
}
EVERYTHING = seen(*(revision(each, AUTHORS.get(each, "Sam")) for each in REVISIONS))


def without(number: int, **hidden: bool) -> Visibility:
    """Everything can be seen but what one revision hides."""
    user = None if hidden.get("user") else AUTHORS.get(number, "Sam")
    row = revision(number, user, text_hidden=hidden.get("text", False))
    return Visibility({**EVERYTHING.revisions, number: Seen.of(row)})


def test_revisions_of_an_entry_are_all_that_it_comes_from() -> None:
    assert sorted(revisions_of(ENTRY)) == sorted([*REVISIONS, 0])  # OPEN has no talk
    assert list(revisions_of(entry_with(origin=4))) == [0, 4]


def test_names_of_an_entry_are_all_that_it_has() -> None:
    assert set(names_of(ENTRY)) == set(NAMES)
    added = replace(judged(22, "Cleo", 15), verdict=verdict(22, "Cleo", "Finn"))
    assert list(names_of(entry_with(verdicts=(added,)))) == ["Cleo", "Finn"]


def test_visibility_when_a_revision_is_unknown_hides_nothing_and_shows_no_text() -> (
    None
):
    nothing = seen()
    assert not nothing.has_text(1)
    assert not nothing.hides_text(1)
    assert not nothing.hides_author(1)
    assert nothing.author(1, "Ann") == "Ann"
    assert nothing.author(1, "") is None


def test_redact_when_all_is_seen_changes_only_the_numbers_of_accounts() -> None:
    known = [j.verdict for j in (*ENTRY.verdicts, *ENTRY.snapshot.rejected)]
    again = redact(ENTRY, EVERYTHING)
    kept = [j.verdict for j in (*again.verdicts, *again.snapshot.rejected)]
    assert kept == [replace(each, adder_id=NUMBER_OF_ANN) for each in known]
    assert redact(again, EVERYTHING) == again
    assert (again.creator, again.creator_id) == ("Ann", NUMBER_OF_ANN)
    assert again.accepted == ENTRY.accepted
    assert again.snapshot.accepted == ENTRY.snapshot.accepted
    assert again.patrols == ENTRY.patrols


def test_redact_when_all_revisions_are_deleted_keeps_names_and_hashes() -> None:
    again = redact(ENTRY, seen())
    silent = replace(verdict(22, "Cleo"), reason="")
    assert again.verdicts == (replace(ENTRY.verdicts[0], verdict=silent),)
    assert (again.creator, again.creator_id) == ("Ann", NUMBER_OF_ANN)
    assert again.accepted == ENTRY.accepted
    assert again.snapshot.accepted == ENTRY.snapshot.accepted


@pytest.mark.parametrize("name", NAMES)
def test_redact_when_an_account_is_hidden_has_its_name_nowhere(name: str) -> None:
    hidden = replace(EVERYTHING, hidden=frozenset({name}))
    again = redact(ENTRY, hidden)
    assert set(names_of(again)) == set(NAMES) - {name}
    assert (again.creator_id == 0) is (name == "Ann")
    assert (again.verdicts[0].verdict.adder_id == 0) is (name == "Cleo")


def test_redact_when_the_creators_name_is_hidden_has_no_number_of_the_account() -> None:
    again = redact(ENTRY, without(10, user=True))
    assert (again.creator, again.creator_id) == (None, 0)


def test_redact_when_an_account_was_renamed_follows_by_the_revision() -> None:
    renamed = seen(*(revision(each, "Zoe") for each in REVISIONS))
    again = redact(replace(ENTRY, creator_id=1), renamed)
    assert (again.creator, again.creator_id) == ("Zoe", NUMBER_OF_ANN)
    (cleo,) = again.verdicts
    assert (cleo.verdict.account, cleo.verdict.adder) == ("Zoe", "Zoe")
    assert again.accepted[0].account == "Zoe"


@pytest.mark.parametrize("talk", [20, 21, 22])
def test_redact_when_a_talk_revision_is_hidden_has_neither_words_nor_name(
    talk: int,
) -> None:
    again = redact(ENTRY, without(talk, text=True, user=True))
    decline = again.snapshot.decline
    assert decline is not None
    found = {
        each.verdict.talk: each.verdict
        for each in (*again.verdicts, *again.snapshot.rejected, decline)
    }
    assert len(found) == 3
    assert found[talk].reason == found[talk].account == ""
    assert found[talk].adder is None
    assert found[talk].adder_id == 0
    assert all(
        v.reason and v.account and v.adder for t, v in found.items() if t != talk
    )


@pytest.mark.parametrize("number", [11, 12, 13, 15, 17])
def test_redact_when_a_text_is_hidden_has_no_hash_of_it(number: int) -> None:
    again = redact(ENTRY, without(number, text=True))
    decline = again.snapshot.decline
    assert decline is not None
    kept: tuple[Acceptance | Judged, ...] = (
        *again.accepted,
        *again.verdicts,
        *again.snapshot.accepted,
        *again.snapshot.rejected,
        decline,
    )
    hashes = {each.revision: (each.sha1, each.normalised) for each in kept}
    assert hashes.pop(number) == (None, None)
    assert hashes == {each: (f"s{each}", f"n{each}") for each in hashes}
    assert len(hashes) == 4


@pytest.mark.parametrize(
    ("given", "hidden", "account"),
    [
        (acceptance(17, Cause.APPROVAL, "Eve", talk=23), 23, None),
        (acceptance(17, Cause.APPROVAL, "Eve", talk=23), 17, "Eve"),
        (acceptance(11, Cause.OPEN, "Bea"), 11, None),
        (acceptance(17, Cause.PATROL, "Eve"), 17, None),
        (acceptance(17, Cause.PATROL, "Eve"), 18, "Eve"),
        (acceptance(17, Cause.EQUAL, "Eve", anchor=15), 15, None),
        (acceptance(17, Cause.EQUAL, "Eve", anchor=15), 17, "Eve"),
    ],
)
def test_redact_when_an_author_is_hidden_knows_who_accepted_by_the_cause(
    given: Acceptance, hidden: int, account: str | None
) -> None:
    again = redact(entry_with(accepted=(given,)), without(hidden, user=True))
    assert again.accepted == (replace(given, account=account),)


def test_redact_when_a_verdict_is_refused_keeps_its_signer_apart_from_its_adder() -> (
    None
):
    forged = replace(verdict(22, "Rita", "Mallory"), flaw=Flaw.NOT_SIGNER)
    entry = entry_with(verdicts=(Judged(forged, 2),))
    (kept,) = redact(entry, seen(revision(22, "Mallory 2"))).verdicts
    assert (kept.verdict.account, kept.verdict.adder) == ("Rita", "Mallory 2")
    assert kept.verdict.reason == ""
    hidden = seen(revision(22, "Mallory"), hidden="Rita")
    (kept,) = redact(entry, hidden).verdicts
    assert (kept.verdict.account, kept.verdict.adder) == ("", "Mallory")
    assert kept.verdict.seen_mark == forged.seen_mark


def test_redact_when_a_refused_verdict_was_the_signers_own_names_it_as_now() -> None:
    late = replace(verdict(22, "Cleo"), flaw=Flaw.NO_RIGHT)
    (kept,) = redact(
        entry_with(verdicts=(Judged(late, 2),)), seen(revision(22, "Zoe"))
    ).verdicts
    assert (kept.verdict.account, kept.verdict.adder) == ("Zoe", "Zoe")


def test_other_text_when_nothing_was_hidden_or_seen_again_is_not_there() -> None:
    assert not has_other_text(ENTRY, without(19, text=True))
    assert not has_other_text(entry_with(), seen())


def test_other_text_when_the_published_revision_is_hidden_or_deleted() -> None:
    hidden = {
        **without(19, text=True).revisions,
        18: Seen.of(revision(18, "A", text_hidden=True)),
    }
    assert has_other_text(ENTRY, Visibility(hidden))
    assert has_other_text(ENTRY, seen())


def test_other_text_when_a_hidden_revision_is_seen_again() -> None:
    assert has_other_text(ENTRY, EVERYTHING)


@pytest.mark.parametrize(
    ("account", "adder", "accounts", "kept"),
    [
        ("Rita", "Mallory", {"Rita"}, "Rita"),
        ("Some words", "Mallory", {"Rita"}, ""),
        ("Mallory", "Mallory", set(), "Mallory"),
    ],
)
def test_refused_when_the_signature_is_an_account_keeps_it_and_never_words(
    account: str, adder: str, accounts: set[str], kept: str
) -> None:
    given = replace(verdict(22, account, adder), flaw=Flaw.NOT_SIGNER)
    again = refused(given, accounts)
    assert (again.account, again.adder, again.reason) == (kept, adder, "")
    assert again.seen_mark == given.seen_mark
