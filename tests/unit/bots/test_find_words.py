"""Old revisions of the bot's pages that hold what has to be hidden."""

from datetime import date

import pytest

from bots.report import ExitCode
from space.store.heartbeat import heartbeats
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

TITLE = "User:SpaceBot/Space/Posts/2026.json"


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki) -> BotRunner:
    return BotRunner(bot_and_wiki)


def write(bot_and_wiki: BotAndWiki, text: str) -> int:
    bot_and_wiki.admin.advance(days=1)
    return bot_and_wiki.bot.write(TITLE, text).revid


def test_words_when_old_revisions_hold_them_then_these_are_named(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    first = write(bot_and_wiki, '{"a": "M\\u0101ori street 7"}')
    write(bot_and_wiki, '{"a": "nothing"}')
    second = write(bot_and_wiki, '{"a": "MĀORI STREET 7"}')
    hidden = write(bot_and_wiki, '{"a": "Māori street 7!"}')
    write(bot_and_wiki, '{"a": ""}')
    bot_and_wiki.admin.suppress(hidden)
    report = runner.run("find_words", words=("māori street 7\n", "\n"), dry_run=True)
    assert report.exit_code is ExitCode.FINE
    named, link = report.remarks
    assert named == f"{TITLE}: 2 revisions"
    assert link.endswith(f"&ids={first}%2C{second}")
    assert "ori" not in str(report).replace("Special:", "")


def test_words_when_a_day_is_given_then_only_later_revisions_are_read(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    write(bot_and_wiki, '{"a": "word"}')
    since = bot_and_wiki.admin.advance(days=3).date()
    last = write(bot_and_wiki, '{"a": "word", "b": 1}')
    report = runner.run("find_words", words=("word",), since=since, dry_run=True)
    assert report.remarks[1].endswith(f"&ids={last}")
    report = runner.run("find_words", words=("word",), since=date.max, dry_run=True)
    assert report.remarks == ("no revision that can be seen holds them",)


def test_words_when_a_digest_holds_them_then_it_is_named(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    saved = bot_and_wiki.bot.write("Space/Digest/2026-W47/en", "* [[A|Jane Doe]]")
    report = runner.run("find_words", words=("jane doe",), dry_run=True)
    assert report.remarks[0] == "Space/Digest/2026-W47/en: 1 revisions"
    assert report.remarks[1].endswith(f"&ids={saved.revid}")


def test_words_when_there_are_none_then_it_says_so(runner: BotRunner) -> None:
    assert runner.run("find_words", words=("\n",)).problems


def test_words_when_found_then_no_sign_of_it_is_left(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.sync()
    runner.run("find_words", words=("word",), dry_run=True)
    assert "find_words" not in {each.task for each in heartbeats(bot_and_wiki.store)}
