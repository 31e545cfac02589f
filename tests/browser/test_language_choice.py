"""Which language pages speak: of the address, the cookie, the account, the browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser.screenshots import sign_in, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

CALENDAR = {
    "ar": "التقويم",
    "bn": "ক্যালেন্ডার",
    "de": "Kalender",
    "en": "Calendar",
    "ru": "Календарь",
}
"""Language → the name of a page in the menu."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("choice")) as tool:
        tool.sign_in_answer.prefers = "bn"
        yield tool


def expect_language(page: Page, code: str) -> None:
    """The page is in a language, and so is the next one by a link of its menu."""
    for _ in range(2):
        html = page.locator("html")
        expect(html).to_have_attribute("lang", code)
        expect(html).to_have_attribute("dir", "rtl" if code == "ar" else "ltr")
        link = page.locator(".site-nav a[href*='/calendar']")
        expect(link).to_have_text(CALENDAR[code])
        link.click()


def choose(page: Page, code: str) -> None:
    page.locator(".language-button").click()
    page.locator(f".language-menu button[value={code}]").click()


@pytest.mark.parametrize("script", [True, False])
def test_language_when_asked_for_in_several_ways_then_the_readers_own_word_counts_most(
    served: ToolApp, browser: Browser, *, script: bool
) -> None:
    context = browser.new_context(locale="ru", java_script_enabled=script)
    page = context.new_page()
    visit(page, served, "/events")
    expect_language(page, "ru")
    sign_in(page, served)
    visit(page, served, "/events")
    expect_language(page, "bn")
    visit(page, served, "/events?mode=online")
    choose(page, "de")
    expect(page).to_have_url(f"{served.config.public_url}/events?mode=online")
    expect_language(page, "de")
    visit(page, served, "/events?uselang=ar")
    expect_language(page, "ar")
    visit(page, served, "/blog")
    expect_language(page, "de")
    visit(page, served, "/blog?uselang=ar")
    choose(page, "en")
    expect_language(page, "en")
    context.close()


def test_language_when_a_browser_has_none_of_ours_then_pages_are_in_english(
    served: ToolApp, browser: Browser
) -> None:
    context = browser.new_context(locale="tlh")
    page = context.new_page()
    visit(page, served, "/events")
    expect_language(page, "en")
    context.close()
