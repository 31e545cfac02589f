"""Announcing an event on a phone: few steps, a short form, and never a wrong hour."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.support.browser.screenshots import PHONE, sign_in, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.event_form import page_text
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

TITLE = "Space/Events/Wiki Wednesday Lagos"
TALL = 740
LONGEST = 2_450
MOST_FIELDS, MOST_CLICKS = 14, 8


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tool")) as tool:
        yield tool


@pytest.fixture
def phone(browser: Browser, served: ToolApp) -> Iterator[Page]:
    """The phone of somebody who is signed in, in Berlin."""
    context = browser.new_context(
        viewport={"width": PHONE, "height": TALL}, timezone_id="Europe/Berlin"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    sign_in(page, served)
    visit(page, served, "/write/event")
    yield page
    context.close()


class Steps:
    """What somebody does with a form, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.fields = self.clicks = 0

    def fill(self, label: str, text: str) -> None:
        self.fields += 1
        self.page.locator(f"[id={label}], [name={label}]").first.fill(text)
        self.page.keyboard.press("Tab")

    def select(self, name: str, value: str) -> None:
        self.fields += 1
        self.page.locator(f"[name={name}]").select_option(value)

    def search(self, name: str, text: str) -> None:
        self.fields += 1
        self.page.locator(f"[name={name}]").fill(text)
        self.page.keyboard.press("Enter")

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()


def value_of(page: Page, name: str) -> str:
    return page.locator(f"[name={name}]").input_value()


def is_preview_of_hybrid(response: Response) -> bool:
    sent = response.request.post_data or ""
    return response.url.endswith("/preview") and "\r\nhybrid\r\n" in sent


def test_announcing_when_hybrid_and_weekly_in_lagos_then_takes_few_steps(
    phone: Page, served: ToolApp
) -> None:
    form = phone.locator("#editor")
    assert form.evaluate("form => form.offsetHeight") <= LONGEST
    for button in phone.locator(".search-field button").all():
        box = button.bounding_box()
        assert box
        assert box["x"] + box["width"] <= PHONE
    assert value_of(phone, "timezone") == "Europe/Berlin"
    steps = Steps(phone)
    steps.fill("field-title", "Wiki Wednesday Lagos")
    steps.fill("start-date", "2026-12-02")
    steps.fill("start-time", "18:00")
    assert value_of(phone, "end-date") == "2026-12-02"
    steps.fill("end-time", "21:30")
    steps.select("recurrence-repeats", "weekly")
    steps.click("label[for=field-mode-hybrid]")
    steps.search("place-search", "lagos")
    steps.click(".found__item[name=place]")
    expect(phone.locator("[name=timezone]")).to_have_value("Africa/Lagos")
    steps.fill("online_link", "https://meet.example.org/lagos")
    steps.fill("body", "Bring a laptop.")
    steps.search("picture-search", "workshop")
    steps.click(".found__item[name=picture]")
    expect(phone.locator("[name=image]")).not_to_have_value("")
    steps.fill("registration_link", "https://example.org/register")
    steps.fill("field-languages", "English, Yoruba")
    steps.click("button[name=action][value=save]")
    phone.wait_for_url("**/saved/*")
    text = re.sub(" +=", " =", page_text(served, TITLE))
    for line in (
        *("start = 2026-12-02 18:00", "end = 2026-12-02 21:30", "mode = hybrid"),
        *("timezone = Africa/Lagos", "country = NG", "city = Lagos"),
        *("precision = city", "languages = en; yo", "recurrence = FREQ=WEEKLY"),
        "registration link = https://example.org/register",
    ):
        assert f"| {line}\n" in text
    for absent in ("wikidata", "coordinates", "venue"):
        assert absent not in text
    assert steps.fields <= MOST_FIELDS
    assert steps.clicks <= MOST_CLICKS


