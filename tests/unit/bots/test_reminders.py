"""Reviewers are told once a day, and only of what has waited for long."""

from dataclasses import replace

import pytest

from bots.report import Did, ExitCode
from space.wiki.outcomes import Outcome
from space.wiki.values import Edit
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

TITLE = "Space/Reviewers"
SIGNED_UP = """Words.
{{Space reviewer|Pavati|mi; en}}
{{Space reviewer|Ravi|fr}}
{{Space reviewer|Mallory|en}}
{{Space reviewer|Blocked|en}}
"""


@pytest.fixture
def bot_and_wiki(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    for name in ("Ravi", "Blocked"):
        bot_and_wiki.admin.as_user(name, "patroller")
    bot_and_wiki.admin.as_user("Mallory").write(TITLE, SIGNED_UP)
    bot_and_wiki.admin.block("Blocked", "spam")
    return bot_and_wiki


@pytest.fixture
def runner(runner: BotRunner) -> BotRunner:
    runner.settings = replace(runner.settings, event_policy="review")
    return runner


def wait(bot_and_wiki: BotAndWiki, runner: BotRunner, hours: int) -> None:
    """Let time pass, and the bot read the wiki."""
    bot_and_wiki.admin.advance(hours=hours)
    runner.run("sync")


def lines(bot_and_wiki: BotAndWiki) -> list[str]:
    text = bot_and_wiki.bot.texts([TITLE])[TITLE].text or ""
    return [line for line in text.split("\n") if line.startswith("* ")]


def test_reminder_when_a_page_waited_for_long_mentions_who_reads_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Hui", languages="mi")
    wait(bot_and_wiki, runner, hours=49)

    report = runner.run("reminders")

    (line,) = lines(bot_and_wiki)
    assert [page.did for page in report.pages] == [Did.WRITTEN]
    assert "[[:Space/Events/Hui]] (mi). @[[User:Pavati|Pavati]] [[" in line
    assert "Ravi" not in line
    text = bot_and_wiki.bot.texts([TITLE])[TITLE].text or ""
    assert text.startswith(f"{SIGNED_UP}\n== Waiting for a reviewer ==\n* ")


def test_reminder_when_an_event_begins_soon_names_it_first_however_new_it_is(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Hui", languages="mi", start="2027-03-01 10:00")
    wait(bot_and_wiki, runner, hours=49)
    day = bot_and_wiki.admin.state.now.date()
    bot_and_wiki.event("Space/Events/Tea", languages="en", start=f"{day} 23:00")
    wait(bot_and_wiki, runner, hours=0)

    runner.run("reminders")

    (line,) = lines(bot_and_wiki)
    assert (
        "One event that starts soon is waiting for review: [[:Space/Events/Tea" in line
    )
    assert line.index("Space/Events/Tea") < line.index("Space/Events/Hui")
    assert (
        "One page has been waiting for more than two days: [[:Space/Events/Hui" in line
    )


def test_reminder_never_mentions_who_cannot_review(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(bot_and_wiki, runner, hours=49)

    runner.run("reminders")

    (line,) = lines(bot_and_wiki)
    assert "Pavati" in line
    assert "Mallory" not in line
    assert "Blocked" not in line


@pytest.mark.parametrize("hours", [0, 47])
def test_reminder_when_nothing_waited_for_long_is_none(
    bot_and_wiki: BotAndWiki, runner: BotRunner, hours: int
) -> None:
    bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(bot_and_wiki, runner, hours=hours)
    before = bot_and_wiki.admin.state.next_revision

    assert runner.run("reminders").pages == ()
    assert bot_and_wiki.admin.state.next_revision == before


def test_reminder_when_nobody_reads_the_language_is_none(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Sagra", languages="it")
    wait(bot_and_wiki, runner, hours=49)

    assert runner.run("reminders").pages == ()


def test_reminder_comes_once_a_day_even_if_somebody_removes_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(bot_and_wiki, runner, hours=49)
    runner.run("reminders")
    bot_and_wiki.ann.write(TITLE, SIGNED_UP)

    assert runner.run("reminders").pages == ()
    wait(bot_and_wiki, runner, hours=24)
    assert len(runner.run("reminders").pages) == 1
    assert len(lines(bot_and_wiki)) == 1


@pytest.mark.parametrize("arrives", [True, False])
def test_reminder_when_a_run_is_killed_while_it_saves_is_there_once_in_the_end(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    monkeypatch: pytest.MonkeyPatch,
    *,
    arrives: bool,
) -> None:
    bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(bot_and_wiki, runner, hours=49)
    save = bot_and_wiki.bot.save

    def die(edit: Edit) -> Outcome:
        if arrives:
            save(edit)
        raise KeyboardInterrupt

    monkeypatch.setattr(bot_and_wiki.bot, "save", die)
    with pytest.raises(KeyboardInterrupt):
        runner.run("reminders")
    monkeypatch.undo()

    assert len(lines(bot_and_wiki)) == int(arrives)
    runner.run("reminders")
    runner.run("reminders")
    assert len(lines(bot_and_wiki)) == 1


def test_reminder_when_the_page_is_not_there_is_none(runner: BotRunner) -> None:
    runner.bot_and_wiki.admin.delete(TITLE)
    runner.bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(runner.bot_and_wiki, runner, hours=49)

    report = runner.run("reminders")

    assert (report.pages, report.exit_code) == ((), ExitCode.FINE)


def test_reminder_when_dry_then_is_only_shown(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Tea", languages="en")
    wait(bot_and_wiki, runner, hours=49)

    (page,) = runner.run("reminders", dry_run=True).pages

    assert (page.did, page.detail) == (Did.WOULD_WRITE, "Pavati")
    assert not lines(bot_and_wiki)
