"""How many requests a sync makes, for an account that asks 50 values at once."""

from collections.abc import Iterator
from math import ceil

import pytest

from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki, event


@pytest.fixture
def bot_and_wiki() -> Iterator[BotAndWiki]:
    bot_and_wiki = BotAndWiki()
    bot_and_wiki.admin.remove_groups("SpaceBot", "bot")
    yield bot_and_wiki
    bot_and_wiki.engine.dispose()


def fill(bot_and_wiki: BotAndWiki, pages: int) -> list[str]:
    """Approved events, every third of them with a newer text that waits."""
    titles = [f"Space/Events/{number}" for number in range(pages)]
    for title in titles:
        bot_and_wiki.approve(title, bot_and_wiki.event(title))
    bot_and_wiki.sync()
    for title in titles[::3]:
        bot_and_wiki.event(title, "More.")
    bot_and_wiki.sync()
    return titles


def rebuilt(bot_and_wiki: BotAndWiki) -> RequestCount:
    before = bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.dump() == before
    return bot_and_wiki.bot.requests


@pytest.mark.parametrize("pages", [1, 20, 37, 130])
def test_full_sync_when_store_is_empty_keeps_to_its_budget(
    bot_and_wiki: BotAndWiki, pages: int
) -> None:
    fill(bot_and_wiki, pages)
    batches = ceil(pages / 50)
    requests = rebuilt(bot_and_wiki)
    assert requests.content <= 2 * batches
    assert requests.other <= 4 * batches + 20


@pytest.mark.parametrize("pages", [1, 37])
@pytest.mark.parametrize("person", ["Ann", "Lena"])
def test_full_sync_when_pages_changed_asks_three_times_more_for_each(
    bot_and_wiki: BotAndWiki, pages: int, person: str
) -> None:
    for title in fill(bot_and_wiki, pages):
        bot_and_wiki.admin.as_user(person).write(
            title, event("Even more.", city="Auckland")
        )
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert within(bot_and_wiki.bot.requests, pages, changed=pages)


@pytest.mark.parametrize("pages", [1, 37])
def test_full_sync_when_talk_pages_changed_asks_three_times_more_for_each(
    bot_and_wiki: BotAndWiki, pages: int
) -> None:
    for title in fill(bot_and_wiki, pages):
        page = bot_and_wiki.admin.state.page(title)
        assert page is not None
        bot_and_wiki.approve(title, page.latest.id)
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert within(bot_and_wiki.bot.requests, pages, changed=pages)


def within(asked: RequestCount, pages: int, changed: int) -> bool:
    batches = ceil(pages / 50)
    fits = asked.content <= 2 * batches + changed
    return fits and asked.content + asked.other <= 6 * batches + 20 + 3 * changed


def test_sync_when_nothing_changed_asks_for_no_text_and_edits_nothing(
    bot_and_wiki: BotAndWiki,
) -> None:
    fill(bot_and_wiki, 60)
    for full in (False, True):
        revisions = bot_and_wiki.admin.state.next_revision
        bot_and_wiki.sync(full=full)
        assert bot_and_wiki.bot.requests.content == 0
        assert bot_and_wiki.bot.requests.other <= 4 * 2 + 20
        assert bot_and_wiki.admin.state.next_revision == revisions
