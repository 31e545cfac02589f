"""Verdicts that somebody forges before their signer gives them."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.review.model import Flaw, Verdict
from space.review.verdicts.reading import AT_ONCE
from space.wiki.values import Revision
from tests.support.review.talk_page import Talk, seen

WITHDRAW = "{{Space review|withdraw}}"


def forge_ahead(talk: Talk, minutes: int = 60) -> None:
    """Mallory writes Rita's verdicts of the next minutes, in one edit."""
    now = talk.now
    lines = []
    for minute in range(minutes):
        talk.now = now + timedelta(minutes=minute)
        lines.append(talk.signed(WITHDRAW, "Rita"))
    talk.now = now
    talk.add("Mallory", "\n".join(lines))


def counted(verdicts: list[Verdict]) -> list[tuple[str, datetime]]:
    return [(v.account, v.at) for v in verdicts if not v.flaw]


@pytest.mark.parametrize("read_between", [True, False])
@pytest.mark.parametrize("removed", [True, False])
def test_forgery_when_made_ahead_then_the_signers_own_line_counts(
    *, read_between: bool, removed: bool
) -> None:
    talk = Talk()
    talk.add("Ann", "Hello")
    forge_ahead(talk)
    if removed:
        talk.save("Mallory", "Hello")
    first = talk.read() if read_between else []
    last = talk.number if read_between else 0
    talk.now += timedelta(minutes=20)
    talk.say("Rita", WITHDRAW)
    verdicts = first + talk.read(last, seen(first))
    assert counted(verdicts) == [("Rita", talk.now)]
    assert {v.flaw for v in verdicts} == {Flaw.NONE, Flaw.NOT_SIGNER}


def test_forgery_when_it_was_read_before_marks_told_them_apart_then_uses_up_none() -> (
    None
):
    """Ledgers of then have the hash of the line for both."""
    talk = Talk()
    forge_ahead(talk, minutes=2)
    forged = talk.read()
    own = Talk()
    own.say("Rita", WITHDRAW)
    [ours] = own.read()
    assert ours.mark in {verdict.mark for verdict in forged}
    assert ours.seen_mark not in seen(forged)


def test_line_when_it_only_stands_there_then_is_nobodys_again() -> None:
    talk = Talk()
    talk.add("Mallory", talk.signed(WITHDRAW, "Rita"))
    last = talk.number
    talk.save("Rita", f"{talk.text}\n\nI did not write this.")
    assert talk.read(last, frozenset()) == []


def test_line_when_text_before_is_hidden_then_uses_up_no_mark() -> None:
    talk = Talk()
    forge_ahead(talk, minutes=3)
    hidden = talk.revisions[-1]
    talk.revisions[-1] = Revision(
        hidden.id, 0, 9, hidden.timestamp, None, None, text_hidden=True
    )
    talk.save("Rita", hidden.text or "")
    talk.say("Rita", WITHDRAW)
    assert counted(talk.read()) == [("Rita", talk.now)]


@pytest.mark.parametrize(
    ("cover", "uncover"),
    [
        ("<nowiki>{}</nowiki>", "{}"),
        ("<!-- {} -->", "{}"),
        ("<nowiki>{}", "{}"),
        ("{}", "{}"),
    ],
)
@pytest.mark.parametrize("read_between", [True, False])
def test_forgery_when_a_reviewer_only_uncovers_it_then_is_nobodys(
    cover: str, uncover: str, *, read_between: bool
) -> None:
    """It was no verdict before, as it was commented out or its call was misspelt."""
    talk = Talk()
    talk.now += timedelta(minutes=1)
    line = talk.signed(WITHDRAW, "Rita")
    talk.now -= timedelta(minutes=1)
    misspelt = line.replace("Space review", "Space revjew") if cover == "{}" else line
    talk.add("Mallory", cover.format(misspelt))
    first = talk.read() if read_between else []
    last = talk.number if read_between else 0
    talk.save("Rita", uncover.format(line))
    verdicts = first + talk.read(last, seen(first))
    assert [v.flaw for v in verdicts] == [Flaw.NOT_SIGNER]
    talk.say("Rita", WITHDRAW)
    assert counted(talk.read()) == [("Rita", talk.now)]


