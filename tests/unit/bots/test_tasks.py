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
from space.review.ledger import BLOCK, block_of
from space.store.heartbeat import RunResult, heartbeats
from space.store.tables.tables import fragments
from space.wiki.outcomes import ReadOnly
from space.wiki.values import Revision
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK, FAIR = "Space/Events/Walk", "Space/Events/Fair"
POST = "Space/Blog/News"
FOLDER = "User:SpaceBot/Space"
NOVEMBER = f"{FOLDER}/Events/2026-11.json"
WRITES = {"sync": "Ledger", "blog_index": "Posts", "calendar": "Events"}
AFTER_SYNC = [name for name, task in TASKS.items() if task.needs_sync]


@pytest.fixture
def walk(bot_and_wiki: BotAndWiki) -> int:
    """An approved event with a place; its page id."""
    revid = bot_and_wiki.event(
        WALK, coordinates="-36.8506, 174.7679", venue="The old pier"
    )
    bot_and_wiki.approve(WALK, revid)
    page = bot_and_wiki.admin.state.page(WALK)
    assert page is not None
    return page.id


def data_page(bot_and_wiki: BotAndWiki, name: str) -> Any:
    title = f"{FOLDER}/{name}.json"
    return json.loads(bot_and_wiki.bot.texts([title])[title].text or "")


def everything(bot_and_wiki: BotAndWiki) -> dict[str, str]:
    """Text of every page of the bot."""
    return {
        page.title: page.latest.text
        for page in bot_and_wiki.admin.state.live()
        if page.title.startswith(FOLDER)
    }


def edits(bot_and_wiki: BotAndWiki) -> int:
    return bot_and_wiki.admin.state.next_revision


def test_run_when_pages_were_approved_then_every_data_page_has_them(
    bot_and_wiki: BotAndWiki, runner: BotRunner, walk: int
) -> None:
    text = "{{Space post|title=News|language=en}}\nText."
    bot_and_wiki.approve(POST, bot_and_wiki.ann.write(POST, text).revid)
    report = runner.run("run")
    assert report.exit_code is ExitCode.FINE
    assert f"{WALK}: new → published" in report.remarks
    (event,) = data_page(bot_and_wiki, "Events/2026-11")["events"]
    assert (event["id"], event["venue"]) == (walk, "The old pier")
    assert data_page(bot_and_wiki, "Events")["parts"][0]["key"] == "2026-11"
    (place,) = data_page(bot_and_wiki, "Map")["places"]
    assert place["events"][0]["id"] == walk
    assert data_page(bot_and_wiki, "Posts/2026")["posts"][0]["title"] == "News"
    assert "calendar feed: 1 events, 1 time zones" in report.remarks
    with bot_and_wiki.store.feeds.snapshot() as view:
        today = bot_and_wiki.admin.state.now.date()
        assert view.prebuilt_size("geojson", Filter("event"), today)


