from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.sample_lives import SamplePage
from sandbox.sample_pages import _moved, _moved_events, next_month, sample_pages
from space.codec.page import read_page

TODAY = date(2026, 11, 22)


def pages(today: date = TODAY) -> tuple[SamplePage, ...]:
    return tuple(sample_pages("Space", today))


PAGES = pages()


def events_of(first: date, today: date) -> list[SamplePage]:
    month = f" ({first:%Y-%m}-"
    return [page for page in pages(today) if month in page.title]


def test_sample_pages_have_titles_of_their_own() -> None:
    titles = [page.title for page in PAGES]
    assert len(titles) == len(set(titles))
    assert len(titles) > 150


@settings(max_examples=25)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_moved_events_in_any_month_leave_no_week_empty(today: date) -> None:
    moved = _moved_events("Space", today.replace(day=1))
    days = [date.fromisoformat(page.title[-11:-1]) for page in moved]
    assert len(set(days)) >= 12
    assert {(day.day - 1) // 7 for day in days} >= {0, 1, 2, 3}


def test_sample_pages_later_in_the_same_month_are_the_same() -> None:
    assert pages(TODAY.replace(day=1)) == pages(TODAY)


def test_sample_pages_a_month_later_keep_what_was_the_next_month() -> None:
    first = next_month(TODAY)
    later = first + timedelta(days=20)
    assert events_of(first, TODAY) == events_of(first, later)


@given(
    st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    st.integers(0, 40),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
    st.integers(0, 100),
)
def test_moved_when_an_event_is_moved_then_only_whole_weeks_are_added(
    start: date, days: int, today: date, number: int
) -> None:
    first = today.replace(day=1)
    values = {"start": f"{start} 18:00", "end": str(start + timedelta(days=days))}
    moved, day = _moved(values, first, number)
    assert first <= day < next_month(first)
    assert (day - start).days % 7 == 0
    assert moved == {"start": f"{day} 18:00", "end": str(day + timedelta(days=days))}


def test_sample_pages_show_every_state() -> None:
    steps = [step for page in PAGES for step in page.steps]
    verdicts = {step.about for step in steps if step.verb == "verdict"}
    assert verdicts == {"approve", "changes", "decline", "withdraw"}
    assert any("cancelled" in step.text for step in steps)
    assert any(step.verb == "patrol" for step in steps)


def test_sample_pages_with_problems_are_the_made_up_ones() -> None:
    readings = {p.title: read_page(p.steps[0].text, title=p.title) for p in PAGES}
    assert [title for title, reading in readings.items() if reading.problems] == [
        "Space/Events/Meeting with a zone nobody can know (2026-11)",
        "Space/Events/Ends before it begins (2026-11)",
        "Space/Events/Never closed (2026-11)",
    ]


def test_sample_page_that_is_cancelled_changes_nothing_else() -> None:
    cancelled = next(p for p in PAGES if "walk along the river" in p.title)
    before, after = (
        read_page(step.text, title=cancelled.title)
        for step in cancelled.steps
        if step.verb == "save"
    )
    assert after.values == {**before.values, "status": "cancelled"}
    assert after.body == before.body


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.title)
def test_sample_page_says_that_it_is_one(page: SamplePage) -> None:
    assert "Sample content of a test wiki" in page.steps[0].text
