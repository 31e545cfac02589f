"""How many requests a sync makes, for an account that asks 50 values at once."""

from collections.abc import Iterator
from math import ceil

import pytest

from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import Newsroom, event


@pytest.fixture
def room() -> Iterator[Newsroom]:
    room = Newsroom()
    room.admin.remove_groups("SpaceBot", "bot")
    yield room
    room.engine.dispose()


def fill(room: Newsroom, pages: int) -> list[str]:
    """Approved events, every third of them with a newer text that waits."""
    titles = [f"Space/Events/{number}" for number in range(pages)]
    for title in titles:
        room.approve(title, room.event(title))
    room.sync()
    for title in titles[::3]:
        room.event(title, "More.")
    room.sync()
    return titles


def rebuilt(room: Newsroom) -> RequestCount:
    before = room.dump()
    room.drop_store()
    room.sync()
    assert room.dump() == before
    return room.bot.requests


@pytest.mark.parametrize("pages", [1, 20, 37, 130])
def test_full_sync_when_store_is_empty_keeps_to_its_budget(
    room: Newsroom, pages: int
) -> None:
    fill(room, pages)
    batches = ceil(pages / 50)
    requests = rebuilt(room)
    assert requests.content <= 2 * batches
    assert requests.other <= 4 * batches + 20


@pytest.mark.parametrize("pages", [1, 37])
@pytest.mark.parametrize("person", ["Ann", "Lena"])
def test_full_sync_when_pages_changed_asks_three_times_more_for_each(
    room: Newsroom, pages: int, person: str
) -> None:
    for title in fill(room, pages):
        room.admin.as_user(person).write(title, event("Even more.", city="Auckland"))
    room.drop_store()
    room.sync()
    assert within(room.bot.requests, pages, changed=pages)


@pytest.mark.parametrize("pages", [1, 37])
def test_full_sync_when_talk_pages_changed_asks_three_times_more_for_each(
    room: Newsroom, pages: int
) -> None:
    for title in fill(room, pages):
        page = room.admin.state.page(title)
        assert page is not None
        room.approve(title, page.latest.id)
    room.drop_store()
    room.sync()
    assert within(room.bot.requests, pages, changed=pages)


def within(asked: RequestCount, pages: int, changed: int) -> bool:
    batches = ceil(pages / 50)
    fits = asked.content <= 2 * batches + changed
    return fits and asked.content + asked.other <= 6 * batches + 20 + 3 * changed


def test_sync_when_nothing_changed_asks_for_no_text_and_edits_nothing(
    room: Newsroom,
) -> None:
    fill(room, 60)
    for full in (False, True):
        revisions = room.admin.state.next_revision
        room.sync(full=full)
        assert room.bot.requests.content == 0
        assert room.bot.requests.other <= 4 * 2 + 20
        assert room.admin.state.next_revision == revisions