def test_lines_when_far_too_many_in_one_edit_then_only_the_first_count() -> None:
    talk = Talk()
    calls = (f"{{{{Space review|approve|rev={n}}}}}" for n in range(1, 100))
    talk.add("Rita", "\n".join(talk.signed(call, "Rita") for call in calls))
    verdicts = talk.read()
    assert len(verdicts) == 99
    assert [v.revision for v in verdicts if not v.flaw] == [*range(1, AT_ONCE + 1)]


def test_own_line_when_mended_without_signing_again_then_still_is_ones_own() -> None:
    talk = Talk()
    talk.say("Rita", "{{Space review|approve|rev=5}}")
    talk.save("Rita", talk.text.replace("rev=5", "rev=6"))
    assert [v.revision for v in talk.read() if not v.flaw] == [5, 6]


# Any history

SIGNERS = ["Rita", "Ravi"]
CALLS = [WITHDRAW, "{{Space review|approve|rev=5}}"]

signers = st.sampled_from(SIGNERS)
calls = st.sampled_from(CALLS)
saves = st.lists(
    st.one_of(
        st.tuples(st.just("say"), signers, calls),
        st.tuples(st.just("forge"), signers, calls),
        st.tuples(st.just("forge ahead"), signers, calls),
        st.tuples(st.just("blank"), st.just("Mallory"), calls),
        st.tuples(st.just("undo"), signers, calls),
        st.tuples(st.just("comment"), signers, calls),
        st.tuples(st.just("copy"), st.just("Mallory"), calls),
    ),
    max_size=12,
)


class History:
    """What happens on a talk page, and which verdicts people gave by it."""

    def __init__(self) -> None:
        self.talk = Talk()
        self.given: list[tuple[str, datetime]] = []

    def say(self, signer: str, call: str) -> None:
        self.talk.say(signer, call)
        self.given.append((signer, self.talk.now))

    def forge(self, signer: str, call: str) -> None:
        self.talk.add("Mallory", self.talk.signed(call, signer))

    def forge_ahead(self, signer: str, call: str) -> None:
        talk, now = self.talk, self.talk.now
        lines = []
        for minute in range(5):
            talk.now = now + timedelta(minutes=minute)
            lines.append(talk.signed(call, signer))
        talk.now = now
        talk.add("Mallory", "\n".join(lines))

    def blank(self, user: str, _call: str) -> None:
        self.talk.save(user, "")

    def undo(self, user: str, _call: str) -> None:
        """Bring back the text before the last one."""
        if len(self.talk.revisions) > 1:
            self.talk.save(user, self.talk.revisions[-2].text or "", "mw-undo")

    def comment(self, user: str, _call: str) -> None:
        self.talk.add(user, "I see.")

    def copy(self, user: str, _call: str) -> None:
        """Every line once more, by a stranger."""
        self.talk.add(user, self.talk.text)

    def perform(self, what: str, user: str, call: str) -> None:
        act: Callable[[str, str], None] = getattr(self, what.replace(" ", "_"))
        act(user, call)


@given(saves, st.lists(st.booleans(), min_size=12, max_size=12))
def test_reading_when_anybody_forges_then_what_was_said_counts_and_nothing_else(
    saves: list[tuple[str, str, str]], reads: list[bool]
) -> None:
    """At once, and in parts at any pace, as a ledger reads it."""
    history = History()
    parts: list[Verdict] = []
    last = 0
    for save, is_read in zip(saves, reads, strict=False):
        history.perform(*save)
        if is_read:
            parts += history.talk.read(last, seen(parts))
            last = history.talk.number if history.talk.revisions else 0
    parts += history.talk.read(last, seen(parts))
    at_once = history.talk.read()
    assert counted(at_once) == history.given
    assert counted(parts) == history.given
    assert parts == at_once
