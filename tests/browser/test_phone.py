"""Lists on a phone: what is in sight at first, how far it is to a calendar file."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.browser.screenshots import PHONE, sign_in, violations, visit
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

SCREEN = {"width": PHONE, "height": 740}
FIRST = {  # path → what a result is there
    "/": ".front__events .event-item",
    "/events": ".event-item",
    "/events?language=de&when=next-month&country=DE": ".event-item",
    "/blog": ".post-item",
    "/calendar/2026-11": ".agenda .event-item",
    "/map": ".tiles, .world",
    "/search?q=w": ".result__item",
    "/discuss": "#results li",
}
LOWEST = 500  # where the first result has to begin, in pixels
HEADER = 56


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("phone")) as tool:
        tool.publish(
            *(
                event(
                    200 + number,
                    title=f"Stammtisch {number}",
                    start=f"2026-12-{1 + number:02} 18:00",
                    end=f"2026-12-{1 + number:02} 20:00",
                    timezone="Europe/Berlin",
                    country="DE",
                    languages=("de",),
                )
                for number in range(8)
            ),
            *(event(220 + n, languages=(c,)) for n, c in enumerate(("fr", "sw", "he"))),
        )
        yield tool


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=SCREEN, has_touch=True, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def top(found: Locator) -> float:
    box = found.first.bounding_box()
    assert box
    return box["y"]


def height_of_header(page: Page) -> float:
    box = page.locator(".site-header").bounding_box()
    assert box
    return box["height"]


def test_lists_when_opened_then_the_first_result_is_in_sight(
    served: ToolApp, phone: Page
) -> None:
    tops, headers = {}, set()
    for path, result in FIRST.items():
        visit(phone, served, path)
        tops[path] = top(phone.locator(result))
        headers.add(height_of_header(phone))
    assert {path: y for path, y in tops.items() if y > LOWEST} == {}
    sign_in(phone, served)
    visit(phone, served, "/events")
    headers.add(height_of_header(phone))
    assert max(headers) <= HEADER


def test_event_of_next_month_when_looked_for_then_is_saved_with_five_taps(
    served: ToolApp, phone: Page
) -> None:
    visit(phone, served, "/")
    phone.get_by_role("link", name="Next month").tap()
    phone.get_by_role("link", name="German", exact=True).tap()
    phone.get_by_role("link", name="Stammtisch 3").tap()
    phone.get_by_text("Add to calendar").first.tap()
    with phone.expect_download() as saved:
        phone.get_by_role("link", name=".ics").first.tap()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "SUMMARY:Stammtisch 3" in text
    assert "DTSTART;TZID=Europe/Berlin:20261204T180000" in text


def test_menus_and_filters_when_tapped_then_open_and_lead_to_the_results(
    served: ToolApp, phone: Page
) -> None:
    visit(phone, served, "/events")
    menu = phone.locator("#site-menu")
    expect(menu).to_be_hidden()
    phone.get_by_role("button", name="Menu").tap()
    expect(menu.get_by_role("link", name="Blog")).to_be_visible()
    assert violations(phone) == []
    phone.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    phone.get_by_role("button", name="All languages").tap()
    expect(
        phone.locator("#languages").get_by_role("link", name="Swahili")
    ).to_be_visible()
    phone.keyboard.press("Escape")
    phone.get_by_text("Filters", exact=True).tap()
    phone.get_by_role("combobox", name="Country").select_option(label="Germany")
    expect(phone.get_by_role("combobox", name="Type")).to_be_visible()
    assert violations(phone) == []
    phone.locator(".filter-form button").tap()
    expect(phone.get_by_text("Filters (1)")).to_be_attached()
    expect(phone.get_by_role("combobox", name="Country", exact=True)).to_be_hidden()
    assert 0 <= top(phone.locator("#results")) < top(phone.locator(".event-item")) < 200


def test_results_when_gone_to_by_keyboard_then_are_two_stops_away(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to results")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Subscribe to")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.event-item')")
    expect(page.get_by_role("combobox", name="Country", exact=True)).to_be_visible()


def test_calendars_when_on_android_then_googles_comes_first(
    served: ToolApp, browser: Browser
) -> None:
    for agent, name in (("X (Linux; Android 15) Y", "Google"), ("X (Mac) Y", "Apple")):
        context = browser.new_context(user_agent=agent, viewport=SCREEN)
        page = context.new_page()
        visit(page, served, "/subscribe")
        first = page.locator(".subscribe a").first
        expect(first).to_contain_text(name)
        assert top(first) < SCREEN["height"]
        expect(first).to_have_class(re.compile("weight-primary"))
        context.close()
