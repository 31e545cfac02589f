from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.dates.schedule import span_of
from space.publication.similar_events import (
    REACH,
    SHOWN,
    TIMES,
    Candidate,
    Neighbour,
    Plan,
    UnpublishedEvent,
    alike,
    distance,
    duplicates,
    neighbours,
)
from space.schema.geo import Point
from tests.support.feeds.publications import TODAY, event

MINE = {
    "title": "Women of the Pacific",
    "start": "2026-11-28 10:00",
    "end": "2026-11-28 16:00",
    "timezone": "Pacific/Auckland",
    "country": "NZ",
    "city": "Auckland",
    "topics": ("women",),
}


def plan(page_id: int | None = None, page_title: str = "", **changes: Any) -> Plan:
    values = {name: value for name, value in {**MINE, **changes}.items() if value}
    found = Plan.of(values, TODAY, page_id=page_id, page_title=page_title)
    assert found is not None
    return found


def other(page_id: int = 12, **values: Any) -> Candidate:
    publication = event(page_id, **values)
    return Candidate(publication, span_of(publication.values))


def only(*found: Neighbour) -> Neighbour:
    assert len(found) == 1
    return found[0]


def test_neighbour_when_in_the_same_city_a_day_earlier_then_says_so() -> None:
    there = other(city="AUCKLAND", start="2026-11-27 09:00", end="2026-11-27 10:00")
    found = only(*neighbours(plan(), [there]))
    assert (found.same_city, found.same_hour, found.days) == (True, False, -1)


def test_neighbour_when_only_the_country_and_the_hour_are_shared_then_counts() -> None:
    found = only(*neighbours(plan(), [other(city="Wellington")]))
    assert (found.same_place, found.same_hour, found.days) == (False, True, 0)
    assert found.audience == "country"


@pytest.mark.parametrize(
    "values",
    [
        {"country": "DE"},  # the same hour, but nobody could go to both
        {"city": "Auckland", "start": "2026-12-02 10:00", "end": "2026-12-02 11:00"},
        {"city": "Auckland", "status": "cancelled"},
        {"city": "Auckland", "status": "postponed"},
        {"city": "Auckland", "start": "2026-11-01", "end": "2026-11-30"},
        {"city": "Auckland", "mode": "online", "start": "2026-11-28", "end": ""},
    ],
)
def test_neighbour_when_nothing_collides_then_is_none(values: dict[str, Any]) -> None:
    assert neighbours(plan(), [other(**values)]) == ()


def test_neighbour_when_two_cities_have_one_name_then_is_none() -> None:
    mine = plan(city="Cambridge", country="GB")
    there = other(city="Cambridge", country="US", timezone="America/New_York")
    assert neighbours(mine, [there]) == ()


def test_neighbour_when_points_are_near_then_tells_the_kilometres() -> None:
    there = other(city="Manukau", coordinates="-36.99, 174.88")
    found = only(*neighbours(plan(coordinates="-36.85, 174.76"), [there]))
    assert found.kilometres == 19


def test_neighbour_when_both_are_online_at_one_instant_then_zones_do_not_matter() -> (
    None
):
    there = other(
        mode="online",
        country="",
        timezone="Europe/Berlin",
        start="2026-11-27 23:00",
        end="2026-11-28 00:00",
    )
    found = only(*neighbours(plan(mode="online", country="", city=""), [there]))
    assert (found.same_hour, found.days, found.audience) == (True, 0, "online")


def test_neighbour_when_a_topic_has_another_name_then_it_is_shared() -> None:
    there = other(country="DE", topics=("gender",), start="2026-11-29", end="")
    found = only(*neighbours(plan(), [there], {"gender": "women"}))
    assert found.topics == ("women",)
    assert found.days == 1


def test_neighbours_when_there_are_many_then_the_most_alike_come_first() -> None:
    topic = other(1, country="DE", topics=("women",), start="2026-11-26", end="")
    city = other(2, city="Auckland", start="2026-11-26", end="")
    hour = other(3, city="Auckland")
    found = neighbours(plan(), [topic, city, hour])
    assert [each.candidate.publication.page_id for each in found] == [3, 2, 1]


