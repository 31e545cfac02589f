"""A change that readers hear of a day later, or a cache that mixes readers up.

Without a hint Google asks every 8 to 24 hours (moadim #362) and keeps an answer for
everybody (myHebrewDates #64); an answer with a cookie is not kept at all (osmcal tests
for it); Thunderbird's Accept header got another format (Mobilizon). Feeds say how
often to ask, answer 304, and depend on no header.
"""

import pytest

from tests.support.feeds.ics_lint import lint
from tests.support.feeds.ics_parts import parse
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp

FEED = "/feeds/events.ics"


@pytest.fixture
def tool() -> ToolApp:
    made = ToolApp()
    made.publish(event(12))
    made.sign_in()
    return made


@pytest.mark.parametrize(
    "accept",
    ["text/calendar, */*;q=0.1", "text/html", "image/*;q=1", "", ";;;q=é", "x" * 3000],
)
@pytest.mark.parametrize("path", [FEED, "/events/12.ics"])
def test_feed_when_accept_is_odd_then_is_a_calendar(
    tool: ToolApp, path: str, accept: str
) -> None:
    headers = {"Accept": accept.encode().decode("latin-1")}
    response = tool.get(path, headers=headers)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert lint(response.data) == []


def test_feed_when_kept_by_a_cache_then_belongs_to_nobody(tool: ToolApp) -> None:
    response = tool.get(FEED)
    assert response.headers["Cache-Control"].startswith("public, max-age=")
    assert "Set-Cookie" not in response.headers
    assert response.headers.get_all("Vary") == ["Accept-Encoding"]  # and no reader's
    assert parse(response.data).value("REFRESH-INTERVAL") == "PT1H"


def test_feed_when_an_event_is_edited_then_the_tag_is_another_at_once(
    tool: ToolApp,
) -> None:
    tag = tool.get(FEED).headers["ETag"]
    assert tool.get(FEED, headers={"If-None-Match": tag}).status_code == 304
    tool.publish(event(12, title="Edited"))
    again = tool.get(FEED, headers={"If-None-Match": tag})
    assert again.status_code == 200
    assert again.headers["ETag"] != tag
