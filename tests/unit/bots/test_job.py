"""Every task under a stop page and in a dry run: neither can be forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from bots.job import Job, Task
from bots.report import Did, Report
from bots.stop import stop_page
from bots.tasks import TASKS
from sandbox.gateway.registrations import registration
from space.dates.moments import utc_day
from space.store.heartbeat import RunResult, heartbeats, starts
from space.sync.talk_pages import update_talk
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki, Dump, Past
from tests.support.wiki.pageviews import CountedViews
from tests.support.wiki.registrations import RegisteringWiki

WALK, FAIR, POST = "Space/Events/Walk", "Space/Events/Fair", "Space/Blog/News"
EARLIER = "Space/Blog/Earlier"
REVIEWERS, FOLLOWERS = "Space/Reviewers", "Space/Followers"
MAP = "Data:Events.map"
TABLES = "Data:Wikimedia events"
ENDING = sorted(TASKS.keys() - {"watch"})  # which is never dry
EDITING = sorted(set(ENDING) - {"ics_feed", "atom_feed", "find_words", "alerts"})


@pytest.fixture(scope="module")
def past() -> Past:
    """A wiki in which there is something to do for each task, after nine days."""
    place = BotAndWiki()
    runner = _runner(place)
    _publish_before(place, days=9)
    place.approve(WALK, place.event(WALK, coordinates="-36.8506, 174.7679"))
    place.event(FAIR, languages="en")
    text = "{{Space post|language=en}}\nText."
    place.approve(POST, place.ann.write(POST, text).revid)
    place.ann.write(f"Talk:{WALK}", "== Rain? ==\nWhat then? ~~~~")
    place.ann.write("Space/Blog/Old", "[[Category:Space posts in English]]")
    place.ann.write(REVIEWERS, "{{Space reviewer|Pavati|en}}")
    place.pavati.write(FOLLOWERS, "{{Space follower|Pavati|remind=7}}")
    place.sync()
    place.admin.advance(hours=49)
    runner.run("sync")
    update_talk(place.bot, place.store, root="Space", now=place.admin.state.now)
    place.event("Space/Events/Late")
    past = place.past()
    place.engine.dispose()
    return past


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki, past: Past) -> BotRunner:
    """A bot for each of whose tasks there is something to do."""
    bot_and_wiki.follow(past)
    return _runner(bot_and_wiki)


def _runner(place: BotAndWiki) -> BotRunner:
    """A bot with every task, and all that they ask beside the wiki."""
    runner = BotRunner(place)
    runner.settings = replace(
        runner.settings,
        map_page=MAP,
        data_pages=TABLES,
        event_policy="review",
        digest_languages=("en",),
        followers_page=FOLLOWERS,
        registry="marked",
    )
    runner.ask_source = RegisteringWiki({1: registration(1)}).ask
    runner.commons = MemoryWiki("SpaceBot")
    runner.config = replace(runner.config, pageviews_url="https://views.test")
    runner.ask_views = CountedViews(lambda: utc_day(place.admin.state.now)).ask
    return runner


def _publish_before(place: BotAndWiki, days: int) -> None:
    """A post that was published so many days ago."""
    place.admin.advance(days=-days)
    text = "{{Space post|language=en}}\nText."
    place.approve(EARLIER, place.ann.write(EARLIER, text).revid)
    place.sync()
    place.admin.advance(days=days)


def wikis(runner: BotRunner) -> Iterator[MemoryWiki]:
    yield runner.bot_and_wiki.admin
    assert isinstance(runner.commons, MemoryWiki)
    yield runner.commons


def texts(runner: BotRunner) -> Mapping[str, str]:
    """Title → text of every page of both wikis."""
    return {
        page.title: page.latest.text
        for wiki in wikis(runner)
        for page in wiki.state.live()
    }


def changes(runner: BotRunner, before: Mapping[str, str]) -> set[str]:
    after = texts(runner)
    return {title for title in after if before.get(title) != after[title]}


def dids(report: Report, did: Did) -> set[str]:
    return {page.title for page in report.pages if page.did is did}


def state(runner: BotRunner) -> tuple[Mapping[str, str], Dump]:
    return texts(runner), runner.bot_and_wiki.dump()


@pytest.mark.parametrize("task", TASKS)
def test_task_when_its_stop_page_is_there_then_it_changes_nothing_and_says_so(
    bot_and_wiki: BotAndWiki, runner: BotRunner, task: str
) -> None:
    bot_and_wiki.ann.write(stop_page("SpaceBot", task), "stop")
    before = state(runner)
    report = runner.run(task)
    assert state(runner) == before
    assert f"stopped: {stop_page('SpaceBot', task)} does not say “on”" in report.lines()
    endings = {beat.task: beat.ending for beat in heartbeats(bot_and_wiki.store)}
    assert endings[task] is RunResult.STOPPED


def test_task_when_it_is_killed_then_its_start_was_told(runner: BotRunner) -> None:
    def killed(_: Job) -> Report:
        raise SystemExit

    job = runner.job("run")
    with pytest.raises(SystemExit):
        job.perform(Task(killed))
    assert starts(job.store)["run"] == job.now
    assert "run" not in {beat.task for beat in heartbeats(job.store)}


@pytest.mark.parametrize("task", ENDING)
def test_task_when_dry_then_it_changes_nothing(runner: BotRunner, task: str) -> None:
    before = state(runner), heartbeats(runner.bot_and_wiki.store)
    report = runner.run(task, dry_run=True)
    assert (state(runner), heartbeats(runner.bot_and_wiki.store)) == before
    assert dids(report, Did.WRITTEN) == set()


@pytest.mark.parametrize("task", [task for task in EDITING if task != "run"])
def test_task_when_dry_then_it_names_the_pages_that_it_would_save(
    runner: BotRunner, task: str
) -> None:
    planned = runner.run(task, dry_run=True)
    before = texts(runner)
    saved = runner.run(task)
    titles = dids(planned, Did.WOULD_WRITE)
    assert titles == dids(saved, Did.WRITTEN) == changes(runner, before) != set()
    assert {f"would write: {title}" for title in titles} <= set(planned.lines())


@pytest.mark.parametrize("task", EDITING)
def test_task_when_it_writes_pages_then_log_and_report_name_each_once(
    runner: BotRunner, task: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "bots")
    report = runner.run(task)
    told = "\n".join((*caplog.messages, *report.lines())).splitlines()
    for title in dids(report, Did.WRITTEN):
        assert told.count(f"written: {title}") == 1


@pytest.mark.parametrize(
    ("task", "line"),
    [
        ("ics_feed", "to be rendered: 0"),
        ("atom_feed", "texts of posts to be rendered: 2"),
    ],
)
def test_task_when_dry_then_it_tells_what_it_would_render(
    runner: BotRunner, task: str, line: str
) -> None:
    assert line in runner.run(task, dry_run=True).lines()


@pytest.mark.parametrize("task", [task for task in EDITING if task != "run"])
def test_task_when_stopped_after_its_start_then_it_sends_no_edit(
    runner: BotRunner, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.stop.CALLS_BETWEEN_READS", 1)
    job, before = runner.job(task), texts(runner)
    function = TASKS[task].run

    def stop_first(given: object) -> Report:
        del given
        runner.bot_and_wiki.ann.write(stop_page("SpaceBot", task), "stop")
        return function(job)

    report = job.perform(replace(TASKS[task], run=stop_first))
    assert changes(runner, before) == {stop_page("SpaceBot", task).replace("_", " ")}
    assert stop_page("SpaceBot", task) in report.stopped
