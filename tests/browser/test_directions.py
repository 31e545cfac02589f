"""Signs and texts in interfaces of any direction, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from space.text.languages import direction
from tests.support.browser.screenshots import visit
from tests.support.talk.conversations import CHAT, path_of
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
EDGES = """selector => [...document.querySelectorAll(selector)].map(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const text = range.getBoundingClientRect();
    const box = each.getBoundingClientRect();
    return [text.left - box.left, box.right - text.right];
})"""
"""How far texts are from the left and the right edge of their boxes."""
TURN = "([lang, dir]) => { Object.assign(document.documentElement, { lang, dir }); }"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("directions")) as tool:
        yield tool


def test_signs_when_in_any_language_then_are_those_of_their_kind(
    served: ToolApp, page: Page
) -> None:
    drawn: set[str] = set()
    for path in SIGNED:
        visit(page, served, path)
        english = page.evaluate(SIGNS)
        drawn |= set(english)
        for language in LANGUAGES:
            page.evaluate(TURN, [language, direction(language)])
            assert page.evaluate(SIGNS) == english, language
    kinds = {sign.split()[0] for sign in drawn}
    assert kinds == {"error", "warning"}
    assert len(drawn) >= len(kinds)


def test_cards_when_their_text_runs_the_other_way_then_it_begins_at_the_same_edge(
    served: ToolApp, page: Page
) -> None:
    texts = (
        ".event-item__summary, .post-item__title, h1[dir],"
        ".item--event .item__summary, .item__facts dd[dir]"
    )
    paths = ("/events", "/blog", "/events/12", path_of(12, CHAT))
    for language, side in (("ar", 1), ("en", 0)):
        for path in paths:
            visit(page, served, f"{path}?uselang={language}")
            edges = page.evaluate(EDGES, texts)
            assert edges
            assert all(abs(edge[side]) < 1 for edge in edges), (language, path, edges)
