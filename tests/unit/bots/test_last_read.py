"""The page by which portal pages say how old their lists are."""

from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

PAGE = "User:SpaceBot/Space/Read.json"


def test_last_read_when_the_day_goes_on_is_written_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    page = bot_and_wiki.admin.state.page(PAGE)
    assert page is not None
    first = page.latest
    assert bot_and_wiki.store.checkpoint is not None
    assert f"{bot_and_wiki.store.checkpoint:%Y-%m-%d}" in first.text
    runner.run("run")
    assert page.latest.id == first.id
    bot_and_wiki.admin.advance(days=1)
    runner.run("run")
    assert page.latest.text != first.text


def test_last_read_when_nothing_can_be_synced_keeps_its_day(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    page = bot_and_wiki.admin.state.page(PAGE)
    assert page is not None
    first = page.latest.id
    bot_and_wiki.admin.advance(days=3)
    runner.run("review_queue")
    assert page.latest.id == first
