"""The tasks together, on an in-memory wiki and a store of SQLite."""

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete

from bots import stop
from bots.report import Did, ExitCode
from bots.stop import stop_page
from bots.tasks.run import TASKS
from space.errors import WikiUnavailableError
from space.publication.filters import Filter
from space.store.heartbeat import RunResult, heartbeats
from space.store.tables.tables import fragments
from space.wiki.outcomes import ReadOnly
from space.wiki.values import Revision
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom

WALK, FAIR = "Space/Events/Walk", "Space/Events/Fair"
POST = "Space/Blog/News"
FOLDER = "User:SpaceBot/Space"
NOVEMBER = f"{FOLDER}/Events/2026-11.json"
WRITES = {"sync": "Ledger", "blog_index": "Posts", "calendar": "Events"}
AFTER_SYNC = [name for name in TASKS if name != "sync"]


@pytest.fixture
def walk(room: Newsroom) -> int:
    """An approved event with a place; its page id."""
    revid = room.event(WALK, coordinates="-36.8506, 174.7679", venue="The old pier")
    room.approve(WALK, revid)
    page = room.admin.state.page(WALK)
    assert page is not None
    return page.id


def data_page(room: Newsroom, name: str) -> Any:
    title = f"{FOLDER}/{name}.json"
    return json.loads(room.bot.texts([title])[title].text or "")


def everything(room: Newsroom) -> dict[str, str]:
    """Text of every page of the bot."""
    return {
        page.title: page.latest.text
        for page in room.admin.state.live()
        if page.title.startswith(FOLDER)
    }


def edits(room: Newsroom) -> int:
    return room.admin.state.next_revision


def test_run_when_pages_were_approved_then_every_data_page_has_them(
    room: Newsroom, desk: Desk, walk: int
) -> None:
    text = "{{Space post|title=News|language=en}}\nText."
    room.approve(POST, room.ann.write(POST, text).revid)
    report = desk.run("run")
    assert report.exit_code is ExitCode.FINE
    assert f"{WALK}: new → published" in report.remarks
    (event,) = data_page(room, "Events/2026-11")["events"]
    assert (event["id"], event["venue"]) == (walk, "The old pier")
    assert data_page(room, "Events")["parts"][0]["key"] == "2026-11"
    (place,) = data_page(room, "Map")["places"]
    assert place["events"][0]["id"] == walk
    assert data_page(room, "Posts/2026")["posts"][0]["title"] == "News"
    assert "calendar feed: 1 events, 1 time zones" in report.remarks
    with room.store.feeds.snapshot() as view:
        for form in ("ics", "geojson"):
            assert view.prebuilt_size(
                form, Filter("event"), room.admin.state.now.date()
            )


