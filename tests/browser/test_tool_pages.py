"""The tool's pages in a real browser: for everybody, at any width, by keyboard."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from space.store.keys import SETTINGS_TEXT
from tests.support.browser.screenshots import (
    AXE,
    DESK,
    PHONE,
    sign_in,
    violations,
    visit,
)
from tests.support.talk.conversations import ASKED, CHAT, QUESTION, path_of
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

NARROW = 320  # pixels
PATHS = (
    "/",
    "/events",
    "/events?q=nothing+fits",
    "/events?when=week&country=IN&topic=tea&organizer=Ana&audience=newcomers",
    "/events?colour=red",
    "/events/12",
    "/events/14",
    "/events/16",
    "/events/22?date=2026-12-05",
    "/events/22?date=2026-12-06",
    "/series/22",
    "/people/Ana",
    "/blog",
    "/blog/13",
    "/blog/15",
    "/blog/13?language=fr",
    "/blog/17?language=he",
    "/blog/19",
    "/translate",
    "/translate?into=ar",
    "/write/post?translate=13&into=ar",
    "/calendar/2026-11",
    "/calendar/2026-11?view=agenda&mode=online",
    "/calendar/2030-01",
    "/subscribe",
    "/subscribe?topic=tea&size=small",
    "/subscribe/posts",
    "/tell/12",
    "/tell/16/poster",
    "/follow?country=IN&mode=online&q=tea",
    "/follow?kind=post&topic=tea",
    "/interested/12",
    "/digest",
    "/digest/send",
    "/events?reach=local",
    "/embed/events",
    "/embed/events?colour=red",
    "/zone",
    "/map",
    "/discuss",
    "/discuss?state=unanswered&about=12",
    path_of(12, CHAT),
    path_of(ASKED, QUESTION),
    "/ask",
    "/ask?q=A+very+long+question+about+tea",
    "/write",
    "/write/event",
    "/write/event?page=",
    "/write/event?page=Event:Trains",
    "/write/event/import",
    "/write/post",
    "/mine",
    "/privacy",
    "/search",
    "/search?q=w",
    "/search?q=nothing+fits&kind=post",
    "/review",
    "/status",
)
SETTINGS = """{{Space settings
|event home=allowed
|followers page=Space/Followers
|digest languages=en; ar
}}"""
FOLLOWED = """{{Space follower|Olu|country=IN|remind=7; 1}}
{{Space follower|Olu|kind=post}}"""
REFUSED = (
    "/events?colour=red",
    "/events/22?date=2026-12-06",
    "/embed/events?colour=red",
)
"""Of these, those answered with an error, which browsers write to the console."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tool")) as tool:
        tool.store.set_value(SETTINGS_TEXT, SETTINGS)
        tool.wiki.write("Event:Trains", "A page without a template.")
        tool.wiki.write("Space/Followers", FOLLOWED)
        yield tool


