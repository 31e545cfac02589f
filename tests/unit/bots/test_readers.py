"""Readers are counted once for each post, and only where somebody wants it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bots.report import Did, ExitCode
from bots.tasks.readers import MOST, MOST_FAILURES
from sandbox.gateway.pageviews import views_of
from space.codec.editing import write_page
from space.dates.moments import utc_day
from space.errors import WikiUnavailableError
from space.sources.source import SourceAnswer
from tests.support.bots.notified import killed_at
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki
from tests.support.wiki.pageviews import CountedViews

FOLDER = "User:SpaceBot/Space"
NEWS = "Space/Blog/News"
YEAR = "Readers/2026"
"""The page of the year in which the wiki in memory begins."""


@pytest.fixture
def counted(bot_and_wiki: BotAndWiki) -> CountedViews:
    return CountedViews(lambda: utc_day(bot_and_wiki.admin.state.now))


@pytest.fixture
def runner(runner: BotRunner, counted: CountedViews) -> BotRunner:
    """A bot whose operator wants readers to be counted."""
    url = "https://wikimedia.org/api/rest_v1"
    runner.config = replace(runner.config, pageviews_url=url)
    runner.ask_views = counted.ask
    return runner


def publish(place: BotAndWiki, *titles: str) -> None:
    for title in titles:
        text = write_page("post", {"title": title, "language": "en"}, "Text.")
        place.approve(title, place.ann.write(title, text).revid)
    place.sync()


def later(place: BotAndWiki, days: int) -> None:
    """After so many days, when the bot has read the wiki."""
    place.admin.advance(days=days)
    place.sync()


def page(place: BotAndWiki, name: str) -> dict[str, Any]:
    stored = place.admin.state.page(f"{FOLDER}/{name}.json")
    assert stored, name
    return dict(json.loads(stored.latest.text))


def has_page(place: BotAndWiki, name: str = "Readers") -> bool:
    return place.admin.state.page(f"{FOLDER}/{name}.json") is not None


def seen(place: BotAndWiki, title: str, days: int) -> int:
    """The views of a post until some days after its publication."""
    record = place.store.records.find(title)
    assert record
    assert record.publication
    first = record.publication.published.date()
    name = title.replace(" ", "_")
    return sum(views_of(name, first + timedelta(days=n)) for n in range(days + 1))


def edits(place: BotAndWiki) -> int:
    return sum(len(stored.revisions) for stored in place.admin.state.pages.values())


def test_readers_when_not_wanted_asks_nobody_and_writes_nothing(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    runner.config = replace(runner.config, pageviews_url="")
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    before = edits(bot_and_wiki)

    report = runner.run("readers")

    assert report.exit_code is ExitCode.FINE
    assert not counted.asked
    assert edits(bot_and_wiki) == before


def test_readers_when_posts_are_a_week_and_a_month_old_counts_each_once(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 7)
    assert runner.run("readers").exit_code is ExitCode.FINE
    assert not counted.asked
    assert not has_page(bot_and_wiki)

    for days in (4, 1, 23, 1, 100):
        later(bot_and_wiki, days)
        runner.run("readers")

    assert len(counted.asked) == 2
    week, month = (seen(bot_and_wiki, NEWS, days) for days in (7, 30))
    (entry,) = page(bot_and_wiki, YEAR)["posts"]
    assert (entry["after7"], entry["after30"]) == (week, month)
    (figures,) = page(bot_and_wiki, "Readers")["months"]
    assert (figures["after7"], figures["after30"]) == (week, month)


def test_readers_when_nothing_is_due_makes_no_edit(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    runner.run("readers")
    before, asked = edits(bot_and_wiki), len(counted.asked)

    report = runner.run("readers")

    assert (edits(bot_and_wiki), len(counted.asked)) == (before, asked) == (before, 1)
    assert {page.did for page in report.pages} == {Did.UNCHANGED}


def test_readers_when_the_store_is_lost_knows_its_counts_from_its_pages(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    runner.run("readers")
    before = edits(bot_and_wiki)

    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    runner.run("readers")

    assert len(counted.asked) == 1
    assert edits(bot_and_wiki) == before


def test_readers_when_a_post_is_withdrawn_forgets_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    publish(bot_and_wiki, NEWS, "Space/Blog/Gone")
    later(bot_and_wiki, 40)
    runner.run("readers")
    gone = bot_and_wiki.admin.state.page("Space/Blog/Gone")
    assert gone
    bot_and_wiki.approve("Space/Blog/Gone", gone.latest.id, "withdraw")
    bot_and_wiki.sync()

    runner.run("readers")

    (entry,) = page(bot_and_wiki, YEAR)["posts"]
    assert entry["id"] != gone.id


def test_readers_when_another_account_wrote_on_its_page_restores_it(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    runner.run("readers")
    before = page(bot_and_wiki, YEAR)
    (entry,) = before["posts"]
    sysop = bot_and_wiki.admin.as_user("Admin", "sysop")
    false = {"schema": 1, "posts": [entry | {"after7": 10**6}]}
    sysop.write(f"{FOLDER}/{YEAR}.json", json.dumps(false))

    runner.run("readers")

    assert page(bot_and_wiki, YEAR) == before
    assert len(counted.asked) == 1


@pytest.mark.parametrize("after", [False, True])
def test_readers_when_killed_at_any_request_has_the_same_pages_after_the_next_run(
    bot_and_wiki: BotAndWiki, runner: BotRunner, *, after: bool
) -> None:
    publish(bot_and_wiki, NEWS, "Space/Blog/More")
    later(bot_and_wiki, 40)
    requests = 0
    while killed_at(bot_and_wiki, runner, "readers", requests, after=after):
        requests += 1
        assert requests < 50

    runner.run("readers")

    counts = page(bot_and_wiki, YEAR)["posts"]
    assert sorted(entry["after30"] for entry in counts) == sorted(
        seen(bot_and_wiki, title, 30) for title in (NEWS, "Space/Blog/More")
    )
    stored = bot_and_wiki.admin.state.page(f"{FOLDER}/{YEAR}.json")
    assert stored
    assert len(stored.revisions) == 1
    assert requests > 2


def test_readers_when_there_are_many_goes_on_with_the_next_run(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    counted: CountedViews,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bots.tasks.readers.MOST", 2)
    publish(bot_and_wiki, *(f"Space/Blog/P{n}" for n in range(3)))
    later(bot_and_wiki, 40)
    asked = []
    for _ in range(3):
        runner.run("readers")
        asked.append(len(counted.asked))

    assert asked == [2, 3, 3]
    assert MOST == 100


def away(path: str) -> SourceAnswer:
    raise WikiUnavailableError(path)


def senseless(path: str) -> SourceAnswer | None:
    return SourceAnswer(400, b"{}") if "P2" in path else None


@pytest.mark.parametrize(
    ("failure", "code", "counts"),
    [(away, ExitCode.TRY_LATER, 0), (senseless, ExitCode.PROBLEM, 2)],
    ids=["away", "senseless"],
)
def test_readers_when_an_answer_fails_leaves_it_to_the_next_run(
    bot_and_wiki: BotAndWiki,
    runner: BotRunner,
    counted: CountedViews,
    *,
    failure: Callable[[str], SourceAnswer | None],
    code: ExitCode,
    counts: int,
) -> None:
    publish(bot_and_wiki, *(f"Space/Blog/P{n}" for n in range(3)))
    later(bot_and_wiki, 40)
    counted.failure = failure

    assert runner.run("readers").exit_code is code

    parts = page(bot_and_wiki, "Readers")["parts"] if has_page(bot_and_wiki) else []
    assert sum(part["count"] for part in parts) == counts
    counted.failure = lambda _: None
    assert runner.run("readers").exit_code is ExitCode.FINE
    assert sum(part["count"] for part in page(bot_and_wiki, "Readers")["parts"]) == 3


def test_readers_when_no_answer_makes_sense_stops_asking(
    bot_and_wiki: BotAndWiki, runner: BotRunner, counted: CountedViews
) -> None:
    publish(bot_and_wiki, *(f"Space/Blog/P{n}" for n in range(7)))
    later(bot_and_wiki, 40)
    counted.failure = lambda _: SourceAnswer(404, b"<html>")

    runner.run("readers")

    assert len(counted.asked) == MOST_FAILURES
    assert not has_page(bot_and_wiki)


def test_readers_when_others_put_a_page_beside_its_own_leaves_it_alone(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    sysop = bot_and_wiki.admin.as_user("Admin", "sysop")
    theirs = {"schema": 1, "posts": [{"id": 1, "after7": 10**6, "after30": 10**6}]}
    sysop.write(f"{FOLDER}/Readers/1999.json", json.dumps(theirs))

    runner.run("readers")

    assert page(bot_and_wiki, "Readers/1999") == theirs
    (entry,) = page(bot_and_wiki, YEAR)["posts"]
    assert entry["after30"] == seen(bot_and_wiki, NEWS, 30)


def test_readers_when_all_posts_of_a_year_are_gone_empties_its_page(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    publish(bot_and_wiki, NEWS)
    later(bot_and_wiki, 40)
    runner.run("readers")
    gone = bot_and_wiki.admin.state.page(NEWS)
    assert gone
    bot_and_wiki.approve(NEWS, gone.latest.id, "withdraw")
    bot_and_wiki.sync()

    runner.run("readers")

    assert page(bot_and_wiki, YEAR)["posts"] == []
    assert page(bot_and_wiki, "Readers") == {"schema": 1, "parts": [], "months": []}
