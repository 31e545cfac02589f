"""Writing a post in a browser: nothing gets lost, and documents can be pasted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser.screenshots import violations, visit
from tests.support.tool.app import ToolStage
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
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolStage]:
    with served_tool(tmp_path_factory.mktemp("tool")) as stage:
        yield stage


@pytest.fixture
def desk(served: ToolStage, page: Page) -> Page:
    """The form of a new post, before a writer who is signed in."""
    visit(page, served, "/login")
    visit(page, served, "/write/post")
    return page


def body(page: Page) -> Locator:
    return page.locator("[name=body]")


def kept(page: Page) -> int:
    """How many drafts the browser keeps."""
    names = page.evaluate("Object.keys(localStorage)")
    return sum(name.startswith("space-draft") for name in names)


def test_draft_when_the_writer_leaves_and_comes_back_then_it_is_there(
    desk: Page, served: ToolStage
) -> None:
    desk.locator("[name=title]").fill("Half a post")
    body(desk).fill("Hours of work,\nशाम तक।")
    visit(desk, served, "/blog")
    visit(desk, served, "/write/post")
    notice = desk.locator("[data-draft-notice]")
    expect(notice).to_be_visible()
    expect(body(desk)).to_have_value("Hours of work,\nशाम तक।")
    expect(desk.locator("[name=title]")).to_have_value("Half a post")
    assert violations(desk) == []
    visit(desk, served, "/write/event")
    expect(notice).to_be_hidden()
    visit(desk, served, "/write/post")
    desk.get_by_role("button", name="Discard it").click()
    expect(body(desk)).to_have_value("")
    expect(notice).to_be_hidden()
    visit(desk, served, "/write/post")
    expect(body(desk)).to_have_value("")
    assert kept(desk) == 0


def test_draft_when_saved_then_it_is_kept_no_longer(
    desk: Page, served: ToolStage
) -> None:
    desk.locator("[name=title]").fill("A whole post")
    desk.locator("[name=language]").fill("en")
    body(desk).fill("Done.")
    desk.get_by_role("button", name="Save as draft").click()
    desk.wait_for_url("**/saved/*")
    expect(desk.locator("main")).to_contain_text("nobody reviews it yet")
    assert kept(desk) == 0
    visit(desk, served, "/write/post")
    expect(body(desk)).to_have_value("")


def test_draft_when_the_form_comes_back_with_a_mistake_then_no_second_notice(
    desk: Page,
) -> None:
    body(desk).fill("Without a title.")
    desk.locator("button[name=action][value=save]").click()
    expect(desk.locator("#problems")).to_be_visible()
    expect(desk.locator("[data-draft-notice]")).to_be_hidden()
    expect(body(desk)).to_have_value("Without a title.")
    assert kept(desk) == 1
    desk.evaluate("localStorage.clear()")


def test_draft_when_somebody_else_saved_meanwhile_then_both_changes_are_kept(
    desk: Page, served: ToolStage
) -> None:
    page = served.wiki.write(
        "Space/Blog/Two", "{{Space post\n| title = Two\n| language = en\n}}\nFirst."
    )
    address = f"/edit/{page.page_id}"
    visit(desk, served, address)
    desk.locator("[name=summary]").fill("Mine.")
    visit(desk, served, "/blog")
    served.wiki.write(
        "Space/Blog/Two", "{{Space post\n| title = Two\n| language = en\n}}\nTheirs."
    )
    visit(desk, served, address)
    expect(desk.locator("[data-draft-older]")).to_be_visible()
    expect(desk.locator("[name=summary]")).to_have_value("Mine.")
    desk.locator("button[name=action][value=save]").click()
    expect(desk.locator("#notice")).to_contain_text("Somebody else")
    expect(body(desk)).to_have_value("Theirs.")
    desk.evaluate("localStorage.clear()")


def test_paste_when_from_a_document_then_is_wikitext_that_undo_takes_back(
    desk: Page,
) -> None:
    body(desk).fill("Before ")
    html = "<h1 style='color:red'>One</h1><p><strong>Two</strong></p>"
    body(desk).evaluate(PASTE, html)
    expect(desk.locator("[data-paste-status]")).to_contain_text("Undo takes it back")
    expect(body(desk)).to_have_value("Before == One ==\n'''Two'''")
    desk.keyboard.press("Control+z")
    expect(body(desk)).to_have_value("Before ")
    desk.evaluate("localStorage.clear()")


def test_paste_when_the_wiki_is_silent_then_is_plain_text(
    desk: Page, served: ToolStage
) -> None:
    served.down = True
    try:
        body(desk).evaluate(PASTE, "<p><b>Two</b></p>")
        expect(body(desk)).to_have_value("plain")
    finally:
        served.down = False
    expect(desk.locator("[data-paste-status]")).to_contain_text("plain text")
    desk.evaluate("localStorage.clear()")


def test_toolbar_when_used_by_keyboard_then_marks_what_is_selected(
    desk: Page,
) -> None:
    body(desk).fill("one")
    body(desk).press("Control+a")
    body(desk).press("Control+b")
    expect(body(desk)).to_have_value("'''one'''")
    bold = desk.get_by_role("button", name="Bold")
    bold.focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.get_by_role("button", name="Italic")).to_be_focused()
    desk.keyboard.press("ArrowLeft")
    desk.keyboard.press("ArrowLeft")
    expect(desk.get_by_role("button", name="Picture")).to_be_focused()
    desk.keyboard.press("Home")
    expect(bold).to_be_focused()
    body(desk).fill("one\ntwo")
    body(desk).press("Control+a")
    desk.get_by_role("button", name="List").click()
    expect(body(desk)).to_have_value("* one\n* two")
    desk.evaluate("localStorage.clear()")


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
    served: ToolStage, page: Page, words: str, title: str
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
        expect(page.locator("main")).to_contain_text("Nothing fits")
