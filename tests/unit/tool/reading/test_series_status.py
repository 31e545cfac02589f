"""Series where readers look for their dates: pages, months, lists, feeds, the API."""

import pytest

from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp

OVER = "This event has ended."
SATURDAYS = {
    "title": "Walk",
    "start": "2026-11-07 10:00",
    "end": "2026-11-07 12:00",
    "recurrence": "FREQ=MONTHLY;BYDAY=1SA;COUNT=2",
}


def page_of(tool: ToolApp, page_id: int) -> str:
    return tool.get(f"/events/{page_id}", follow_redirects=True).text


def changed_date(**values: str) -> dict[str, str]:
    return {
        "title": "Walk elsewhere",
        "start": "2026-12-06 10:00",
        "end": "2026-12-06 12:00",
        "series": "Space/Events/Page 7",
        "occurrence": "2026-12-05 10:00",
        **values,
    }


def test_event_when_its_last_date_has_a_page_of_its_own_then_is_not_over(
    tool: ToolApp,
) -> None:
    tool.publish(event(7, **SATURDAYS), event(8, **changed_date()))
    text = page_of(tool, 7)
    assert OVER not in text
    assert "Sunday, 6 December 2026" in text


@pytest.mark.parametrize(
    "values",
    [
        {"status": "cancelled"},
        {"start": "2026-11-20 10:00", "end": "2026-11-20 12:00"},
    ],
)
def test_event_when_its_last_date_does_not_come_either_then_is_over(
    tool: ToolApp, values: dict[str, str]
) -> None:
    tool.publish(event(7, **SATURDAYS), event(8, **changed_date(**values)))
    assert OVER in page_of(tool, 7)


@pytest.mark.parametrize(
    ("start", "rule", "shown"),
    [
        ("2030-05-01 10:00", "FREQ=YEARLY", "Wednesday, 1 May 2030"),
        ("2020-02-29 10:00", "FREQ=YEARLY", "Tuesday, 29 February 2028"),
        ("2019-06-01 10:00", "FREQ=YEARLY;INTERVAL=10", "Friday, 1 June 2029"),
    ],
)
def test_event_when_its_next_date_is_far_then_is_not_over(
    tool: ToolApp, start: str, rule: str, shown: str
) -> None:
    tool.publish(event(7, start=start, end="", recurrence=rule))
    text = page_of(tool, 7)
    assert OVER not in text
    assert shown in text


@pytest.mark.parametrize(
    ("start", "rule", "days"),
    [
        (
            "2025-01-12 13:00",
            "FREQ=MONTHLY;BYDAY=2SU;COUNT=5",
            ("2025-01-12", "2025-02-09", "2025-05-11"),
        ),
        (
            "2023-05-12",
            "FREQ=WEEKLY;BYDAY=WE,FR,SU;COUNT=3",
            ("2023-05-12", "2023-05-14", "2023-05-17"),
        ),
        ("2030-05-01 10:00", "FREQ=YEARLY", ("2030-05-01", "2031-05-01")),
    ],
)
def test_series_when_short_and_past_or_still_far_then_its_dates_are_found(
    tool: ToolApp, start: str, rule: str, days: tuple[str, ...]
) -> None:
    values = {"title": "Zebra", "start": start, "end": "", "timezone": "UTC"}
    tool.publish(event(7, **values, recurrence=rule))
    times = tool.get("/api/v1/events/7").get_json()["times"]
    assert set(days) <= {each["start"][:10] for each in times}
    for day in days:
        assert "Zebra" in tool.get(f"/calendar/{day[:7]}").text
        query = f"from={day}&to={day}"
        assert "Zebra" in tool.get(f"/events?{query}").text
        for feed in ("events.ics", "events.csv", "events.geojson"):
            assert "Zebra" in tool.get(f"/feeds/{feed}?{query}").text
        found = tool.get(f"/api/v1/events?{query}").get_json()["events"]
        assert [each["time"]["start"][:10] for each in found] == [day]
