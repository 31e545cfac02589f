"""Every page in every language on a phone: nothing wider than it, no words cut off."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser.screenshots import PHONE, sign_in, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.pages import all_paths, unlisted
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

HEADER = 56  # pixels, one row
WRONG = """async ([languages, limit]) => {
    const width = document.documentElement.clientWidth;
    const scrolls = each => {
        for (let box = each; box && box !== document.body; box = box.parentElement) {
            if (getComputedStyle(box).overflowX !== 'visible') return true;
        }
        return false;
    };
    const said = each => `${each.tagName}.${each.className} `
        + each.textContent.trim().slice(0, 60);
    const look = () => {
        const found = [];
        for (const each of document.body.querySelectorAll('*')) {
            const box = each.getBoundingClientRect();
            const unseen = each.closest('svg, .visually-hidden, .skip-link');
            if (!box.width || unseen) continue;
            const out = box.right > width + 1 || box.left < -1;
            if (out && !scrolls(each.parentElement)) found.push('out: ' + said(each));
            const isButton = each.matches('button, .cdx-button, summary, .filter-chip');
            if (isButton && each.scrollWidth > each.clientWidth + 1) {
                found.push('cut: ' + said(each));
            }
        }
        const header = document.querySelector('.site-header')?.offsetHeight ?? 0;
        if (header > limit) found.push(`header: ${header}`);
        if (document.documentElement.scrollWidth > width) found.push('wide');
        return found;
    };
    const found = {};
    for (const language of languages) {
        const address = new URL(location.href);
        const parameter = address.pathname.startsWith('/embed/') ? 'lang' : 'uselang';
        address.searchParams.set(parameter, language);
        const answer = await fetch(address);
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const { lang, dir } = page.documentElement;
        if (lang !== language || answer.status >= 500) {
            found[language] = [`is ${answer.status} in ${lang}`];
            continue;
        }
        Object.assign(document.documentElement, { lang, dir });
        page.querySelectorAll('details').forEach(each => { each.open = true; });
        document.body.replaceWith(document.adoptNode(page.body));
        const wrong = look();
        if (wrong.length) found[language] = wrong;
    }
    return found;
}"""
"""Shows the page in each language, without its scripts; what is wrong, by language."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ToolApp]:
    with served_tool(tmp_path_factory.mktemp("languages")) as tool:
        yield tool


def test_pages_when_in_any_language_then_fit_on_a_phone(
    served: ToolApp, browser: Browser
) -> None:
    paths = all_paths(served)
    assert unlisted(served.app) == set()
    context = browser.new_context(viewport={"width": PHONE, "height": 740})
    page = context.new_page()
    sign_in(page, served)
    languages = list(served.services.catalogue)
    wrong = {}
    for path in paths:
        visit(page, served, path)
        if found := page.evaluate(WRONG, [languages, HEADER]):
            wrong[path] = found
    context.close()
    assert wrong == {}
