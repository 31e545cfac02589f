"""Pairs of events of two sources that may be one: which are asked about."""

from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.publication.registered import (
    ALIKE,
    ALIKE_IN_CALENDAR,
    FIRST_CALENDAR_ID,
    FIRST_ID,
    FROM_CALENDAR,
)
from space.sources.lookalikes import (
    MOST_COMPARED,
    Lookalike,
    Traits,
    look_alike,
    lookalikes,
    problem_of,
)
from tests.support.feeds.publications import TODAY, event

WHEN = {
    "start": "2026-11-28 10:00",
    "end": "2026-11-28 16:00",
    "timezone": "Europe/Berlin",
    "country": "DE",
}
SOURCES = ("page", "registered", "elsewhere")


def traits(page_id: int = 12, **values: Any) -> Traits:
    made = Traits.of(event(page_id, **{**WHEN, **values}), TODAY)
    assert made
    return made


def pair(title: str, registered: str, **values: Any) -> bool:
    ours = traits(title=title)
    other = traits(FIRST_ID + 1, title=registered, **values)
    found = lookalikes([ours, other])
    assert found in ((), (Lookalike(12, FIRST_ID + 1),))
    return bool(found)


@pytest.mark.parametrize(
    ("ours", "registered"),
    [
        ("Edit-a-thon: women of Berlin", "Women of Berlin edit-a-thon"),
        ("Edit-a-thon: women of Berlin", "EDIT-A-THON – Women of Berlin 2026"),
        ("Wikipedia birthday party", "Wikipedia birthdy party"),
        ("東京ウィキペディアの会", "東京 ウィキペディアの会"),
        ("ويكيبيديا في المدرسة", "وِيكِيبِيدِيَا في المدرسة"),
    ],
)
def test_events_when_their_titles_are_almost_the_same_look_alike(
    ours: str, registered: str
) -> None:
    assert pair(ours, registered)


@pytest.mark.parametrize(
    ("ours", "registered"),
    [
        ("Wikimedia meetup Berlin", "Wikimedia meetup Hamburg"),
        ("Wiki Loves Earth 2026", "Wiki Loves Earth 2027"),
        ("Tea", "Women of Berlin"),
    ],
)
def test_events_when_their_titles_are_others_do_not_look_alike(
    ours: str, registered: str
) -> None:
    assert not pair(ours, registered)


@pytest.mark.parametrize(
    ("values", "is_told"),
    [
        ({"start": "2026-11-29 10:00", "end": "2026-11-29 12:00"}, True),
        ({"start": "2026-11-30 10:00", "end": "2026-11-30 12:00"}, False),
        ({"start": "2026-11-28 22:00", "timezone": "Pacific/Auckland"}, True),
        ({"start": "2026-11-01", "end": "2026-12-24"}, True),
        ({"country": "FR"}, False),
        ({"country": ""}, True),
        ({"mode": "online", "country": ""}, False),
        ({"mode": "hybrid"}, True),
    ],
)
def test_events_of_one_title_when_at_another_time_or_place_do_not_look_alike(
    values: dict[str, str], *, is_told: bool
) -> None:
    changes = {"end": "", **values}
    assert pair("Women of Berlin", "Women of Berlin", **changes) is is_told


def test_events_when_for_other_wikis_do_not_look_alike() -> None:
    ours = traits(title="Women", wikis=("dewiki", "enwiki"))
    for wikis, is_told in (("dewiki",), True), (("frwiki",), False), ((), True):
        other = traits(FIRST_ID + 1, title="Women", wikis=wikis)
        assert look_alike(ours, other) is is_told


def test_event_when_over_is_compared_with_none() -> None:
    over = {"start": "2020-01-01 10:00", "end": "2020-01-01 11:00"}
    assert Traits.of(event(12, **{**WHEN, **over}), TODAY) is None


def test_series_when_one_of_its_next_dates_is_registered_looks_like_that() -> None:
    ours = traits(title="Weekly tea", recurrence="FREQ=WEEKLY", end="2026-11-28 11:00")
    third = {"start": "2026-12-12 10:00", "end": "2026-12-12 11:00"}
    assert lookalikes([ours, traits(FIRST_ID + 1, title="Weekly tea", **third)])


def test_problem_when_told_names_the_title_the_number_and_the_id() -> None:
    told = problem_of(traits(FIRST_ID + 17, title="Women"))
    assert told.params == ("Women", "17", str(FIRST_ID + 17))
    assert told.code == ALIKE
    of_a_calendar = problem_of(replace(traits(title="Women"), source=FROM_CALENDAR))
    assert of_a_calendar.code == ALIKE_IN_CALENDAR


def test_events_of_a_registry_and_of_a_calendar_when_alike_are_told_of_the_first() -> (
    None
):
    first = traits(FIRST_ID, title="Tea")
    second = replace(first, id=FIRST_CALENDAR_ID, source=FROM_CALENDAR)
    pair = Lookalike(FIRST_ID, FIRST_CALENDAR_ID)
    assert lookalikes([second, first]) == (pair,)


a_word = st.sampled_from(["women", "berlin", "tea", "2026", "2027", "東京", "edit"])
many_traits = st.lists(
    st.builds(
        lambda number, source, words, day, more: replace(
            traits(
                number,
                title=" ".join(words),
                start=f"2026-12-{day:02} 10:00",
                end=f"2026-12-{day:02} 11:00",
                **more,
            ),
            source=source,
        ),
        st.integers(1, 40),
        st.sampled_from(SOURCES),
        st.lists(a_word, min_size=1, max_size=4),
        st.integers(1, 5),
        st.sampled_from([{}, {"country": "FR"}, {"wikis": ("dewiki",)}]),
    ),
    max_size=8,
    unique_by=lambda each: each.id,
)


@given(many_traits, st.randoms(use_true_random=False))
def test_pairs_when_found_are_all_that_look_alike_in_any_order_of_events(
    events: list[Traits], random: Any
) -> None:
    found = lookalikes(events)
    random.shuffle(events)

    assert lookalikes(events) == found
    by_id = sorted(events, key=lambda each: each.id)
    assert set(found) == {
        (one.id, other.id)
        for one, other in combinations(by_id, 2)
        if look_alike(one, other)
    }
    assert len(set(found)) == len(found)
    for one, other in combinations(events, 2):
        assert look_alike(one, other) == look_alike(other, one)
        assert not (one.source == other.source and look_alike(one, other))
    assert not any(look_alike(each, each) for each in events)


def test_pairs_when_all_events_are_alike_are_some_of_each_and_not_all_of_all() -> None:
    ours, other = traits(title="Tea"), traits(FIRST_ID, title="Tea")
    events = [replace(ours, id=n) for n in range(300)]
    events += [replace(other, id=FIRST_ID + n) for n in range(300)]

    assert len(lookalikes(events)) == 300 * MOST_COMPARED
