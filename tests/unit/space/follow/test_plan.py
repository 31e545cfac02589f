"""Whom a day mentions: what is urgent first, in edits of fewer than fifty names."""

from datetime import UTC, date, datetime, timedelta

from space.follow.memory import Memory, read_memory
from space.follow.mention import Due, Mention, Occasion
from space.follow.owners import OwnLines
from space.follow.plan import MOST_EDITS, MOST_NAMES, chosen, in_edits

TODAY = date(2026, 11, 29)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


def due(
    user: str, page: int = 1, occasion: Occasion = Occasion.NEW, days: int = 0
) -> Due:
    mention = Mention(user, page, occasion)
    return Due(mention, f"Event {page}", NOON + timedelta(days=days))


def test_edits_when_accounts_are_many_have_fewer_than_fifty_names_each() -> None:
    many = [due(f"U{n:04}", page) for n in range(1200) for page in (1, 2)]

    edits = in_edits(many, [f"U{n:04}" for n in range(1200)])

    users = [{each.mention.user for each in edit} for edit in edits]
    assert [len(names) for names in users] == [MOST_NAMES] * MOST_EDITS
    assert MOST_NAMES < 50
    assert len(set().union(*users)) == MOST_NAMES * MOST_EDITS


def test_chosen_when_an_event_is_new_and_begins_tomorrow_says_it_once() -> None:
    both = [due("Ana"), due("Ana", occasion=Occasion.DAY)]

    assert [each.mention.occasion for each in chosen(both, Memory(), TODAY, 9)] == ["1"]


def test_chosen_when_more_is_due_than_a_week_may_have_takes_what_is_urgent() -> None:
    told = {TODAY - timedelta(days=6): {Mention("Ana", 9, Occasion.NEW)}}
    old = {TODAY - timedelta(days=7): {Mention("Ana", 8, Occasion.NEW)}}
    many = [due("Ana", 1, days=2), due("Ana", 2, days=1), due("Ana", 3, Occasion.WEEK)]

    found = chosen(many, Memory(told=told | old), TODAY, 3)

    assert [each.mention.page_id for each in found] == [3, 2]


def test_memory_when_written_and_read_again_is_the_same() -> None:
    edits = ((Mention("Ana", 1, Occasion.NEW),), (Mention("Ben", 2, Occasion.DAY),))
    own = OwnLines(7, {"Ana|country=NZ|7;1": NOON})
    memory = Memory(
        "Space/Followers",
        own,
        {TODAY: {Mention("Ana", 3, Occasion.WEEK, "2026-12-06")}},
        TODAY,
        edits,
    )

    assert read_memory(memory.text()) == memory
    assert read_memory("no JSON") == Memory()


def test_memory_when_settled_has_told_what_was_made_of_the_plan() -> None:
    first, second = Mention("Ana", 1, Occasion.NEW), Mention("Ben", 1, Occasion.NEW)
    planned = Memory().planned(TODAY, ((first,), (second,)))

    assert planned.settled(1).everybody_told() == {first}
    assert planned.settled(2).everybody_told() == {first, second}
    later = planned.settled(2).planned(TODAY + timedelta(days=60), ())
    assert later.everybody_told() == set()
