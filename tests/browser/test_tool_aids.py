"""What helps while an event is written, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.browser.screenshots import PHONE, sign_in, violations, visit
from tests.support.feeds.publications import event
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[1] / "corpus" / "ics"
SEVERAL = "BEGIN:VCALENDAR\n" + "".join(
    f"BEGIN:VEVENT\nSUMMARY:{title}\nDTSTART;TZID=Africa/Accra:{start}\nEND:VEVENT\n"
    for title, start in (
        ("Wiki breakfast", "20261205T090000"),
        ("Wiki dinner", "20261206T190000"),
        ("ويكي", "20261207T190000"),
    )
)
TITLE = "Women of the Pacific"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tool")) as tool:
        tool.publish(
            event(40, title="Tea", city="Auckland", start="2026-11-27", end=""),
            event(42, title=TITLE, city="Auckland"),
        )
        yield tool


@pytest.fixture
def writer(context: BrowserContext, served: ToolApp) -> Page:
    """The browser of somebody who is signed in."""
    page = context.new_page()
    sign_in(page, served)
    return page


def fill(page: Page, tool: ToolApp) -> None:
    visit(page, tool, "/write/event")
    for name, text in {
        "title": TITLE,
        "start-date": "2026-11-28",
        "start-time": "10:00",
        "timezone": "Pacific/Auckland",
        "city": "Auckland",
        "body": "Hours of work.",
    }.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=country]").fill("New Zealand")


def save(page: Page) -> None:
    page.locator("button[name=action][value=save]").click()


def test_hints_when_there_is_a_script_then_come_while_one_writes(
    writer: Page, served: ToolApp
) -> None:
    fill(writer, served)
    hints = writer.locator("[data-nearby-target]")
    expect(hints).to_contain_text("same city, one day earlier")
    expect(hints).to_contain_text("same title, same day")
    assert violations(writer) == []
    writer.locator("[name=start-date]").fill("2027-05-05")
    expect(hints).to_be_empty()


def test_hints_when_there_is_no_script_then_come_with_the_preview(
    browser: Browser, served: ToolApp
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    fill(page, served)
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".nearby").first).to_contain_text("Is this a duplicate?")
    expect(page.locator(".nearby").last).to_contain_text("one day earlier")
    expect(page.locator("[name=body]")).to_have_value("Hours of work.")
    context.close()


def test_duplicate_when_saved_then_is_asked_about_once(
    writer: Page, served: ToolApp
) -> None:
    fill(writer, served)
    save(writer)
    notice = writer.locator("#notice")
    expect(notice).to_be_focused()
    expect(notice.get_by_role("link", name=TITLE)).to_be_visible()
    expect(writer.locator("[name=body]")).to_have_value("Hours of work.")
    assert violations(writer) == []
    writer.get_by_role("button", name="Save anyway").click()
    writer.wait_for_url("**/saved/*")


def test_import_when_a_file_is_given_then_the_form_is_filled_in_and_saved(
    writer: Page, served: ToolApp
) -> None:
    visit(writer, served, "/write")
    writer.get_by_role("link", name="Import it").click()
    assert violations(writer) == []
    writer.locator("[name=file]").set_input_files(CORPUS / "mobilizon.ics")
    writer.get_by_role("button", name="Import").click()
    expect(writer.locator("#notice")).to_contain_text("Nothing is saved yet")
    expect(writer.locator("[name=city]")).to_have_value("Lyon")
    unfold(writer)
    assert violations(writer) == []
    save(writer)
    writer.wait_for_url("**/saved/*")


def test_import_when_several_are_pasted_then_one_is_picked_without_a_script(
    browser: Browser, served: ToolApp
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    visit(page, served, "/write/event/import")
    page.locator("[name=text]").fill(SEVERAL)
    page.get_by_role("button", name="Import").click()
    expect(page.locator(".import__name")).to_have_count(3)
    page.get_by_role("button", name="Wiki dinner").click()
    expect(page.locator("[name=title]")).to_have_value("Wiki dinner")
    expect(page.locator("[name=start-time]")).to_have_value("19:00")
    expect(page.locator("[name=timezone]")).to_have_value("Africa/Accra")
    # Signing in takes the text along.
    page.get_by_role("button", name="Sign in and save").click()
    expect(page.locator("#notice")).to_contain_text("your text is still here")
    expect(page.locator("[name=title]")).to_have_value("Wiki dinner")
    context.close()


def test_pages_when_on_a_phone_then_nothing_hangs_over_and_all_can_be_read(
    page: Page, served: ToolApp
) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    fill(page, served)
    expect(page.locator(".nearby").first).to_be_visible()
    looked_at(page)
    visit(page, served, "/write/event/import")
    looked_at(page)
    page.locator("[name=text]").fill(SEVERAL)
    page.get_by_role("button", name="Import").click()
    looked_at(page)
    page.get_by_role("button", name="Wiki breakfast").click()
    looked_at(page)


def looked_at(page: Page) -> None:
    page.wait_for_load_state()
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    colours = ("color-contrast", "link-in-text-block")
    assert violations(page, "target-size", *colours) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, *colours) == []
    page.emulate_media(color_scheme="light")


def unfold(page: Page) -> None:
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
