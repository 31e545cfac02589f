"""Calendars with reminders: with them only for who asks, under a tag of their own."""

import pytest

from tests.support.feeds.ics_lint import lint
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp

CALENDARS = (
    "/feeds/events.ics",
    "/events/12.ics",
    "/events/16.ics?date=2026-12-05",
)
WRONG = "The filter “alarm” does not accept “30”."


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, title="Tea", city="Auckland"),
        event(14, title="Coffee", status="cancelled"),
        event(16, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=3"),
        event(18, title="Late", series="Weekly", occurrence="2026-12-05"),
    )
    return tool


@pytest.mark.parametrize("path", CALENDARS)
def test_calendar_when_asked_for_alarms_then_has_them_under_its_own_address(
    published: ToolApp, path: str
) -> None:
    sign = "&" if "?" in path else "?"
    plain, both, swapped = (
        published.get(path + query)
        for query in (
            "",
            f"{sign}alarm=15&alarm=1440",
            f"{sign}alarm=1440&alarm=15&alarm=",
        )
    )
    assert lint(both.data) == []
    assert both.data == swapped.data
    takes_place = both.text.count("\r\nSTATUS:CONFIRMED")
    assert both.text.count("TRIGGER:-PT15M\r\n") == takes_place > 0
    assert both.text.count("TRIGGER:-P1D\r\n") == takes_place
    unfolded = both.text.replace("\r\n ", "")
    assert f"{path}{sign}alarm=15&alarm=1440\r\n" in unfolded
    assert "VALARM" not in plain.text
    tags = {plain.headers["ETag"], both.headers["ETag"], _tag(published, path, sign)}
    assert len(tags) == 3
    same = {"If-None-Match": both.headers["ETag"]}
    again = published.get(f"{path}{sign}alarm=15&alarm=1440", headers=same)
    assert again.status_code == 304


def _tag(tool: ToolApp, path: str, sign: str) -> str:
    return tool.get(f"{path}{sign}alarm=15").headers["ETag"]


@pytest.mark.parametrize("path", CALENDARS)
def test_calendar_when_asked_for_another_alarm_then_says_which_is_none(
    published: ToolApp, path: str
) -> None:
    sign = "&" if "?" in path else "?"
    response = published.get(f"{path}{sign}alarm=15&alarm=30")
    assert response.status_code == 400
    assert WRONG in response.text


@pytest.mark.parametrize("path", ["/feeds/events.geojson", "/api/v1/events"])
def test_other_formats_when_asked_for_alarms_then_know_none(
    published: ToolApp, path: str
) -> None:
    assert published.get(f"{path}?alarm=15").status_code == 400


def test_calendar_in_a_language_when_asked_for_alarms_then_has_both(
    published: ToolApp,
) -> None:
    text = published.get("/feeds/events.ics?uselang=ar&alarm=15").text
    assert "نيوزيلندا" in text.replace("\r\n ", "")
    assert "BEGIN:VALARM" in text


def test_subscribing_when_a_reminder_is_chosen_then_its_address_asks_for_it(
    published: ToolApp,
) -> None:
    page = published.get("/subscribe?country=NZ&alarm=1440").text
    address = "https://space.example.org/feeds/events.ics?country=NZ&amp;alarm=1440"
    assert f'value="{address}"' in page
    assert '<option value="1440" selected>' in page
    assert published.get("/subscribe?alarm=30").status_code == 400
    assert "alarm=" not in published.get("/subscribe?alarm=").headers["Location"]
