"""Tables on Commons, written by the bot to a wiki in memory: when, and when not."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from bots.report import Did, ExitCode
from space.data_pages.tabular import faults, rows_of
from space.errors import WikiUnavailableError
from space.store.keys import REDACTED
from space.wiki.outcomes import Conflict
from space.wiki.values import RequestCount
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.notified import DyingWiki, Killed
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

BASE = "Data:Wikimedia events"
NOVEMBER = f"{BASE}/Events/2026-11.tab"
WALK = "Space/Events/Walk"


@pytest.fixture
def runner(bot_and_wiki: BotAndWiki, runner: BotRunner) -> BotRunner:
    bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK, venue="Library"))
    runner.commons = MemoryWiki("SpaceBot", state=bot_and_wiki.admin.state)
    runner.settings = replace(runner.settings, data_pages=BASE, event_policy="review")
    runner.run("sync")
    return runner


def commons(runner: BotRunner) -> MemoryWiki:
    assert isinstance(runner.commons, MemoryWiki)
    return runner.commons


def value(runner: BotRunner, title: str = NOVEMBER) -> Any:
    page = commons(runner).state.page(title)
    assert page is not None, title
    return json.loads(page.latest.text)


def rows(runner: BotRunner, title: str = NOVEMBER) -> list[Mapping[str, Any]]:
    return list(rows_of(value(runner, title)))


def table_of(start: str) -> str:
    """The table of the month in which an event begins."""
    return f"{BASE}/Events/{start[:7]}.tab"


def run(runner: BotRunner, **options: Any) -> Mapping[str, Did]:
    """What a run does with each table; counts requests to Commons anew."""
    commons(runner).requests = RequestCount()
    report = runner.run("commons_data", **options)
    assert report.exit_code is ExitCode.FINE, list(report.lines())
    return {page.title: page.did for page in report.pages}


def test_tables_when_first_written_are_what_commons_takes(runner: BotRunner) -> None:
    dids = run(runner)
    assert set(dids.values()) == {Did.WRITTEN}
    assert list(dids)[-1] == f"{BASE}/Contents.tab"
    assert {title: faults(title, value(runner, title)) for title in dids} == (
        dict.fromkeys(dids, ())
    )
    (row,) = rows(runner)
    assert (row["page"], row["venue"]) == (WALK, "Library")


@pytest.mark.parametrize("after", [False, True])
def test_tables_when_killed_at_any_request_are_right_after_the_next_run(
    runner: BotRunner, bot_and_wiki: BotAndWiki, *, after: bool
) -> None:
    run(runner)
    own = commons(runner)
    for requests in count():
        title = f"Space/Events/Walk {requests}"
        start = f"{2027 + requests}-01-10 10:00"
        bot_and_wiki.admin.advance(hours=2)
        bot_and_wiki.approve(title, bot_and_wiki.event(title, start=start))
        runner.run("sync")
        dying: Any = DyingWiki(own, requests, after=after)
        runner.commons = dying
        with suppress(Killed):
            runner.run("commons_data")
            break
        runner.commons = own
        assert set(run(runner).values()) <= {Did.WRITTEN, Did.UNCHANGED}
        assert any(row["page"] == title for row in rows(runner, table_of(start)))
    assert requests > 1


def test_tables_when_nothing_is_new_ask_nothing_and_after_midnight_little(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    run(runner)
    assert set(run(runner).values()) == {Did.UNCHANGED}
    assert commons(runner).requests.total == 0
    bot_and_wiki.admin.advance(days=1)
    assert set(run(runner).values()) == {Did.UNCHANGED}
    assert 1 <= commons(runner).requests.total <= 3


def test_table_when_only_more_is_said_waits_for_an_hour(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    run(runner)
    revid = bot_and_wiki.event(WALK, venue="Library", website="https://x.example.org/")
    bot_and_wiki.approve(WALK, revid)
    runner.run("sync")
    assert run(runner)[NOVEMBER] is Did.WAITS
    assert commons(runner).requests.total == 0
    bot_and_wiki.admin.advance(hours=1)
    dids = run(runner)
    assert [title for title, did in dids.items() if did is Did.WRITTEN] == [NOVEMBER]
    assert rows(runner)[0]["rev"] == revid


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"venue": ""}])
def test_table_when_something_is_taken_back_is_written_at_once(
    runner: BotRunner, bot_and_wiki: BotAndWiki, change: dict[str, str]
) -> None:
    run(runner)
    bot_and_wiki.event(WALK, **{"venue": "Library"} | change)
    runner.run("sync")
    assert run(runner)[NOVEMBER] is Did.WRITTEN
    (row,) = rows(runner)
    assert (row["status"] == "cancelled") is ("status" in change)
    assert ("venue" in row) is ("status" in change)


def test_table_when_its_last_event_is_withdrawn_is_emptied(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    run(runner)
    revid = bot_and_wiki.published[WALK]
    bot_and_wiki.approve(WALK, revid, "withdraw")
    runner.run("sync")
    assert run(runner)[NOVEMBER] is Did.WRITTEN
    assert rows(runner) == []
    assert NOVEMBER not in run(runner)


def test_table_when_somebody_changed_it_is_mended_on_the_next_day(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    run(runner)
    commons(runner).as_user("Ann").write(NOVEMBER, "{}")
    assert run(runner)[NOVEMBER] is Did.UNCHANGED
    bot_and_wiki.admin.advance(days=1)
    assert run(runner)[NOVEMBER] is Did.WRITTEN
    assert len(rows(runner)) == 1


def test_table_when_the_edit_was_in_vain_is_compared_by_the_next_run(
    runner: BotRunner,
) -> None:
    commons(runner).answer_next(Conflict("x"))
    assert runner.run("commons_data").exit_code is ExitCode.TRY_LATER
    assert Did.WRITTEN in run(runner).values()
    assert set(run(runner).values()) == {Did.UNCHANGED}


def test_commons_when_away_is_named_and_tried_again(runner: BotRunner) -> None:
    there, runner.commons = runner.commons, WikiUnavailableError("no answer")
    report = runner.run("commons_data")
    assert report.exit_code is ExitCode.TRY_LATER
    assert any("commons_data, commons.wikimedia.org" in x for x in report.lines())
    runner.commons = there
    assert Did.WRITTEN in run(runner).values()


def test_setting_when_empty_or_no_title_asks_nothing_of_commons(
    runner: BotRunner,
) -> None:
    runner.commons = None
    for base, problems in ((None, 0), ("Events", 1)):
        runner.settings = replace(runner.settings, data_pages=base)
        assert len(runner.run("commons_data").problems) == problems


def test_table_when_something_was_hidden_since_its_last_edit_does_not_wait(
    runner: BotRunner, bot_and_wiki: BotAndWiki
) -> None:
    run(runner)
    revid = bot_and_wiki.event(WALK, venue="Library", website="https://x.example.org/")
    bot_and_wiki.approve(WALK, revid)
    runner.run("sync")
    bot_and_wiki.store.set_value(REDACTED, bot_and_wiki.admin.advance(minutes=1))
    assert run(runner)[NOVEMBER] is Did.WRITTEN
