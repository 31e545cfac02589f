"""Watching news leaves the same ledger, store and data pages as running all tasks."""

from collections.abc import Sequence
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bots import process_state
from space.store.tables.tables import month_statistics
from tests.support.bots.runner import BotRunner
from tests.support.bots.watching import Step, nothing, watch
from tests.support.wiki.bot_and_wiki import BotAndWiki, Dump, event
from tests.support.wiki.scenarios import (
    Act,
    DeleteOrRestore,
    Edit,
    MoveAwayOrBack,
    OnTalkPage,
    RenameOrBack,
    Review,
)

A, B, C, D = "Space/Events/A", "Event:B", "Space/Blog/C", "Space/Blog/D"
FOLDER = "User:SpaceBot/Space/"
WEEKLY = event(start="2026-12-01 10:00", recurrence="FREQ=WEEKLY;COUNT=9")
TEXTS = (
    event(city="Accra", topics="Maps"),
    event(start="2027-01-31 23:00", end="2027-02-02 10:00", address="44 Lorne Street"),
    event(status="cancelled", city="Accra"),
    WEEKLY,
    event(start="2026-12-02 09:00", series=A, occurrence="2026-12-01"),
    "{{Space post|title=C|language=en|topics=Maps}}",
    "{{Space post|title=C|language=fr|original=Space/Blog/D}}",
    "no record",
)
LOOKS = 14  # of five seconds: data pages follow within a minute

titles = st.sampled_from((A, B, C, D))
acts = st.one_of(
    st.builds(Edit, titles, st.sampled_from(TEXTS), st.sampled_from(["Ann", "Lena"])),
    st.builds(Review, titles, st.sampled_from(["approve", "withdraw"])),
    st.builds(DeleteOrRestore, titles),
    st.builds(MoveAwayOrBack, titles),
    st.builds(RenameOrBack, titles),
    st.builds(OnTalkPage, st.sampled_from([DeleteOrRestore, MoveAwayOrBack]), titles),
)
Scenario = Sequence[Sequence[Act]]
"""Acts between which there is time to follow."""
scenarios = st.lists(st.lists(acts, min_size=1, max_size=4), max_size=4)


def check(scenario: Scenario) -> None:
    """Hold that after each step a run of all tasks has nothing to write."""
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.register("Lena")
    watched, runner = BotRunner(bot_and_wiki), BotRunner(bot_and_wiki)

    def compare() -> None:
        before = _shown(bot_and_wiki)
        for full in (False, True):
            runner.run("run", full=full)
            after = _shown(bot_and_wiki)
            assert before[1] == after[1]
            assert before[0] == after[0]

    steps: list[Step] = []
    for step in scenario:
        steps += [lambda act=act: act(bot_and_wiki) for act in step]  # type: ignore[misc]
        steps += [*[nothing] * LOOKS, compare]
    watch(watched, *[nothing] * 5, *steps)
    bot_and_wiki.engine.dispose()


def _shown(bot_and_wiki: BotAndWiki) -> tuple[Dump, dict[str, str]]:
    """The store and the bot's pages, but for figures, which are of everything."""
    rows = bot_and_wiki.dump()
    del rows[month_statistics.name]
    pages = {
        page.title.removeprefix(FOLDER): page.latest.text
        for page in bot_and_wiki.admin.state.live()
        if page.title.startswith(FOLDER) and not page.title.endswith("Figures.json")
    }
    return rows, pages


TOLD: dict[str, Scenario] = {
    "an-event-moves-to-other-months-and-is-cancelled": [
        [Edit(A, TEXTS[0]), Review(A)],
        [Edit(A, TEXTS[1]), Review(A)],
        [Edit(A, TEXTS[2])],
        [DeleteOrRestore(A)],
        [DeleteOrRestore(A)],
    ],
    "a-page-stands-for-a-date-of-a-series": [
        [Edit(A, WEEKLY), Review(A)],
        [Edit(B, TEXTS[4]), Review(B)],
        [DeleteOrRestore(B)],
    ],
    "a-post-is-translated-renamed-and-withdrawn": [
        [Edit(D, TEXTS[5]), Review(D)],
        [Edit(C, TEXTS[6]), Review(C)],
        [RenameOrBack(D)],
        [Review(C, "withdraw")],
    ],
    "talk-about-a-post-goes-and-comes-back": [
        [Edit(D, TEXTS[5]), Review(D)],
        [OnTalkPage(DeleteOrRestore, D)],
        [OnTalkPage(DeleteOrRestore, D), OnTalkPage(MoveAwayOrBack, D)],
        [OnTalkPage(MoveAwayOrBack, D), DeleteOrRestore(D)],
    ],
    "two-events-with-topics-beside-a-post": [
        [Edit(A, TEXTS[0]), Review(A), Edit(D, TEXTS[5]), Review(D)],
        [Edit(B, TEXTS[0]), Review(B)],
        [MoveAwayOrBack(A)],
        [Edit(B, "no record")],
    ],
}


@pytest.fixture(autouse=True)
def _nothing_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_state, "SHARE", 0)
    monkeypatch.setattr(process_state, "DEAR", inf)


@pytest.mark.parametrize("name", TOLD)
def test_watch_when_a_story_is_told_leaves_nothing_to_write(name: str) -> None:
    check(TOLD[name])


@pytest.mark.soak
@settings(max_examples=settings.default.max_examples // 12)
@given(scenarios)
def test_watch_when_anything_happens_leaves_nothing_to_write(
    scenario: Scenario,
) -> None:
    check(scenario)
