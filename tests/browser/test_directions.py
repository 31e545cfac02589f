"""Signs and texts in interfaces of any direction, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.support.browser.screenshots import PHONE, violations, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

LANGUAGES = ("ar", "ar-eg", "arz", "fa", "ur", "ckb", "he", "yi", "de", "zh-hant")
SIGNED = ("/events?colour=red", "/events/16")
"""Pages with signs of warnings and errors, on chips and on messages."""
SIGNS = """() => {
    const signs = document.querySelectorAll('.cdx-info-chip__icon, .cdx-message__icon');
    return [...signs].map(each => {
        const style = getComputedStyle(each);
        const kind = each.parentElement.className.match(/--(error|warning|success)/);
        return kind && [kind[1], style.maskImage, style.backgroundColor].join(' ');
    }).filter(Boolean);
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("directions")) as tool:
        yield tool


def signs(page: Page, tool: ToolApp, language: str) -> list[list[str]]:
    """What the signs of each page are drawn with."""
    found = []
    for path in SIGNED:
        mark = "&" if "?" in path else "?"
        visit(page, tool, f"{path}{mark}uselang={language}")
        found.append(page.evaluate(SIGNS))
    return found


def test_signs_when_in_any_language_then_are_those_of_their_kind(
    served: ToolApp, page: Page
) -> None:
    english = signs(page, served, "en")
    kinds = {sign.split()[0] for drawn in english for sign in drawn}
    assert kinds == {"error", "warning"}
    assert len({sign for drawn in english for sign in drawn}) >= len(kinds)
    for language in LANGUAGES:
        assert signs(page, served, language) == english, language


def test_signs_when_in_no_language_then_nobody_is_told_a_wrong_one(
    served: ToolApp, page: Page
) -> None:
    page.set_viewport_size({"width": PHONE, "height": 740})
    for path in SIGNED:
        visit(page, served, path)
        assert violations(page) == []
