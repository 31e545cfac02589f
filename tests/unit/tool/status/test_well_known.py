from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.feeds.publications import NOW
from tests.support.tool.app import CONFIG, ToolApp

CONTACT = "mailto:space.maintainers@toolforge.org"


def test_robots_when_asked_then_keeps_crawlers_from_no_feed_and_no_page(
    tool: ToolApp,
) -> None:
    response = tool.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    closed = [
        line.removeprefix("Disallow: ")
        for line in response.text.splitlines()
        if line.startswith("Disallow: ")
    ]
    assert "/login" in closed
    for path in ("/", "/events", "/blog/1-x", "/feeds/events.ics", "/api/v1/events"):
        assert not path.startswith(tuple(closed))
    # A crawler that may not fetch them does not see that they are not to be listed.
    for path in ("/review/1", "/edit/1"):
        assert not path.startswith(tuple(closed))


def test_security_when_there_is_a_contact_then_names_it_until_a_day_to_come() -> None:
    tool = ToolApp(config=replace(CONFIG, security_contact=CONTACT))
    text = tool.get("/.well-known/security.txt").text
    fields = dict(line.split(": ", 1) for line in text.splitlines())
    assert fields["Contact"] == CONTACT
    assert fields["Canonical"] == f"{CONFIG.public_url}/.well-known/security.txt"
    left = datetime.fromisoformat(fields["Expires"]) - NOW
    assert timedelta(days=30) < left < timedelta(days=365)


def test_security_when_there_is_no_contact_then_there_is_no_file(
    tool: ToolApp,
) -> None:
    assert tool.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        *("/review", "/review/1", "/edit/1", "/retract/1", "/saved/1", "/mine"),
        *("/write", "/write/event", "/write/event/import", "/feeds/review.atom"),
    ],
)
def test_page_when_it_may_show_what_nobody_reviewed_then_is_not_listed(
    tool: ToolApp, path: str
) -> None:
    assert tool.get(path).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("path", ["/preview", "/nearby", "/review/1"])
def test_answer_to_a_form_when_of_unreviewed_text_then_is_not_listed(
    tool: ToolApp, path: str
) -> None:
    assert tool.post_raw(path).headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize(
    "path", ["/", "/events", "/blog", "/map", "/feeds/events.ics", "/nothing"]
)
def test_page_when_all_of_it_was_reviewed_then_may_be_listed(
    tool: ToolApp, path: str
) -> None:
    assert "X-Robots-Tag" not in tool.get(path).headers
