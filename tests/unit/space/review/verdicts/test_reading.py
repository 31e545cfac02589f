"""Who said what on a talk page, and every way we know to make it look otherwise."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.bounds import BOUNDS
from space.review.model import Flaw, Verdict, VerdictKind
from space.review.verdicts.reading import (
    Line,
    lines_within_bounds,
    read_lines,
    read_verdicts,
)
from space.review.verdicts.signatures import find_signature
from space.wiki.values import Revision
from tests.support.review.talk_page import LINKS, SITE, Talk, seen


def facts(verdicts: list[Verdict]) -> list[tuple[str, str | None, Flaw]]:
    return [(v.account, v.adder, v.flaw) for v in verdicts]


def test_verdict_when_reviewer_adds_and_signs_then_counts() -> None:
    talk = Talk()
    talk.add("Ann", "Please review.")
    talk.say("Rita", "{{Space review|changes|rev=123|reason=Which ''city''?}}")
    [verdict] = talk.read()
    assert verdict.kind is VerdictKind.CHANGES
    assert verdict.revision == 123
    assert verdict.account == verdict.adder == "Rita"
    assert verdict.reason == "Which city?"
    assert verdict.at == talk.now
    assert verdict.talk == talk.number
    assert verdict.flaw is Flaw.NONE


@pytest.mark.parametrize(
    "call",
    [
        "{{Space review|approve|rev=5}}",
        "{{ space_review | 1 = Approve | rev = 5 }}",
        "{{Template:Space review|rev=5|approve}}",
        "{{Space review|approve|rev=[[Special:Diff/5]]}}",
        "{{Space review|approve|rev=5|reason=two\nlines}}",
        "{{Space review|approve|rev=5|reason={{!}} and [[User:Ann]] 10:00 (UTC)}}",
    ],
)
def test_verdict_when_written_by_hand_then_is_understood(call: str) -> None:
    talk = Talk()
    talk.say("Rita", call)
    [verdict] = talk.read()
    assert (verdict.kind, verdict.revision) == (VerdictKind.APPROVE, 5)
    assert verdict.flaw is Flaw.NONE


def test_verdict_when_template_is_called_by_a_redirect_then_counts() -> None:
    talk = Talk()
    talk.say("Rita", "{{Prüfung|approve|rev=5}}")
    assert talk.read() == []
    verdicts = read_verdicts(talk.revisions, 0, (), SITE, ("Space review", "Prüfung"))
    assert facts(verdicts) == [("Rita", "Rita", Flaw.NONE)]


@pytest.mark.parametrize(
    "text",
    [
        "<nowiki>{}</nowiki>",
        "<!-- {} -->",
        "<pre>{}</pre>",
        "<syntaxhighlight lang=wikitext>{}</syntaxhighlight>",
    ],
)
def test_call_when_it_only_is_shown_then_is_no_verdict(text: str) -> None:
    talk = Talk()
    talk.add("Rita", text.format(talk.signed("{{Space review|approve}}", "Rita")))
    assert talk.read() == []


@pytest.mark.parametrize("call", ["{{Space review}}", "{{Space review|fine|rev=5}}"])
def test_call_when_it_has_no_verdict_then_is_none(call: str) -> None:
    talk = Talk()
    talk.say("Rita", call)
    assert talk.read() == []
    talk.say("Rita")
    assert facts(talk.read()) == [("Rita", "Rita", Flaw.NONE)]


def test_line_when_read_has_its_call_and_what_follows_its_signers_name() -> None:
    signed, unsigned = read_lines(
        "Words. {{Space review|approve}} Yes. [[User:Rita]] 10:00, 2 May (UTC) Bye\n"
        "{{Space review|decline|reason=No}} [[User:Rita]]",
        LINKS,
    )
    assert (signed.source, signed.signed, signed.reason) == (
        "{{Space review|approve}}",
        " 10:00, 2 May (UTC)",
        "",
    )
    assert (unsigned.source, unsigned.signed, unsigned.reason) == (
        "{{Space review|decline|reason=No}}",
        "",
        "No",
    )


def test_line_when_a_call_before_it_never_ends_is_read() -> None:
    unclosed = "{{Space review|approve\n== Next ==\n"
    lines = read_lines(unclosed + "{{Space review|decline}}", LINKS)
    assert [line.kind for line in lines] == [VerdictKind.DECLINE]


def test_verdict_when_added_knows_the_number_of_its_adders_account() -> None:
    talk = Talk()
    talk.say("Rita")
    added = [replace(each, user_id=7) for each in talk.revisions]
    (verdict,) = read_verdicts(added, 0, (), SITE)
    assert (verdict.adder, verdict.adder_id) == ("Rita", 7)


def test_lines_when_they_are_too_many_are_unknown() -> None:
    def lines(number: int) -> list[Line] | None:
        text = "{{Space review|approve}}" * number
        return lines_within_bounds(text, LINKS, ["Space review"])

    assert len(lines(BOUNDS.verdicts) or ()) == BOUNDS.verdicts
    assert lines(BOUNDS.verdicts + 1) is None
    assert lines_within_bounds("x" * BOUNDS.talk, LINKS, ()) == []
    assert lines_within_bounds("x" * (BOUNDS.talk + 1), LINKS, ()) is None
    assert lines_within_bounds(None, LINKS, ()) is None


def test_verdict_without_rev_then_has_no_revision() -> None:
    talk = Talk()
    talk.say("Rita", "{{Space review|approve}}")
    [verdict] = talk.read()
    assert (verdict.revision, verdict.flaw) == (None, Flaw.NONE)


@pytest.mark.parametrize("rev", ["-1", "0", "last", "5 6", "{{REVISIONID}}"])
def test_verdict_when_rev_cannot_be_read_then_is_flawed(rev: str) -> None:
    talk = Talk()
    talk.say("Rita", f"{{{{Space review|approve|rev={rev}}}}}")
    [verdict] = talk.read()
    assert verdict.flaw is Flaw.BAD_REV


def test_verdict_when_unsigned_then_is_flawed() -> None:
    talk = Talk()
    talk.add("Rita", "{{Space review|approve|rev=5}}")
    assert facts(talk.read()) == [("", "Rita", Flaw.UNSIGNED)]


def test_verdict_when_signed_on_the_next_line_then_is_unsigned() -> None:
    talk = Talk()
    talk.add("Rita", talk.signed("{{Space review|approve|rev=5}}\n", "Rita"))
    assert facts(talk.read()) == [("", "Rita", Flaw.UNSIGNED)]


# Forgeries


def test_forgery_when_signed_with_anothers_name_then_is_flawed() -> None:
    talk = Talk()
    talk.add("Mallory", talk.signed("{{Space review|approve|rev=5}}", "Rita"))
    assert facts(talk.read()) == [("Rita", "Mallory", Flaw.NOT_SIGNER)]


def test_forgery_when_anothers_line_is_edited_then_both_are_told_apart() -> None:
    talk = Talk()
    talk.say("Rita", "{{Space review|changes|rev=5}}")
    talk.save("Mallory", talk.text.replace("changes", "approve"))
    assert [(v.kind, v.flaw) for v in talk.read()] == [
        (VerdictKind.CHANGES, Flaw.NONE),
        (VerdictKind.APPROVE, Flaw.NOT_SIGNER),
    ]


def test_forgery_when_revision_of_anothers_line_is_changed_then_is_flawed() -> None:
    talk = Talk()
    talk.say("Rita")
    talk.save("Mallory", talk.text.replace("rev=5", "rev=6"))
    assert [(v.revision, v.flaw) for v in talk.read()] == [
        (5, Flaw.NONE),
        (6, Flaw.NOT_SIGNER),
    ]


def test_reason_when_its_spelling_is_mended_then_is_no_new_verdict() -> None:
    talk = Talk()
    talk.say("Rita", "{{Space review|decline|rev=5|reason=Spma}}")
    talk.save("Ann", talk.text.replace("Spma", "Spam"))
    assert len(talk.read()) == 1


@pytest.mark.parametrize("read_between", [True, False])
@pytest.mark.parametrize("tag", ["mw-undo", "mw-rollback", "mw-manual-revert"])
def test_laundering_when_reviewer_reverts_a_blanking_then_is_worth_nothing(
    read_between: bool,  # noqa: FBT001 - a case of the test
    tag: str,
) -> None:
    talk = Talk()
    talk.add("Mallory", talk.signed("{{Space review|approve|rev=5}}", "Rita"))
    forged, last = talk.text, talk.number
    verdicts = talk.read() if read_between else []
    marks = seen(verdicts)
    talk.save("Eve", "")
    talk.save("Rita", forged, tag)
    verdicts += talk.read(last if read_between else 0, marks)
    assert facts(verdicts) == [("Rita", "Mallory", Flaw.NOT_SIGNER)]


def test_laundering_when_reviewer_brings_in_an_old_line_then_is_flawed() -> None:
    """From another page, an archive or a deleted history that nobody read."""
    talk = Talk()
    old = talk.signed("{{Space review|approve|rev=5}}", "Rita")
    talk.now += timedelta(days=2)
    talk.add("Rita", old)
    assert facts(talk.read()) == [("Rita", "Rita", Flaw.RE_ADDED)]


def test_laundering_when_reviewer_signs_a_foreign_call_then_is_flawed() -> None:
    talk = Talk()
    talk.add("Mallory", "{{Space review|approve|rev=5}} ")
    talk.save("Rita", talk.signed(talk.text, "Rita"))
    assert facts(talk.read()) == [
        ("", "Mallory", Flaw.UNSIGNED),
        ("Rita", "Rita", Flaw.NOT_SIGNER),
    ]


def test_laundering_when_call_stood_at_last_reading_then_is_flawed() -> None:
    talk = Talk()
    talk.add("Mallory", "{{Space review|approve|rev=5}} ")
    last = talk.number
    marks = seen(talk.read())
    talk.save("Rita", talk.signed(talk.text, "Rita"))
    assert facts(talk.read(last, marks)) == [("Rita", "Rita", Flaw.NOT_SIGNER)]


def test_reviewers_own_line_when_a_copy_of_its_call_stood_there_then_counts() -> None:
    talk = Talk()
    talk.add("Mallory", "{{Space review|approve|rev=5}}")
    talk.say("Rita")
    assert facts(talk.read()) == [
        ("", "Mallory", Flaw.UNSIGNED),
        ("Rita", "Rita", Flaw.NONE),
    ]


def test_line_when_added_in_a_hidden_revision_then_nobody_is_held_to_it() -> None:
    talk = Talk()
    talk.add("Ann", "Hello")
    talk.say("Rita")
    hidden = talk.revisions[-1]
    talk.save("Rita", talk.text + "\nMore")
    talk.revisions[-2] = Revision(
        hidden.id, hidden.parent, 9, hidden.timestamp, None, None, text_hidden=True
    )
    assert facts(talk.read()) == [("Rita", "Rita", Flaw.UNKNOWN_ADDER)]


def test_line_when_adder_is_hidden_then_nobody_is_held_to_it() -> None:
    talk = Talk()
    talk.add(None, talk.signed("{{Space review|approve|rev=5}}", "Rita"))
    assert facts(talk.read()) == [("Rita", None, Flaw.UNKNOWN_ADDER)]


def test_line_when_history_before_is_not_given_then_nobody_is_held_to_it() -> None:
    talk = Talk()
    talk.add("Ann", "Hello")
    last = talk.number
    talk.say("Rita")
    [verdict] = read_verdicts(talk.revisions[1:], last, (), SITE)
    assert verdict.flaw is Flaw.UNKNOWN_ADDER


# What is no forgery


def test_archiving_when_bot_moves_lines_away_then_is_no_verdict() -> None:
    talk = Talk()
    talk.say("Rita")
    last, marks = talk.number, seen(talk.read())
    talk.save("ArchiveBot", "")
    assert talk.read(last, marks) == []


def test_reading_when_done_in_two_parts_then_finds_each_verdict_once() -> None:
    talk = Talk()
    talk.say("Rita")
    first = talk.read()
    last = talk.number
    talk.say("Ravi", "{{Space review|decline|rev=5}}")
    second = talk.read(last, seen(first))
    assert facts(second) == [("Ravi", "Ravi", Flaw.NONE)]
    assert first + second == talk.read()


def test_two_lines_in_one_edit_then_each_is_judged() -> None:
    talk = Talk()
    mine = talk.signed("{{Space review|approve|rev=5}}", "Rita")
    other = talk.signed("{{Space review|approve|rev=5}}", "Ravi")
    talk.add("Rita", f"{mine}\n{other}")
    assert facts(talk.read()) == [
        ("Rita", "Rita", Flaw.NONE),
        ("Ravi", "Rita", Flaw.NOT_SIGNER),
    ]


# Signatures


@pytest.mark.parametrize(
    ("line", "account"),
    [
        ("[[User:Rita|R]] 10:00, 28 November 2026 (UTC)", "Rita"),
        ("[[Benutzer:Rita|R]] 10:00, 28. Nov. 2026 (CET)", "Rita"),
        ("[[benutzerin:rita smith]] 10:00, 28 November 2026 (UTC)", "Rita smith"),
        ("[[User_talk:Rita_Smith|t]] 10:00, 28 November 2026 (UTC)", "Rita Smith"),
        ("[[Benutzer Diskussion:रीता|t]] १०:००, २८ नवम्बर २०२६ (UTC)", "रीता"),
        ("[[User:Rita]] 2026年11月28日 (土) 10:00 (UTC)", "Rita"),
        ("[[User:Rita]] 10.00, 28 November 2026 (Etc/GMT+5)", "Rita"),
        ("[[User:O&#39;Hara]] 10:00, 28 November 2026 (UTC)", "O'Hara"),
        ("@[[User:Ann]] [[User:Rita]] 10:00, 28 November 2026 (UTC)", "Rita"),
        ("[[User:Rita/x]] [[User:Rav]] 10:00, 28 November 2026 (UTC)", "Rav"),
        ("[[User:Rita]] 10:00, 28 November 2026 (UTC) [[User:Ann]]", "Rita"),
        ("[[User:Ann]] 9:00, 1 May (UTC) [[User:Rita]] 10:00, 2 May (UTC)", "Rita"),
        ("[[:User:Rita|R]] 10:00, 28 November 2026 (UTC)", "Rita"),
        ("[[Special:Contributions/Rita|R]] 10:00, 28 November 2026 (UTC)", "Rita"),
        (
            "[[User:Ann]] — [[special : contributions/rita_S|R]] 10:00, 28 Nov. (UTC)",
            "Rita S",
        ),
        (
            "[[User:Rita]] ([[Special:Contributions/Rita|c]]) 10:00, 28 Nov (UTC)",
            "Rita",
        ),
    ],
)
def test_signature_when_user_links_before_the_time_then_is_the_last(
    line: str, account: str
) -> None:
    signature = find_signature(line, LINKS)
    assert signature
    assert signature.account == account


@pytest.mark.parametrize(
    "line",
    [
        "",
        "[[User:Rita]]",
        "10:00, 28 November 2026 (UTC)",
        "[[User:Rita/Essay]] 10:00, 28 November 2026 (UTC)",
        "[[:en:User:Rita]] 10:00, 28 November 2026 (UTC)",
        "[[w:User:Rita]] 10:00, 28 November 2026 (UTC)",
        "10:00, 28 November 2026 (UTC) [[User:Rita]]",
        "[[User:Rita]] 28 November 2026",
        "[[User:|x]] 10:00, 28 November 2026 (UTC)",
        "[[Special:Contributions/Rita/2026]] 10:00, 28 November 2026 (UTC)",
        "[[Talk:Rita]] 10:00, 28 November 2026 (UTC)",
    ],
)
def test_signature_when_name_or_time_is_missing_then_is_none(line: str) -> None:
    assert find_signature(line, LINKS) is None


def test_signature_when_contributions_follow_the_page_then_its_stamp_stays() -> None:
    """What stands between page and time is in the marks that the ledger keeps."""
    line = "[[User:Rita]] ([[Special:Contributions/Rita|c]]) 10:00, 28 Nov. (UTC)"
    signature = find_signature(line, LINKS)
    assert signature
    assert signature.stamp == line.removeprefix("[[User:Rita]] ")


@pytest.mark.parametrize(
    ("written", "agrees"),
    [
        ("10:00, 28 November 2026 (UTC)", True),
        ("09:55, 28 November 2026 (UTC)", True),
        ("09:50, 28 November 2026 (UTC)", True),
        ("09:49, 28 November 2026 (UTC)", False),
        ("10:01, 28 November 2026 (UTC)", False),
        ("10:00, 27 November 2026 (UTC)", False),
        ("10:00, 27 November 2026 (CET)", True),
    ],
)
def test_signature_when_saved_then_agrees_with_its_minutes(
    written: str, *, agrees: bool
) -> None:
    signature = find_signature(f"[[User:Rita]] {written}", LINKS)
    assert signature
    assert signature.agrees(datetime(2026, 11, 28, 10, 0, 59, tzinfo=UTC)) is agrees


def test_signature_when_saved_just_after_midnight_then_day_before_agrees() -> None:
    line = "[[User:Rita]] 23:58, 27 November 2026 (UTC)"
    signature = find_signature(line, LINKS)
    assert signature
    assert signature.agrees(datetime(2026, 11, 28, 0, 3, tzinfo=UTC))


# Any text

pieces = st.sampled_from(
    [
        "{{Space review|approve|rev=5}}",
        "{{Space review|",
        "}}",
        "[[User:Rita]]",
        "[[User:",
        "]]",
        " 10:00, 28 November 2026 (UTC)",
        "\n",
        "<nowiki>",
        "</nowiki>",
        "<!--",
        "-->",
        "rev=٥",
        "|reason=",
    ]
)


@given(st.lists(st.lists(pieces | st.text(max_size=5), max_size=12), max_size=4))
def test_reading_when_text_is_anything_then_never_fails_nor_trusts_a_stranger(
    texts: list[list[str]],
) -> None:
    talk = Talk()
    for text in texts:
        talk.save("Mallory", "".join(text))
    assert all(v.flaw or v.account == "Mallory" for v in talk.read())


def test_reading_when_page_is_huge_then_work_stays_in_proportion() -> None:
    """A quadratic reader would need hours for this."""
    talk = Talk()
    line = "{{Space review|approve|rev=5}} [[User:Rita 10:00 (UTC) [[ {{ (1) 1:00"
    talk.save("Mallory", line * 4_000)
    assert all(verdict.flaw for verdict in talk.read())
