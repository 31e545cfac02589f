"""The list of the queue in a browser: on a phone and at a desk, dark and from right."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect

from space.review.queue import EventFacts, Row, Section
from tests.support.browser.screenshots import DESK, PHONE, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

LONG = "An edit-a-thon-with-a-name-that-nobody-could-break-into-two at the library"
BUTTON_FITS = """() => {
    const button = document.querySelector('.filters button');
    const right = element => element.getBoundingClientRect().right;
    return right(button) <= right(button.parentElement);
}"""
PARTS = ("soon", "fixed", "waiting", "live", "broken")


def row(tool: ToolApp, page: int, section: Section, days: int, **more: object) -> Row:
    day = tool.now.date() + timedelta(days=days)
    values: dict[str, object] = {
        "page": page,
        "kind": "event",
        "title": f"Space/Events/{page}",
        "name": f"{LONG} {page}",
        "pending_since": tool.now - timedelta(days=page),
        "section": section,
        "event": EventFacts(day, day + timedelta(days=1), "hybrid", "NZ", "Auckland"),
        "pending_revision": page * 10,
        "languages": ("en", "mi"),
        "author": "Olu",
        "edits": 100,
        **more,
    }
    return Row(**values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("queue")) as tool:
        tool.store.set_queue(
            (
                row(tool, 1, Section.SOON, 0, first=True),
                row(tool, 2, Section.SOON, 2, changes_asked=5, published_revision=3),
                row(tool, 3, Section.FIXED, 40, changes_asked=5),
                row(tool, 4, Section.WAITING, 9, spam=("https://x.example",)),
                row(tool, 5, Section.WAITING, -9, again=True),
                row(tool, 6, Section.LIVE, 9, corrected=("start", "status")),
                row(tool, 7, Section.BROKEN, 9, broken=True, problems=("summary",)),
            )
        )
        yield tool


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [(PHONE, "dark", "ar"), (PHONE, "light", "en"), (DESK, "light", "en")],
)
def test_list_when_opened_has_its_parts_in_order_and_fits(
    browser: Browser, served: ToolApp, width: int, scheme: str, language: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 740},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    visit(page, served, f"/review?uselang={language}")
    said = served.services.catalogue[language]
    parts = [said[f"wiki-queue-section-{part}"] for part in PARTS]
    expect(page.locator(".queue__part")).to_have_text(parts)
    expect(page.locator(".queue__item")).to_have_count(7)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(BUTTON_FITS)
    assert violations(page) == []
    context.close()
