"""Writing with the tool on a real wiki, when things do not go smoothly."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from sandbox.product import Product
from tests.support.browser.people import (
    save_wiki_edit,
    sign_in_to_tool,
    without_wiki_scripts,
)
from tests.support.wiki.deployed import run_bots
from tests.support.wiki.sandbox import Sandbox

pytestmark = [pytest.mark.wiki, pytest.mark.browser]

WRITER = "Lena"


@pytest.fixture
def form_page(product: Product, context: BrowserContext) -> Iterator[Page]:
    """The tool in the browser of a writer who is signed in."""
    without_wiki_scripts(context)
    page = context.new_page()
    sign_in_to_tool(page, product.wiki.place.tool_url, WRITER)
    yield page
    page.close()


def fill_post(page: Page, product: Product, title: str, body: str) -> None:
    page.goto(f"{product.wiki.place.tool_url}/write/post")
    page.locator("[name=title]").fill(title)
    page.locator("[name=language]").fill("en")
    page.locator("[name=body]").fill(body)


def save(page: Page) -> None:
    page.locator("button[name=action][value=save]").click()


def saved_post(page: Page, product: Product, title: str) -> str:
    """Save a post and return the address of its form."""
    fill_post(page, product, title, "First text.")
    save(page)
    page.wait_for_url("**/saved/*")
    return page.url.replace("/saved/", "/edit/")


def test_edit_when_somebody_else_saved_then_both_changes_are_kept(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    title = "Space/Blog/Two writers"
    form_page.goto(saved_post(form_page, product, "Two writers"))
    other = fresh_wiki.login("Aiko")
    other.edit(title, other.text(title).replace("First", "Aiko's"))
    form_page.locator("[name=summary]").fill("A summary of mine.")
    save(form_page)
    form_page.wait_for_url("**/saved/*")
    text = other.text(title)
    assert "A summary of mine." in text
    assert text.endswith("Aiko's text.")


def test_edit_when_both_changed_the_text_then_theirs_is_shown_beside(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    title = "Space/Blog/One paragraph"
    form_page.goto(saved_post(form_page, product, "One paragraph"))
    other = fresh_wiki.login("Aiko")
    other.edit(title, other.text(title).replace("First", "Aiko's"))
    form_page.locator("[name=body]").fill("My text.")
    save(form_page)
    expect(form_page.locator("#notice")).to_contain_text(
        "Someone else has changed this page"
    )
    expect(form_page.locator("#notice")).to_be_focused()
    expect(form_page.locator(".clashes")).to_contain_text("Aiko's text.")
    expect(form_page.locator("[name=body]")).to_have_value("My text.")
    save(form_page)
    form_page.wait_for_url("**/saved/*")
    assert other.text(title).endswith("My text.")


def test_save_when_consent_was_taken_back_then_the_text_survives_signing_in_again(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fill_post(form_page, product, "Signed out meanwhile", "Hours of work.")
    fresh_wiki.gateway.tokens.revoke(WRITER)
    save(form_page)
    expect(form_page.locator("#notice")).to_contain_text("no longer signed in")
    expect(form_page.locator("[name=body]")).to_have_value("Hours of work.")
    form_page.get_by_role("button", name="Sign in and save").click()
    form_page.get_by_role("button", name="Allow").click()
    expect(form_page.locator("#notice")).to_contain_text("your text is still here")
    expect(form_page.locator("[name=body]")).to_have_value("Hours of work.")
    save(form_page)
    form_page.wait_for_url("**/saved/*")


def test_save_when_the_access_token_is_over_then_nobody_notices(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fill_post(form_page, product, "After four hours", "Still here.")
    fresh_wiki.gateway.tokens.expire_access()
    save(form_page)
    form_page.wait_for_url("**/saved/*")


def test_save_when_a_filter_refuses_then_the_edit_page_of_the_wiki_has_the_text(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fresh_wiki.add_filter("No whispering", 'added_lines rlike "psst"', "disallow")
    fill_post(form_page, product, "By hand", "Ein Wörtchen & <b>psst</b>.")
    save(form_page)
    expect(form_page.locator("#notice")).to_contain_text("No whispering")
    written = form_page.locator("#by-hand").input_value()
    form_page.get_by_role("button", name="Open in the wiki's editor").click()
    form = form_page.locator("#editform")
    expect(form.locator("#wpTextbox1")).to_have_value(f"{written}\n")
    expect(form.locator("[name=wpSummary]")).to_have_value("New post")
    form.locator("#wpTextbox1").fill(written.replace("psst", "hm"))
    save_wiki_edit(form_page)
    saved = fresh_wiki.anonymous().text("Space/Blog/By hand")
    assert saved == written.replace("psst", "hm")


def test_save_when_a_filter_warns_then_can_be_confirmed(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fresh_wiki.add_filter("No shouting", 'added_lines rlike "SHOUT"', "warn")
    fill_post(form_page, product, "A loud post", "SHOUT!")
    save(form_page)
    expect(form_page.locator("#notice")).to_contain_text("No shouting")
    form_page.get_by_role("button", name="Save anyway").click()
    form_page.wait_for_url("**/saved/*")


def test_save_when_the_wiki_is_read_only_then_says_why_and_keeps_the_text(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fill_post(form_page, product, "At night", "Kept.")
    fresh_wiki.switch(wgReadOnly="Moving the servers")
    try:
        save(form_page)
        expect(form_page.locator("#notice")).to_contain_text("Moving the servers")
        expect(form_page.locator("[name=body]")).to_have_value("Kept.")
    finally:
        fresh_wiki.switch()


def test_save_when_the_title_is_taken_then_another_is_offered(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    fresh_wiki.login("Aiko").edit("Space/Blog/Taken", "Mine.")
    fill_post(form_page, product, "Taken", "The second one.")
    save(form_page)
    offered = form_page.get_by_role("button", name="Save as “")
    expect(offered).to_contain_text("Space/Blog/Taken (")
    offered.click()
    form_page.wait_for_url("**/saved/*")
    assert fresh_wiki.login("Aiko").text("Space/Blog/Taken") == "Mine."


def test_mine_when_the_bots_have_run_then_lists_the_page_and_its_standing(
    form_page: Page, product: Product
) -> None:
    saved_post(form_page, product, "To be listed")
    run_bots(product)
    form_page.goto(f"{product.wiki.place.tool_url}/mine")
    row = form_page.locator("li", has_text="To be listed")
    expect(row).to_contain_text("Waiting for review")


def test_sign_out_when_pressed_then_nobody_is_signed_in(
    form_page: Page, product: Product
) -> None:
    form_page.goto(product.wiki.place.tool_url)
    form_page.get_by_role("button", name="Sign out").click()
    expect(form_page.get_by_role("link", name="Sign in")).to_be_visible()


def shown_parts(page: Page) -> list[str]:
    """The parts of the picker that are seen, by the names of their inputs."""
    inputs = page.locator(".repeats__part :is(input, select)")
    names = inputs.evaluate_all(
        "all => all.filter((each) => each.checkVisibility()).map((each) => each.name)"
    )
    return sorted({name.removeprefix("recurrence-") for name in names})


def test_picker_when_a_pattern_is_chosen_then_its_parts_show_and_dates_are_checked(
    form_page: Page, product: Product, fresh_wiki: Sandbox
) -> None:
    form_page.goto(f"{product.wiki.place.tool_url}/write/event")
    for name, text in {
        "title": "Tea by the month",
        "start-date": "2026-12-01",
        "start-time": "18:00",
        "timezone": "Europe/Berlin",
    }.items():
        form_page.locator(f"[name={name}]").fill(text)
    form_page.locator("[name=country]").fill("Deutschland")
    assert shown_parts(form_page) == []
    pattern = form_page.locator("[name=recurrence-repeats]")
    pattern.select_option("weekly")
    assert shown_parts(form_page) == ["days", "end", "interval"]
    pattern.select_option("other")
    assert shown_parts(form_page) == ["recurrence"]
    pattern.select_option("month-weekday")
    form_page.locator("[name=recurrence-place]").select_option("-1")
    form_page.locator("[name=recurrence-weekday]").select_option("FR")
    form_page.locator("[name=recurrence-end]").select_option("count")
    form_page.locator("[name=recurrence-count]").fill("3")
    assert shown_parts(form_page) == ["count", "end", "interval", "place", "weekday"]
    form_page.locator("button[value=dates]").click()
    dates = form_page.locator(".series-dates__list .cdx-checkbox")
    expect(dates).to_have_count(3)
    expect(dates.first).to_contain_text("25 Dec")
    save(form_page)
    form_page.wait_for_url("**/saved/*")
    text = fresh_wiki.login("Aiko").text("Space/Events/Tea by the month")
    assert "FREQ=MONTHLY;BYDAY=-1FR;COUNT=3" in text
    form_page.goto(form_page.url.replace("/saved/", "/edit/"))
    expect(form_page.locator("[name=recurrence-repeats]")).to_have_value(
        "month-weekday"
    )
    expect(form_page.locator("[name=recurrence-weekday]")).to_have_value("FR")
