"""What a watch does about a data page that the wiki refuses, as a protected one."""

import sys
from datetime import datetime
from itertools import pairwise

import pytest

from bots.outbox import REFUSED_FOR
from bots.tasks.watch import TASKS_EVERY
from space.wiki.outcomes import Outcome, Protected
from space.wiki.values import Edit
from tests.support.bots.runner import BotRunner
from tests.support.bots.watching import nothing, watch
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALKS = {month: f"Space/Events/Walk {month}" for month in range(1, 7)}
FOLDER = "User:SpaceBot/Space/Events"
REFUSED, OTHER = f"{FOLDER}/2027-03.json", f"{FOLDER}/2027-05.json"
REFUSALS = 3
MINUTE = [nothing] * 12  # of five seconds, as there are news


@pytest.fixture
def tried(bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When the bot tried to write a page whose protection ends after `REFUSALS`."""
    save, tried = bot_and_wiki.bot.save, []

    def refusing(edit: Edit) -> Outcome:
        if edit.title != REFUSED:
            return save(edit)
        tried.append(bot_and_wiki.admin.state.now)
        return Protected("protected") if len(tried) <= REFUSALS else save(edit)

    monkeypatch.setattr(bot_and_wiki.bot, "save", refusing)
    for month, title in WALKS.items():
        revid = bot_and_wiki.event(title, start=f"2027-0{month}-05 10:00")
        bot_and_wiki.approve(title, revid)
    return tried


def change(bot_and_wiki: BotAndWiki, month: int, **values: str) -> None:
    title = WALKS[month]
    revid = bot_and_wiki.event(title, start=f"2027-0{month}-05 10:00", **values)
    bot_and_wiki.approve(title, revid)


def test_watch_when_a_data_page_is_refused_then_other_news_need_no_look_at_everything(
    runner: BotRunner, bot_and_wiki: BotAndWiki, tried: list[datetime]
) -> None:
    asked: list[int] = []

    def edit() -> None:
        change(bot_and_wiki, 5, city=f"City {len(asked)}")
        count = bot_and_wiki.bot.requests
        asked.append(count.content + count.other)

    quiet = [nothing] * 20
    watch(runner, *quiet, *[edit, *MINUTE, *MINUTE] * 5)
    assert tried
    assert max(y - x for x, y in pairwise(asked)) < 60  # everything is 70 and more
    assert "City 4" in bot_and_wiki.admin.state.page(OTHER).latest.text


def test_watch_when_a_refused_page_may_be_written_again_then_it_has_all_that_changed(
    runner: BotRunner, bot_and_wiki: BotAndWiki, tried: list[datetime]
) -> None:
    watch(
        runner,
        *[nothing] * 20,
        lambda: change(bot_and_wiki, 3, city="Lagos"),
        *[nothing] * 150,
    )
    assert len(tried) == 4
    assert tried[1] - tried[0] < REFUSED_FOR  # as it has something new to say
    assert all(
        REFUSED_FOR <= after - before <= REFUSED_FOR + 2 * TASKS_EVERY
        for before, after in pairwise(tried[1:])
    )
    assert "Lagos" in bot_and_wiki.admin.state.page(REFUSED).latest.text


def test_watch_when_a_day_begins_then_a_refused_page_keeps_nothing_from_healing(
    runner: BotRunner,
    bot_and_wiki: BotAndWiki,
    tried: list[datetime],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys.modules[__name__], "REFUSALS", 999)

    revids: list[int] = []

    def edit() -> None:
        text = {"city": "Lagos", "start": "2027-05-05 10:00"}
        revids.append(bot_and_wiki.event(WALKS[5], **text))

    def approve_unseen() -> None:
        monkeypatch.setattr(bot_and_wiki.bot, "news", lambda _: iter(()))
        monkeypatch.setattr(bot_and_wiki.bot, "changes", lambda _: iter(()))
        bot_and_wiki.approve(WALKS[5], revids[0])
        bot_and_wiki.admin.advance(days=1)

    watch(runner, *[nothing] * 20, edit, *MINUTE, approve_unseen, *[nothing] * 5)
    assert tried
    assert "Lagos" in bot_and_wiki.admin.state.page(OTHER).latest.text
