"""The map in a real browser; nothing but the tool itself is ever asked."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from space.publication.publication import Publication
from tests.support.browser.screenshots import DESK, PHONE, only_here, violations, visit
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool
from tool.app.views.time_zone import COOKIE

pytestmark = pytest.mark.browser

TILES = "/static/space.svg?tile={z}-{x}-{y}"
HALL = {"coordinates": "52.52, 13.405", "country": "DE", "city": "Berlin"}
MARK = ".leaflet-marker-icon"
MIDDLE = """each => {
    const box = each.getBoundingClientRect();
    return [box.x + box.width / 2, box.y + box.height / 2];
}"""

COVER = """all => {
    const map = document.querySelector('.tiles').getBoundingClientRect();
    const tiles = all.map(each => each.getBoundingClientRect());
    return Math.min(...tiles.map(each => each.top)) <= map.top &&
        Math.max(...tiles.map(each => each.bottom)) >= map.bottom;
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("map"), TILES) as tool:
        tool.publish(
            *(event(n, title=f"Evening {n}", **HALL) for n in range(101, 111)),
            event(
                120,
                title="Over",
                start="2026-11-15 10:00",
                end="2026-11-15 12:00",
                coordinates="-1.29, 36.82",
                country="KE",
            ),
            *near_lagos(),
        )
        yield tool


def near_lagos() -> list[Publication]:
    """Events near Lagos: some that nobody can go to, and three at growing distances."""
    over = {"start": "2026-11-15 10:00", "end": "2026-11-15 12:00"}
    on = {"start": "2026-11-20", "end": "2026-12-20"}
    told: list[tuple[str, str, dict[str, str]]] = [
        ("Lagos is over", "6.5, 3.4", over),
        ("Lagos is off", "6.5, 3.4", {"status": "cancelled"}),
        ("Lagos is put off", "6.5, 3.41", {"status": "postponed"}),
        ("Lagos to Ibadan", "7.38, 3.95", {}),
        ("Lagos goes on", "6.6, 3.4", on),
        ("Lagos to Accra", "5.6, -0.19", {}),
    ]
    return [
        event(130 + number, title=title, coordinates=where, country="NG", **values)
        for number, (title, where, values) in enumerate(told)
    ]


@pytest.fixture
def asked() -> list[str]:
    """Addresses that browsers asked for in a test."""
    return []


@pytest.fixture
def visitor(
    served: ToolApp, browser: Browser, asked: list[str]
) -> Iterator[Callable[..., Page]]:
    """Opens a browser of somebody's own; an address of another host fails the test."""
    with ExitStack() as contexts:

        def come(**options: Any) -> Page:
            context = browser.new_context(**options)
            contexts.callback(context.close)
            contexts.enter_context(only_here(context, served, asked))
            context.set_default_timeout(20_000)
            context.clock.set_fixed_time(served.now)
            return context.new_page()

        yield come


@pytest.fixture
def page(visitor: Callable[..., Page]) -> Page:
    return visitor()


def ready(page: Page) -> None:
    expect(page.locator("[data-tiles][data-ready]")).to_be_visible()


def test_building_when_opened_by_keyboard_then_tells_of_all_ten_events(
    served: ToolApp, page: Page, asked: list[str]
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    visit(page, served, "/map?country=DE")
    ready(page)
    assert any("tile=" in url for url in asked)
    expect(page.locator(".world")).to_be_hidden()
    mark = page.locator(MARK)
    expect(mark).to_have_count(1)
    expect(mark).to_have_accessible_name(re.compile("Berlin: 10 events"))
    mark.focus()
    page.keyboard.press("Enter")
    links = page.locator(".map-popup a")
    expect(links).to_have_count(10)
    listed = page.locator(".map-list li a")
    assert links.all_text_contents() == listed.all_text_contents()
    links.last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/110-"))


def test_marks_when_times_differ_then_shapes_do(served: ToolApp, page: Page) -> None:
    for country, name in (("DE", "upcoming"), ("KE", "past")):
        visit(page, served, f"/map?country={country}")
        ready(page)
        expect(page.locator(f"{MARK} .mark--{name}")).to_have_count(1)
        expect(page.locator(f".map-list .mark--{name}").first).to_be_visible()
    visit(page, served, "/map?status=cancelled&country=NG")
    ready(page)
    expect(page.locator(f"{MARK} .mark--cancelled")).to_have_count(1)
    legend = page.locator(".map-legend .mark")
    shapes = legend.evaluate_all(
        "all => all.map(each => { const style = getComputedStyle(each);"
        " return style.clipPath + style.borderRadius; })"
    )
    assert len(set(shapes)) == 4


def test_popup_when_the_reader_is_elsewhere_then_has_both_times(
    served: ToolApp, visitor: Callable[..., Page]
) -> None:
    page = visitor(timezone_id="America/Lima", locale="en-GB")
    for country, zone in (("IN", "Asia/Kolkata"), ("DE", "Pacific/Auckland")):
        visit(page, served, f"/map?country={country}")
        ready(page)
        page.locator(MARK).click()
        popup = page.locator(".map-popup")
        expect(popup).to_contain_text(zone)
        expect(popup).to_contain_text(re.compile("Your time: .*, Lima"))


def test_popup_when_the_reader_chose_a_zone_then_goes_by_that_one(
    served: ToolApp, visitor: Callable[..., Page]
) -> None:
    page = visitor(timezone_id="Asia/Tokyo", locale="en-GB")
    page.context.add_cookies(
        [{"name": COOKIE, "value": "America/Lima", "url": served.config.public_url}]
    )
    visit(page, served, "/map?country=IN")
    ready(page)
    page.locator(MARK).click()
    popup = page.locator(".map-popup")
    expect(popup).to_contain_text("Asia/Kolkata")
    expect(popup).to_contain_text("23:30")  # 10:00 in India
    expect(popup).to_contain_text(re.compile("Your time: .*, Lima"))
    expect(popup).not_to_contain_text("Tokyo")


def test_view_when_shared_then_opens_the_same_part(served: ToolApp, page: Page) -> None:
    visit(page, served, "/map#map=5/52.500/13.400")
    ready(page)
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"#map=6/52\.[45]\d+/13\.[34]\d+$"))