def test_plan_when_it_recurs_then_any_of_its_next_times_may_collide() -> None:
    mine = plan(recurrence="FREQ=WEEKLY;COUNT=9")
    there = other(
        city="Auckland", start="2026-12-19 12:00", end="2026-12-19 13:00"
    )  # three weeks later
    assert len(mine.spans) == TIMES
    assert only(*neighbours(mine, [there])).same_hour


def test_plan_when_it_is_off_or_has_no_time_then_there_is_none() -> None:
    assert Plan.of({**MINE, "status": "cancelled"}, TODAY) is None
    assert Plan.of({"title": "No day yet"}, TODAY) is None


@pytest.mark.parametrize(
    ("page", "mine"),
    [
        (event(12, city="Auckland", title=MINE["title"]), {"page_id": 12}),
        (
            event(13, city="Auckland", title=MINE["title"], series="Space/Events/S"),
            {"page_id": 12, "page_title": "Space/Events/S"},
        ),
        (
            event(13, city="Auckland", title=MINE["title"], series="Space/Events/S"),
            {"series": "Space/Events/S"},
        ),
        (
            event(13, city="Auckland", title=MINE["title"]),
            {"series": "Space/Events/Page 13"},
        ),
    ],
    ids=["itself", "a date of it", "its sister", "its series"],
)
def test_own_pages_when_near_then_never_clash(page: Any, mine: dict[str, Any]) -> None:
    there = [Candidate(page, span_of(page.values))]
    assert neighbours(plan(**mine), there) == ()
    assert duplicates(plan(**mine), there) == ()


@pytest.mark.parametrize(
    ("values", "same"),
    [
        ({"title": "women of the pacific!", "city": "Auckland"}, True),
        ({"title": "Women of the Pacifc"}, True),  # a city that is not said
        ({"title": MINE["title"], "start": "2026-11-29 10:00", "end": ""}, True),
        ({"title": MINE["title"], "start": "2026-11-30 10:00", "end": ""}, False),
        ({"title": MINE["title"], "city": "Wellington"}, False),
        ({"title": MINE["title"], "country": "AU"}, False),
        ({"title": MINE["title"], "mode": "online"}, False),
        ({"title": "Tea", "city": "Auckland"}, False),
        ({"title": "Tea", "website": "https://www.example.org/wop/"}, True),
        ({"title": "Tea", "website": "https://example.org/"}, False),
    ],
)
def test_duplicate_when_title_days_and_place_agree_then_is_named(
    values: dict[str, Any], *, same: bool
) -> None:
    mine = plan(website="https://example.org/wop")
    assert len(duplicates(mine, [other(**values)])) == same


def test_duplicate_when_it_is_cancelled_then_is_named_all_the_same() -> None:
    there = other(title=MINE["title"], status="cancelled")
    assert len(duplicates(plan(), [there])) == 1


@pytest.mark.parametrize(
    ("title", "same"),
    [
        ("Space/Events/Women of the Pacific", True),
        ("Space/Events/Women of the Pacific (2026-11-28, 2)", True),
        ("Space/Events/Women of the Pacific (2027-11-28)", False),
        ("Space/Events/Something else", False),
    ],
)
def test_duplicate_when_a_page_waits_then_its_title_decides(
    title: str, *, same: bool
) -> None:
    found = duplicates(plan(), [], [UnpublishedEvent(70, title)])
    assert [(each.page_id, each.candidate) for each in found] == [(70, None)] * same
    assert duplicates(plan(page_id=70), [], [UnpublishedEvent(70, title)]) == ()