def open_everything(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")


def listen(page: Page, tool: ToolApp) -> list[str]:
    """What pages complain about from now on, and whom else they ask."""
    ours = urlsplit(tool.config.public_url).netloc
    heard: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith("data:") and urlsplit(request.url).netloc != ours:
            heard.append(request.url)

    page.on("request", note)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def all_pages(
    browser: Browser,
    tool: ToolApp,
    look: Callable[[Page], list[str]],
    language: str = "",
    **looks: Any,
) -> dict[str, list[str]]:
    """Path → what was found on it and heard, for a person who is signed in."""
    context = browser.new_context(**looks)
    context.add_init_script(path=AXE)
    page = context.new_page()
    sign_in(page, tool)
    heard = listen(page, tool)
    found = {}
    for path in PATHS:
        joint = "&" if "?" in path else "?"
        heard.clear()
        visit(page, tool, f"{path}{joint}uselang={language}" if language else path)
        open_everything(page)
        complaints = look(page)
        if path not in REFUSED:
            complaints += heard
        if complaints:
            found[path] = complaints
    context.close()
    return found


def test_pages_when_visited_then_axe_finds_nothing_and_nobody_else_is_talked_to(
    served: ToolApp, browser: Browser
) -> None:
    desk = {"width": DESK, "height": 900}
    assert all_pages(browser, served, violations, viewport=desk) == {}


def test_pages_when_dark_and_narrow_and_from_right_to_left_then_nothing_hangs_over(
    served: ToolApp, browser: Browser
) -> None:
    """At 320 px, as with a zoom of 400 % (WCAG 2.2, 1.4.10)."""

    def narrow(page: Page) -> list[str]:
        width = page.evaluate("document.documentElement.scrollWidth")
        wide = [f"{width} wide"] if width > NARROW else []
        return wide + violations(page)

    phone = {"width": NARROW, "height": 740}
    looks = {"viewport": phone, "color_scheme": "dark"}
    assert all_pages(browser, served, narrow, "ar", **looks) == {}


HEADERS = """async languages => {
    const headers = document.createElement('div');
    for (const language of languages) {
        const text = await (await fetch(`/events?uselang=${language}`)).text();
        const page = new DOMParser().parseFromString(text, 'text/html');
        const header = document.adoptNode(page.querySelector('.site-header'));
        const { lang, dir } = page.documentElement;
        Object.assign(header, { lang, dir });
        const twin = header.cloneNode(true);
        twin.querySelector('.site-user bdi').textContent = 'A long name '.repeat(5);
        headers.append(header, twin);
    }
    headers.querySelectorAll('[id]').forEach(each => each.removeAttribute('id'));
    document.body.replaceChildren(headers);
}"""
"""Has nothing but the header in each language, for a short and a long name."""
BROKEN = """() => [...document.querySelectorAll('.site-header')].filter(header =>
    header.offsetHeight > 60 || [...header.querySelectorAll('nav, a, button, input')]
        .some(each => each.getBoundingClientRect().right > innerWidth
            || each.getBoundingClientRect().left < 0
            || each.offsetHeight > 50)
).map(header => `${header.lang} ${header.offsetHeight}`)"""
"""The headers that have two rows, in pixels, or more than the window."""


def test_header_when_somebody_is_signed_in_then_keeps_to_one_row_in_any_language(
    served: ToolApp, page: Page
) -> None:
    served.wiki.register("Olu", "patroller")
    sign_in(page, served)
    visit(page, served, "/events")
    page.evaluate(HEADERS, list(served.services.catalogue))
    broken = {}
    for width in (PHONE, 992, 1000, 1080, 1199, 1200, DESK):
        page.set_viewport_size({"width": width, "height": 740})
        broken[width] = page.evaluate(BROKEN)
    assert not any(broken.values()), broken


def test_header_when_written_from_right_to_left_then_begins_at_the_right(
    served: ToolApp, page: Page
) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    page.goto(f"{served.config.public_url}/?uselang=ar")
    start = page.locator(".wordmark").bounding_box()
    assert start is not None
    assert start["x"] > PHONE / 2


def test_page_when_gone_through_by_keyboard_then_focus_is_seen_and_content_reached(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip-link")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_event_when_read_elsewhere_then_shows_the_readers_own_time(
    served: ToolApp, browser: Browser
) -> None:
    context = browser.new_context(timezone_id="America/Lima", locale="en-US")
    page = context.new_page()
    visit(page, served, "/events/12")
    expect(page.locator(".local")).to_contain_text("11:30")
    expect(page.locator(".local")).to_contain_text("Your time")
    context.close()


def test_calendar_menu_when_opened_then_closes_by_escape_and_by_a_click_elsewhere(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/events/12")
    link = page.get_by_role("link", name="Google Calendar")
    opener = page.get_by_text("Add to calendar")
    for close in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.locator("h1").click(),
    ):
        opener.click()
        expect(link).to_be_visible()
        close()
        expect(link).to_be_hidden()


def test_form_when_opened_then_has_the_writers_own_zone(
    served: ToolApp, browser: Browser
) -> None:
    context = browser.new_context(timezone_id="America/Lima")
    page = context.new_page()
    visit(page, served, "/write/event")
    expect(page.locator("[name=timezone]")).to_have_value("America/Lima")
    context.close()


def test_form_when_wrong_then_the_summary_has_focus_and_leads_to_the_fields(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/login?return_to=/write/event")
    page.locator("[name=city]").fill("Lima")
    page.locator("button[value=save]").click()
    expect(page.locator("#problems")).to_be_focused()
    page.locator("#problems a", has_text="Title").click()
    expect(page.locator("[name=title]")).to_be_focused()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=city]")).to_have_value("Lima")
    assert violations(page) == []


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(java_script_enabled=False)
    yield context
    context.close()


def test_form_when_there_is_no_script_then_previews_signs_in_and_saves(
    served: ToolApp, scriptless: BrowserContext
) -> None:
    page = scriptless.new_page()
    visit(page, served, "/write/post")
    page.locator("[name=title]").fill("Without a script")
    page.locator("[name=language]").fill("en")
    page.locator("[name=body]").fill("It works.")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".wiki-content")).to_contain_text("It works.")
    page.get_by_role("button", name="Sign in and save").click()
    expect(page.locator("[name=title]")).to_have_value("Without a script")
    page.get_by_role("button", name="Save on the wiki").click()
    expect(page.locator("h1")).to_have_text("Saved on the wiki")
    saved = served.wiki.texts(["Space/Blog/Without a script"])
    assert [revision.user for revision in saved.values()] == ["Olu"]


def test_preview_when_typing_then_follows_without_a_click(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/write/post")
    page.locator("[name=title]").fill("Live")
    page.locator("[name=language]").fill("en")
    page.locator("[name=body]").fill("Seen while typing.")
    expect(page.locator(".wiki-content")).to_contain_text("Seen while typing.")


def test_pages_when_printed_then_navigation_is_left_out(
    served: ToolApp, page: Page
) -> None:
    page.emulate_media(media="print")
    visit(page, served, "/events/12")
    expect(page.locator(".site-nav")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_map_when_there_are_tiles_then_they_take_the_place_of_the_drawing(
    tmp_path: Path, page: Page
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with served_tool(tmp_path, "/static/space.svg?tile={z}-{x}-{y}") as tool:
        visit(page, tool, "/map")
        expect(page.locator("img.leaflet-tile-loaded").first).to_be_visible()
        expect(page.locator(".world")).to_be_hidden()
        page.locator(".leaflet-marker-icon").first.click()
        link = page.locator(".leaflet-popup-content a")
        expect(link).to_have_attribute("href", re.compile(r"/events/12"))
        expect(page.locator(".map-list")).to_contain_text("India")
        assert complaints == []
        assert violations(page) == []
