"""Writing a post in a browser: nothing gets lost, and documents can be pasted."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser.screenshots import sign_in, violations, visit
from tests.support.feeds.publications import post
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

PASTE = """(area, html) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'plain');
    area.focus();
    area.dispatchEvent(new ClipboardEvent(
        'paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("tool")) as tool:
        yield tool


@pytest.fixture
def form_page(served: ToolApp, page: Page) -> Page:
    """The form of a new post, before a writer who is signed in."""
    sign_in(page, served)
    visit(page, served, "/write/post")
    return page


def body(page: Page) -> Locator:
    return page.locator("[name=body]")


def kept(page: Page) -> int:
    """How many drafts the browser keeps."""
    names = page.evaluate("Object.keys(localStorage)")
    return sum(name.startswith("space-draft") for name in names)


def test_draft_when_the_writer_leaves_and_comes_back_then_it_is_there(
    form_page: Page, served: ToolApp
) -> None:
    form_page.locator("[name=title]").fill("Half a post")
    body(form_page).fill("Hours of work,\nशाम तक।")
    visit(form_page, served, "/blog")
    visit(form_page, served, "/write/post")
    notice = form_page.locator("[data-draft-notice]")
    expect(notice).to_be_visible()
    expect(body(form_page)).to_have_value("Hours of work,\nशाम तक।")
    expect(form_page.locator("[name=title]")).to_have_value("Half a post")
    assert violations(form_page) == []
    visit(form_page, served, "/write/event")
    expect(notice).to_be_hidden()
    visit(form_page, served, "/write/post")
    form_page.get_by_role("button", name="Discard draft").click()
    expect(body(form_page)).to_have_value("")
    expect(notice).to_be_hidden()
    visit(form_page, served, "/write/post")
    expect(body(form_page)).to_have_value("")
    assert kept(form_page) == 0


def test_draft_when_saved_then_it_is_kept_no_longer(
    form_page: Page, served: ToolApp
) -> None:
    form_page.locator("[name=title]").fill("A whole post")
    form_page.locator("[name=language]").fill("en")
    body(form_page).fill("Done.")
    form_page.get_by_role("button", name="Save as draft").click()
    form_page.wait_for_url("**/saved/*")
    expect(form_page.locator("main")).to_contain_text("not reviewed yet")
    assert kept(form_page) == 0
    visit(form_page, served, "/write/post")
    expect(body(form_page)).to_have_value("")


def test_draft_when_the_form_comes_back_with_a_mistake_then_no_second_notice(
    form_page: Page,
) -> None:
    body(form_page).fill("Without a title.")
    form_page.locator("button[name=action][value=save]").click()
    expect(form_page.locator("#problems")).to_be_visible()
    expect(form_page.locator("[data-draft-notice]")).to_be_hidden()
    expect(body(form_page)).to_have_value("Without a title.")
    assert kept(form_page) == 1
    form_page.evaluate("localStorage.clear()")


def test_draft_when_somebody_else_saved_meanwhile_then_both_changes_are_kept(
    form_page: Page, served: ToolApp
) -> None:
    page = served.wiki.write(
        "Space/Blog/Two", "{{Space post\n| title = Two\n| language = en\n}}\nFirst."
    )
    address = f"/edit/{page.page_id}"
    visit(form_page, served, address)
    form_page.locator("[name=summary]").fill("Mine.")
    visit(form_page, served, "/blog")
    served.wiki.write(
        "Space/Blog/Two", "{{Space post\n| title = Two\n| language = en\n}}\nTheirs."
    )
    visit(form_page, served, address)
    expect(form_page.locator("[data-draft-older]")).to_be_visible()
    expect(form_page.locator("[name=summary]")).to_have_value("Mine.")
    form_page.locator("button[name=action][value=save]").click()
    expect(form_page.locator("#notice")).to_contain_text("Someone else")
    expect(body(form_page)).to_have_value("Theirs.")
    form_page.evaluate("localStorage.clear()")


def test_paste_when_from_a_document_then_is_wikitext_that_undo_takes_back(
    form_page: Page,
) -> None:
    body(form_page).fill("Before ")
    html = "<h1 style='color:red'>One</h1><p><strong>Two</strong></p>"
    body(form_page).evaluate(PASTE, html)
    expect(form_page.locator("[data-paste-status]")).to_contain_text("Undo removes it")
    expect(body(form_page)).to_have_value("Before == One ==\n'''Two'''")
    form_page.keyboard.press("Control+z")
    expect(body(form_page)).to_have_value("Before ")
    form_page.evaluate("localStorage.clear()")


def test_paste_when_the_wiki_is_silent_then_is_plain_text(
    form_page: Page, served: ToolApp
) -> None:
    served.down = True
    try:
        body(form_page).evaluate(PASTE, "<p><b>Two</b></p>")
        expect(body(form_page)).to_have_value("plain")
    finally:
        served.down = False
    expect(form_page.locator("[data-paste-status]")).to_contain_text("plain text")
    form_page.evaluate("localStorage.clear()")


def test_toolbar_when_used_by_keyboard_then_marks_what_is_selected(
    form_page: Page,
) -> None:
    body(form_page).fill("one")
    body(form_page).press("Control+a")
    body(form_page).press("Control+b")
    expect(body(form_page)).to_have_value("'''one'''")
    bold = form_page.get_by_role("button", name="Bold")
    bold.focus()
    form_page.keyboard.press("ArrowRight")
    expect(form_page.get_by_role("button", name="Italic")).to_be_focused()
    form_page.keyboard.press("ArrowLeft")
    form_page.keyboard.press("ArrowLeft")
    expect(form_page.get_by_role("button", name="Picture")).to_be_focused()
    form_page.keyboard.press("Home")
    expect(bold).to_be_focused()
    body(form_page).fill("one\ntwo")
    body(form_page).press("Control+a")
    form_page.get_by_role("button", name="List").click()
    expect(body(form_page)).to_have_value("* one\n* two")
    form_page.evaluate("localStorage.clear()")


def test_picture_when_chosen_then_its_fields_are_filled_in_on_the_spot(
    form_page: Page,
) -> None:
    words = form_page.locator("#picture-search")
    words.fill("library")
    words.press("Enter")
    form_page.locator("button[name=picture]").first.wait_for()
    place = form_page.evaluate("scrollY")
    form_page.locator("button[name=picture]").first.click()
    expect(form_page.locator("[data-chosen-picture]")).to_contain_text("Ben Example")
    expect(form_page.locator("[name=image_alt]")).to_have_value(
        "People with laptops at a table between bookshelves"
    )
    expect(form_page.locator("[name=image_caption]")).to_have_value(
        "Twelve people at a long table with laptops"
    )
    assert form_page.evaluate("scrollY") == place
    form_page.evaluate("localStorage.clear()")


def test_toolbar_when_a_picture_is_inserted_then_it_is_described_on_its_own_line(
    form_page: Page,
) -> None:
    body(form_page).fill("{|\n| a\n|}")
    form_page.get_by_role("button", name="Picture", exact=True).click()
    dialog = form_page.get_by_role("dialog")
    dialog.get_by_role("searchbox").fill("library")
    dialog.get_by_role("button", name="Search").click()
    dialog.locator("button[name=picture]").click()
    insert = dialog.get_by_role("button", name="Insert picture")
    expect(insert).to_be_enabled()
    assert violations(form_page) == []
    dialog.locator("[data-alt]").fill("People | laptops")
    dialog.locator("[data-caption]").fill("In the [[library|hall]]")
    insert.click()
    expect(body(form_page)).to_have_value(
        "{|\n| a\n|}\n[[File:Edit-a-thon in a library.jpg|thumb"
        "|alt=People &#124; laptops|In the [[library|hall]]]]\n"
    )
    body(form_page).evaluate(PASTE, "<p><b>Two</b><img src=x></p>")
    expect(form_page.locator("[data-paste-status]")).to_contain_text(
        "Pictures are not pasted"
    )
    form_page.evaluate("localStorage.clear()")


def test_translation_when_wide_then_the_original_is_beside_it_else_above(
    form_page: Page, served: ToolApp
) -> None:
    text = "{{Space post|title=Walk|language=en}}\nWe walked."
    revision = served.wiki.write("Space/Blog/Page 50", text).revid
    served.publish(replace(post(50, title="Walk"), revision=revision))
    visit(form_page, served, "/write/post?translate=50&into=es")
    source, title = (
        form_page.locator(".editor__source"),
        form_page.locator("#field-title"),
    )
    for width, beside in ((1280, True), (360, False)):
        form_page.set_viewport_size({"width": width, "height": 740})
        original, field = source.bounding_box(), title.bounding_box()
        assert original
        assert field
        assert (original["x"] > field["x"] + field["width"]) is beside
        assert (original["y"] + original["height"] <= field["y"]) is not beside
    assert violations(form_page) == []


def test_names_when_typed_then_are_picked_by_keyboard_as_chips_and_come_back(
    form_page: Page, served: ToolApp
) -> None:
    visit(form_page, served, "/write/event")
    languages = form_page.get_by_role("combobox", name="Languages")
    languages.fill("English, fren")
    options = form_page.get_by_role("listbox").get_by_role("option")
    expect(options.first).to_contain_text("French")
    languages.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    rules = ("aria-valid-attr-value", "aria-required-children", "label", "list")
    assert violations(form_page, *rules) == []
    languages.press("Enter")
    sent = form_page.locator("[name=languages]")
    expect(sent).to_have_value("English; French")
    languages.press("Backspace")
    languages.fill("germ")
    expect(options.first).to_contain_text("German")
    languages.press("Enter")
    expect(sent).to_have_value("English; German")
    languages.press("Backspace")
    expect(sent).to_have_value("English")
    languages.fill("Hausa")
    form_page.get_by_role("button", name="Remove English").click()
    expect(languages).to_be_focused()
    expect(sent).to_have_value("Hausa")
    visit(form_page, served, "/blog")
    visit(form_page, served, "/write/event")
    expect(form_page.get_by_role("button", name="Remove Hausa")).to_be_visible()
    form_page.evaluate("localStorage.clear()")


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("tea afternoon", ""),
        ("ما تعلمناه", "ما تعلمناه"),
        ("शिक्षा", ""),
        ("पुणे", "हिन्दी"),
    ],
)
def test_search_when_typed_into_the_header_then_finds(
    served: ToolApp, page: Page, words: str, title: str
) -> None:
    visit(page, served, "/blog")
    box = page.get_by_role("searchbox", name="Search posts and events")
    box.fill(words)
    box.press("Enter")
    page.wait_for_url("**/search?*")
    found = page.locator(".result__title")
    if title:
        expect(found.first).to_contain_text(title)
    else:
        expect(page.locator("main")).to_contain_text("Nothing found")
