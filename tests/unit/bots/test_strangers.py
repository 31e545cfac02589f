"""What anybody may put below the bot's pages: no edit, no copy, no stop."""

import json
from dataclasses import replace
from itertools import cycle
from typing import Any

import pytest
from sqlalchemy import select

from bots.report import Did, ExitCode
from space.data_pages import commons_map, pages
from space.store.tables.tables import page_copies
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.corpus.hostile_json import TEXTS
from tests.support.wiki.bot_and_wiki import BotAndWiki

ROOT = "User:SpaceBot/Space"
FOLDERS = ("Beside", "Events", "Figures", "Ledger", "Map", "Posts", "Queue", "Talk")
NAMES = ("x", "0", "2", "2026", "2026-11", "2.json/x", "Settings", "%")
WALK = "Space/Events/Walk"
MAP = "Data:Events.map"
PARTS = "Data:Events"


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki, runner: BotRunner) -> BotRunner:
    """A bot with something on every data page, some of them in parts."""
    runner.settings = replace(runner.settings, event_policy="review", map_page=MAP)
    runner.commons = MemoryWiki("SpaceBot")
    for number in range(3):
        title = f"Space/Events/{number}"
        point = f"-3{number}.5, 174.7"
        bot_and_wiki.approve(
            title, bot_and_wiki.event(title, coordinates=point, city=str(number))
        )
        bot_and_wiki.event(f"Space/Events/Waiting {number}", city=f"Town {number}")
        title = f"Space/Blog/{number}"
        text = f"{{{{Space post|language=en|series=A|title={number}}}}}"
        bot_and_wiki.approve(title, bot_and_wiki.ann.write(title, text).revid)
    bot_and_wiki.ann.write("Talk:Space/Events/0", "== Rain? ==\nWhat then? ~~~~")
    return runner


def wiki_texts(wiki: MemoryWiki) -> dict[str, str]:
    return {page.title: page.latest.text for page in wiki.state.live()}


def put(wiki: MemoryWiki, title: str, text: str) -> None:
    wiki.state.add_revision(wiki.state.add_page(title), "Lena", text)


def copies(bot_and_wiki: BotAndWiki) -> set[str]:
    with bot_and_wiki.engine.connect() as connection:
        return set(connection.scalars(select(page_copies.c.title)))


def test_run_when_strangers_fill_every_folder_then_it_costs_nothing(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    assert isinstance(runner.commons, MemoryWiki)
    junk = {
        f"{ROOT}/{folder}/{name}": text
        for folder in FOLDERS
        for name, text in zip(NAMES, TEXTS.values(), strict=False)
    }
    parts = {f"{PARTS}/{n}.map": text for n, text in enumerate(TEXTS.values(), 2)}
    for title, text in junk.items():
        put(bot_and_wiki.admin, title, text)
    for title, text in parts.items():
        put(runner.commons, title, text)
    for full in (False, True):
        assert runner.run("run", full=full).exit_code is ExitCode.FINE
    assert not copies(bot_and_wiki) & {*junk, *parts}
    for wiki, strange in ((bot_and_wiki.admin, junk), (runner.commons, parts)):
        assert {t: x for t, x in wiki_texts(wiki).items() if t in strange} == strange
    assert f"{ROOT}/Events/2026-11.json" in wiki_texts(bot_and_wiki.admin)
    assert MAP in wiki_texts(runner.commons)


def test_run_when_pages_of_the_bot_are_hostile_then_they_are_mended(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    assert isinstance(runner.commons, MemoryWiki)
    hostile = cycle(TEXTS.values())
    for _ in range(3):
        broken = set()
        for wiki in (bot_and_wiki.admin, runner.commons):
            for page in wiki.state.live():
                is_ledger = page.title.startswith(f"{ROOT}/Ledger/")
                if page.title.startswith((ROOT, PARTS)) and not is_ledger:
                    wiki.state.add_revision(page, "Admin", next(hostile))
                    broken.add(page.title)
        report = runner.run("run")
        assert report.exit_code is ExitCode.FINE
        assert broken == {p.title for p in report.pages if p.did is Did.WRITTEN}
        assert MAP in broken


def test_run_when_nothing_is_left_then_every_page_that_the_bot_wrote_is_emptied(
    bot_and_wiki: BotAndWiki, runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MAX_BYTES", 1)
    monkeypatch.setattr(commons_map, "MAX_BYTES", 10_250)
    assert isinstance(runner.commons, MemoryWiki)
    runner.run("run")
    wikis = (bot_and_wiki.admin, runner.commons)
    for page in bot_and_wiki.admin.state.live():
        if page.title.startswith("Space/"):
            bot_and_wiki.admin.delete(page.title)
    runner.run("run")
    left: dict[str, Any] = {
        title: json.loads(text)
        for wiki in wikis
        for title, text in wiki_texts(wiki).items()
        if title.startswith((ROOT, PARTS))
    }
    written = {title.removeprefix(f"{ROOT}/").removesuffix(".json") for title in left}
    assert {
        *("Events/2026-11", "Events/2026-11/3", "Posts/2026", "Posts/2026/3"),
        *("Beside/0", "Talk/0", "Map/3", "Queue/3", f"{PARTS}/3.map", MAP),
    } <= written
    full = {
        title
        for title, value in left.items()
        if "/Ledger/" not in title and "/Figures" not in title
        if value.get("data", {}).get("features") or any(map(value.get, LISTS))
    }
    assert full == set()


LISTS = ("events", "posts", "places", "rows", "threads", "pages")
