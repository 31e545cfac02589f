"""Finding the place of an event: with a mouse, by keyboard, without script."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.support.browser.screenshots import only_here
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

TILES = "/static/space.svg?tile={z}-{x}-{y}"


@pytest.fixture(scope="module")
def tool(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("places"), TILES) as served:
        yield served


@pytest.fixture
def page(tool: ToolApp, context: BrowserContext) -> Iterator[Page]:
    """A browser that asks nobody else, whatever map it shows."""
    with only_here(context, tool, []):
        yield context.new_page()


def test_place_when_searched_by_keyboard_then_fills_the_form(
    tool: ToolApp, page: Page
) -> None:
    page.goto(f"{tool.config.public_url}/write/event")
    page.locator("[name=title]").fill("Tea")
    page.locator("[name=place-search]").fill("moma")
    page.keyboard.press("Enter")
    found = page.locator(".found__item")
    expect(found).to_be_focused()
    expect(page.locator("[name=title]")).to_have_value("Tea")
    page.keyboard.press("Enter")
    expect(page.locator(".search-field .cdx-message")).to_be_focused()
    expect(page.locator("[name=city]")).to_have_value("New York City")
    expect(page.locator("[name=country]")).to_have_value("United States")
    expect(page.locator("[name=coordinates]")).to_have_value("40.7615, -73.9777")
    expect(page.locator("[name=title]")).to_have_value("Tea")


def test_point_when_the_map_is_clicked_then_moves_there(
    tool: ToolApp, page: Page
) -> None:
    page.goto(f"{tool.config.public_url}/write/event")
    page.locator("details.more summary").click()
    coordinates = page.locator("[name=coordinates]")
    coordinates.fill("52.52, 13.405")
    page.locator(".point-map").scroll_into_view_if_needed()
    expect(page.locator(".point-map .leaflet-marker-icon")).to_be_visible()
    page.locator(".point-map__tiles").click(position={"x": 200, "y": 60})
    expect(coordinates).not_to_have_value("52.52, 13.405")
    north, east = map(float, coordinates.input_value().split(", "))
    assert abs(north - 52.52) < 0.1
    assert abs(east - 13.405) < 0.1
    page.locator("[name=precision]").select_option("city")
    expect(page.locator(".point-map")).to_be_hidden()


def test_place_when_there_is_no_script_then_two_buttons_do_the_same(
    tool: ToolApp, page: Page
) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{tool.config.public_url}/write/event")
    plain.locator("[name=place-search]").fill("auckland")
    plain.locator("[value=find-place]").click()
    plain.locator(".found__item").click()
    expect(plain.locator("[name=city]")).to_have_value("Auckland")
    expect(plain.locator(".search-field .cdx-message")).to_contain_text("Auckland")
    context.close()