@pytest.mark.usefixtures("walk")
def test_run_when_nothing_changed_then_there_is_no_edit(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    before = edits(room)
    report = desk.run("run")
    assert edits(room) == before
    assert {page.did for page in report.pages} == {Did.UNCHANGED}


@pytest.mark.usefixtures("walk")
def test_run_when_the_store_was_lost_then_everything_comes_back_the_same(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    pages, rows = everything(room), room.dump()
    room.drop_store()
    before = edits(room)
    desk.run("run", full=True)
    assert edits(room) == before
    assert everything(room) == pages
    assert room.dump() == rows


@pytest.mark.usefixtures("walk")
def test_run_when_cancelled_then_emptied_then_both_are_shown_at_once(
    room: Newsroom, desk: Desk
) -> None:
    desk.settings = replace(desk.settings, write_interval=600)
    desk.run("run")
    room.event(
        WALK,
        status="cancelled",
        coordinates="-36.8506, 174.7679",
        venue="The old pier",
    )
    desk.run("run")
    (event,) = data_page(room, "Events/2026-11")["events"]
    assert (event["status"], event["venue"]) == ("cancelled", "The old pier")
    room.event(WALK, status="cancelled")
    desk.run("run")
    (event,) = data_page(room, "Events/2026-11")["events"]
    assert not {"venue", "lat", "lon"} & event.keys()
    (place,) = data_page(room, "Map")["places"]
    assert place["precision"] == "country"
    assert not {"label", "lat", "lon"} & place.keys()


@pytest.mark.usefixtures("walk")
def test_run_when_the_last_event_of_a_month_goes_then_its_page_is_emptied(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    room.admin.delete(WALK)
    desk.run("run")
    assert data_page(room, "Events/2026-11") == {"schema": 1, "events": []}
    assert data_page(room, "Events")["parts"] == []


@pytest.mark.usefixtures("walk")
def test_run_when_more_is_published_then_data_pages_wait_for_the_interval(
    room: Newsroom, desk: Desk
) -> None:
    desk.settings = replace(desk.settings, write_interval=600)
    desk.run("run")
    room.approve(FAIR, room.event(FAIR))
    report = desk.run("run")
    assert Did.WAITS in {page.did for page in report.pages if page.title == NOVEMBER}
    room.admin.advance(minutes=10)
    desk.run("run")
    assert len(data_page(room, "Events/2026-11")["events"]) == 2


@pytest.mark.usefixtures("walk")
def test_run_when_dry_then_nothing_is_written(room: Newsroom, desk: Desk) -> None:
    before = edits(room)
    report = desk.run("run", dry_run=True)
    assert edits(room) == before
    assert Did.WOULD_WRITE in {page.did for page in report.pages}


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("task", AFTER_SYNC)
def test_task_when_the_store_was_never_filled_then_it_asks_for_a_sync(
    room: Newsroom, desk: Desk, task: str
) -> None:
    before = edits(room)
    report = desk.run(task)
    assert report.exit_code is ExitCode.PROBLEM
    assert "run sync first" in report.problems[0]
    assert edits(room) == before


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("task", TASKS)
def test_run_when_a_task_has_a_stop_page_then_only_it_stops(
    room: Newsroom, desk: Desk, task: str
) -> None:
    desk.run("run")
    room.ann.write(stop_page("SpaceBot", task), "stop")
    room.event(WALK, status="cancelled", venue="The old pier")
    room.approve(POST, room.ann.write(POST, "{{Space post|language=en}}").revid)
    before = everything(room)
    report = desk.run("run")
    assert stop_page("SpaceBot", task) in report.stopped
    assert report.exit_code is ExitCode.FINE
    after = everything(room)
    changed = {page for page in after if before.get(page) != after[page]}
    written = {
        name
        for name, folder in WRITES.items()
        if any(page.startswith(f"{FOLDER}/{folder}") for page in changed)
    }
    assert written == (set() if task == "sync" else WRITES.keys() - {task})


@pytest.mark.usefixtures("walk")
def test_run_when_done_leaves_heartbeats_that_say_how_it_ended(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run", dry_run=True)
    assert heartbeats(room.store) == ()
    desk.run("run")
    room.ann.write(stop_page("SpaceBot", "calendar"), "stop")
    desk.run("calendar")
    room.event(WALK)
    room.bot.answer_next(ReadOnly("maintenance"))
    desk.run("sync")
    room.store.prepare("another build key", desk.job("run").now.date())
    endings = {beat.task: beat.ending for beat in heartbeats(room.store)}
    assert endings == dict.fromkeys((*TASKS, "run"), RunResult.FINE) | {
        "calendar": RunResult.STOPPED,
        "sync": RunResult.LATER,
    }


@pytest.mark.usefixtures("walk")
def test_run_when_its_own_page_says_stop_then_nothing_is_done(
    room: Newsroom, desk: Desk
) -> None:
    room.ann.write(stop_page("SpaceBot", "run"), "off")
    before = edits(room)
    assert desk.run("run").stopped
    assert edits(room) == before


def test_sync_when_stopped_between_edits_then_it_says_what_was_not_sent(
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop, "CALLS_BETWEEN_READS", 1)
    room.event(WALK)
    title = stop_page("SpaceBot", "sync")
    read = room.bot.texts

    def texts(titles: Collection[str]) -> dict[str, Revision]:
        """Somebody stops the task just after its first look."""
        revisions = read(titles)
        if title in titles and room.admin.state.page(title) is None:
            room.ann.write(title, "stop")
        return revisions

    monkeypatch.setattr(room.bot, "texts", texts)
    report = desk.run("sync")
    (page,) = report.pages
    assert page.did is Did.HALTED
    assert "takes no edits" not in page.detail
    assert title in report.stopped
    assert report.exit_code is ExitCode.FINE


@pytest.mark.usefixtures("walk")
def test_run_when_terminated_then_it_ends_and_the_next_run_makes_it_good(
    room: Newsroom, desk: Desk
) -> None:
    desk.terminated.set()
    report = desk.run("run")
    assert report.stopped == "terminated"
    desk.terminated.clear()
    desk.run("run")
    assert len(data_page(room, "Events/2026-11")["events"]) == 1


@pytest.mark.usefixtures("walk")
def test_run_when_it_dies_at_any_request_then_the_next_makes_it_good(
    room: Newsroom, desk: Desk
) -> None:
    room.approve(POST, room.ann.write(POST, "{{Space post|language=en}}").revid)
    for still in range(100):
        room.bot.fail_after = still
        with suppress(WikiUnavailableError):
            if desk.run("run").exit_code is ExitCode.FINE:
                break
    assert still > len(TASKS)
    room.bot.fail_after = None
    before = edits(room)
    desk.run("run", full=True)
    assert edits(room) == before
    assert len(data_page(room, "Events/2026-11")["events"]) == 1
    assert len(data_page(room, "Posts/2026")["posts"]) == 1


@pytest.mark.usefixtures("walk")
def test_run_when_the_wiki_is_read_only_then_nothing_else_is_tried(
    room: Newsroom, desk: Desk
) -> None:
    room.bot.answer_next(ReadOnly("maintenance"))
    report = desk.run("run")
    assert report.exit_code is ExitCode.TRY_LATER
    assert {page.did for page in report.pages} == {Did.LATER}


def test_sync_when_the_settings_page_has_a_problem_then_it_is_told(
    room: Newsroom, desk: Desk
) -> None:
    page = "{{Space settings|event policy=opne}}"
    desk.settings = desk.settings.of(page)
    report = desk.run("sync")
    assert report.exit_code is ExitCode.PROBLEM
    assert report.problems[0].startswith("Space/Settings: event_policy: ")
    assert "opne" in report.problems[0]
    del room


@pytest.mark.usefixtures("walk")
def test_ics_feed_when_a_part_is_missing_then_it_is_made_again(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    whole = room.dump()
    with room.engine.begin() as connection:
        connection.execute(delete(fragments))
    report = desk.run("ics_feed")
    assert report.remarks[0] == "rendered: 1"
    assert room.dump() == whole


@pytest.mark.usefixtures("walk")
def test_ics_feed_when_full_then_every_part_is_made_again(
    room: Newsroom, desk: Desk
) -> None:
    desk.run("run")
    whole = room.dump()
    assert desk.run("ics_feed", full=True).remarks[0] == "rendered: 1"
    assert room.dump() == whole
