"""Verdicts stay with the page that they were given on, whatever is moved where."""

from collections.abc import Callable

import pytest

from space.review.model import Flaw
from tests.support.wiki.bot_and_wiki import Newsroom

FINE = "Space/Events/Fine"
SPAM = "Space/Events/Spam"
Swap = Callable[[Newsroom], None]


def talk_moved(room: Newsroom) -> None:
    """The talk page of the fine page comes to the spam."""
    room.admin.move(f"Talk:{FINE}", f"Talk:{SPAM}", redirect=False)


def page_moved(room: Newsroom) -> None:
    """The spam comes to the title whose talk page has the verdict."""
    room.admin.move(FINE, "Space/Events/Elsewhere", redirect=False)
    room.admin.move(SPAM, FINE, redirect=False)


def both_moved(room: Newsroom) -> None:
    """Talk page and spam meet at a third title."""
    room.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Third", redirect=False)
    room.admin.move(SPAM, "Space/Events/Third", redirect=False)


SWAPS = [talk_moved, page_moved, both_moved]


def say(room: Newsroom, verdict: str, **values: int) -> None:
    """Pavati gives a verdict on the fine page, by hand."""
    room.admin.advance(minutes=30)
    rev = "".join(f"|{name}={value}" for name, value in values.items())
    room.pavati.write(f"Talk:{FINE}", f"{{{{Space review|{verdict}{rev}}}}} ~~~~")
    room.admin.advance(minutes=30)


def refusals(room: Newsroom) -> list[str]:
    return [
        refusal.flaw
        for record in room.store.records.all()
        for refusal in record.review.refusals
    ]


@pytest.mark.parametrize("swap", SWAPS)
@pytest.mark.parametrize("bound", [True, False])
def test_approval_when_pages_are_swapped_then_publishes_no_other(
    room: Newsroom, swap: Swap, *, bound: bool
) -> None:
    room.policy(event="review")
    room.event(SPAM, "Buy this.")
    fine = room.event(FINE)
    say(room, "approve", **({"rev": fine} if bound else {}))
    swap(room)
    room.sync()
    assert room.published == {}
    assert refusals(room) == [Flaw.OTHER_PAGE if bound else Flaw.MOVED]


@pytest.mark.parametrize("swap", SWAPS)
@pytest.mark.parametrize("bound", [True, False])
def test_withdrawal_when_pages_are_swapped_then_takes_back_no_other(
    room: Newsroom, swap: Swap, *, bound: bool
) -> None:
    """The bot has read what was published, and not yet the withdrawal."""
    room.policy(event="review")
    other = room.event(SPAM)
    fine = room.event(FINE)
    room.approve(SPAM, other)
    room.sync()
    room.admin.move(f"Talk:{SPAM}", "Talk:Space/Events/Old", redirect=False)
    say(room, "withdraw", **({"rev": fine} if bound else {}))
    swap(room)
    room.sync()
    assert list(room.published.values()) == [other]
    assert refusals(room) == [Flaw.MOVED]


@pytest.mark.parametrize("bound", [True, False])
def test_approval_when_both_were_moved_after_it_was_read_then_stays(
    room: Newsroom, *, bound: bool
) -> None:
    room.policy(event="review")
    fine = room.event(FINE)
    say(room, "approve", **({"rev": fine} if bound else {}))
    room.sync()
    room.admin.move(FINE, "Space/Events/Other", redirect=False)
    room.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Other", redirect=False)
    room.sync()
    room.drop_store()
    room.sync()
    assert room.published == {"Space/Events/Other": fine}


def test_approval_with_revision_when_page_was_renamed_before_reading_then_counts(
    room: Newsroom,
) -> None:
    room.policy(event="review")
    fine = room.event(FINE)
    say(room, "approve", rev=fine)
    room.admin.move(FINE, "Space/Events/Other", redirect=False)
    room.admin.move(f"Talk:{FINE}", "Talk:Space/Events/Other", redirect=False)
    room.sync()
    assert room.published == {"Space/Events/Other": fine}


def test_approval_without_revision_when_other_pages_moved_then_counts(
    room: Newsroom,
) -> None:
    room.policy(event="review")
    room.event(SPAM)
    fine = room.event(FINE)
    say(room, "approve")
    room.admin.move(SPAM, "Space/Events/Away", redirect=False)
    room.sync()
    assert room.published == {FINE: fine}
