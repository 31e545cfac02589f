"""Review in a browser, by three people: asked for changes, mended, approved, read."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from sandbox.product import Product
from space.codec.editing import write_page
from tests.support.browser.people import (
    save_wiki_edit,
    sign_in_to_tool,
    sign_in_to_wiki,
)
from tests.support.browser.screenshots import violations
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.browser]

STAMP = re.compile(r"\d\d:\d\d, \d{1,2} \w+ \d{4} \(UTC\)")
TITLE = "Weaving words 🧵"
PHONE = {"width": 360, "height": 740}


@contextmanager
def person(browser: Browser, tool: str, name: str, **looks: object) -> Iterator[Page]:
    """A browser of somebody who is signed in to the tool."""
    context = browser.new_context(**looks)  # type: ignore[arg-type]
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in_to_tool(page, tool, name)
    yield page
    context.close()


def event(title: str) -> str:
    day = str((datetime.now(UTC) + timedelta(days=9)).date())
    return write_page(
        "event",
        {
            "title": title,
            "start": f"{day} 10:00",
            "timezone": "Pacific/Auckland",
            "country": "NZ",
            "languages": ("mi", "en"),
        },
        "Bring wool.",
    )


def open_screen(page: Page, tool: str, title: str) -> None:
    """From the queue to a page's screen, by its link."""
    page.goto(f"{tool}/review")
    page.get_by_role("link", name=title, exact=True).first.click()
    page.wait_for_url("**/review/*")


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("#said")).to_be_visible()


def plain(talk: str) -> str:
    """A talk page without what cannot be the same twice: time and revision."""
    return STAMP.sub("TIME", re.sub(r"rev=\d+", "rev=N", talk))


@pytest.fixture(scope="module")
def tool(product: Product, fresh_wiki: Sandbox) -> str:
    """The tool's address; five events wait, one of Noor and four of Olu."""
    fresh_wiki.login("Noor").edit(f"Space/Events/{TITLE}", event(TITLE))
    for title in ("By hand", "By screen", "By hand 2", "By screen 2"):
        fresh_wiki.login("Olu").edit(f"Space/Events/{title}", event(title))
    run_bots(product)
    fresh_wiki.run_jobs()
    return str(fresh_wiki.place.tool_url)


def test_page_when_changes_are_asked_and_made_then_another_approves_and_all_can_read(
    product: Product, browser: Browser, tool: str
) -> None:
    with person(browser, tool, "Pavati") as pavati:
        open_screen(pavati, tool, TITLE)
        expect(pavati.locator(".review__page")).to_contain_text("Bring wool.")
        expect(pavati.locator(".review__guidelines")).to_contain_text("Two rules")
        expect(pavati.locator("main")).to_contain_text("First page")
        pavati.get_by_role("button", name="Ask for changes").click()
        expect(pavati.locator("#reason-problem")).to_be_focused()
        pavati.locator("[name=reason]").fill("Which city is this in?")
        press(pavati, "Ask for changes")
    run_bots(product)

    with person(browser, tool, "Noor") as noor:
        noor.goto(f"{tool}/mine")
        expect(noor.locator(".mine-item")).to_contain_text("Which city is this in?")
        noor.get_by_role("link", name="Fix and resubmit").click()
        expect(noor.locator("#notice")).to_contain_text("Which city is this in?")
        noor.locator("[name=city]").fill("Tāmaki Makaurau")
        noor.locator("button[name=action][value=save]").click()
        noor.wait_for_url("**/saved/*")
        run_bots(product)
        noor.goto(f"{tool}/mine")
        expect(noor.locator(".mine-item")).to_contain_text("in the queue")

    with person(browser, tool, "Admin") as admin:
        open_screen(admin, tool, TITLE)
        expect(admin.locator(".review__side")).to_contain_text("Which city is this in?")
        expect(admin.locator(".review__page")).to_contain_text("Tāmaki Makaurau")
        press(admin, "Approve")
    run_bots(product)

    with person(browser, tool, "Olu") as reader:
        reader.goto(f"{tool}/events")
        reader.get_by_role("link", name=TITLE).first.click()
        expect(reader.locator("main")).to_contain_text("Tāmaki Makaurau")
        expect(reader.get_by_role("link", name="Report a problem")).to_be_visible()
        reader.goto(f"{tool}/review")
        expect(reader.locator("main")).not_to_contain_text(TITLE)


