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
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom

WALK, FAIR = "Space/Events/Walk", "Space/Events/Fair"
COMMONS = "commons.wikimedia.org"
PAGE = "Data:Events.map"
AFTER_THE_MAP = ("atom_feed", "talk_index", "review_queue", "reminders")


@pytest.fixture
def desk(room: Newsroom, desk: Desk) -> Desk:
    """A bot that keeps a page on Commons, with an event published and one waiting."""
    revid = room.event(WALK, coordinates="-36.8506, 174.7679")
    room.approve(WALK, revid)
    room.event(FAIR)
    desk.commons = MemoryWiki("SpaceBot")
    desk.settings = replace(desk.settings, map_page=PAGE, event_policy="review")
    return desk


def waiting(room: Newsroom) -> str:
    """What the wiki shows of the review queue."""
    title = "User:SpaceBot/Space/Queue.json"
    return room.bot.texts([title])[title].text or ""


def endings(room: Newsroom) -> dict[str, RunResult]:
    return {row.task: row.ending for row in heartbeats(room.store)}


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
    room: Newsroom,
    desk: Desk,
    commons: Callable[[], MemoryWiki | WikiUnavailableError],
    code: ExitCode,
) -> None:
    desk.commons = commons()
    report = desk.run("run")
    assert report.exit_code is code
    assert FAIR in waiting(room)
    ended = endings(room)
    assert set(ended) == {*TASKS, "run"}
    told = RunResult.LATER if code is ExitCode.TRY_LATER else RunResult.PROBLEM
    assert {task for task, ending in ended.items() if ending is not RunResult.FINE} == {
        "map_data",
        "run",
    }
    assert ended["map_data"] is ended["run"] is told


def test_run_when_commons_is_back_then_the_page_is_written(
    room: Newsroom, desk: Desk
) -> None:
    desk.commons = WikiUnavailableError("no answer")
    desk.run("run")
    desk.commons = MemoryWiki("SpaceBot")
    assert desk.run("run").exit_code is ExitCode.FINE
    assert desk.commons.state.page(PAGE)
    assert endings(room)["map_data"] is RunResult.FINE


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
    desk: Desk, error: WikiUnavailableError, line: str
) -> None:
    desk.commons = error
    assert line in list(desk.run("run").lines())


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
    desk: Desk, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    desk.run("sync")
    tried = raising(SILENT, monkeypatch, task)
    report = desk.run("run")
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
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    desk.run("sync")
    for task in TASKS:
        with monkeypatch.context() as patch:
            tried = raising(error, patch, task)
            report = desk.run("run")
        assert tried == list(TASKS)
        assert report.exit_code is ExitCode.PROBLEM
        (problem,) = report.problems
        assert f"The task {task} failed" in problem
        assert type(error).__name__ in problem
        assert " at bots/job.py, line " in problem
        assert "\n" not in problem
        ended = endings(room)
        failed = {name for name in ended if ended[name] is RunResult.PROBLEM}
        assert failed == {task, "run"}


def test_run_when_all_tasks_raise_then_all_are_tried_and_named(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("sync")
    tried = raising(RecursionError(), monkeypatch, *TASKS)
    report = desk.run("run")
    assert tried == list(TASKS)
    assert len(report.problems) == len(TASKS)
    assert report.exit_code is ExitCode.PROBLEM


@pytest.mark.parametrize("task", ALL_TASKS)
def test_task_when_it_raises_by_itself_then_it_is_told(desk: Desk, task: str) -> None:
    def attempt(_job: object) -> Report:
        raise ZeroDivisionError

    job = desk.job(task)
    report = job.perform(Task(attempt, needs_sync=False))
    assert report.exit_code is ExitCode.PROBLEM
    assert "ZeroDivisionError" in report.problems[0]
    assert "no message" in report.problems[0]


def test_task_when_the_database_is_away_then_the_next_run_tries_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("sync")
    error = OperationalError("SELECT", {"text": "secret"}, Exception("Lock wait"))
    tried = raising(error, monkeypatch, "calendar")
    report = desk.run("run")
    assert tried == list(TASKS)
    assert report.exit_code is ExitCode.TRY_LATER
    assert [row.text for row in report.troubles] == ["calendar: Lock wait"]


def test_run_when_the_bot_is_blocked_then_one_edit_is_tried_and_the_rest_is_read(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    room.publish("Space/Events/Fete")
    room.admin.block("SpaceBot", "Loops")
    asked: list[str] = []
    save = room.bot.save

    def counted(edit: Edit) -> Outcome:
        asked.append(edit.title)
        return save(edit)

    room.bot.save = counted  # type: ignore[method-assign]
    report = desk.run("run")
    assert len(asked) == 1
    assert report.exit_code is ExitCode.PROBLEM
    blocked = [page for page in report.pages if page.did is Did.BLOCKED]
    assert len(blocked) > 1
    assert all("no other edit was tried" in page.detail for page in blocked)
    assert set(endings(room)) == {*TASKS, "run"}
    assert desk.commons.state.page(PAGE)  # type: ignore[union-attr]


def test_run_when_two_tasks_get_no_answer_then_the_wiki_is_left_alone(
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.run("sync")
    tried = raising(SILENT, monkeypatch, "calendar", "ics_feed", "reminders")
    desk.run("run")
    assert tried == ["sync", "blog_index", "calendar", "ics_feed"]
    assert endings(room) == {
        "sync": RunResult.FINE,
        "blog_index": RunResult.FINE,
        "calendar": RunResult.LATER,
        "ics_feed": RunResult.LATER,
        "run": RunResult.LATER,
    }


def test_run_when_the_first_sync_gets_no_answer_then_nothing_else_is_tried(
    room: Newsroom, desk: Desk
) -> None:
    room.bot.fail_after = 3
    report = desk.run("run")
    assert report.problems == ()
    assert report.exit_code is ExitCode.TRY_LATER
    assert endings(room) == {"sync": RunResult.LATER, "run": RunResult.LATER}


def test_run_when_a_page_was_changed_meanwhile_then_the_others_are_written(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("sync")
    room.bot.answer_next(Conflict("x"))
    assert desk.run("run").exit_code is ExitCode.TRY_LATER
    assert FAIR in waiting(room)


@pytest.mark.parametrize("task", TASKS)
def test_task_when_the_wiki_refuses_the_secret_meanwhile_then_it_is_told(
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise SignedOutError("mwoauth-invalid-authorization-not-approved: no")

    post = room.ann.write("Space/Blog/News", "{{Space post|language=en}}")
    room.approve("Space/Blog/News", post.revid)
    room.event("Space/Events/Old", start="2026-12-01 10:00")
    desk.run("run")
    job = desk.job(task)
    for name in ("texts", "changes", "pages_by_title", "render"):
        monkeypatch.setattr(room.bot, name, refused)
    report = job.perform(TASKS[task])
    assert report.exit_code is ExitCode.USAGE
    assert "not-approved" in report.troubles[0].text
    assert endings(room)[task] is RunResult.PROBLEM


def test_texts_of_posts_when_the_wiki_gives_none_then_a_person_is_told(
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise WikiUnavailableError("internal_api_error: too much")

    for number in range(PATIENCE + 1):
        title = f"Space/Blog/{number}"
        post = room.ann.write(title, "{{Space post|language=en}}\nText.")
        room.approve(title, post.revid)
    desk.run("sync")
    monkeypatch.setattr(room.bot, "render", broken)
    report = desk.run("atom_feed")
    (problem,) = report.problems
    assert f"{PATIENCE} posts" in problem
    assert "too much" in problem
    assert endings(room)["atom_feed"] is RunResult.PROBLEM
