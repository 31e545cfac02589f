"""What the page of an event offers: to join, to remember, to find the way."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.support.feeds.publications import event, post, record
from tests.support.tool.app import ToolApp

LINKS = {
    "registration_link": "https://register.example.org/1",
    "online_link": "https://meet.example.org/1",
}
PLACE = {
    "country": "NG",
    "city": "Lagos",
    "venue": "Library",
    "coordinates": "6.5, 3.4",
}


def article(tool: ToolApp, path: str) -> str:
    page = unescape(tool.get(path, follow_redirects=True).text)
    return page.partition("<article")[2].partition("</article>")[0]


def test_event_when_it_comes_then_time_and_place_are_before_what_to_do_about_it(
    tool: ToolApp,
) -> None:
    values = {"recurrence": "FREQ=WEEKLY;COUNT=3", "languages": ("mi",), **PLACE}
    tool.publish(event(12, mode="hybrid", summary="Come.", **values, **LINKS))
    page = article(tool, "/events/12?uselang=en")
    order = (
        *("Come.", "<time", "Every Saturday, 3 times", "Library"),
        *(">Register</a>", ">Join online</a>", "Add to calendar"),
        *("country-map", "Māori"),
    )
    places = [page.index(each) for each in order]
    assert places == sorted(places)
    assert 'href="https://register.example.org/1"' in page


def test_event_when_cancelled_then_looks_so_and_offers_its_cancellation_only(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, title="Tea", mode="hybrid", status="cancelled", **LINKS))
    page = article(tool, "/events/12")
    assert "item--off" in page
    assert re.search(r"<s><time [^>]+>[^<]+</time>", page)
    assert "data-local" not in page
    for link in LINKS.values():
        assert link not in page
    assert "Add to calendar" not in page
    assert page.count("/events/12.ics") == 1
    assert "This event has been cancelled." in page


def test_event_when_over_then_has_its_link_but_nothing_to_join(tool: ToolApp) -> None:
    tool.publish(event(12, start="2026-11-01 10:00", end="", mode="hybrid", **LINKS))
    page = article(tool, "/events/12")
    assert ">Register<" not in page
    assert "Add to calendar" not in page
    assert LINKS["online_link"] in page


def test_menu_when_opened_then_calendars_are_given_the_event(tool: ToolApp) -> None:
    tool.publish(event(12, title="Tea & cake", **PLACE))
    page = article(tool, "/events/12")
    google = re.search(r'href="(https://calendar\.google\.com/[^"]+)"', page)
    outlook = re.search(r'href="(https://outlook\.live\.com/[^"]+)"', page)
    assert google
    assert outlook
    query = parse_qs(urlsplit(google[1]).query)
    assert query["text"] == ["Tea & cake"]
    assert query["dates"] == ["20261128T100000/20261128T160000"]
    assert query["ctz"] == ["Pacific/Auckland"]
    assert query["location"] == ["Library, Lagos, Nigeria"]
    assert query["details"][0].endswith("https://space.example.org/events/12-tea-cake")
    query = parse_qs(urlsplit(outlook[1]).query)
    assert query["startdt"] == ["2026-11-27T21:00:00Z"]
    assert "webcal:" not in page


@pytest.mark.parametrize(
    ("values", "dates"),
    [
        ({"start": "2026-11-28", "end": "2026-11-29"}, "20261128/20261130"),
        (
            {"end": "", "timezone": "UTC+05:30"},
            "20261128T043000Z/20261128T043000Z",
        ),
    ],
)
def test_menu_when_days_are_whole_or_the_zone_is_an_offset_then_times_are_right(
    tool: ToolApp, values: dict[str, str], dates: str
) -> None:
    tool.publish(event(12, **values))
    assert f"dates={dates}".replace("/", "%2F") in article(tool, "/events/12")


def test_menu_when_the_event_is_a_series_then_has_this_date_and_all(
    tool: ToolApp,
) -> None:
    tool.publish(event(12, recurrence="FREQ=WEEKLY;COUNT=5"))
    page = article(tool, "/events/12?date=2026-12-05")
    assert "dates=20261205T100000%2F20261205T160000" in page
    assert 'href="/events/12.ics?date=2026-12-05"' in page
    assert 'href="/events/12.ics"' in page
    assert 'href="webcal://space.example.org/events/12.ics"' in page
    assert "All 5 dates" in page


def test_map_when_the_point_is_public_then_is_a_drawing_that_leads_to_the_map(
    tool: ToolApp,
) -> None:
    tool.publish(
        event(12, **PLACE),
        event(13, **PLACE | {"coordinates": ""}),
        event(14, **PLACE | {"mode": "online"}),
        event(15, **PLACE | {"country": "XK"}),
    )
    page = article(tool, "/events/12")
    assert 'href="/map?country=NG#map=12/6.5/3.4"' in page
    drawing = page.partition("country-map")[2]
    path = re.search(r'<path d="(M[^"]+z)"', drawing)
    assert path
    assert len(path[1]) < 4000
    at = re.search(r'<circle cx="(\d+)" cy="(\d+)"', drawing)
    assert at
    assert int(at[1]) < 160  # in the west of Nigeria
    assert int(at[2]) > 90  # and in its south
    for other in (13, 14, 15):
        assert "country-map" not in article(tool, f"/events/{other}")


def test_organizers_when_named_then_lead_to_their_page(tool: ToolApp) -> None:
    tool.publish(event(12, organizers=("[[User:Ana|Ana K.]]", "Wikimedia Ghana")))
    page = article(tool, "/events/12")
    assert '<a href="/people/Ana">Ana K.</a>' in page
    assert '<a href="/people/Wikimedia%20Ghana">Wikimedia Ghana</a>' in page


def test_head_when_somebody_organizes_the_event_then_may_cancel_one_date(
    tool: ToolApp,
) -> None:
    ana = {"organizers": ("[[User:Olu|O.]]",)}
    series = event(12, recurrence="FREQ=WEEKLY;COUNT=5", **ana)
    own = {"series": series.page_title, "occurrence": "2026-12-12"}
    tool.publish(series, event(13, title="Own", **own, **ana), event(14, **ana))

    def offers(path: str) -> list[str]:
        head = article(tool, path).partition("item__facts")[0]
        return re.findall(r'href="(/(?:edit|retract|write)/[^"]+)"', head)

    assert offers("/events/12?date=2026-12-05") == []
    tool.sign_in("Olu")
    cancel = "/edit/12?skip=2026-12-05"
    rest = ["/retract/12", "/write/event?copy=12"]
    assert offers("/events/12?date=2026-12-05") == ["/edit/12", cancel, *rest]
    assert offers("/events/13")[1] == "/retract/13?what=status-cancelled"
    assert offers("/events/14") == ["/edit/14", "/retract/14", "/write/event?copy=14"]


def test_head_when_a_post_is_the_readers_own_then_may_withdraw_it(
    tool: ToolApp,
) -> None:
    tool.publish(post(13))

    def offers() -> bool:
        head = article(tool, "/blog/13").partition("</header>")[0]
        return 'href="/retract/13"' in head

    assert not offers()
    tool.sign_in("Ana")
    assert offers()


@pytest.fixture
def waiting(tool: ToolApp) -> ToolApp:
    for page_id, state in ((12, "waiting"), (14, "declined"), (16, "gone")):
        hidden = record(event(page_id, title="Secret"), state=state)
        tool.store.put(replace(hidden, publication=None))
    hidden = record(post(13, title="Secret"), state="waiting")
    tool.store.put(replace(hidden, publication=None))
    return tool


@pytest.mark.parametrize(
    ("user", "path", "title"),
    [
        (None, "/events/12", "tool-state-waiting"),
        (None, "/blog/13", "tool-state-waiting"),
        ("Ana", "/events/14", "tool-state-declined"),
        ("Olu", "/events/14", "tool-error-404-title"),
        (None, "/events/14", "tool-error-404-title"),
        ("Ana", "/events/16", "tool-error-404-title"),
        (None, "/events/13", "tool-error-404-title"),
    ],
)
def test_page_when_it_is_not_published_then_404_tells_its_state_to_who_may_know(
    waiting: ToolApp, user: str | None, path: str, title: str
) -> None:
    if user:
        waiting.sign_in(user)
    response = waiting.get(f"{path}?uselang=qqx")
    assert response.status_code == 404
    assert f"<h1>({title})" in response.text
    assert "Secret" not in response.text
    assert ("/wiki/Space/" in response.text) is ("404" not in title)
