"""Telling people, in a browser: texts are copied, and a poster's code is read."""

import io
from collections.abc import Iterator

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.screenshots import PHONE, only_here, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tell")) as tool:
        yield tool


@pytest.fixture
def page(browser: Browser, served: ToolApp) -> Iterator[Page]:
    """A phone in the dark, which may ask nobody but the tool."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, color_scheme="dark"
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    with only_here(context, served, []):
        yield context.new_page()
    context.close()


def fits(page: Page) -> bool:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width <= PHONE


def test_text_when_its_button_is_pressed_then_is_copied_whole(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events/12")
    page.get_by_role("link", name="Texts and a poster to tell people").click()
    text = page.locator("#pump").input_value()
    button = page.locator("[data-copy=pump]")
    button.click()
    expect(button).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == text
    assert violations(page) == []
    for path in ("/tell/12", "/tell/12?uselang=ar", "/tell/15?uselang=de"):
        visit(page, served, path)
        assert fits(page), path


def test_code_of_a_poster_when_photographed_then_leads_to_the_page(
    served: ToolApp, page: Page
) -> None:
    for path, address in (
        ("/tell/12/poster", "/events/12"),
        ("/tell/22/poster?uselang=ar", "/events/22?date=2026-11-28"),
    ):
        visit(page, served, path)
        picture = page.locator(".poster__code").screenshot()
        (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
        assert read.text == f"{served.config.public_url}{address}"
        assert fits(page), path
        assert violations(page) == []
