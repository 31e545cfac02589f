"""Registered events where readers and reviewers meet them, in a browser."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, expect

from sandbox.gateway.registrations import registration
from space.publication.registered import FIRST_ID
from space.settings.ruling_pages import SETTINGS
from space.sources.campaign_events import read_registration
from space.sources.entry_pages import entry_pages
from space.sync import sync
from tests.support.browser.screenshots import PHONE, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool
from tests.support.wiki.bot_and_wiki import RULES, event

pytestmark = pytest.mark.browser

PAGE = "Space/Events/Women"
LONG = "Women of the Pacific: an edit-a-thon-with-a-name-that-nobody-could-break-up"
WHEN = {
    "timezone": "Pacific/Auckland",
    "event_page_wiki": "testwiki",
    "meeting_country_code": "NZ",
    "inperson_meeting": True,
    "online_meeting": False,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    """The tool with a page that looks like a registered event and names another."""
    with served_tool(tmp_path_factory.mktemp("registered")) as tool:
        fill(tool)
        yield tool


def fill(tool: ToolApp) -> None:
    day = f"{tool.now:%Y%m}"
    entries = []
    for number, name, last in (
        (17, LONG, 28),
        (18, "Tea <b>&amp;</b> wikis", 28),
        (19, "شاي", 28),
        (20, LONG * 2, 29),
    ):
        times = {"start_time": f"{day}28100000", "end_time": f"{day}{last}120000"}
        answer = registration(number, name=name, **times, **WHEN)
        entry = read_registration(json.dumps(answer).encode(), number, "testwiki")
        assert entry
        entries.append(entry.after(None, tool.now))
    bot = tool.wiki.as_user("SpaceBot", "bot")
    for title, value in entry_pages("SpaceBot", entries).items():
        bot.write(title, json.dumps(value))
    admin = tool.wiki.as_user("Root", "sysop")
    admin.write(SETTINGS.title("Space"), "{{Space settings|registry=marked}}")
    link = "https://wiki.test/wiki/Special:RegisterForEvent/18"
    when = {"start": f"{tool.now:%Y-%m}-28 11:00", "end": f"{tool.now:%Y-%m}-28 12:00"}
    values = {**when, "title": LONG, "registration link": link}
    text = event("Bring wool.", **values)
    revision = tool.wiki.as_user("Lena").write(PAGE, text).revid
    verdict = f"{{{{Space review|approve|rev={revision}}}}} ~~~~"
    tool.wiki.as_user("Pavati", "patroller").write(f"Talk:{PAGE}", verdict)
    rules = replace(RULES, registry="marked")
    sync(bot, tool.store, rules, now=tool.wiki.advance(minutes=1), save=bot.save)


def test_pages_with_registered_events_when_on_a_phone_from_right_are_sound(
    served: ToolApp, browser: Browser
) -> None:
    [row] = served.store.queue.rows()
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, color_scheme="dark"
    )
    page = context.new_page()
    for path in ("/events?source=registered", f"/events/{FIRST_ID + 17}", "/status"):
        visit(page, served, f"{path}{'&' if '?' in path else '?'}uselang=ar")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, path
        assert violations(page) == [], path

    visit(page, served, "/review?uselang=ar")
    page.get_by_role("link", name=LONG).click()
    expect(page.get_by_text(f"|17|same as={row.page}}}}}")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert violations(page) == []
    context.close()


def test_mark_in_the_month_when_a_title_is_cut_is_seen_all_the_same(
    served: ToolApp, browser: Browser
) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    visit(page, served, f"/calendar/{served.now:%Y-%m}")

    bar = page.locator(".month__bar .entry", has_text=LONG * 2)
    edge, mark = bar.bounding_box(), bar.locator(".entry__doubt").bounding_box()

    assert edge
    assert mark
    assert mark["x"] + mark["width"] <= edge["x"] + edge["width"]
    page.close()
