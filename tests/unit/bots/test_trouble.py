"""Wikis that are away or refuse the bot: what `run` still does, and what it says."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.exc import DataError, OperationalError

from bots.job import Task
from bots.report import Did, ExitCode, Report
from bots.tasks import TASKS as ALL_TASKS
from bots.tasks.atom_feed import PATIENCE
from bots.tasks.run import TASKS
from space.errors import SignedOutError, WikiUnavailableError
from space.store.heartbeat import RunResult, heartbeats
from space.wiki.outcomes import (
    Blocked,
    Captcha,
    Conflict,
    FilterRefused,
    Lagged,
    Outcome,
    Protected,
    RateLimited,
    ReadOnly,
    SignedOut,
    Unreachable,
)
from space.wiki.values import Edit
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK, FAIR = "Space/Events/Walk", "Space/Events/Fair"
COMMONS = "commons.wikimedia.org"
PAGE = "Data:Events.map"
AFTER_THE_MAP = ("atom_feed", "talk_index", "review_queue", "reminders")


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki, runner: BotRunner) -> BotRunner:
    """A bot that keeps a page on Commons, with an event published and one waiting."""
    revid = bot_and_wiki.event(WALK, coordinates="-36.8506, 174.7679")
    bot_and_wiki.approve(WALK, revid)
    bot_and_wiki.event(FAIR)
    runner.commons = MemoryWiki("SpaceBot")
    runner.settings = replace(runner.settings, map_page=PAGE, event_policy="review")
    return runner


def waiting(bot_and_wiki: BotAndWiki) -> str:
    """What the wiki shows of the review queue."""
    title = "User:SpaceBot/Space/Queue.json"
    return bot_and_wiki.bot.texts([title])[title].text or ""


def endings(bot_and_wiki: BotAndWiki) -> dict[str, RunResult]:
    return {row.task: row.ending for row in heartbeats(bot_and_wiki.store)}


def refusing(outcome: Outcome) -> MemoryWiki:
    wiki = MemoryWiki("SpaceBot")
    wiki.answer_next(outcome)
    return wiki


def silent_after(requests: int) -> MemoryWiki:
    wiki = MemoryWiki("SpaceBot")
    wiki.fail_after = requests
    return wiki


@pytest.mark.parametrize(
    ("commons", "code"),
    [
        (lambda: WikiUnavailableError("no answer"), ExitCode.TRY_LATER),
        (lambda: SignedOutError("no such account"), ExitCode.USAGE),
        (lambda: silent_after(0), ExitCode.TRY_LATER),
        (lambda: silent_after(1), ExitCode.TRY_LATER),
        *(
            (lambda outcome=outcome: refusing(outcome), ExitCode.TRY_LATER)
            for outcome in (
                Conflict("x"),
                Lagged("x"),
                RateLimited("x"),
                ReadOnly("x"),
                SignedOut("x"),
                Unreachable("x"),
            )
        ),
        *(
            (lambda outcome=outcome: refusing(outcome), ExitCode.PROBLEM)
            for outcome in (
                Blocked("x", by="Admin"),
                Captcha("x"),
                FilterRefused("x"),
                Protected("x"),
            )
        ),
    ],
)
def test_run_when_there_is_trouble_at_commons_then_only_the_page_there_waits(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    commons: Callable[[], MemoryWiki | WikiUnavailableError],
    code: ExitCode,
) -> None:
    runner.commons = commons()
    report = runner.run("run")
    assert report.exit_code is code
    assert FAIR in waiting(bot_and_wiki)
    ended = endings(bot_and_wiki)
    assert set(ended) == {*TASKS, "run"}
    told = RunResult.LATER if code is ExitCode.TRY_LATER else RunResult.PROBLEM
    assert {task for task, ending in ended.items() if ending is not RunResult.FINE} == {
        "map_data",
        "run",
    }
    assert ended["map_data"] is ended["run"] is told


def test_run_when_commons_is_back_then_the_page_is_written(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.commons = WikiUnavailableError("no answer")
    runner.run("run")
    runner.commons = MemoryWiki("SpaceBot")
    assert runner.run("run").exit_code is ExitCode.FINE
    assert runner.commons.state.page(PAGE)
    assert endings(bot_and_wiki)["map_data"] is RunResult.FINE


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (
            WikiUnavailableError("no answer"),
            f"try later: map_data, {COMMONS}: no answer",
        ),
        (SignedOutError("no"), f"sign-in refused: map_data, {COMMONS}: no"),
    ],
)
def test_report_when_commons_is_in_the_way_then_names_it(
    runner: BotRunner, error: WikiUnavailableError, line: str
) -> None:
    runner.commons = error
    assert line in list(runner.run("run").lines())


SILENT = WikiUnavailableError("no answer")


def raising(
    error: Exception, monkeypatch: pytest.MonkeyPatch, *failed: str
) -> list[str]:
    """Have tasks of `run` raise; the names of the tasks that are tried."""
    tried: list[str] = []

    def made(name: str) -> Callable[[object], Report]:
        def attempt(_job: object) -> Report:
            tried.append(name)
            if name in failed:
                raise error
            return Report()

        return attempt

    for name in TASKS:
        monkeypatch.setitem(TASKS, name, replace(TASKS[name], run=made(name)))
    return tried


@pytest.mark.parametrize("task", TASKS)
def test_run_when_one_task_gets_no_answer_then_the_others_are_done(
    runner: BotRunner, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    runner.run("sync")
    tried = raising(SILENT, monkeypatch, task)
    report = runner.run("run")
    assert tried == list(TASKS)
    assert report.exit_code is ExitCode.TRY_LATER
    assert [row.text for row in report.troubles] == [f"{task}: no answer"]


FAULTS = (
    KeyError("events"),
    MemoryError(),
    RecursionError("maximum recursion depth exceeded"),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
    DataError("INSERT", {"text": "secret"}, Exception("Data too long")),
    OverflowError("Python int too large\nto convert to SQLite INTEGER"),
)


@pytest.mark.parametrize("error", FAULTS, ids=lambda error: type(error).__name__)
def test_run_when_any_task_raises_then_all_others_are_done_and_it_is_named(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    runner.run("sync")
    for task in TASKS:
        with monkeypatch.context() as patch:
            tried = raising(error, patch, task)
            report = runner.run("run")
        assert tried == list(TASKS)
        assert report.exit_code is ExitCode.PROBLEM
        (problem,) = report.problems
        assert f"The task {task} failed" in problem
        assert type(error).__name__ in problem
        assert " at bots/job.py, line " in problem
        assert "\n" not in problem
        ended = endings(bot_and_wiki)
        failed = {name for name in ended if ended[name] is RunResult.PROBLEM}
        assert failed == {task, "run"}


def test_run_when_all_tasks_raise_then_all_are_tried_and_named(
    runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.run("sync")
    tried = raising(RecursionError(), monkeypatch, *TASKS)
    report = runner.run("run")
    assert tried == list(TASKS)
    assert len(report.problems) == len(TASKS)
    assert report.exit_code is ExitCode.PROBLEM


@pytest.mark.parametrize("task", ALL_TASKS)
def test_task_when_it_raises_by_itself_then_it_is_told(
    runner: BotRunner, task: str
) -> None:
    def attempt(_job: object) -> Report:
        raise ZeroDivisionError

    job = runner.job(task)
    report = job.perform(Task(attempt, needs_sync=False))
    assert report.exit_code is ExitCode.PROBLEM
    assert "ZeroDivisionError" in report.problems[0]
    assert "no message" in report.problems[0]


def test_task_when_the_database_is_away_then_the_next_run_tries_again(
    runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.run("sync")
    error = OperationalError("SELECT", {"text": "secret"}, Exception("Lock wait"))
    tried = raising(error, monkeypatch, "calendar")
    report = runner.run("run")
    assert tried == list(TASKS)
    assert report.exit_code is ExitCode.TRY_LATER
    assert [row.text for row in report.troubles] == ["calendar: Lock wait"]


def test_run_when_the_bot_is_blocked_then_one_edit_is_tried_and_the_rest_is_read(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    bot_and_wiki.publish("Space/Events/Fete")
    bot_and_wiki.admin.block("SpaceBot", "Loops")
    asked: list[str] = []
    save = bot_and_wiki.bot.save

    def counted(edit: Edit) -> Outcome:
        asked.append(edit.title)
        return save(edit)

    bot_and_wiki.bot.save = counted  # type: ignore[method-assign]
    report = runner.run("run")
    assert len(asked) == 1
    assert report.exit_code is ExitCode.PROBLEM
    blocked = [page for page in report.pages if page.did is Did.BLOCKED]
    assert len(blocked) > 1
    assert all("no further edits were tried" in page.detail for page in blocked)
    assert set(endings(bot_and_wiki)) == {*TASKS, "run"}
    assert runner.commons.state.page(PAGE)  # type: ignore[union-attr]


def test_run_when_two_tasks_get_no_answer_then_the_wiki_is_left_alone(
    bot_and_wiki: BotAndWiki, runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner.run("sync")
    tried = raising(SILENT, monkeypatch, "calendar", "map_data", "reminders")
    runner.run("run")
    assert tried == ["sync", "blog_index", "calendar", "map_data"]
    assert endings(bot_and_wiki) == {
        "sync": RunResult.FINE,
        "blog_index": RunResult.FINE,
        "calendar": RunResult.LATER,
        "map_data": RunResult.LATER,
        "run": RunResult.LATER,
    }


def test_run_when_the_first_sync_gets_no_answer_then_nothing_else_is_tried(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.bot.fail_after = 3
    report = runner.run("run")
    assert report.problems == ()
    assert report.exit_code is ExitCode.TRY_LATER
    assert endings(bot_and_wiki) == {"sync": RunResult.LATER, "run": RunResult.LATER}


def test_run_when_a_page_was_changed_meanwhile_then_the_others_are_written(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("sync")
    bot_and_wiki.bot.answer_next(Conflict("x"))
    assert runner.run("run").exit_code is ExitCode.TRY_LATER
    assert FAIR in waiting(bot_and_wiki)


@pytest.mark.parametrize("task", TASKS)
def test_task_when_the_wiki_refuses_the_secret_meanwhile_then_it_is_told(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    monkeypatch: pytest.MonkeyPatch,
    task: str,
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise SignedOutError("mwoauth-invalid-authorization-not-approved: no")

    post = bot_and_wiki.ann.write("Space/Blog/News", "{{Space post|language=en}}")
    bot_and_wiki.approve("Space/Blog/News", post.revid)
    bot_and_wiki.event("Space/Events/Old", start="2026-12-01 10:00")
    runner.run("run")
    job = runner.job(task)
    for name in ("texts", "changes", "pages_by_title", "render"):
        monkeypatch.setattr(bot_and_wiki.bot, name, refused)
    report = job.perform(TASKS[task])
    assert report.exit_code is ExitCode.USAGE
    assert "not-approved" in report.troubles[0].text
    assert endings(bot_and_wiki)[task] is RunResult.PROBLEM


def test_texts_of_posts_when_the_wiki_gives_none_then_a_person_is_told(
    bot_and_wiki: BotAndWiki, runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise WikiUnavailableError("internal_api_error: too much")

    for number in range(PATIENCE + 1):
        title = f"Space/Blog/{number}"
        post = bot_and_wiki.ann.write(title, "{{Space post|language=en}}\nText.")
        bot_and_wiki.approve(title, post.revid)
    runner.run("sync")
    monkeypatch.setattr(bot_and_wiki.bot, "render", broken)
    report = runner.run("atom_feed")
    (problem,) = report.problems
    assert f"{PATIENCE} posts" in problem
    assert "too much" in problem
    assert endings(bot_and_wiki)["atom_feed"] is RunResult.PROBLEM