def test_event_when_its_creator_cancels_it_on_a_phone_needs_no_review(
    product: Product, fresh_wiki: Sandbox, browser: Browser, tool: str
) -> None:
    title = f"Space/Events/{TITLE}"
    before = fresh_wiki.anonymous().text(title) or ""
    fresh_wiki.login("Lena").edit(title, f"{before}\nMore wool.")
    run_bots(product)
    with person(browser, tool, "Pavati") as pavati:
        open_screen(pavati, tool, TITLE)
        expect(pavati.locator(".diff-addedline").last).to_contain_text("More wool.")
        assert violations(pavati) == []

    with person(browser, tool, "Noor", viewport=PHONE) as noor:
        noor.goto(f"{tool}/mine")
        noor.get_by_role("link", name="Cancel or withdraw").click()
        assert violations(noor) == []
        assert noor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        noor.get_by_role("link", name="Cancel this event").click()
        assert violations(noor) == []
        noor.get_by_role("button", name="Cancel this event").click()
        expect(noor.locator("#done")).to_be_focused()
        run_bots(product)
        noor.goto(f"{tool}/events")
        noor.get_by_role("link", name=TITLE).first.click()
        expect(noor.locator("[role=alert]")).to_contain_text("cancelled")
        expect(noor.locator("main")).not_to_contain_text("More wool.")


@pytest.mark.parametrize(
    ("verdict", "reason"), [("changes", "Where do we meet?"), ("approve", "")]
)
def test_verdict_when_given_on_the_screen_is_byte_for_byte_that_of_the_banners_link(
    fresh_wiki: Sandbox, browser: Browser, tool: str, verdict: str, reason: str
) -> None:
    button = {"changes": "Ask for changes", "approve": "Approve"}[verdict]
    number = "" if reason else " 2"
    by = {"hand": f"By hand{number}", "screen": f"By screen{number}"}
    context = browser.new_context(java_script_enabled=False)  # the wiki's take seconds
    hand = context.new_page()
    sign_in_to_wiki(hand, fresh_wiki.place.public_url, "Pavati")
    hand.goto(f"{fresh_wiki.index_url}?title=Space/Events/{by['hand']}")
    hand.locator(".space-banner-links a", has_text=button).click()
    box = hand.locator("#wpTextbox1")
    if reason:
        asked = box.input_value().replace("because=", "because=time; place")
        box.fill(asked.replace("reason=", f"reason={reason}"))
    save_wiki_edit(hand)
    context.close()

    with person(browser, tool, "Pavati") as pavati:
        open_screen(pavati, tool, by["screen"])
        if reason:
            pavati.get_by_label("Please check the time").check()
            pavati.get_by_label("Please say where this takes place").check()
        pavati.locator("[name=reason]").fill(reason)
        press(pavati, button)

    wiki = fresh_wiki.anonymous()
    hand_text, screen_text = (
        wiki.text(f"Talk:Space/Events/{title}") for title in by.values()
    )
    assert hand_text is not None
    assert screen_text is not None
    assert f"{{{{Space review|{verdict}|rev=" in screen_text
    assert plain(screen_text) == plain(hand_text)
    rows = wiki.get(
        action="query",
        prop="revisions",
        titles="|".join(f"Talk:Space/Events/{title}" for title in by.values()),
        rvprop="comment|user|flags",
    )["query"]["pages"]
    by_hand, by_screen = (row["revisions"] for row in rows)
    assert by_hand == by_screen


def test_screen_when_keys_are_wanted_moves_by_them_and_not_before(
    browser: Browser, tool: str
) -> None:
    with person(browser, tool, "Pavati") as pavati:
        open_screen(pavati, tool, "By hand")
        approve = pavati.get_by_role("button", name="Approve", exact=True)
        pavati.keyboard.press("a")
        expect(approve).not_to_be_focused()
        pavati.get_by_text("Keyboard shortcuts", exact=True).click()
        pavati.get_by_label("Use keyboard shortcuts").check()
        pavati.keyboard.press("a")
        expect(approve).to_be_focused()
        pavati.keyboard.press("r")
        expect(pavati.locator("[name=reason]")).to_be_focused()
        pavati.keyboard.type("a day")
        expect(pavati.locator("[name=reason]")).to_have_value("a day")


@pytest.mark.parametrize(
    "looks",
    [{}, {"color_scheme": "dark", "viewport": PHONE}],
    ids=["light", "dark-phone"],
)
def test_review_when_looked_at_by_everybody_has_no_barriers(
    browser: Browser, tool: str, looks: dict[str, object]
) -> None:
    with person(browser, tool, "Pavati", **looks) as pavati:
        pavati.goto(f"{tool}/review")
        assert violations(pavati) == []
        open_screen(pavati, tool, "By hand")
        pavati.eval_on_selector_all("details", "all => all.forEach(e => e.open = true)")
        assert violations(pavati) == []
        width = pavati.evaluate("document.documentElement.scrollWidth")
        assert width <= pavati.evaluate("window.innerWidth")
    with person(browser, tool, "Olu", **looks) as olu:
        olu.goto(f"{tool}/mine")
        assert violations(olu) == []
