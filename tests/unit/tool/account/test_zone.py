"""The reader's zone: chosen without a script, kept in a cookie, told by its name."""

import re

import pytest

from tests.support.feeds.publications import event
from tests.support.tool.app import CONFIG, ToolApp
from tool.app.views.time_zone import COOKIE


@pytest.fixture
def published(tool: ToolApp) -> ToolApp:
    tool.publish(
        event(12, title="Call", mode="online", country=""),
        event(14, title="Walk"),
        event(16, title="Week", mode="online", start="2026-11-24", end="2026-11-26"),
    )
    return tool


def choose(tool: ToolApp, name: str, return_to: str = "/events") -> str | None:
    answer = tool.post_raw("/zone", zone=name, return_to=return_to)
    assert answer.status_code == 303
    return answer.location


def test_zone_when_chosen_then_online_events_are_told_by_it_too(
    published: ToolApp,
) -> None:
    assert choose(published, "America/Lima") == "/events"
    page = published.get("/events").text.replace("\u202f", " ")
    assert "Saturday, 28 November 2026, 10:00 – 16:00" in page
    line = "Your time: Friday, 27 November 2026, 16:00 – 22:00, Lima (UTC-05:00)"
    assert page.count("Your time:") == 1
    assert line in page
    assert "data-local" not in page
    assert "Your time zone: Lima (UTC-05:00)." in page
    month = published.get("/calendar/2026-11").text.replace("\u202f", " ")
    assert "Your time: Fri 16:00 UTC-5" in month
    event_page = published.get("/events/12-call").text.replace("\u202f", " ")
    assert line in event_page
    assert "for you" not in published.get("/events/14-walk").text


def test_zone_when_not_chosen_then_a_script_may_tell_it(published: ToolApp) -> None:
    page = published.get("/events").text
    assert page.count("data-local=") == 1
    assert 'data-wall="2026-11-28T10:00"' in page
    assert 'data-end="2026-11-28T03:00:00+00:00"' in page


def test_zone_when_the_clocks_are_those_of_the_event_then_says_nothing_twice(
    published: ToolApp,
) -> None:
    choose(published, "Antarctica/McMurdo")
    assert "for you" not in published.get("/events").text


def test_zone_when_chosen_then_today_is_the_readers(published: ToolApp) -> None:
    assert "Sun, 22 Nov 2026 (UTC)<" in published.get("/events?when=today").text
    choose(published, "Pacific/Kiritimati")
    assert "Mon, 23 Nov 2026<" in published.get("/events?when=today").text


def test_zone_when_it_hardly_matters_then_is_not_told(published: ToolApp) -> None:
    page = published.get("/events?when=next-month").text
    assert re.search(r"Tue, 1 – Thu, 31 Dec 2026<", page.replace("\u2009", " "))


def test_cookie_when_set_then_has_the_zone_alone_and_only_after_a_choice(
    published: ToolApp,
) -> None:
    for path in ("/events", "/zone", "/calendar/2026-11"):
        assert "Set-Cookie" not in published.get(path).headers
    answer = published.post_raw("/zone", zone="America/Lima", return_to="/events")
    (cookie,) = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"{COOKIE}=America/Lima;")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"):
        assert part in cookie
    assert "Cookie" in published.get("/events").headers["Vary"]


@pytest.mark.parametrize("name", ["", "CET", "Mars/Base", "\r\nX: y"])
def test_zone_when_it_is_none_then_is_forgotten(published: ToolApp, name: str) -> None:
    choose(published, "America/Lima")
    choose(published, name)
    assert "data-local" in published.get("/events").text


def test_cookie_when_it_holds_something_else_then_is_passed_over(
    published: ToolApp,
) -> None:
    published.client.set_cookie(COOKIE, "<b>", domain="space.example.org")
    assert "data-local" in published.get("/events").text


def test_way_back_when_it_leads_elsewhere_then_is_the_list(
    published: ToolApp,
) -> None:
    assert choose(published, "UTC", "https://evil.example/") == "/events"
    assert choose(published, "UTC", "/calendar/2026-11?q=a") == "/calendar/2026-11?q=a"


def test_zones_when_offered_then_the_chosen_one_is_selected(
    published: ToolApp,
) -> None:
    choose(published, "America/Argentina/Ushuaia")
    page = published.get("/zone?return_to=/calendar/2026-11").text
    ushuaia = "America/Argentina/Ushuaia"
    assert f'value="{ushuaia}" selected>Argentina – Ushuaia<' in page
    assert 'name="return_to" value="/calendar/2026-11"' in page
    assert f'href="{CONFIG.public_url}' not in page


def test_zones_when_offered_then_have_the_names_and_order_of_the_readers_language(
    published: ToolApp,
) -> None:
    page = published.get("/zone?uselang=de").text
    labels = re.findall(r"<option value=\"[A-Z][^>]*>([^<]*)<", page)
    assert {"Deutschland – Berlin", "Indien – Kalkutta", "Singapur"} < set(labels)
    oman = labels.index("Oman – Maskat")
    assert labels[oman + 1] == "Österreich – Wien"
    page = published.get("/zone?uselang=ar").text
    assert 'value="Asia/Kolkata">الهند – كالكتا<' in page
    assert 'value="Asia/Calcutta"' not in page
    form = published.get("/write/event?uselang=ar").text
    assert re.search(r'<option value="Europe/Kyiv"[^>]*>?[^<]*أوكرانيا – كييف', form)


def test_zone_when_an_old_name_was_chosen_then_is_offered_too(
    published: ToolApp,
) -> None:
    choose(published, "Asia/Calcutta")
    assert 'value="Asia/Calcutta" selected>' in published.get("/zone").text


@pytest.mark.parametrize("target", ["//evil.example", "/login", "/logout", "/./login"])
def test_zone_when_the_way_back_is_none_then_leads_to_events(
    tool: ToolApp, target: str
) -> None:
    answer = tool.post_raw("/zone", zone="America/Lima", return_to=target)
    assert answer.location == "/events"
