"""Every task under a stop page and in a dry run: neither can be forgotten."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from bots.report import Did, Report
from bots.stop import stop_page
from bots.tasks import TASKS
from space.store.heartbeat import RunResult, heartbeats
from space.sync.talk_pages import update_talk
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Dump, Newsroom

WALK, FAIR, POST = "Space/Events/Walk", "Space/Events/Fair", "Space/Blog/News"
REVIEWERS = "Space/Reviewers"
MAP = "Data:Events.map"
EDITING = sorted(TASKS.keys() - {"ics_feed", "atom_feed", "find_words"})


@pytest.fixture
def desk(room: Newsroom, desk: Desk) -> Desk:
    """A bot for each of whose tasks there is something to do."""
    desk.settings = replace(desk.settings, map_page=MAP, event_policy="review")
    desk.commons = MemoryWiki("SpaceBot")
    room.approve(WALK, room.event(WALK, coordinates="-36.8506, 174.7679"))
    room.event(FAIR, languages="en")
    room.approve(POST, room.ann.write(POST, "{{Space post|language=en}}\nText.").revid)
    room.ann.write(f"Talk:{WALK}", "== Rain? ==\nWhat then? ~~~~")
    room.ann.write(REVIEWERS, "{{Space reviewer|Pavati|en}}")
    room.sync()
    room.admin.advance(hours=49)
    desk.run("sync")
    update_talk(room.bot, room.store, root="Space", now=room.admin.state.now)
    room.event("Space/Events/Late")
    return desk


def wikis(desk: Desk) -> Iterator[MemoryWiki]:
    yield desk.room.admin
    assert isinstance(desk.commons, MemoryWiki)
    yield desk.commons


def texts(desk: Desk) -> Mapping[str, str]:
    """Title → text of every page of both wikis."""
    return {
        page.title: page.latest.text
        for wiki in wikis(desk)
        for page in wiki.state.live()
    }


def changes(desk: Desk, before: Mapping[str, str]) -> set[str]:
    after = texts(desk)
    return {title for title in after if before.get(title) != after[title]}


def dids(report: Report, did: Did) -> set[str]:
    return {page.title for page in report.pages if page.did is did}


def state(desk: Desk) -> tuple[Mapping[str, str], Dump]:
    return texts(desk), desk.room.dump()


@pytest.mark.parametrize("task", TASKS)
def test_task_when_its_stop_page_is_there_then_it_changes_nothing_and_says_so(
    room: Newsroom, desk: Desk, task: str
) -> None:
    room.ann.write(stop_page("SpaceBot", task), "stop")
    before = state(desk)
    report = desk.run(task)
    assert state(desk) == before
    assert f"stopped: {stop_page('SpaceBot', task)} does not say “on”" in report.lines()
    endings = {beat.task: beat.ending for beat in heartbeats(room.store)}
    assert endings[task] is RunResult.STOPPED


@pytest.mark.parametrize("task", TASKS)
def test_task_when_dry_then_it_changes_nothing(desk: Desk, task: str) -> None:
    before = state(desk), heartbeats(desk.room.store)
    report = desk.run(task, dry_run=True)
    assert (state(desk), heartbeats(desk.room.store)) == before
    assert dids(report, Did.WRITTEN) == set()


@pytest.mark.parametrize("task", [task for task in EDITING if task != "run"])
def test_task_when_dry_then_it_names_the_pages_that_it_would_save(
    desk: Desk, task: str
) -> None:
    planned = desk.run(task, dry_run=True)
    before = texts(desk)
    saved = desk.run(task)
    titles = dids(planned, Did.WOULD_WRITE)
    assert titles == dids(saved, Did.WRITTEN) == changes(desk, before) != set()
    assert {f"would write: {title}" for title in titles} <= set(planned.lines())


@pytest.mark.parametrize(
    ("task", "line"),
    [
        ("ics_feed", "to be rendered: 0"),
        ("atom_feed", "texts of posts to be rendered: 1"),
    ],
)
def test_task_when_dry_then_it_tells_what_it_would_render(
    desk: Desk, task: str, line: str
) -> None:
    assert line in desk.run(task, dry_run=True).lines()


@pytest.mark.parametrize("task", [task for task in EDITING if task != "run"])
def test_task_when_stopped_after_its_start_then_it_sends_no_edit(
    desk: Desk, task: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bots.stop.CALLS_BETWEEN_READS", 1)
    job, before = desk.job(task), texts(desk)
    function = TASKS[task].run

    def stop_first(given: object) -> Report:
        del given
        desk.room.ann.write(stop_page("SpaceBot", task), "stop")
        return function(job)

    report = job.perform(replace(TASKS[task], run=stop_first))
    assert changes(desk, before) == {stop_page("SpaceBot", task).replace("_", " ")}
    assert stop_page("SpaceBot", task) in report.stopped