def test_near_me_when_asked_then_neither_address_nor_tiles_tell_the_position(
    served: ToolApp, visitor: Callable[..., Page], asked: list[str]
) -> None:
    page = visitor(
        geolocation={"latitude": 50.1, "longitude": 8.7},
        permissions=["geolocation"],
        reduced_motion="reduce",
    )
    visit(page, served, "/map?country=DE#map=5/50.000/9.000")
    ready(page)
    asked.clear()
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("[data-near] li")).to_have_count(10)
    here = page.locator(".map-here")
    expect(here).to_be_visible()
    middles = [page.locator(each).evaluate(MIDDLE) for each in (MARK, ".tiles")]
    for mark, tiles in zip(*middles, strict=True):
        assert abs(mark - tiles) < 3
    drawn = here.get_attribute("d") or ""
    page.get_by_role("button", name="Zoom in").click()
    expect(here).not_to_have_attribute("d", drawn)
    assert "#" not in page.url
    # Tiles, and the icon of the page.
    assert {urlsplit(url).path for url in asked} == {"/static/space.svg"}


def test_near_me_when_asked_then_names_what_takes_place_and_links_it(
    served: ToolApp, visitor: Callable[..., Page], asked: list[str]
) -> None:
    """Nearer ones are over or called off; of those that are not, the nearest first."""
    page = visitor(
        geolocation={"latitude": 6.5, "longitude": 3.4}, permissions=["geolocation"]
    )
    near = page.locator("[data-near]")
    for path in ("/map?q=Lagos", "/events?q=Lagos"):
        visit(page, served, path)
        expect(near).to_be_hidden()
        if path.startswith("/map"):
            ready(page)
        asked.clear()
        page.get_by_role("button", name="Near me").click()
        expect(near.locator("[role=status]")).to_have_text("Nearest to you")
        expect(near.locator("li a")).to_have_text(
            ["Lagos goes on", "Lagos to Ibadan", "Lagos to Accra"]
        )
        expect(near.locator("bdi").nth(1)).to_contain_text(re.compile("^1[0-9]{2} km"))
        assert not [url for url in asked if "6.5" in url]
    assert violations(page) == []
    near.get_by_role("link", name="Ibadan").click()
    expect(page).to_have_url(re.compile(r"/events/133-"))


def test_near_me_when_there_is_no_place_then_says_so_and_stays(
    served: ToolApp, visitor: Callable[..., Page]
) -> None:
    page = visitor(
        geolocation={"latitude": 50.1, "longitude": 8.7}, permissions=["geolocation"]
    )
    visit(page, served, "/map?country=AQ")
    ready(page)
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("[data-near] [role=status]")).to_contain_text("No upcoming")
    expect(page.locator(".map-here")).to_have_count(0)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_map_when_looked_at_then_is_fit_for_everybody(
    served: ToolApp, visitor: Callable[..., Page], width: int
) -> None:
    page = visitor(viewport={"width": width, "height": 800})
    for path in ("/map#map=0/20/10", "/embed/map"):
        page.emulate_media(color_scheme="light")
        visit(page, served, path)
        ready(page)
        assert page.locator(".leaflet-tile").evaluate_all(COVER)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not is_dimmed(page)
        assert is_light(page)
        page.emulate_media(color_scheme="dark")
        assert violations(page, "color-contrast", "link-in-text-block") == []
        assert is_dimmed(page)
        assert not is_light(page)


def is_dimmed(page: Page) -> bool:
    """Whether the tiles are."""
    shown = page.locator(".leaflet-tile-pane").evaluate(
        "each => getComputedStyle(each).filter"
    )
    return bool(shown != "none")


def is_light(page: Page) -> bool:
    """Whether the buttons on the tiles are."""
    drawn = page.locator(".leaflet-control-zoom-in").evaluate(
        "each => getComputedStyle(each).backgroundColor"
    )
    return sum(map(int, re.findall(r"[0-9]+", drawn)[:3])) > 3 * 128


def test_map_when_there_is_no_script_then_a_drawing_and_a_list_say_the_same(
    served: ToolApp, visitor: Callable[..., Page]
) -> None:
    page = visitor(java_script_enabled=False)
    visit(page, served, "/map?country=DE")
    expect(page.locator(".world circle")).to_have_count(1)
    expect(page.locator(".map-list li a")).to_have_count(10)
    expect(page.locator("[data-tiles]")).to_be_hidden()
    expect(page.get_by_role("button", name="Near me")).to_be_hidden()
