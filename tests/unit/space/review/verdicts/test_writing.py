import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.codec.calls import Call, find_calls
from space.review.model import VerdictKind
from space.review.verdicts.writing import (
    heading_key,
    read_reason,
    reason_problems,
    verdict_text,
)
from space.schema.problems import Problem

NAMES = {f"Space {kind}": "verdict" for kind in VerdictKind}
kinds = st.sampled_from(VerdictKind)


@given(kinds, st.integers(1, 10**11), st.text(max_size=200))
def test_verdict_when_its_reason_is_anything_is_one_call_and_nothing_else(
    kind: VerdictKind, revision: int, typed: str
) -> None:
    if reason_problems(kind, typed):
        return
    text = verdict_text(kind, revision, read_reason(typed))
    assert text.startswith("{{subst:Space ")
    plain = text.replace("{{subst:", "{{", 1)
    (call,) = find_calls(plain, NAMES)
    assert isinstance(call, Call)
    assert (call.start, call.end) == (0, len(plain))
    assert "~~~" not in text
    assert "\n" not in text


@given(kinds, st.integers(1, 10**11))
def test_verdict_when_it_has_no_reason_is_what_one_writes_by_hand(
    kind: VerdictKind, revision: int
) -> None:
    assert verdict_text(kind, revision) == f"{{{{subst:Space {kind}|rev={revision}}}}}"


def test_verdict_when_it_has_a_reason_names_it() -> None:
    text = verdict_text(VerdictKind.DECLINE, 5, "No.")
    assert text == "{{subst:Space decline|rev=5|reason=No.}}"


def test_verdict_when_reasons_are_ticked_names_them_before_what_was_typed() -> None:
    text = verdict_text(
        VerdictKind.DECLINE, 5, "No.", ("off-topic", "duplicate"), "Space/Events/A"
    )
    assert text == (
        "{{subst:Space decline|rev=5|because=off-topic; duplicate"
        "|duplicate of=Space/Events/A|reason=No.}}"
    )


def test_reason_when_far_too_long_says_how_long_it_may_be() -> None:
    typed = "x" * (4 * 1000 + 1)
    assert reason_problems(VerdictKind.DECLINE, typed) == (
        Problem("too-long", "reason", params=("1000", "4001")),
    )


def test_reason_when_it_is_long_by_spaces_only_is_read() -> None:
    typed = "No." + " " * (4 * 1000 - 3)
    assert reason_problems(VerdictKind.DECLINE, typed) == ()


@pytest.mark.parametrize(
    ("kind", "typed", "codes"),
    [
        (VerdictKind.APPROVE, "", []),
        (VerdictKind.WITHDRAW, " ", []),
        (VerdictKind.CHANGES, " \n", ["missing"]),
        (VerdictKind.DECLINE, "", ["missing"]),
        (VerdictKind.DECLINE, "\u200b", ["missing"]),  # a space without width
        (VerdictKind.APPROVE, "\u200b", []),
        (VerdictKind.DECLINE, "No.", []),
        (VerdictKind.APPROVE, "[[File:X.png]]", ["link-embeds"]),
        (VerdictKind.CHANGES, "[[File:X.png]]", ["link-embeds"]),
        (VerdictKind.APPROVE, "x" * 1001, ["too-long"]),
    ],
)
def test_reason_when_it_cannot_be_written_says_why(
    kind: VerdictKind, typed: str, codes: list[str]
) -> None:
    assert [problem.code for problem in reason_problems(kind, typed)] == codes


def test_reason_when_it_is_missing_says_so_of_its_field() -> None:
    (problem,) = reason_problems(VerdictKind.DECLINE, "")
    assert problem.field == "reason"


@pytest.mark.parametrize(
    ("typed", "reason"), [(" Why? \n", "Why?"), ("", ""), ("a\r\nb", "a b")]
)
def test_reason_when_typed_is_read_in_one_line(typed: str, reason: str) -> None:
    assert read_reason(typed) == reason


def test_heading_when_asked_for_is_that_of_the_verdict() -> None:
    assert heading_key(VerdictKind.CHANGES) == "wiki-review-heading-changes"
