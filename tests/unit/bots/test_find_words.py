"""Old revisions of the bot's pages that hold what has to be hidden."""

from datetime import date

import pytest

from bots.report import ExitCode
from space.store.heartbeat import heartbeats
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom

TITLE = "User:SpaceBot/Space/Posts/2026.json"


@pytest.fixture
def desk(room: Newsroom) -> Desk:
    return Desk(room)


def write(room: Newsroom, text: str) -> int:
    room.admin.advance(days=1)
    return room.bot.write(TITLE, text).revid


def test_words_when_old_revisions_hold_them_then_these_are_named(
    room: Newsroom, desk: Desk
) -> None:
    first = write(room, '{"a": "M\\u0101ori street 7"}')
    write(room, '{"a": "nothing"}')
    second = write(room, '{"a": "MĀORI STREET 7"}')
    hidden = write(room, '{"a": "Māori street 7!"}')
    write(room, '{"a": ""}')
    room.admin.suppress(hidden)
    report = desk.run("find_words", words=("māori street 7\n", "\n"), dry_run=True)
    assert report.exit_code is ExitCode.FINE
    named, link = report.remarks
    assert named == f"{TITLE}: 2 revisions"
    assert link.endswith(f"&ids={first}%2C{second}")
    assert "ori" not in str(report).replace("Special:", "")


def test_words_when_a_day_is_given_then_only_later_revisions_are_read(
    room: Newsroom, desk: Desk
) -> None:
    write(room, '{"a": "word"}')
    since = room.admin.advance(days=3).date()
    last = write(room, '{"a": "word", "b": 1}')
    report = desk.run("find_words", words=("word",), since=since, dry_run=True)
    assert report.remarks[1].endswith(f"&ids={last}")
    report = desk.run("find_words", words=("word",), since=date.max, dry_run=True)
    assert report.remarks == ("no revision that can be seen holds them",)


def test_words_when_there_are_none_then_it_says_so(desk: Desk) -> None:
    assert desk.run("find_words", words=("\n",)).problems


def test_words_when_found_then_no_sign_of_it_is_left(
    room: Newsroom, desk: Desk
) -> None:
    room.sync()
    desk.run("find_words", words=("word",), dry_run=True)
    assert "find_words" not in {each.task for each in heartbeats(room.store)}
