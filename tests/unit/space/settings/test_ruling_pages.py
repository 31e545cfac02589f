"""Which revisions of a page that rules count."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.settings.ruling_pages import (
    Belief,
    believe,
    holds,
    read_beliefs,
    write_beliefs,
)
from space.wiki.values import Account, Revision

START = datetime(2026, 11, 1, tzinfo=UTC)
HOLDERS = {"Admin"}
BOTS = ("SpaceBot", "OldBot")


def history(*saves: tuple[str | None, str | None]) -> list[Revision]:
    """Revisions 1, 2, … by author and hash, a minute apart."""
    return [
        Revision(n, n - 1, 7, START + timedelta(minutes=n), user, sha1)
        for n, (user, sha1) in enumerate(saves, 1)
    ]


def ruling(*saves: tuple[str | None, str | None]) -> int:
    return believe(Belief(), history(*saves), HOLDERS, BOTS).revision


@pytest.mark.parametrize(
    ("saves", "expected"),
    [
        ([], 0),
        ([("Eve", "a")], 0),
        ([("Admin", "a")], 1),
        ([("Admin", "a"), ("Eve", "b")], 1),
        ([("Admin", "a"), ("Eve", "b"), ("Admin", "a")], 3),
        ([("Eve", "a"), ("Admin", "b"), ("Eve", "c"), ("Lena", "d")], 2),
        # The bot makes the page, with what the maintainers deploy.
        ([("SpaceBot", "a")], 1),
        ([("OldBot", "a"), ("Eve", "b")], 1),
        # It adds lines: what others wrote there does not become its own.
        ([("Admin", "a"), ("Eve", "b"), ("SpaceBot", "c")], 1),
        ([("Admin", "a"), ("SpaceBot", "b")], 2),
        # Protecting or moving a page says nothing about its text.
        ([("Eve", "a"), ("Admin", "a")], 0),
        ([("Admin", "a"), ("Eve", "b"), ("Admin", "b")], 1),
        ([("Admin", "a"), ("Eve", "a")], 2),
        # What is hidden tells nothing.
        ([("Admin", "a"), (None, "b")], 1),
        ([("Eve", None), ("Admin", None)], 2),
    ],
)
def test_belief_when_revisions_are_new_then_the_newest_by_a_holder_rules(
    saves: list[tuple[str | None, str | None]], expected: int
) -> None:
    assert ruling(*saves) == expected


def test_belief_when_history_begins_amid_a_page_then_its_bot_made_nothing() -> None:
    """Of a page that was restored in part nobody knows what came before."""
    rows = history(("Eve", "a"), ("SpaceBot", "b"))[1:]
    assert believe(Belief(), rows, HOLDERS, BOTS).revision == 0


def test_belief_when_judged_once_then_rights_of_later_change_nothing() -> None:
    rows = history(("Admin", "a"), ("Eve", "b"))
    before = believe(Belief(), rows, HOLDERS, BOTS)
    assert believe(before, rows, {"Eve"}, BOTS) == before
    assert before == Belief(revision=1, read=2)


def test_belief_when_another_page_came_to_the_title_then_what_it_said_is_nothing() -> (
    None
):
    """An administrator's draft, which somebody moved over the settings."""
    rows = history(("Admin", "a"), ("Eve", "a"), ("Admin", "b"))
    before = Belief(revision=0, read=0)
    moved = rows[1].timestamp
    assert believe(before, rows[:2], HOLDERS, BOTS, moved).revision == 0
    assert believe(before, rows, HOLDERS, BOTS, moved).revision == 3


saves = st.lists(
    st.tuples(
        st.sampled_from(["Admin", "Eve", "SpaceBot", None]),
        st.sampled_from(["a", "b", "c", None]),
    ),
    max_size=8,
)


@given(saves, st.lists(st.integers(0, 8), max_size=4))
def test_belief_when_read_in_parts_then_is_that_of_one_reading(
    saves: list[tuple[str | None, str | None]], parts: list[int]
) -> None:
    rows = history(*saves)
    belief = Belief()
    for part in sorted(parts):
        belief = believe(belief, rows[:part], HOLDERS, BOTS)
    belief = believe(belief, rows, HOLDERS, BOTS)
    assert belief == believe(Belief(), rows, HOLDERS, BOTS)


@given(saves)
def test_belief_in_any_history_then_text_is_a_holders_or_the_bots(
    saves: list[tuple[str | None, str | None]],
) -> None:
    """A stranger's text rules only if a holder saved the same one before."""
    number = ruling(*saves)
    if number:
        user, sha1 = saves[number - 1]
        earlier = saves[:number]
        assert (
            user in {"Admin", *BOTS}
            or (sha1 and ("Admin", sha1) in earlier)
            or (sha1 and any((bot, sha1) in earlier for bot in BOTS))
        )


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (Account("Admin", exists=True, rights=frozenset({"editprotected"})), True),
        (Account("Eve", exists=True, rights=frozenset({"edit"})), False),
        (
            Account(
                "Rogue",
                exists=True,
                rights=frozenset({"editprotected"}),
                blocked=True,
            ),
            False,
        ),
    ],
)
def test_right_when_asked_for_then_a_block_takes_it(
    account: Account, *, expected: bool
) -> None:
    assert holds(account, "editprotected") is expected


def test_beliefs_when_written_then_read_back() -> None:
    beliefs = {"settings": Belief(3, 5), "topics": Belief(0, 9)}
    assert read_beliefs(write_beliefs(beliefs)) == beliefs


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[" * 100_000,
        "[]",
        '{"schema": 2, "settings": {"revision": 1, "read": 1}}',
        '{"schema": 1, "settings": {"revision": "1"}}',
        '{"schema": 1, "settings": []}',
        '{"schema": 1, "other": {"revision": 1}}',
    ],
)
def test_beliefs_when_out_of_shape_then_are_none(text: str) -> None:
    assert read_beliefs(text) == {}
