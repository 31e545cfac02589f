"""The texts of posts in their feed: asked for once, a few at a time."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bots.tasks import atom_feed
from space.errors import WikiUnavailableError
from space.publication.filters import Filter
from space.wiki.values import Rendering
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki


@pytest.fixture
def bot_and_wiki(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    bot_and_wiki.policy(post="open")
    return bot_and_wiki


def entries(bot_and_wiki: BotAndWiki) -> list[str]:
    today = datetime.now(UTC).date()
    return list(
        bot_and_wiki.store.feeds.fragments("atom", Filter("post"), today, limit=50)
    )


def publish(bot_and_wiki: BotAndWiki, number: int, body: str = "Text") -> None:
    call = f"{{{{Space post|title=P{number}|language=en}}}}"
    bot_and_wiki.ann.write(f"Space/Blog/P{number}", f"{call}\n{body}")


def test_run_when_posts_are_new_then_some_get_their_text_each_time(
    bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atom_feed, "AT_ONCE", 2)
    runner = BotRunner(bot_and_wiki)
    for number in range(3):
        publish(bot_and_wiki, number, f"Text {number}")
    bot_and_wiki.sync()
    assert runner.run("atom_feed").remarks == ("2 texts of posts rendered",)
    assert ["<content" in entry for entry in entries(bot_and_wiki)] == [
        True,
        True,
        False,
    ]
    assert runner.run("atom_feed").remarks == ("1 texts of posts rendered",)
    before = bot_and_wiki.bot.requests.other
    assert runner.run("atom_feed").remarks == ("0 texts of posts rendered",)
    assert bot_and_wiki.bot.requests.other <= before + 2
    publish(bot_and_wiki, 1, "Another text")
    bot_and_wiki.sync()
    assert sum("<content" in entry for entry in entries(bot_and_wiki)) == 2
    runner.run("atom_feed")
    assert any("Another text" in entry for entry in entries(bot_and_wiki))


def test_run_when_the_newest_posts_have_no_answer_then_the_next_begins_with_others(
    bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = bot_and_wiki.bot
    sound = bot.render

    def render(text: str, title: str, **options: Any) -> Rendering:
        if title[-1] in bad:
            raise WikiUnavailableError("too much for the parser")
        return sound(text, title, **options)

    monkeypatch.setattr(bot, "render", render)
    runner = BotRunner(bot_and_wiki)
    for number in range(6):
        publish(bot_and_wiki, number)
    bot_and_wiki.sync()
    bad = "2345"
    told = [runner.run("atom_feed").remarks[0][0] for _ in range(2)]
    assert told == ["0", "2"]
    bad = ""
    assert runner.run("atom_feed").remarks == ("4 texts of posts rendered",)


def test_run_when_dry_then_nothing_is_asked(bot_and_wiki: BotAndWiki) -> None:
    publish(bot_and_wiki, 1)
    bot_and_wiki.sync()
    assert BotRunner(bot_and_wiki).run("atom_feed", dry_run=True).remarks == (
        "texts of posts to be rendered: 1",
    )
    assert "<content" not in entries(bot_and_wiki)[0]


def test_run_when_a_post_has_no_text_then_it_is_not_asked_again(
    bot_and_wiki: BotAndWiki,
) -> None:
    publish(bot_and_wiki, 1, "")
    bot_and_wiki.sync()
    runner = BotRunner(bot_and_wiki)
    runner.run("atom_feed")
    assert "<content" not in entries(bot_and_wiki)[0]
    assert runner.run("atom_feed").remarks == ("0 texts of posts rendered",)