def test_form_when_filled_in_then_follows_and_asks_only_about_fields_that_were_left(
    phone: Page,
) -> None:
    phone.locator("[name=start-date]").fill("2026-12-02")
    phone.locator("[name=start-time]").fill("18:00")
    assert value_of(phone, "end-time") == "20:00"
    phone.locator("[name=end-time]").fill("19:30")
    phone.locator("[name=start-date]").fill("2026-12-09")
    phone.locator("[name=start-time]").fill("23:30")
    end = (value_of(phone, "end-date"), value_of(phone, "end-time"))
    assert end == ("2026-12-10", "01:00")
    title = phone.locator("#field-title")
    title.focus()
    phone.keyboard.press("Tab")
    phone.locator("[name=timezone]").fill("Mars")
    phone.keyboard.press("Tab")
    expect(phone.locator("#field-timezone-problem")).to_contain_text("Mars")
    expect(phone.locator("#field-timezone")).to_have_attribute("aria-invalid", "true")
    expect(phone.locator("#field-title-problem .cdx-message")).to_be_visible()
    expect(phone.locator("#field-country-problem .cdx-message")).to_have_count(0)
    title.fill("x" * 250)
    assert len(title.input_value()) == 200
    expect(phone.locator(".counter").first).to_have_text("200/200")
    phone.locator("[name=timezone]").fill("lagos")
    phone.locator("[name=recurrence-repeats]").select_option("weekly")
    sentence = phone.locator(".repeats__part--interval")
    assert " ".join(sentence.inner_text().split()) == "Every week(s)"
    expect(phone.locator(".repeats__words")).to_have_text("Every Wednesday")
    dates = phone.locator("[name=except]")
    phone.locator("button[value=dates]").click()
    phone.locator("label[for=except-2026-12-16]").click()
    expect(phone.locator("[name=timezone]")).to_have_value("Africa/Lagos")
    phone.locator("[name=recurrence-end]").select_option("count")
    phone.locator("[name=recurrence-count]").fill("4")
    phone.keyboard.press("Tab")
    expect(dates).to_have_count(4)
    expect(dates.nth(1)).to_be_checked()
    country = phone.get_by_role("combobox", name="Country")
    country.press_sequentially("Nigéri")
    expect(phone.get_by_role("listbox").get_by_role("option")).to_have_text(
        ["Nigeria NG"]
    )
    country.press("Enter")
    expect(country).to_have_value("Nigeria")
    with phone.expect_response(is_preview_of_hybrid):
        phone.locator("label[for=field-mode-hybrid]").click()
    expect(phone.locator("[name=online_link]")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    expect(phone.locator("[aria-busy]")).to_have_count(0)
    assert violations(phone) == []
    phone.reload()
    expect(phone.locator("[name=except]:checked")).to_have_count(1)


def test_place_when_a_venue_follows_a_town_then_all_of_it_is_told(
    phone: Page,
) -> None:
    phone.locator("[name=place-search]").fill("lagos")
    phone.keyboard.press("Enter")
    phone.locator(".found__item[name=place]").click()
    only_the_town = phone.locator(".place-coarse")
    expect(only_the_town).to_be_visible()
    phone.reload()
    expect(phone.locator("[name=city]")).to_have_value("Lagos")
    expect(only_the_town).to_be_visible()
    phone.locator("[name=venue]").fill("Library")
    expect(only_the_town).to_be_hidden()
    assert value_of(phone, "precision") == "exact"


def test_button_when_pressed_beside_a_field_with_a_problem_then_it_is_clicked(
    phone: Page,
) -> None:
    languages = phone.locator("#field-languages")
    with phone.expect_response("**/preview"):
        languages.fill("Klingonish")
    save = phone.locator("button[name=action][value=save]")
    save.scroll_into_view_if_needed()
    expect(phone.locator("[aria-busy]")).to_have_count(0)
    expect(languages).to_be_focused()
    save.click()
    expect(phone.locator("#problems")).to_contain_text("Klingonish")
