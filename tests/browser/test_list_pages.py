"""Lists in a real browser: what is seen at once, what moves, and what is asked for."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.screenshots import DESK, PHONE, violations, visit
from tests.support.feeds.publications import event, post
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

ITEM = ".event-item, .post-item, .result__item"
LISTS = ("/", "/events", "/blog", "/search?q=walk")
TOP = f"document.querySelector('{ITEM}').getBoundingClientRect().top"
SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            sum += entry.value;
        }
    }).observe({ type: 'layout-shift', buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""
BLOCKING = """() => performance.getEntriesByType('resource')
    .filter(each => each.renderBlockingStatus === 'blocking').length"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="40"/>'


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("lists")) as tool:
        tool.publish(
            event(60, title="Photo walk", image="A walk.jpg", summary="By the river."),
            event(62, title="Off as well", status="cancelled"),
            replace(
                post(64, title="How to walk", image="A walk.jpg"), body="word " * 9
            ),
        )
        yield tool


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone for which Commons has a picture of another form than its box."""
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    context.route(
        "https://commons.wikimedia.org/**",
        lambda route: route.fulfill(body=SVG, content_type="image/svg+xml"),
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", LISTS)
def test_list_when_opened_then_its_first_row_is_seen_and_stays_and_all_of_it_is_fit(
    served: ToolApp, page: Page, path: str
) -> None:
    """On a phone, and on a desk in the dark."""
    visit(page, served, path)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(TOP) < 500
    assert page.evaluate(SHIFT) <= 0.02
    assert page.evaluate(BLOCKING) + 1 <= 6
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": DESK, "height": 900})
    assert violations(page) == []
    drawn = page.locator(".cover").first.bounding_box()
    assert drawn
    assert abs(drawn["width"] / drawn["height"] - 1.5) < 0.1


def test_series_when_opened_by_keyboard_then_each_date_has_its_link(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events")
    page.get_by_text("+ 8 more dates").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Sat, 12 Dec 2026").click()
    expect(page).to_have_url(
        f"{served.config.public_url}/events/22-weekly?date=2026-12-12"
    )


def test_list_when_the_reader_is_elsewhere_then_tells_their_time_once(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events?type=workshop")
    expect(page.locator(".event-item .local")).to_have_count(1)
