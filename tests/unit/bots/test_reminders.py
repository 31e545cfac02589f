"""Reviewers are told once a day, and only of what has waited for long."""

from dataclasses import replace

import pytest

from bots.report import Did, ExitCode
from space.wiki.outcomes import Outcome
from space.wiki.values import Edit
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom

TITLE = "Space/Reviewers"
SIGNED_UP = """Words.
{{Space reviewer|Pavati|mi; en}}
{{Space reviewer|Ravi|fr}}
{{Space reviewer|Mallory|en}}
{{Space reviewer|Blocked|en}}
"""


@pytest.fixture
def room(room: Newsroom) -> Newsroom:
    for name in ("Ravi", "Blocked"):
        room.admin.as_user(name, "patroller")
    room.admin.as_user("Mallory").write(TITLE, SIGNED_UP)
    room.admin.block("Blocked", "spam")
    return room


@pytest.fixture
def desk(desk: Desk) -> Desk:
    desk.settings = replace(desk.settings, event_policy="review")
    return desk


def wait(room: Newsroom, desk: Desk, hours: int) -> None:
    """Let time pass, and the bot read the wiki."""
    room.admin.advance(hours=hours)
    desk.run("sync")


def lines(room: Newsroom) -> list[str]:
    text = room.bot.texts([TITLE])[TITLE].text or ""
    return [line for line in text.split("\n") if line.startswith("* ")]


def test_reminder_when_a_page_waited_for_long_mentions_who_reads_it(
    room: Newsroom, desk: Desk
) -> None:
    room.event("Space/Events/Hui", languages="mi")
    wait(room, desk, hours=49)

    report = desk.run("reminders")

    (line,) = lines(room)
    assert [page.did for page in report.pages] == [Did.WRITTEN]
    assert "[[:Space/Events/Hui]] (mi). @[[User:Pavati|Pavati]] [[" in line
    assert "Ravi" not in line
    text = room.bot.texts([TITLE])[TITLE].text or ""
    assert text.startswith(f"{SIGNED_UP}\n== What has waited for long ==\n* ")


def test_reminder_never_mentions_who_cannot_review(room: Newsroom, desk: Desk) -> None:
    room.event("Space/Events/Tea", languages="en")
    wait(room, desk, hours=49)

    desk.run("reminders")

    (line,) = lines(room)
    assert "Pavati" in line
    assert "Mallory" not in line
    assert "Blocked" not in line


@pytest.mark.parametrize("hours", [0, 47])
def test_reminder_when_nothing_waited_for_long_is_none(
    room: Newsroom, desk: Desk, hours: int
) -> None:
    room.event("Space/Events/Tea", languages="en")
    wait(room, desk, hours=hours)
    before = room.admin.state.next_revision

    assert desk.run("reminders").pages == ()
    assert room.admin.state.next_revision == before


def test_reminder_when_nobody_reads_the_language_is_none(
    room: Newsroom, desk: Desk
) -> None:
    room.event("Space/Events/Sagra", languages="it")
    wait(room, desk, hours=49)

    assert desk.run("reminders").pages == ()


def test_reminder_comes_once_a_day_even_if_somebody_removes_it(
    room: Newsroom, desk: Desk
) -> None:
    room.event("Space/Events/Tea", languages="en")
    wait(room, desk, hours=49)
    desk.run("reminders")
    room.ann.write(TITLE, SIGNED_UP)

    assert desk.run("reminders").pages == ()
    wait(room, desk, hours=24)
    assert len(desk.run("reminders").pages) == 1
    assert len(lines(room)) == 1


@pytest.mark.parametrize("arrives", [True, False])
def test_reminder_when_a_run_is_killed_while_it_saves_is_there_once_in_the_end(
    room: Newsroom, desk: Desk, monkeypatch: pytest.MonkeyPatch, *, arrives: bool
) -> None:
    room.event("Space/Events/Tea", languages="en")
    wait(room, desk, hours=49)
    save = room.bot.save

    def die(edit: Edit) -> Outcome:
        if arrives:
            save(edit)
        raise KeyboardInterrupt

    monkeypatch.setattr(room.bot, "save", die)
    with pytest.raises(KeyboardInterrupt):
        desk.run("reminders")
    monkeypatch.undo()

    assert len(lines(room)) == int(arrives)
    desk.run("reminders")
    desk.run("reminders")
    assert len(lines(room)) == 1


def test_reminder_when_the_page_is_not_there_is_none(desk: Desk) -> None:
    desk.room.admin.delete(TITLE)
    desk.room.event("Space/Events/Tea", languages="en")
    wait(desk.room, desk, hours=49)

    report = desk.run("reminders")

    assert (report.pages, report.exit_code) == ((), ExitCode.FINE)


def test_reminder_when_dry_then_is_only_shown(room: Newsroom, desk: Desk) -> None:
    room.event("Space/Events/Tea", languages="en")
    wait(room, desk, hours=49)

    (page,) = desk.run("reminders", dry_run=True).pages

    assert (page.did, page.detail) == (Did.WOULD_WRITE, "Pavati")
    assert not lines(room)
