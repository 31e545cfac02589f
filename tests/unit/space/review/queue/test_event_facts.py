"""What reviewers are told of an event: its days and its place, as its text has them."""

from datetime import date, timedelta

import pytest

from space.review.queue.event_facts import EventFacts, event_values
from space.schema.kinds import Values

TODAY = date(2026, 11, 24)
TEA = {"start": "2026-11-24 10:00", "timezone": "Africa/Lagos"}


def facts(values: Values) -> EventFacts:
    found = EventFacts.of(values, TODAY)
    assert found
    return found


def test_values_when_a_text_is_read_then_are_those_that_facts_are_made_of() -> None:
    where = {"mode": "hybrid", "country": "NG", "city": "Lagos"}
    text = {**TEA, **where, "title": "Tea", "address": "1 Road"}
    assert event_values(text) == {**TEA, **where}
    coarse = event_values({**text, "precision": "country"})
    assert coarse == {**TEA, "mode": "hybrid", "country": "NG"}


def test_facts_when_a_text_names_no_place_then_have_none() -> None:
    assert (facts(TEA).country, facts(TEA).city) == ("", "")


def test_facts_when_the_city_is_the_country_then_have_the_country_only() -> None:
    found = facts({**TEA, "city": "Singapore", "country": "SG"})
    assert (found.country, found.city) == ("SG", "")


def test_facts_when_a_date_of_a_series_is_today_then_are_of_that_date() -> None:
    assert facts({**TEA, "recurrence": "FREQ=DAILY"}).first == TODAY


@pytest.mark.parametrize(
    ("first", "last", "soon"), [(-9, -1, False), (-9, 0, True), (3, 3, True), (4, 4, 0)]
)
def test_facts_when_an_event_goes_on_or_begins_in_time_then_it_is_soon(
    first: int, last: int, *, soon: bool
) -> None:
    days = [TODAY + timedelta(number) for number in (first, last)]
    assert EventFacts(*days).is_soon(TODAY, 3) == soon
