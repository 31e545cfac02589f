"""The map in a real browser; nothing but the tool itself is ever asked."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.looking import DESK, PHONE, violations, visit
from tests.support.publications import event
from tests.support.served_tool import served_tool
from tests.support.tool_stage import ToolStage

pytestmark = pytest.mark.browser

TILES = "/static/space.svg?tile={z}-{x}-{y}"
HALL = {"coordinates": "52.52, 13.405", "country": "DE", "city": "Berlin"}
MARK = ".leaflet-marker-icon"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolStage]:
    with served_tool(tmp_path_factory.mktemp("map"), TILES) as stage:
        stage.publish(
            *(event(n, title=f"Evening {n}", **HALL) for n in range(101, 111)),
            event(
                120,
                title="Over",
                start="2026-11-15 10:00",
                end="2026-11-15 12:00",
                coordinates="-1.29, 36.82",
                country="KE",
            ),
        )
        yield stage


@pytest.fixture
def only_here(served: ToolStage, page: Page) -> Iterator[list[str]]:
    """Addresses that were asked for; any of another host fails the test."""
    seen: list[str] = []
    own = urlsplit(served.config.public_url).netloc

    def watch(route: Route) -> None:
        seen.append(route.request.url)
        if urlsplit(route.request.url).netloc == own:
            route.continue_()
        else:
            route.abort()

    page.route("**/*", watch)
    page.clock.set_fixed_time(served.now)
    yield seen
    assert [url for url in seen if urlsplit(url).netloc not in {own, ""}] == []


def ready(page: Page) -> None:
    expect(page.locator("[data-tiles][data-ready]")).to_be_visible()


def test_building_when_opened_by_keyboard_then_tells_of_all_ten_events(
    served: ToolStage, page: Page, only_here: list[str]
) -> None:
    page.set_viewport_size({"width": DESK, "height": 900})
    visit(page, served, "/map?country=DE")
    ready(page)
    assert any("tile=" in url for url in only_here)
    expect(page.locator(".world")).to_be_hidden()
    mark = page.locator(MARK)
    expect(mark).to_have_count(1)
    expect(mark).to_have_accessible_name(re.compile("Berlin: events: 10"))
    mark.focus()
    page.keyboard.press("Enter")
    links = page.locator(".map-popup a")
    expect(links).to_have_count(10)
    listed = page.locator(".map-list li a")
    assert links.all_text_contents() == listed.all_text_contents()
    links.last.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/events/110-"))


def test_marks_when_times_differ_then_shapes_do(
    served: ToolStage, page: Page, only_here: list[str]
) -> None:
    del only_here
    for country, name in (("DE", "upcoming"), ("KE", "past")):
        visit(page, served, f"/map?country={country}")
        ready(page)
        expect(page.locator(f"{MARK} .mark--{name}")).to_have_count(1)
        expect(page.locator(f".map-list .mark--{name}").first).to_be_visible()
    legend = page.locator(".map-legend .mark")
    shapes = legend.evaluate_all(
        "all => all.map(each => { const style = getComputedStyle(each);"
        " return style.clipPath + style.borderRadius; })"
    )
    assert len(set(shapes)) == 3


def test_popup_when_people_far_away_take_part_then_has_both_times(
    served: ToolStage, browser: Browser
) -> None:
    context = browser.new_context(timezone_id="America/Lima", locale="en-GB")
    page = context.new_page()
    visit(page, served, "/map?country=IN")
    ready(page)
    page.locator(MARK).click()
    popup = page.locator(".map-popup")
    expect(popup).to_contain_text("Asia/Kolkata")
    expect(popup).to_contain_text("America/Lima")
    context.close()


def test_view_when_shared_then_opens_the_same_part(
    served: ToolStage, page: Page, only_here: list[str]
) -> None:
    del only_here
    visit(page, served, "/map#map=5/52.500/13.400")
    ready(page)
    page.get_by_role("button", name="Zoom in").click()
    expect(page).to_have_url(re.compile(r"#map=6/52\.[45]\d+/13\.[34]\d+$"))


def test_near_me_when_asked_then_sends_the_position_nowhere(
    served: ToolStage, browser: Browser
) -> None:
    context = browser.new_context(
        geolocation={"latitude": 52.4, "longitude": 13.1},
        permissions=["geolocation"],
    )
    page = context.new_page()
    visit(page, served, "/map?country=DE")
    ready(page)
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.get_by_role("button", name="Near me").click()
    expect(page.locator("[data-near] [role=status]")).to_contain_text(
        "Nearest: Evening"
    )
    assert [url for url in seen if "tile=" not in url] == []
    assert "52.4" not in page.url
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_map_when_looked_at_then_is_fit_for_everybody(
    served: ToolStage, browser: Browser, width: int, scheme: str
) -> None:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    for path in ("/map", "/embed/map"):
        visit(page, served, path)
        ready(page)
        assert violations(page) == []
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width
    context.close()


def test_map_when_there_is_no_script_then_a_drawing_and_a_list_say_the_same(
    served: ToolStage, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, served, "/map?country=DE")
    expect(page.locator(".world circle")).to_have_count(1)
    expect(page.locator(".map-list li a")).to_have_count(10)
    expect(page.locator("[data-tiles]")).to_be_hidden()
    expect(page.get_by_role("button", name="Near me")).to_be_hidden()
    context.close()
