"""A sync in portions: what each has, and where one that was killed goes on."""

import pytest

from space.errors import WikiUnavailableError
from space.review.ledger import BLOCK, block_of
from space.sync import portions as module
from space.sync.portions import portions
from space.wiki.values import RequestCount
from tests.support.wiki.bot_and_wiki import BotAndWiki

BLOCKS, EACH = 8, 6


@pytest.mark.parametrize(
    ("blocks", "changed", "expected"),
    [
        ([], [], [[]]),
        ([0, 1], [], [[0, 1]]),
        ([0, 1, 2, 3], [1, 2, 201, 301, 302], [[0, 1, 2], [3]]),
        ([], [1, 2, 3, 4, 101], [[0], [1]]),
        ([0, 5], [1, 2, 3, 401], [[0], [4, 5]]),
        ([0, 1, 2, 3, 4, 5], [401], [[0, 1, 2, 3], [4, 5]]),
    ],
)
def test_portions_when_made_have_all_blocks_and_few_changed_pages(
    monkeypatch: pytest.MonkeyPatch,
    blocks: list[int],
    changed: list[int],
    expected: list[list[int]],
) -> None:
    monkeypatch.setattr(module, "PAGES", 3)
    monkeypatch.setattr(module, "BLOCKS", 4)
    found = [sorted(portion.blocks) for portion in portions(blocks, changed)]
    assert found == expected


@pytest.fixture
def filled(bot_and_wiki: BotAndWiki, monkeypatch: pytest.MonkeyPatch) -> BotAndWiki:
    """A wiki with pages in several blocks, talked about and in part approved."""
    monkeypatch.setattr(module, "PAGES", EACH)
    state = bot_and_wiki.admin.state
    for block in range(BLOCKS):
        state.next_page = (block_of(state.next_page) + 1) * BLOCK
        for number in range(EACH):
            title = f"Space/Events/Walk {block} {number}"
            revid = bot_and_wiki.event(title)
            if number % 2:
                bot_and_wiki.approve(title, revid)
            else:
                bot_and_wiki.ann.write(f"Talk:{title}", "Who comes? ~~~~")
    return bot_and_wiki


def requests(count: RequestCount) -> int:
    return count.content + count.other


def begin(bot_and_wiki: BotAndWiki, ends_after: int | None) -> int:
    """A sync whose wiki is away after some requests; how many it made."""
    bot_and_wiki.bot.fail_after = ends_after
    try:
        bot_and_wiki.sync()
    except WikiUnavailableError:
        assert ends_after is not None
    finally:
        bot_and_wiki.bot.fail_after = None
    return requests(bot_and_wiki.bot.requests)


def whole(bot_and_wiki: BotAndWiki) -> int:
    """How many requests an uninterrupted first sync of the same wiki makes.

    It writes nothing.
    """
    bot_and_wiki.sync(save=None)
    made = requests(bot_and_wiki.bot.requests)
    bot_and_wiki.drop_store()
    return made


def test_sync_when_a_first_one_was_killed_goes_on_block_by_block(
    filled: BotAndWiki,
) -> None:
    total = whole(filled)
    first = begin(filled, total * 3 // 4)
    second = begin(filled, None)
    assert first == total * 3 // 4
    assert second < total * 2 // 3
    dump = filled.dump()
    filled.drop_store()
    filled.sync()
    assert filled.dump() == dump


def test_sync_when_killed_again_and_again_comes_to_its_end(filled: BotAndWiki) -> None:
    total = whole(filled)
    share, runs = total // 3, 1
    while begin(filled, share) == share and filled.store.checkpoint is None:
        runs += 1
        assert runs < 3 * BLOCKS
    assert runs > 1
    assert filled.store.checkpoint
    dump = filled.dump()
    filled.drop_store()
    filled.sync()
    assert filled.dump() == dump
