"""In which order the store follows the wiki and the ledger."""

from space.review.ledger import BLOCK, block_of
from space.wiki.outcomes import Outcome, ReadOnly
from space.wiki.values import Edit
from tests.support.wiki.bot_and_wiki import BotAndWiki

WALK, FAIR, TALK = (f"Space/Events/{name}" for name in ("Walk", "Fair", "Talk"))


class Observed:
    """Saves the bot's edits, and notes what readers see just before each."""

    def __init__(self, bot_and_wiki: BotAndWiki, answer: Outcome | None = None) -> None:
        self._bot_and_wiki, self._answer = bot_and_wiki, answer
        self.published: list[set[str]] = []

    def save(self, edit: Edit) -> Outcome:
        self.published.append(set(self._bot_and_wiki.published))
        return self._answer or self._bot_and_wiki.bot.save(edit)


def in_new_block(bot_and_wiki: BotAndWiki, title: str) -> int:
    """A new event by Ann in a block of the ledger of its own; its revision."""
    state = bot_and_wiki.admin.state
    state.next_page = (block_of(state.next_page) + 1) * BLOCK
    return bot_and_wiki.event(title)


def test_sync_when_a_page_is_deleted_then_the_store_loses_it_before_the_first_edit(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.approve(FAIR, in_new_block(bot_and_wiki, FAIR))
    bot_and_wiki.admin.delete(WALK)
    seen: list[set[str]] = []
    observed = Observed(bot_and_wiki)
    bot_and_wiki.sync(
        save=observed.save,
        taken_away=lambda: seen.append(set(bot_and_wiki.published)),
    )
    assert seen == [set()]
    assert observed.published[0] == set()
    assert set(bot_and_wiki.published) == {FAIR}


def test_sync_when_called_off_then_readers_see_it_though_the_ledger_takes_no_edit(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.publish(WALK)
    bot_and_wiki.event(WALK, status="cancelled", city="Accra")
    bot_and_wiki.sync(save=Observed(bot_and_wiki, ReadOnly("for a while")).save)
    record = bot_and_wiki.store.records.find(WALK)
    assert record
    assert record.publication
    assert record.publication.values["status"] == "cancelled"
    assert "city" not in record.publication.values


def test_sync_when_nothing_is_taken_away_then_nobody_is_told(
    bot_and_wiki: BotAndWiki,
) -> None:
    seen: list[str] = []
    bot_and_wiki.approve(WALK, bot_and_wiki.event(WALK))
    bot_and_wiki.sync(taken_away=lambda: seen.append("told"))
    assert not seen


def test_sync_when_blocks_are_written_then_the_store_follows_each(
    bot_and_wiki: BotAndWiki,
) -> None:
    for title in (WALK, FAIR, TALK):
        bot_and_wiki.approve(title, in_new_block(bot_and_wiki, title))
    observed = Observed(bot_and_wiki)
    bot_and_wiki.sync(save=observed.save)
    assert observed.published == [set(), {WALK}, {WALK, FAIR}]
