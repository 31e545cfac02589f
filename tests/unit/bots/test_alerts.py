"""What the maintainers are told on their page: once for all, and once at the end."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bots.job import Job
from bots.report import Report
from bots.tasks.run import TASKS
from space.errors import WikiUnavailableError
from space.sync import decisions
from space.wiki.outcomes import Protected
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

PAGE = "Space/Maintainers"


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki, runner: BotRunner) -> BotRunner:
    bot_and_wiki.ann.write(PAGE, "Hello.")
    runner.settings = replace(runner.settings, maintainers_page=PAGE)
    runner.run("run")
    return runner


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Have tasks raise an error; called again without names they work again."""
    works = dict(TASKS)

    def fail(*names: str, error: type[Exception] = ValueError) -> None:
        def attempt(_job: Job) -> Report:
            raise error

        for name, task in works.items():
            run = attempt if name in names else task.run
            monkeypatch.setitem(TASKS, name, replace(task, run=run))

    return fail


def told(runner: BotRunner) -> list[str]:
    page = runner.bot_and_wiki.admin.state.page(PAGE)
    assert page is not None
    return [line for line in page.latest.text.splitlines() if line.startswith("* ")]


def run(runner: BotRunner, times: int) -> None:
    for _ in range(times):
        runner.run("run")


def test_alerts_when_tasks_fail_three_times_then_tell_once_of_all_of_them(
    runner: BotRunner, failing: Callable[..., None]
) -> None:
    failing("calendar", "talk_index")
    run(runner, 2)
    assert told(runner) == []
    run(runner, 5)
    (line,) = told(runner)
    assert "<code>calendar</code>, <code>talk_index</code>" in line
    assert "/status status page]" in line
    failing()
    run(runner, 3)
    assert len(told(runner)) == 2
    assert (
        "work again: <code>calendar</code>, <code>talk_index</code>" in told(runner)[1]
    )


def test_alerts_when_a_task_fails_and_recovers_in_turn_then_flood_nobody(
    runner: BotRunner, failing: Callable[..., None]
) -> None:
    for _ in range(3):
        failing("calendar")
        run(runner, 3)
        failing()
        run(runner, 1)
    assert len(told(runner)) == 2
    runner.bot_and_wiki.admin.advance(days=1)
    failing("calendar")
    run(runner, 3)
    assert len(told(runner)) == 3


def test_alerts_when_something_passes_by_itself_then_wait_an_hour(
    runner: BotRunner, failing: Callable[..., None]
) -> None:
    failing("calendar", error=WikiUnavailableError)
    run(runner, 10)
    assert told(runner) == []
    runner.bot_and_wiki.admin.advance(hours=1)
    run(runner, 1)
    assert len(told(runner)) == 1


def test_alerts_when_a_data_page_cannot_be_written_then_tell_of_its_task(
    runner: BotRunner,
) -> None:
    runner.bot_and_wiki.publish("Space/Events/Walk")
    bot, save = runner.bot_and_wiki.bot, runner.bot_and_wiki.bot.save
    bot.save = lambda edit: (  # type: ignore[method-assign]
        Protected("x") if "/Events" in edit.title else save(edit)
    )
    run(runner, 4)
    (line,) = told(runner)
    assert "<code>calendar</code>" in line
    bot.save = save  # type: ignore[method-assign]
    run(runner, 1)
    assert len(told(runner)) == 2


def test_alerts_when_the_program_fails_at_a_page_then_tell_once_and_once_more(
    runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(decisions, "decide", fail)
        runner.bot_and_wiki.event("Space/Events/Walk")
        run(runner, 5)
    (line,) = told(runner)
    assert "<code>sync</code>" in line
    run(runner, 2)
    assert len(told(runner)) == 2
    assert "work again: <code>sync</code>" in told(runner)[1]


def test_alerts_when_the_settings_name_no_page_then_tell_nobody(
    runner: BotRunner, failing: Callable[..., None]
) -> None:
    runner.settings = replace(runner.settings, maintainers_page=None)
    failing("calendar")
    run(runner, 4)
    assert told(runner) == []