@pytest.mark.parametrize(
    ("one", "other_title", "same"),
    [
        ("Wiki Loves Earth", "wiki  loves_earth", True),
        ("Ａrt + Feminism", "Art + Feminism", True),
        ("Wikidata workshop", "Wikidata-Workshop", True),
        ("Wikidata workshop 3", "Wikidata workshop 4", False),
        ("ويكي عربية", "ويكي عربية", True),
        ("🎉", "🎉", True),
        ("🎉", "", False),
        ("Meetup Berlin", "Meetup Lagos", False),
    ],
)
def test_titles_when_compared_then_spelling_does_not_count(
    one: str, other_title: str, *, same: bool
) -> None:
    assert alike(one, other_title) is same
    assert alike(other_title, one) is same


def test_distance_when_measured_then_is_that_of_the_globe() -> None:
    berlin, auckland = Point(52.52, 13.405), Point(-36.8506, 174.7679)
    assert distance(berlin, auckland) == pytest.approx(17_730, rel=0.005)
    assert distance(Point(0, 0), Point(0, 180)) == pytest.approx(20_015, rel=0.001)
    assert distance(berlin, berlin) == 0


DAYS = st.dates(date(2026, 11, 20), date(2026, 12, 6))
CLOCKS = st.sampled_from(["", " 00:00", " 10:00", " 23:30"])


@st.composite
def candidates(draw: st.DrawFn) -> Candidate:
    return other(
        draw(st.integers(1, 40)),
        title=draw(st.sampled_from([MINE["title"], "women of pacific", "Tea"])),
        start=f"{draw(DAYS)}{draw(CLOCKS)}",
        end="",
        timezone=draw(st.sampled_from(["Pacific/Auckland", "Europe/Berlin", "UTC"])),
        mode=draw(st.sampled_from(["", "online", "hybrid"])),
        city=draw(st.sampled_from(["", "Auckland", "Berlin"])),
        topics=draw(st.sampled_from([(), ("women",), ("gender", "tea")])),
        coordinates=draw(st.sampled_from(["", "-36.85, 174.76"])),
        series=draw(st.sampled_from(["", "Space/Events/S"])),
    )


LATER = other(start="2026-11-29 09:00", end="2026-11-29 12:00").span
# A page has one publication, and some have a second time.
SEVERAL = st.lists(
    candidates(), max_size=30, unique_by=lambda each: each.publication.page_id
).map(
    lambda found: [
        *found,
        *(Candidate(each.publication, LATER) for each in found[::3]),
    ]
)
PLANS = st.builds(
    lambda start, clock, mode, series: plan(
        7, start=f"{start}{clock}", end="", mode=mode, series=series
    ),
    DAYS,
    CLOCKS,
    st.sampled_from(["", "online", "hybrid"]),
    st.sampled_from(["", "Space/Events/S"]),
)


@given(PLANS, SEVERAL, st.randoms())
def test_answers_when_candidates_are_shuffled_then_are_the_same(
    mine: Plan, there: list[Candidate], random: Any
) -> None:
    found = neighbours(mine, there), duplicates(mine, there)
    random.shuffle(there)
    assert (neighbours(mine, there), duplicates(mine, there)) == found


@given(PLANS, SEVERAL)
def test_neighbours_when_found_then_each_has_a_reason_and_comes_once(
    mine: Plan, there: list[Candidate]
) -> None:
    found = neighbours(mine, there)
    pages = [each.candidate.publication for each in found]
    assert len({page.page_id for page in pages}) == len(pages) <= SHOWN
    assert not any(mine.owns(page) for page in pages)
    assert all(each.weight and abs(each.days) <= REACH for each in found)
    weights = [each.weight for each in found]
    assert weights == sorted(weights, reverse=True)


@given(PLANS, SEVERAL)
def test_candidates_when_found_then_the_windows_reach_them(
    mine: Plan, there: list[Candidate]
) -> None:
    """What the store is asked for holds everything that would be found."""
    within = [
        each
        for each in there
        for since, until, _ in mine.windows()
        if since <= each.span.start_utc < until
    ]
    assert neighbours(mine, within) == neighbours(mine, there)
    assert duplicates(mine, within) == duplicates(mine, there)
