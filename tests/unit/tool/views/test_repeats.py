"""The dates that a rule gives, as the form lists them."""

import re

import pytest

from tests.support.tool.app import ToolApp

EVENT = {
    "title": "Tea",
    "start-date": "2026-12-03",
    "start-time": "18:00",
    "timezone": "Africa/Lagos",
    "country": "NG",
}


@pytest.mark.parametrize(
    ("rule", "listed", "rest"),
    [
        ("FREQ=WEEKLY;COUNT=3", 3, ""),
        ("FREQ=WEEKLY;COUNT=60", 60, ""),
        ("FREQ=WEEKLY;COUNT=61", 60, "and one more date"),
        ("FREQ=WEEKLY;COUNT=70", 60, "and 10 more dates"),
        ("FREQ=WEEKLY", 60, "and so on"),
    ],
)
def test_dates_when_checked_then_say_how_many_more_there_are(
    tool: ToolApp, rule: str, listed: int, rest: str
) -> None:
    page = tool.post("/write/event", **EVENT, recurrence=rule, action="dates").text

    assert page.count('name="except" value="20') == listed
    said = re.findall(r">(and (?:one more date|\d+ more dates|so on))<", page)
    assert said == ([rest] if rest else [])
