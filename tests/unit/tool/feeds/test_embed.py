"""Events in other sites' frames: for any site, with no cookie and nothing else open."""

import re
from dataclasses import replace

import pytest

from space.store.keys import COMPLETE
from tests.support.feeds.publications import event
from tests.support.tool.app import CONFIG, ToolApp
from tool.app.views.time_zone import COOKIE
from tool.app.web.security import content_security_policy

OPENING = re.compile(r"<a ([^>]*)>")


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        *(event(number, title=f"Call {number}", mode="online") for number in range(20)),
        event(30, title="Here", country="IN"),
    )
    return tool


def policy(header: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in header.split("; "))


@pytest.mark.parametrize("query", ["", "?colour=red"])
def test_frame_when_shown_then_only_its_ancestors_are_free(
    published: ToolApp, query: str
) -> None:
    sent = policy(
        published.get(f"/embed/events{query}").headers["Content-Security-Policy"]
    )
    usual = policy(content_security_policy(CONFIG))
    assert sent.pop("frame-ancestors") == "*"
    assert usual.pop("frame-ancestors") == "'none'"
    assert sent == usual


@pytest.mark.parametrize("path", ["/", "/events", "/subscribe", "/zone", "/embed/x"])
def test_other_pages_when_shown_then_are_in_no_frame(
    published: ToolApp, path: str
) -> None:
    headers = published.get(path).headers
    assert policy(headers["Content-Security-Policy"])["frame-ancestors"] == "'none'"


def test_frame_when_the_reader_is_signed_in_then_neither_asks_nor_sets_a_cookie(
    published: ToolApp,
) -> None:
    published.sign_in()
    published.client.set_cookie(COOKIE, "America/Lima", domain="space.example.org")
    answer = published.get("/embed/events")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Olu" not in answer.text
    assert "Lima" not in answer.text


def test_frame_when_shown_then_links_open_in_the_window_round_it(
    published: ToolApp,
) -> None:
    links = OPENING.findall(published.get("/embed/events").text)
    assert len(links) == 7  # six events, and all of them
    for link in links:
        assert 'target="_top"' in link
        assert 'rel="noopener"' in link


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", 6),
        ("?size=small", 3),
        ("?size=large", 12),
        ("?size=small&limit=20", 20),
        ("?country=IN", 1),
        ("?when=today", 0),
    ],
)
def test_frame_when_filtered_then_shows_as_many_as_it_should(
    published: ToolApp, query: str, shown: int
) -> None:
    page = published.get(f"/embed/events{query}").text
    assert page.count('<li class="event-item') == shown
    assert page.count(">All events</a>") == 1
    assert '<h1 class="visually-hidden">' in page


def test_frame_when_a_series_has_many_dates_then_shows_it_once(tool: ToolApp) -> None:
    tool.publish(
        event(12, title="Weekly", end="", recurrence="FREQ=WEEKLY;COUNT=5"),
        event(14, title="Once", start="2026-12-31", end=""),
    )
    page = tool.get("/embed/events").text
    assert page.count('<li class="event-item') == 2
    assert "+ 4 more dates" in page
    assert 'href="/events/12-weekly?date=2026-11-28"' in page


def test_frame_when_a_zone_is_given_then_times_are_told_by_it(
    published: ToolApp,
) -> None:
    page = published.get("/embed/events?zone=America/Lima&limit=1").text
    assert "Fri, 27 Nov 2026" not in page
    assert "Friday, 27 November 2026, 16:00" in page
    assert "Lima (UTC-05:00)" in page
    assert "data-local" not in page
    assert "data-local" in published.get("/embed/events").text


def test_frame_when_a_language_is_given_then_is_in_it(published: ToolApp) -> None:
    page = published.get("/embed/events?lang=ar").text
    assert '<html lang="ar" dir="rtl" data-digits="arab">' in page
    assert "نوفمبر" in page


@pytest.mark.parametrize(
    ("query", "scheme", "asks", "has_dark"),
    [
        ("", "light dark", True, True),
        ("?theme=light", "light", False, False),
        ("?theme=dark", "dark", False, True),
    ],
)
def test_frame_when_a_theme_is_given_then_does_not_ask_the_browser(
    published: ToolApp, query: str, scheme: str, *, asks: bool, has_dark: bool
) -> None:
    page = published.get(f"/embed/events{query}").text
    assert f'<meta name="color-scheme" content="{scheme}">' in page
    link = re.search(r'href="(/static/vendor/codex[^"]*)"', page)
    assert link
    sheet = published.get(link[1], buffered=True).text
    assert ("prefers-color-scheme: dark" in sheet) == asks
    assert ("--color-base: #eaecf0" in sheet) == has_dark


def test_frame_when_the_index_is_not_complete_then_says_so_in_the_frame(
    published: ToolApp,
) -> None:
    published.store.set_value(COMPLETE, None)
    answer = published.get("/embed/events")
    assert answer.status_code == 503
    assert "try again in a minute" in answer.text
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_map_in_a_frame_when_asked_for_then_leads_out_of_it(
    published: ToolApp,
) -> None:
    answer = published.get("/embed/map?country=nz&size=large")
    assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "geolocation=()" in answer.headers["Permissions-Policy"]
    assert 'class="world"' in answer.text
    assert answer.text.count('target="_top"') > 1
    assert "Set-Cookie" not in answer.headers
    assert "Unknown filter “limit”" in published.get("/embed/map?limit=3").text


def test_map_in_a_frame_when_a_zone_is_given_then_popups_go_by_it() -> None:
    tiles = "https://maps.example.org/{z}/{x}/{y}.png"
    tool = ToolApp(config=replace(CONFIG, tile_url=tiles))
    page = tool.get("/embed/map?zone=America/Lima").text
    assert 'data-local="Your time: $1" data-zone="America/Lima"' in page
    page = tool.get("/embed/map").text
    assert 'data-local="Your time: $1" data-zone=""' in page
