"""The review screen on a phone: one thumb, one set of buttons, reasons within reach."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from space.sync import sync
from space.wiki.values import Rendering
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.browser.screenshots import PHONE, sign_in, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool
from tests.support.wiki.bot_and_wiki import RULES, event

pytestmark = pytest.mark.browser

TITLE = "Space/Events/A"
SMALL = """() => [...document.querySelectorAll(
    '.review button, .review summary, .review .cdx-checkbox, .review__head a')]
    .map(each => [each.textContent.trim(), each.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 44)"""
CARD = """<div class="space-banner"><p>Waiting for review</p>
<div class="space-banner-links"><a href="/wiki/A">Approve by hand</a></div></div>
<div class="space-banner space-banner-problem"><p>Please check the venue.</p></div>
<p>Bring wool.</p><div class="space-foot"><a href="/wiki/B">Withdraw</a></div>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    """The tool with an event that waits for Olu, who reviews."""
    with served_tool(tmp_path_factory.mktemp("review")) as tool:
        tool.wiki.register("Olu", "patroller")
        bot = tool.wiki.as_user("SpaceBot", "bot")
        tool.wiki.as_user("Lena").write(TITLE, event("Bring wool. " * 200))
        sync(bot, tool.store, RULES, now=tool.wiki.advance(minutes=1), save=bot.save)
        yield tool


@pytest.fixture
def phone(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    monkeypatch.setattr(MemoryWiki, "render", lambda *_, **__: Rendering(CARD))
    context = browser.new_context(
        viewport={"width": PHONE, "height": 740}, has_touch=True
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_screen_when_on_a_phone_decides_with_one_thumb(
    served: ToolApp, phone: Page
) -> None:
    (row,) = served.store.queue.rows()
    sign_in(phone, served)
    visit(phone, served, f"/review/{row.page}")

    for name in ("Approve", "Ask for changes", "Decline"):
        button = phone.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE
    assert phone.evaluate(SMALL) == []
    assert violations(phone) == []

    expect(phone.locator(".review__page")).to_contain_text("Bring wool.")
    expect(phone.get_by_text("Please check the venue.")).to_be_visible()
    for links in (".wiki-space-banner-links", ".wiki-space-foot"):
        expect(phone.locator(links)).to_be_hidden()

    phone.get_by_role("button", name="Decline").tap()
    expect(phone.locator("#reason-problem")).to_be_focused()
    reason = phone.get_by_label("This reads like advertising.")
    expect(reason).to_be_in_viewport()
    reason.tap()
    phone.get_by_role("button", name="Decline").tap()
    expect(phone.locator("#said")).to_be_visible()
    talk = served.wiki.state.page(f"Talk:{TITLE}")
    assert talk
    assert f"|rev={row.pending_revision}|because=advertising}}}}" in talk.latest.text
