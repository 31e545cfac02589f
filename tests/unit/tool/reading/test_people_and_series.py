"""Pages of people and groups, and of series."""

from html import unescape

import pytest

from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp


@pytest.fixture
def busy(tool: ToolApp) -> ToolApp:
    ana = ("[[User:Ana|Ana K.]]", "Wikimedia Ghana")
    tool.publish(
        event(12, title="Soon", organizers=ana),
        event(14, title="Long ago", start="2020-01-01", end="", organizers=ana),
        event(18, title="Often", organizers=ana, recurrence="FREQ=WEEKLY;COUNT=4"),
        event(16, title="Theirs", organizers=("Olu",)),
        post(13, title="News", authors=("[[User:Ana]]",)),
    )
    return tool


def opened(tool: ToolApp, path: str) -> str:
    return unescape(tool.get(path, follow_redirects=True).text)


def test_person_when_opened_then_shows_what_they_hold_and_wrote(busy: ToolApp) -> None:
    page = opened(busy, "/people/Ana")
    places = [page.rindex(each) for each in (">Soon<", ">News<", ">Long ago<")]
    assert places == sorted(places)
    assert "Theirs" not in page
    assert page.count("<bdi>Often</bdi>") == 1
    assert "<h1><bdi>Ana K.</bdi></h1>" in page
    assert "/wiki/User:Ana" in page
    for feed in ("/feeds/events.ics?organizer=Ana", "/feeds/posts.atom?author=Ana"):
        assert feed in page
    group = opened(busy, "/people/Wikimedia%20Ghana")
    assert "Soon" in group
    assert "News" not in group


@pytest.mark.parametrize("name", ["Nobody", "%20", "a" * 300, "[[x"])
def test_person_when_nothing_of_theirs_is_published_then_is_404(
    busy: ToolApp, name: str
) -> None:
    assert busy.get(f"/people/{name}").status_code == 404


def test_series_when_opened_then_has_all_dates_and_those_that_changed(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(
            12,
            title="Weekly",
            start="2026-11-07 10:00",
            end="",
            recurrence="FREQ=WEEKLY;COUNT=6",
            **{"except": ("2026-11-28",)},
        ),
        event(
            13,
            title="Moved",
            start="2026-12-06 10:00",
            end="",
            series="Space/Events/Page 12",
            occurrence="2026-12-05 10:00",
        ),
        event(14, title="Party", series="Space/Events/Page 12"),
    )
    page = opened(tool, "/series/12")
    order = ("2026-11-28", "/events/13-moved", "2026-12-12", "2026-11-21", "2026-11-07")
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert '<s><a href="/events/12-weekly?date=2026-11-28">' in page
    assert "moved from" in page
    assert "Party" in page
    assert 'href="/events/12.ics"' in page
    address = "https://space.example.org/series/12-weekly"
    assert f'rel="canonical" href="{address}"' in page


def test_event_when_it_belongs_to_a_series_without_being_a_date_of_it_then_leads_there(
    tool: ToolApp,
) -> None:
    series = event(12, title="Wiki week")
    tool.publish(
        series,
        event(13, title="Opening", series=series.page_title),
        event(14, title="Lost", series="Space/Events/Nowhere"),
    )
    assert '<a href="/series/12-wiki-week">Wiki week</a>' in opened(tool, "/events/13")
    assert "/series/" not in opened(tool, "/events/14")
    assert "Opening" in opened(tool, "/series/12")


def test_series_when_the_event_takes_place_once_then_leads_to_it(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title="Once"))
    assert tool.get("/series/12").location == "/events/12-once"
    assert tool.get("/series/999").status_code == 404
