"""Reading the blog in a real browser: other directions, other languages, keyboard."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.support.browser.screenshots import DESK, PHONE, visit
from tests.support.feeds.publications import NOW, post
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tool")) as tool:
        yield tool


def direction(page: Page, selector: str) -> str:
    found: str = page.locator(selector).first.evaluate(
        "element => getComputedStyle(element).direction"
    )
    return found


def test_arabic_post_when_the_interface_is_english_then_each_keeps_its_direction(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/blog/15")
    assert direction(page, "html") == "ltr"
    assert direction(page, "h1") == "rtl"
    assert direction(page, ".wiki-content p") == "rtl"
    for selector in (".facts", ".tongues", ".item__foot"):
        assert direction(page, selector) == "ltr"
    expect(page.get_by_text("to read")).to_be_visible()
    start = page.locator("h1").bounding_box()
    head = page.locator(".post-head").bounding_box()
    assert start is not None
    assert head is not None
    assert start["x"] + start["width"] == pytest.approx(
        head["x"] + head["width"], abs=2
    )


def test_english_post_when_the_interface_is_arabic_then_each_keeps_its_direction(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/blog/13?uselang=ar")
    assert direction(page, "html") == "rtl"
    assert direction(page, ".wiki-content p") == "ltr"
    assert direction(page, "blockquote") == "rtl"
    assert direction(page, ".facts") == "rtl"


def test_post_when_read_on_a_desk_then_lines_are_short_and_it_can_be_passed_on(
    served: ToolApp, page: Page
) -> None:
    page.add_init_script(
        "navigator.share = data => { window.shared = data; return Promise.resolve(); }"
    )
    visit(page, served, "/blog/13")
    letters = page.locator(".wiki-content").evaluate(
        """element => {
            const canvas = document.createElement( 'canvas' ).getContext( '2d' );
            canvas.font = getComputedStyle( element ).font;
            const text = 'We walked along the old harbour and wrote about its trees.';
            return element.clientWidth / canvas.measureText( text ).width * text.length;
        }"""
    )
    assert 50 <= letters <= 70
    page.get_by_role("button", name="Share…").click()
    assert page.evaluate("window.shared") == {
        "title": "What we learned",
        "url": f"{served.config.public_url}/blog/13-what-we-learned",
    }
    expect(page.get_by_role("button", name="Copy")).to_be_visible()


def test_post_when_read_by_keyboard_then_leads_to_other_languages_and_parts(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/blog/13")
    page.get_by_role("navigation", name="Languages of this post").get_by_role(
        "link"
    ).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("ما تعلمناه")
    visit(page, served, "/blog/17")
    page.locator("[rel=next]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The third walk")


def test_translation_when_wanted_then_two_clicks_lead_to_the_form(
    served: ToolApp, page: Page
) -> None:
    visit(page, served, "/translate?into=fr")
    page.get_by_role("link", name="Translate into French").first.click()
    expect(page.locator("[name=language]")).to_have_value("French")


def test_address_when_shared_from_a_phone_then_its_button_is_beside_it(
    served: ToolApp, page: Page
) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    visit(page, served, "/blog/13")
    field = page.locator(".share .cdx-text-input").bounding_box()
    button = page.get_by_role("button", name="Copy").bounding_box()
    assert field
    assert button
    assert button["x"] >= field["x"] + field["width"] + 4
    assert abs(button["y"] - field["y"]) < 4


LEAD = "document.querySelector('.post-item--lead')"
SPANISH = (
    "Seis meses de trabajo de campo con comunidades de los Andes: lo que aprendimos"
    " sobre oralidad, fotografía, licencias libres y mucha paciencia en la Wikipedia"
)


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("es", SPANISH),
        ("de", f"Wikipediamitarbeiterversammlungsvorbereitung: {SPANISH}"[:160]),
        ("ja", "安第斯山脉的田野工作与口述历史" * 10),
        ("ta", "விக்கிப்பீடியா நிகழ்வுகள் "[:26] * 6),
    ],
)
def test_lead_when_its_title_is_long_then_it_fits_beside_its_picture(
    served: ToolApp, page: Page, language: str, title: str
) -> None:
    long = post(90, title=title, language=language, summary="A few words.")
    served.publish(replace(long, published=NOW))
    for path in ("/", "/blog"):
        page.set_viewport_size({"width": DESK, "height": 900})
        visit(page, served, f"{path}?uselang={language}")
        title_end, picture_end = (
            page.evaluate(
                f"{LEAD}.querySelector('{one}').getBoundingClientRect().bottom"
            )
            for one in (".post-item__title", ".post-item__picture")
        )
        assert title_end <= picture_end
        page.set_viewport_size({"width": PHONE, "height": 740})
        box = page.locator(".post-item--lead .post-item__title").bounding_box()
        assert box
        assert box["height"] <= 240
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
