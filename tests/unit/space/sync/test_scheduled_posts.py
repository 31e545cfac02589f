"""A scheduled post has the day it appears on as its date, wherever it is shown."""

import re
from datetime import UTC, date, datetime

import pytest

from space.data_pages.pages import post_pages
from space.feeds.fragments import ATOM
from space.publication.filters import Filter
from tests.support.wiki.bot_and_wiki import ADDRESSES, BotAndWiki
from tool.app.api import documents

EARLY, PLAIN = "Space/Blog/Early", "Space/Blog/Plain"


def write(bot_and_wiki: BotAndWiki, title: str, *more: str) -> None:
    """An approved post."""
    name = title.rpartition("/")[2]
    fields = "|".join([f"title={name}", "language=en", *more])
    text = "{{Space post|" + fields + "}}\nText."
    bot_and_wiki.approve(title, bot_and_wiki.ann.write(title, text).revid)


def at_noon(bot_and_wiki: BotAndWiki, day: int) -> None:
    """Move the wiki's clock to noon of a day of December 2026."""
    bot_and_wiki.admin.state.now = datetime(2026, 12, day, 12, tzinfo=UTC)


def published(bot_and_wiki: BotAndWiki) -> dict[str, str]:
    """The titles of the blog in its order, each with its day."""
    posts = bot_and_wiki.store.posts.newest()
    return {str(p.values["title"]): f"{p.published:%Y-%m-%d %H:%M}" for p in posts}


@pytest.fixture
def scheduled(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    """`Early` is approved on the first for the twentieth, `Plain` on the tenth."""
    at_noon(bot_and_wiki, 1)
    write(bot_and_wiki, EARLY, "publish after=2026-12-20")
    bot_and_wiki.sync()
    at_noon(bot_and_wiki, 10)
    write(bot_and_wiki, PLAIN)
    bot_and_wiki.sync()
    at_noon(bot_and_wiki, 21)
    bot_and_wiki.sync()
    return bot_and_wiki


def test_blog_when_post_was_scheduled_then_it_is_the_newest_on_its_day(
    scheduled: BotAndWiki,
) -> None:
    assert list(published(scheduled)) == ["Early", "Plain"]
    assert published(scheduled)["Early"] == "2026-12-20 00:00"
    before = scheduled.dump()
    scheduled.drop_store()
    scheduled.sync()
    assert scheduled.dump() == before


def test_feed_api_and_data_page_when_post_was_scheduled_then_have_its_day(
    scheduled: BotAndWiki,
) -> None:
    post = next(scheduled.store.posts.newest())
    with scheduled.store.feeds.snapshot() as view:
        entry = next(view.fragments(ATOM, Filter("post"), date(2026, 12, 21)))
    assert "<published>2026-12-20T00:00:00Z</published>" in entry
    updated = re.search("<updated>(.*)</updated>", entry)
    assert updated is not None
    assert updated[1] >= "2026-12-20T00:00:00Z"
    assert documents.post(post, ADDRESSES)["published"] == "2026-12-20T00:00:00Z"
    pages = post_pages("User:SpaceBot/Space", scheduled.store.posts.newest())
    first = pages["User:SpaceBot/Space/Posts/2026.json"]["posts"][0]
    assert (first["title"], first["published"]) == ("Early", "2026-12-20T00:00Z")
