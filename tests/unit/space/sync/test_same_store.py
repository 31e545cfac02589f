"""Full and incremental sync, and a store made anew, come to the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from space.store.tables.tables import month_statistics
from tests.support.wiki.bot_and_wiki import BotAndWiki, Dump, event
from tests.support.wiki.scenarios import (
    BreakOrMendLedger,
    DeleteOrRestore,
    Edit,
    Hide,
    MarkPatrolled,
    MoveAwayOrBack,
    OnTalkPage,
    RenameOrBack,
    Review,
    Scenario,
    SetPolicy,
    tell,
    tell_in_parts,
)

DAY = 60 * 24

A, B = "Space/Events/A", "Event:B"
C, D = "Space/Blog/C", "Space/Blog/D"
WALK = event()
BROKEN = event(timezone="Nowhere")
POST = "{{Space post|title=C|language=en}}"
TEXTS = (
    WALK,
    event("Body"),
    event(address="44 Lorne Street"),
    event(status="cancelled"),
    BROKEN,
    event(start="2026-12-01 10:00", recurrence="FREQ=WEEKLY;COUNT=3"),
    event(start="2026-12-02 09:00", series=A, occurrence="2026-12-01"),
    event(start="2026-12-03 09:00", series=B, occurrence="2026-12-08 10:00"),
    POST,
    "{{Space post|title=C|language=en|publish after=2026-11-26}}",
    "{{Space post|title=C|language=en|status=draft}}",
    "{{Space post|title=C|language=fr|original=Space/Blog/D}}",
    "{{Space post|title=D|language=ar|original=Space/Blog/C}}",
    "{{Space post|title=D|language=ar|original=Space/Events/A}}",
    "no record",
    "#REDIRECT [[Main Page]]",
    event(
        start="2026-12-01 10:00",
        recurrence="FREQ=WEEKLY;COUNT=3",
        **{"except": "2026-12-08"},
    ),
)
PEOPLE = ("Ann", "Lena", "Pavati", "Aiko")

titles = st.sampled_from((A, B, C, D))
policies = st.sampled_from(["review", "patrol", "open"])
acts = st.one_of(
    st.builds(Edit, titles, st.sampled_from(TEXTS), st.sampled_from(PEOPLE)),
    st.builds(
        Review,
        titles,
        st.sampled_from(["approve", "changes", "decline", "withdraw"]),
        st.integers(1, 2),
    ),
    st.builds(MarkPatrolled, titles, st.integers(1, 3)),
    st.builds(Hide, titles, st.integers(1, 2), hidden=st.booleans()),
    st.builds(DeleteOrRestore, titles),
    st.builds(MoveAwayOrBack, titles),
    st.builds(RenameOrBack, titles),
    st.builds(OnTalkPage, st.sampled_from([DeleteOrRestore, MoveAwayOrBack]), titles),
    st.builds(BreakOrMendLedger),
    st.builds(SetPolicy, policies, st.sampled_from(["event", "post"])),
)
pauses = st.sampled_from([1, 1, 30, DAY, DAY * 10, DAY * 40])
scenarios = st.lists(
    st.tuples(st.lists(acts, min_size=1, max_size=3), pauses), max_size=8
)


def check(scenario: Scenario) -> None:
    """Hold that stores and ledgers are equal after each sync of a scenario."""
    incremental = full = BotAndWiki()
    both = zip(tell(scenario, full=False), tell(scenario, full=True), strict=True)
    for step, (incremental, full) in enumerate(both):
        assert incremental.dump() == full.dump(), step
        assert _edits(incremental) == _edits(full), step
        if step == len(scenario):
            dump, edits = incremental.dump(), _edits(incremental)
            incremental.drop_store()
            incremental.sync()
            assert incremental.dump() == dump
            assert _edits(incremental) == edits


def check_parts(scenario: Scenario) -> None:
    """Hold that syncs of what is new give the same ledger and store as whole ones."""
    both = zip(tell(scenario, full=False), tell_in_parts(scenario), strict=True)
    for step, (whole, parts) in enumerate(both):
        assert _shown(parts) == _shown(whole), step
        assert _ledger(parts) == _ledger(whole), step


def _shown(bot_and_wiki: BotAndWiki) -> Dump:
    """The store but for the figures, which are of everything."""
    rows = bot_and_wiki.dump()
    del rows[month_statistics.name]
    return rows


def _ledger(bot_and_wiki: BotAndWiki) -> dict[str, str]:
    return {
        page.title: page.latest.text
        for page in bot_and_wiki.admin.state.live()
        if page.title.startswith("User:SpaceBot/Space/Ledger/")
    }


def _edits(bot_and_wiki: BotAndWiki) -> int:
    return bot_and_wiki.admin.state.next_revision


TOLD: dict[str, Scenario] = {
    "date-of-a-series-is-dropped-and-comes-back": [
        ([Edit(A, TEXTS[5], "Lena"), Review(A)], 30),
        ([Edit(A, TEXTS[-1], "Lena"), Review(A)], DAY),
        ([Edit(A, TEXTS[5], "Lena"), Review(A)], DAY),
    ],
    "date-of-a-series-is-dropped-and-over": [
        ([Edit(A, TEXTS[5], "Lena"), Review(A)], 30),
        ([Edit(A, TEXTS[-1], "Lena"), Review(A)], DAY * 40),
        ([], DAY * 40),
    ],
    "patrolled-before-it-became-a-post-and-an-event-again": [
        ([Edit(B, BROKEN, "Lena")], 1),
        ([MarkPatrolled(B), Edit(B, POST, "Ann")], DAY * 10),
        ([Edit(B, TEXTS[7], "Lena")], 1),
    ],
    "patrolled-and-moved-away-while-an-older-page-waits": [
        ([Edit(C, TEXTS[5], "Lena")], DAY * 40),
        ([Edit(D, TEXTS[7], "Lena")], DAY * 10),
        ([MarkPatrolled(D), MoveAwayOrBack(D)], DAY),
    ],
    "patrolled-before-the-policy-was-to-patrol": [
        ([SetPolicy("review"), Edit(B, WALK, "Lena")], 30),
        ([MarkPatrolled(B)], 30),
        ([SetPolicy("patrol")], 30),
    ],
    "patrolled-as-an-event-while-a-post-is-published": [
        ([Edit(C, POST, "Lena"), Review(C)], 30),
        ([SetPolicy("review"), Edit(C, WALK, "Lena")], 30),
        ([MarkPatrolled(C)], 30),
        ([SetPolicy("patrol")], 30),
    ],
    "patrolled-while-it-was-no-record": [
        ([Edit(B, WALK, "Lena")], 30),
        ([Edit(B, "no record", "Lena")], 30),
        ([MarkPatrolled(B, back=2)], 30),
        ([Edit(B, WALK, "Lena")], 30),
    ],
    "patrolled-while-changes-were-asked-for": [
        ([Edit(B, WALK, "Lena")], 30),
        ([Edit(B, event("Body"), "Lena"), Review(B, "changes")], 30),
        ([MarkPatrolled(B, back=2)], 30),
        ([Edit(B, BROKEN, "Lena")], 30),
        ([], 30),
    ],
    "patrolled-before-it-came-back": [
        ([Edit(B, WALK, "Lena")], 30),
        ([MoveAwayOrBack(B)], 30),
        ([MarkPatrolled(B), MoveAwayOrBack(B)], 30),
        ([], 30),
    ],
    "patrolled-and-renamed-while-it-waits-for-long": [
        ([Edit(B, WALK, "Lena")], DAY * 40),
        ([Edit(B, BROKEN, "Lena"), MarkPatrolled(B), RenameOrBack(B)], DAY),
        ([], DAY),
    ],
    "patrolled-after-it-was-renamed": [
        ([Edit(B, WALK, "Lena")], 30),
        ([RenameOrBack(B)], 30),
        ([MarkPatrolled(f"{B} 2", back=2)], 30),
    ],
    "talk-page-with-a-verdict-is-restored": [
        ([Edit(C, POST, "Lena"), Review(C), OnTalkPage(DeleteOrRestore, C)], 30),
        ([OnTalkPage(DeleteOrRestore, C)], 30),
        ([], 30),
    ],
    "talk-page-with-a-verdict-is-moved-back": [
        ([Edit(C, POST, "Lena"), Review(C), OnTalkPage(MoveAwayOrBack, C)], 30),
        ([OnTalkPage(MoveAwayOrBack, C)], 30),
        ([], 30),
    ],
    "reviewed-while-a-part-of-the-ledger-was-unreadable": [
        ([Edit(C, POST, "Lena")], 30),
        ([BreakOrMendLedger(), Review(C)], 30),
        ([], 30),
        ([BreakOrMendLedger()], 30),
    ],
    "patrolled-while-a-part-of-the-ledger-was-unreadable": [
        ([Edit(B, WALK, "Lena")], 30),
        ([BreakOrMendLedger(), MarkPatrolled(B)], 30),
        ([], 30),
        ([BreakOrMendLedger()], 30),
    ],
}


@pytest.mark.parametrize("name", TOLD)
def test_sync_when_a_story_is_told_is_the_same_full_or_incremental(name: str) -> None:
    check(TOLD[name])


@pytest.mark.parametrize("name", TOLD)
def test_sync_when_a_story_is_told_is_the_same_in_parts(name: str) -> None:
    check_parts(TOLD[name])


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 8)
@given(scenarios)
def test_sync_when_in_parts_is_the_same(scenario: Scenario) -> None:
    check_parts(scenario)


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 8)
@given(scenarios)
def test_sync_when_full_or_incremental_or_made_anew_is_the_same(
    scenario: Scenario,
) -> None:
    check(scenario)