@pytest.mark.usefixtures("walk")
def test_run_when_nothing_changed_then_there_is_no_edit(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    before = edits(bot_and_wiki)
    report = runner.run("run")
    assert edits(bot_and_wiki) == before
    assert {page.did for page in report.pages} == {Did.UNCHANGED}


@pytest.mark.usefixtures("walk")
def test_run_when_the_store_was_lost_then_everything_comes_back_the_same(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    pages, rows = everything(bot_and_wiki), bot_and_wiki.dump()
    bot_and_wiki.drop_store()
    before = edits(bot_and_wiki)
    runner.run("run", full=True)
    assert edits(bot_and_wiki) == before
    assert everything(bot_and_wiki) == pages
    assert bot_and_wiki.dump() == rows


@pytest.mark.usefixtures("walk")
def test_run_when_cancelled_then_emptied_then_both_are_shown_at_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.settings = replace(runner.settings, write_interval=600)
    runner.run("run")
    bot_and_wiki.event(
        WALK,
        status="cancelled",
        coordinates="-36.8506, 174.7679",
        venue="The old pier",
    )
    runner.run("run")
    (event,) = data_page(bot_and_wiki, "Events/2026-11")["events"]
    assert (event["status"], event["venue"]) == ("cancelled", "The old pier")
    bot_and_wiki.event(WALK, status="cancelled")
    runner.run("run")
    (event,) = data_page(bot_and_wiki, "Events/2026-11")["events"]
    assert not {"venue", "lat", "lon"} & event.keys()
    (place,) = data_page(bot_and_wiki, "Map")["places"]
    assert place["precision"] == "country"
    assert not {"label", "lat", "lon"} & place.keys()


@pytest.mark.usefixtures("walk")
def test_run_when_the_last_event_of_a_month_goes_then_its_page_is_emptied(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    bot_and_wiki.admin.delete(WALK)
    runner.run("run")
    assert data_page(bot_and_wiki, "Events/2026-11") == {"schema": 1, "events": []}
    assert data_page(bot_and_wiki, "Events")["parts"] == []


@pytest.mark.usefixtures("walk")
def test_run_when_more_is_published_then_data_pages_wait_for_the_interval(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.settings = replace(runner.settings, write_interval=600)
    runner.run("run")
    bot_and_wiki.approve(FAIR, bot_and_wiki.event(FAIR))
    report = runner.run("run")
    assert Did.WAITS in {page.did for page in report.pages if page.title == NOVEMBER}
    bot_and_wiki.admin.advance(minutes=10)
    runner.run("run")
    assert len(data_page(bot_and_wiki, "Events/2026-11")["events"]) == 2


@pytest.mark.usefixtures("walk")
def test_run_when_dry_then_nothing_is_written(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    before = edits(bot_and_wiki)
    report = runner.run("run", dry_run=True)
    assert edits(bot_and_wiki) == before
    assert Did.WOULD_WRITE in {page.did for page in report.pages}


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("task", AFTER_SYNC)
def test_task_when_the_store_was_never_filled_then_it_asks_for_a_sync(
    bot_and_wiki: BotAndWiki, runner: BotRunner, task: str
) -> None:
    before = edits(bot_and_wiki)
    report = runner.run(task)
    assert report.exit_code is ExitCode.PROBLEM
    assert "run sync first" in report.problems[0]
    assert edits(bot_and_wiki) == before


@pytest.mark.usefixtures("walk")
@pytest.mark.parametrize("task", TASKS)
def test_run_when_a_task_has_a_stop_page_then_only_it_stops(
    bot_and_wiki: BotAndWiki, runner: BotRunner, task: str
) -> None:
    runner.run("run")
    bot_and_wiki.ann.write(stop_page("SpaceBot", task), "stop")
    bot_and_wiki.event(WALK, status="cancelled", venue="The old pier")
    bot_and_wiki.approve(
        POST, bot_and_wiki.ann.write(POST, "{{Space post|language=en}}").revid
    )
    before = everything(bot_and_wiki)
    report = runner.run("run")
    assert stop_page("SpaceBot", task) in report.stopped
    assert report.exit_code is ExitCode.FINE
    after = everything(bot_and_wiki)
    changed = {page for page in after if before.get(page) != after[page]}
    written = {
        name
        for name, folder in WRITES.items()
        if any(page.startswith(f"{FOLDER}/{folder}") for page in changed)
    }
    assert written == (set() if task == "sync" else WRITES.keys() - {task})


@pytest.mark.usefixtures("walk")
def test_run_when_done_leaves_heartbeats_that_say_how_it_ended(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run", dry_run=True)
    assert heartbeats(bot_and_wiki.store) == ()
    runner.run("run")
    bot_and_wiki.ann.write(stop_page("SpaceBot", "calendar"), "stop")
    runner.run("calendar")
    bot_and_wiki.event(WALK)
    bot_and_wiki.bot.answer_next(ReadOnly("maintenance"))
    runner.run("sync")
    bot_and_wiki.store.prepare("another build key", runner.job("run").now.date())
    endings = {beat.task: beat.ending for beat in heartbeats(bot_and_wiki.store)}
    assert endings == dict.fromkeys((*TASKS, "run"), RunResult.FINE) | {
        "calendar": RunResult.STOPPED,
        "sync": RunResult.LATER,
    }


@pytest.mark.usefixtures("walk")
def test_run_when_its_own_page_says_stop_then_nothing_is_done(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.ann.write(stop_page("SpaceBot", "run"), "off")
    before = edits(bot_and_wiki)
    assert runner.run("run").stopped
    assert edits(bot_and_wiki) == before


def test_sync_when_stopped_between_edits_then_it_says_what_was_not_sent(
    bot_and_wiki: BotAndWiki, runner: BotRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stop, "CALLS_BETWEEN_READS", 1)
    bot_and_wiki.event(WALK)
    title = stop_page("SpaceBot", "sync")
    read = bot_and_wiki.bot.texts

    def texts(titles: Collection[str]) -> dict[str, Revision]:
        """Somebody stops the task just after its first look."""
        revisions = read(titles)
        if title in titles and bot_and_wiki.admin.state.page(title) is None:
            bot_and_wiki.ann.write(title, "stop")
        return revisions

    monkeypatch.setattr(bot_and_wiki.bot, "texts", texts)
    report = runner.run("sync")
    (page,) = report.pages
    assert page.did is Did.HALTED
    assert "is read-only at the moment" not in page.detail
    assert title in report.stopped
    assert report.exit_code is ExitCode.FINE


@pytest.mark.usefixtures("walk")
def test_run_when_terminated_then_it_ends_and_the_next_run_makes_it_good(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.terminated.set()
    report = runner.run("run")
    assert report.stopped == "terminated"
    runner.terminated.clear()
    runner.run("run")
    assert len(data_page(bot_and_wiki, "Events/2026-11")["events"]) == 1


@pytest.mark.usefixtures("walk")
def test_run_when_it_dies_at_any_request_then_the_next_makes_it_good(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.approve(
        POST, bot_and_wiki.ann.write(POST, "{{Space post|language=en}}").revid
    )
    for still in range(100):
        bot_and_wiki.bot.fail_after = still
        with suppress(WikiUnavailableError):
            if runner.run("run").exit_code is ExitCode.FINE:
                break
    assert still > len(TASKS)
    bot_and_wiki.bot.fail_after = None
    before = edits(bot_and_wiki)
    runner.run("run", full=True)
    assert edits(bot_and_wiki) == before
    assert len(data_page(bot_and_wiki, "Events/2026-11")["events"]) == 1
    assert len(data_page(bot_and_wiki, "Posts/2026")["posts"]) == 1


@pytest.mark.usefixtures("walk")
def test_run_when_the_wiki_is_read_only_then_nothing_else_is_tried(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.bot.answer_next(ReadOnly("maintenance"))
    report = runner.run("run")
    assert report.exit_code is ExitCode.TRY_LATER
    assert {page.did for page in report.pages} == {Did.LATER}


def test_sync_when_the_settings_page_has_a_problem_then_it_is_told(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    page = "{{Space settings|event policy=opne}}"
    runner.settings = runner.settings.of(page)
    report = runner.run("sync")
    assert report.exit_code is ExitCode.PROBLEM
    assert report.problems[0].startswith("Space/Settings, line 1: event policy: ")
    assert "opne" in report.problems[0]
    del bot_and_wiki


@pytest.mark.usefixtures("walk")
def test_ics_feed_when_a_part_is_missing_then_it_is_made_again(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    whole = bot_and_wiki.dump()
    with bot_and_wiki.engine.begin() as connection:
        connection.execute(delete(fragments))
    report = runner.run("ics_feed")
    assert report.remarks[0] == "rendered: 1"
    assert bot_and_wiki.dump() == whole


@pytest.mark.usefixtures("walk")
def test_ics_feed_when_full_then_every_part_is_made_again(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.run("run")
    whole = bot_and_wiki.dump()
    assert runner.run("ics_feed", full=True).remarks[0] == "rendered: 1"
    assert bot_and_wiki.dump() == whole


def test_run_when_something_was_taken_back_then_its_data_pages_are_written_first(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.publish(WALK)
    runner.run("run")
    bot_and_wiki.admin.delete(WALK)
    state = bot_and_wiki.admin.state
    state.next_page = (block_of(state.next_page) + 1) * BLOCK
    for month in range(1, 4):
        title = f"{FAIR} {month}"
        revid = bot_and_wiki.event(title, start=f"2027-0{month}-05 10:00")
        bot_and_wiki.approve(title, revid)
    before = edits(bot_and_wiki)
    runner.run("run")
    rows = sorted(
        (revision.id, page.title.removeprefix(f"{FOLDER}/"))
        for page in state.live()
        for revision in page.revisions
        if page.title.startswith(FOLDER)
    )
    written = [title for number, title in rows if number >= before]
    assert written[:2] == ["Events/2026-11.json", "Map.json"]
    assert written[2:4] == ["Ledger/0.json", "Ledger/1.json"]
    assert {f"Events/2027-0{month}.json" for month in range(1, 4)} <= {*written[4:]}
