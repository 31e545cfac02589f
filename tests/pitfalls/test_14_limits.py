"""Events that a limit hides without a word.

Thirty by default (TEC-4584), five hundred a file (Mobilizon), only those to come
(Mobilizon #1246), 500 without a parameter (pavilion #44). A feed has all that fits its
filter: 1,001 in, 1,001 out. The newest 50 posts are the one limit there is, and
`docs/feeds.md` says where the rest are.
"""

import pytest

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp

NUMBER = 1001


@pytest.fixture(scope="module")
def tool() -> ToolApp:
    made = ToolApp()
    here = {"coordinates": "-36.85, 174.76"}
    some = (event(number, **here) for number in range(1, NUMBER + 1))
    made.publish(*some, post(NUMBER + 1))
    return made


@pytest.mark.parametrize(
    ("path", "sign"),
    [
        ("/feeds/events.ics", "BEGIN:VEVENT"),
        ("/feeds/events.geojson", '"begins":'),
        ("/feeds/events.csv", "\r\n"),
    ],
)
@pytest.mark.parametrize("query", ["", "?country=nz", "?from=2026-11-01&q=event"])
def test_feed_when_there_are_many_then_has_all_of_them(
    tool: ToolApp, path: str, sign: str, query: str
) -> None:
    text = tool.get(path + query).text
    assert text.count(sign) == NUMBER + path.endswith("csv")


@pytest.mark.parametrize(
    "query",
    [
        "?",
        "?country=",
        "?country=zz",
        "?from=x",
        "?limit=9",
        "?q=%00",
        "?%ff=%fe",
        "?a&b",
    ],
)
@pytest.mark.parametrize("path", ["/feeds/events.ics", "/api/v1/events"])
def test_feed_when_a_parameter_is_garbage_then_says_so_and_never_fails(
    tool: ToolApp, path: str, query: str
) -> None:
    with tool.get(path + query) as response:
        assert response.status_code in {200, 400}
