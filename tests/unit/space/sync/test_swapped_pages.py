"""Verdicts stay with the page that they were given on, whatever is moved where."""

from collections.abc import Callable

import pytest

from space.review.model import Flaw
from tests.support.wiki.bot_and_wiki import BotAndWiki

FINE = "Space/Events/Fine"
SPAM = "Space/Events/Spam"
Swap = Callable[[BotAndWiki], None]


def talk_moved(bot_and_wiki: BotAndWiki) -> None:
    """The talk page of the fine page comes to the spam."""
    bot_and_wiki.admin.move(f"Talk:{FINE}", f"Talk:{SPAM}", redirect=False)


def page_moved(bot_and_wiki: BotAndWiki) -> None:
    """The spam comes to the title whose talk page has the verdict."""
    bot_and_wiki.admin.move(FINE, "Space/Events/Elsewhere", redirect=False)
    bot_and_wiki.admin.move(SPAM, FINE, redirect=False)


def both_moved(bot_and_wiki: BotAndWiki) -> None:
    """Talk page and spam meet at a third title."""
    bot_and_wiki.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Third", redirect=False)
    bot_and_wiki.admin.move(SPAM, "Space/Events/Third", redirect=False)


SWAPS = [talk_moved, page_moved, both_moved]


def say(bot_and_wiki: BotAndWiki, verdict: str, **values: int) -> None:
    """Pavati gives a verdict on the fine page, by hand."""
    bot_and_wiki.admin.advance(minutes=30)
    rev = "".join(f"|{name}={value}" for name, value in values.items())
    bot_and_wiki.pavati.write(
        f"Talk:{FINE}", f"{{{{Space review|{verdict}{rev}}}}} ~~~~"
    )
    bot_and_wiki.admin.advance(minutes=30)


def refusals(bot_and_wiki: BotAndWiki) -> list[str]:
    return [
        refusal.flaw
        for record in bot_and_wiki.store.records.all()
        for refusal in record.review.refusals
    ]


@pytest.mark.parametrize("swap", SWAPS)
@pytest.mark.parametrize("bound", [True, False])
def test_approval_when_pages_are_swapped_then_publishes_no_other(
    bot_and_wiki: BotAndWiki, swap: Swap, *, bound: bool
) -> None:
    bot_and_wiki.policy(event="review")
    bot_and_wiki.event(SPAM, "Buy this.")
    fine = bot_and_wiki.event(FINE)
    say(bot_and_wiki, "approve", **({"rev": fine} if bound else {}))
    swap(bot_and_wiki)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {}
    assert refusals(bot_and_wiki) == [Flaw.OTHER_PAGE if bound else Flaw.MOVED]


@pytest.mark.parametrize("swap", SWAPS)
@pytest.mark.parametrize("bound", [True, False])
def test_withdrawal_when_pages_are_swapped_then_takes_back_no_other(
    bot_and_wiki: BotAndWiki, swap: Swap, *, bound: bool
) -> None:
    """The bot has read what was published, and not yet the withdrawal."""
    bot_and_wiki.policy(event="review")
    other = bot_and_wiki.event(SPAM)
    fine = bot_and_wiki.event(FINE)
    bot_and_wiki.approve(SPAM, other)
    bot_and_wiki.sync()
    bot_and_wiki.admin.move(f"Talk:{SPAM}", "Talk:Space/Events/Old", redirect=False)
    say(bot_and_wiki, "withdraw", **({"rev": fine} if bound else {}))
    swap(bot_and_wiki)
    bot_and_wiki.sync()
    assert list(bot_and_wiki.published.values()) == [other]
    assert refusals(bot_and_wiki) == [Flaw.MOVED]


@pytest.mark.parametrize("bound", [True, False])
def test_approval_when_both_were_moved_after_it_was_read_then_stays(
    bot_and_wiki: BotAndWiki, *, bound: bool
) -> None:
    bot_and_wiki.policy(event="review")
    fine = bot_and_wiki.event(FINE)
    say(bot_and_wiki, "approve", **({"rev": fine} if bound else {}))
    bot_and_wiki.sync()
    bot_and_wiki.admin.move(FINE, "Space/Events/Other", redirect=False)
    bot_and_wiki.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Other", redirect=False)
    bot_and_wiki.sync()
    bot_and_wiki.drop_store()
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {"Space/Events/Other": fine}


def test_approval_with_revision_when_page_was_renamed_before_reading_then_counts(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(event="review")
    fine = bot_and_wiki.event(FINE)
    say(bot_and_wiki, "approve", rev=fine)
    bot_and_wiki.admin.move(FINE, "Space/Events/Other", redirect=False)
    bot_and_wiki.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Other", redirect=False)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {"Space/Events/Other": fine}


def test_approval_without_revision_when_other_pages_moved_then_counts(
    bot_and_wiki: BotAndWiki,
) -> None:
    bot_and_wiki.policy(event="review")
    bot_and_wiki.event(SPAM)
    fine = bot_and_wiki.event(FINE)
    say(bot_and_wiki, "approve")
    bot_and_wiki.admin.move(SPAM, "Space/Events/Away", redirect=False)
    bot_and_wiki.sync()
    assert bot_and_wiki.published == {FINE: fine}
