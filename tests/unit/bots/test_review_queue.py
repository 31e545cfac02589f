"""The data page of the queue follows what waits, and says nothing when nothing does."""

import json
from typing import Any

from bots.report import Did
from tests.support.bots.runner import BotRunner
from tests.support.wiki.bot_and_wiki import BotAndWiki

FOLDER = "User:SpaceBot/Space"


def page(bot_and_wiki: BotAndWiki, name: str) -> Any:
    title = f"{FOLDER}/{name}.json"
    return json.loads(bot_and_wiki.bot.texts([title])[title].text or "")


def test_queue_when_pages_wait_and_are_reviewed_follows(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    first = bot_and_wiki.event("Space/Events/Tea", languages="en")
    bot_and_wiki.event("Space/Events/Cake")
    runner.run("run")
    rows = page(bot_and_wiki, "Queue")["rows"]
    assert [(row["page"], row["rev"]) for row in rows] == [
        ("Space/Events/Tea", first),
        ("Space/Events/Cake", first + 1),
    ]

    bot_and_wiki.approve("Space/Events/Tea", first)
    runner.run("run")
    assert [row["page"] for row in page(bot_and_wiki, "Queue")["rows"]] == [
        "Space/Events/Cake"
    ]
    (month,) = page(bot_and_wiki, "Figures")["months"]
    assert (month["pages"], month["reviewed"], month["reviewers"]) == (2, 1, 1)


def test_queue_when_a_verdict_is_forged_tells_so(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    revision = bot_and_wiki.event("Space/Events/Tea")
    line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
    bot_and_wiki.admin.as_user("Mallory").write("Talk:Space/Events/Tea", line)

    runner.run("run")

    (row,) = page(bot_and_wiki, "Queue")["rows"]
    assert [(entry["flaw"], entry["by"]) for entry in row["refused"]] == [
        ("no-right", "Mallory")
    ]


def test_queue_when_nothing_changed_is_not_written(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.event("Space/Events/Tea")
    runner.run("run")

    report = runner.run("run")

    assert {entry.did for entry in report.pages} == {Did.UNCHANGED}


def test_queue_when_it_needs_fewer_parts_empties_those_left_over(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    bot_and_wiki.bot.write(
        f"{FOLDER}/Queue/2.json", '{"schema": 1, "rows": [{"id": 1}]}'
    )
    runner.run("run")

    assert page(bot_and_wiki, "Queue/2") == {"schema": 1, "rows": []}
