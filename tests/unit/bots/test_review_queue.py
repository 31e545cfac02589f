"""The data page of the queue follows what waits, and says nothing when nothing does."""

import json
from typing import Any

from bots.report import Did
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom

FOLDER = "User:SpaceBot/Space"


def page(room: Newsroom, name: str) -> Any:
    title = f"{FOLDER}/{name}.json"
    return json.loads(room.bot.texts([title])[title].text or "")


def test_queue_when_pages_wait_and_are_reviewed_follows(
    room: Newsroom, desk: Desk
) -> None:
    first = room.event("Space/Events/Tea", languages="en")
    room.event("Space/Events/Cake")
    desk.run("run")
    rows = page(room, "Queue")["rows"]
    assert [(row["page"], row["rev"]) for row in rows] == [
        ("Space/Events/Tea", first),
        ("Space/Events/Cake", first + 1),
    ]

    room.approve("Space/Events/Tea", first)
    desk.run("run")
    assert [row["page"] for row in page(room, "Queue")["rows"]] == ["Space/Events/Cake"]
    (month,) = page(room, "Figures")["months"]
    assert (month["pages"], month["reviewed"], month["reviewers"]) == (2, 1, 1)


def test_queue_when_a_verdict_is_forged_tells_so(room: Newsroom, desk: Desk) -> None:
    revision = room.event("Space/Events/Tea")
    line = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
    room.admin.as_user("Mallory").write("Talk:Space/Events/Tea", line)

    desk.run("run")

    (row,) = page(room, "Queue")["rows"]
    assert [(entry["flaw"], entry["by"]) for entry in row["refused"]] == [
        ("no-right", "Mallory")
    ]


def test_queue_when_nothing_changed_is_not_written(room: Newsroom, desk: Desk) -> None:
    room.event("Space/Events/Tea")
    desk.run("run")

    report = desk.run("run")

    assert {entry.did for entry in report.pages} == {Did.UNCHANGED}


def test_queue_when_it_needs_fewer_parts_empties_those_left_over(
    room: Newsroom, desk: Desk
) -> None:
    room.bot.write(f"{FOLDER}/Queue/2.json", '{"schema": 1, "rows": [{"id": 1}]}')
    desk.run("run")

    assert page(room, "Queue/2") == {"schema": 1, "rows": []}
