"""The texts of posts in their feed: asked for once, a few at a time."""

from datetime import UTC, datetime

import pytest

from bots.tasks import atom_feed
from space.publication.filters import Filter
from tests.support.bots.runner import Desk
from tests.support.wiki.bot_and_wiki import Newsroom


@pytest.fixture
def room(room: Newsroom) -> Newsroom:
    room.policy(post="open")
    return room


def entries(room: Newsroom) -> list[str]:
    today = datetime.now(UTC).date()
    return list(room.store.feeds.fragments("atom", Filter("post"), today, limit=50))


def publish(room: Newsroom, number: int, body: str = "Text") -> None:
    call = f"{{{{Space post|title=P{number}|language=en}}}}"
    room.ann.write(f"Space/Blog/P{number}", f"{call}\n{body}")


def test_run_when_posts_are_new_then_some_get_their_text_each_time(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atom_feed, "AT_ONCE", 2)
    desk = Desk(room)
    for number in range(3):
        publish(room, number, f"Text {number}")
    room.sync()
    assert desk.run("atom_feed").remarks == ("2 texts of posts rendered",)
    assert ["<content" in entry for entry in entries(room)] == [True, True, False]
    assert desk.run("atom_feed").remarks == ("1 texts of posts rendered",)
    before = room.bot.requests.other
    assert desk.run("atom_feed").remarks == ("0 texts of posts rendered",)
    assert room.bot.requests.other <= before + 2
    publish(room, 1, "Another text")
    room.sync()
    assert sum("<content" in entry for entry in entries(room)) == 2
    desk.run("atom_feed")
    assert any("Another text" in entry for entry in entries(room))


def test_run_when_dry_then_nothing_is_asked(room: Newsroom) -> None:
    publish(room, 1)
    room.sync()
    assert Desk(room).run("atom_feed", dry_run=True).remarks == (
        "texts of posts to be rendered: 1",
    )
    assert "<content" not in entries(room)[0]


def test_run_when_a_post_has_no_text_then_it_is_not_asked_again(
    room: Newsroom,
) -> None:
    publish(room, 1, "")
    room.sync()
    desk = Desk(room)
    desk.run("atom_feed")
    assert "<content" not in entries(room)[0]
    assert desk.run("atom_feed").remarks == ("0 texts of posts rendered",)
