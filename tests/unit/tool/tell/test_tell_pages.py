"""Pages for telling people: what they offer, in which language, and what never."""

import json
import re
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from space.schema.visibility import public_values
from tests.support.feeds.publications import event, post, publication, translation
from tests.support.tool.app import ToolApp

_FIELD = re.compile(r'<textarea[^>]* id="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
ADDRESS = "https://space.example.org/events/12"
FINE = {"venue": "Te Papa", "address": "55 Cable St", "coordinates": "-41.29, 174.78"}
RAW = {
    "title": "Tea", "start": "2026-11-28 10:00", "end": "2026-11-28 16:00",
    "timezone": "Pacific/Auckland", "country": "NZ", "city": "Wellington",
    "contact": "someone@example.org", "mode": "hybrid",
    "online_link": "https://meet.example.org/secret", **FINE,
}  # fmt: skip


def fields(tool: ToolApp, path: str) -> dict[str, str]:
    """The texts of a page, by the ids of their fields."""
    response = tool.get(path)
    assert response.status_code == 200
    return {name: unescape(text) for name, text in _FIELD.findall(response.text)}


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, title="Tea", city="Auckland"),
        translation(20, "ar"),
        post(13, title="News", summary="What is new."),
        post(15, title="Nouvelles", language="fr", original="Space/Blog/Page 13"),
        event(14, title="Weekly", recurrence="FREQ=WEEKLY;COUNT=9"),
        event(16, title="Off", status="cancelled"),
        event(18, title="Old", start="2020-01-01", end=""),
    )
    return tool


def test_page_of_an_event_has_a_text_for_each_way(published: ToolApp) -> None:
    told = fields(published, "/tell/12")
    assert list(told) == [
        *("pump", "mail-subject", "mail", "social", "list", "entry", "geonotice")
    ]
    assert told["mail-subject"] == "Tea"
    for name in ("pump", "mail", "social", "list"):
        assert ADDRESS in told[name]
    assert json.loads(told["geonotice"])["country"] == "NZ"
    assert "mailto:?subject=Tea&amp;body=Tea" in published.get("/tell/12").text


def test_page_of_a_post_has_no_place(published: ToolApp) -> None:
    told = fields(published, "/tell/13")
    assert "geonotice" not in told
    assert "https://space.example.org/blog/13" in told["social"]


def test_page_in_a_language_tells_in_it_as_far_as_there_is_a_text(
    published: ToolApp,
) -> None:
    told = fields(published, "/tell/12?uselang=ar")
    assert told["mail"].startswith("Title ar\n\nمتى: ")
    assert "نيوزيلندا" in told["entry"]
    french = fields(published, "/tell/13?uselang=fr")
    assert french["mail-subject"] == "Nouvelles"
    assert "/blog/15" in french["mail"]
    page = published.get("/tell/12").text
    assert 'href="/tell/12?uselang=bn"' in page


def test_page_of_a_series_tells_of_its_next_date(published: ToolApp) -> None:
    assert "/events/14?date=2026-11-28\n" in fields(published, "/tell/14")["list"]


@pytest.mark.parametrize(
    ("page_id", "status", "notice"),
    [
        (16, "Cancelled", "This event has been cancelled."),
        (18, "Ended", "This event has ended."),
    ],
)
def test_page_when_an_event_is_off_or_over_then_says_so_everywhere(
    published: ToolApp, page_id: int, status: str, notice: str
) -> None:
    told = fields(published, f"/tell/{page_id}")
    assert "geonotice" not in told
    assert [name for name, text in told.items() if status not in text] == []
    assert notice in published.get(f"/tell/{page_id}").text
    assert status in published.get(f"/tell/{page_id}/poster").text


@pytest.mark.parametrize("path", ["/tell/20", "/tell/99", "/tell/99/poster"])
def test_page_of_what_is_no_post_and_no_event_is_not_there(
    published: ToolApp, path: str
) -> None:
    assert published.get(path).status_code == 404


@pytest.mark.parametrize(
    ("path", "page_id"), [("/events/12-tea", 12), ("/blog/13-news", 13)]
)
def test_page_of_a_post_or_an_event_leads_to_its_texts(
    published: ToolApp, path: str, page_id: int
) -> None:
    assert f'href="/tell/{page_id}"' in published.get(path).text


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    precision=st.sampled_from(["exact", "city", "country"]),
    access=st.sampled_from(["public", "registered"]),
    language=st.sampled_from(["en", "ar"]),
)
def test_pages_of_any_event_tell_nothing_private(
    tool: ToolApp, precision: str, access: str, language: str
) -> None:
    values = {**RAW, "precision": precision, "link_access": access}
    tool.publish(publication(12, "event", public_values("event", values)))
    secret = {"someone@example.org", "meet.example.org"}
    secret |= set() if precision == "exact" else {"Te Papa", "Cable St", "41.29"}
    secret |= {"Wellington"} if precision == "country" else set()
    for path in ("/tell/12", "/tell/12/poster"):
        page = tool.get(f"{path}?uselang={language}").text
        assert [word for word in secret if word in page] == []
    corners = "corners" in fields(tool, f"/tell/12?uselang={language}")["geonotice"]
    assert corners == (precision == "exact")
