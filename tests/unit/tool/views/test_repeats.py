"""The dates that a rule gives, as the form lists them."""

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
    ("rule", "shown", "last"),
    [
        ("FREQ=WEEKLY;COUNT=3", 3, "</li>"),
        ("FREQ=WEEKLY;COUNT=6", 5, "<li>and one more date</li>"),
        ("FREQ=WEEKLY;COUNT=8", 5, "<li>and 3 more dates</li>"),
        ("FREQ=WEEKLY;UNTIL=20270121", 5, "<li>and 3 more dates</li>"),
        ("FREQ=WEEKLY", 5, "<li>and so on</li>"),
    ],
)
def test_dates_in_the_preview_say_how_many_more_there_are(
    tool: ToolApp, rule: str, shown: int, last: str
) -> None:
    page = tool.post("/write/event", **EVENT, recurrence=rule, action="preview").text

    dates = page.partition("It takes place:")[2].partition("</ul>")[0]
    assert dates.count("2026") + dates.count("2027") == shown
    assert dates.endswith(last)
    assert dates.count("<li>") == shown + (last != "</li>")
