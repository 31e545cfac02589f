from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from space.publication.publication import Publication
from space.publication.series import SeriesConfirmation, match_overrides, series_title
from tests.support.feeds.publications import event, post

CHANGED = datetime(2026, 1, 31, 23, 59, tzinfo=UTC)


def series(**values: str) -> Publication:
    found = event(7, **{"recurrence": "FREQ=WEEKLY", **values})
    return replace(found, updated=CHANGED)


@pytest.mark.parametrize(
    ("values", "today", "asks"),
    [
        ({}, date(2026, 7, 30), False),
        ({}, date(2026, 7, 31), True),
        ({"confirmed": "2026-02-28"}, date(2026, 8, 27), False),
        ({"confirmed": "2026-02-28"}, date(2026, 8, 28), True),
        ({"confirmed": "2025-02-28"}, date(2026, 7, 31), True),
        ({"recurrence": "FREQ=WEEKLY;UNTIL=20270131"}, date(2026, 7, 31), True),
        ({"recurrence": "FREQ=WEEKLY;UNTIL=20270130"}, date(2026, 7, 31), False),
        ({"recurrence": "FREQ=WEEKLY;COUNT=99"}, date(2027, 7, 31), False),
    ],
)
def test_life_sign_when_a_series_is_quiet_then_asks_from_that_day_on(
    values: dict[str, str],
    today: date,
    asks: bool,  # noqa: FBT001 - of the table
) -> None:
    sign = SeriesConfirmation.of(series(**values))
    assert (sign is not None and sign.needs_confirmation(today, 6)) is asks


@pytest.mark.parametrize("other", [event(7), post(7), event(7, also=("2027-01-01",))])
def test_life_sign_when_there_is_no_rule_then_there_is_none(other: Publication) -> None:
    assert SeriesConfirmation.of(other) is None


def change(page_id: int, occurrence: str, **values: str) -> Publication:
    return event(page_id, series="Space/Events/Page 7", occurrence=occurrence, **values)


def test_series_title_when_a_page_repeats_itself_then_it_is_no_changed_date() -> None:
    assert series_title(change(8, "2026-12-05")) == "Space/Events/Page 7"
    assert series_title(change(8, "2026-12-05", recurrence="FREQ=DAILY")) is None
    assert series_title(event(8, series="Space/Events/Page 7")) is None
    assert series_title(post(8, series="Letters")) is None


def test_replaced_by_when_several_name_a_date_then_the_oldest_page_has_it() -> None:
    pages = [change(9, "2026-12-05"), change(8, "2026-12-05 10:00")]
    found = match_overrides(series(), [*pages, change(5, "2026-12-06")])
    assert {page: str(each.start) for page, each in found.items()} == {
        8: "2026-12-05 10:00"
    }


def test_inherit_when_a_page_says_its_own_then_only_the_rest_is_the_series() -> None:
    usual = event(7, recurrence="FREQ=WEEKLY", topics=("glam",), languages=("de",))
    page = change(8, "2026-12-05", languages=("en",))
    values = match_overrides(usual, [page])[8].inherit(page).values
    assert (values["topics"], values["languages"]) == (("glam",), ("en",))
    assert values["title"] == "Event 8"
