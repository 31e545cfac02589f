"""Every page in every language on a phone: nothing too wide, cut off or unnamed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.browser.screenshots import AXE, PHONE, sign_in, visit
from tests.support.tool.app import ToolApp
from tests.support.tool.pages import all_paths, unlisted
from tests.support.tool.server import served_tool

pytestmark = pytest.mark.browser

HEADER = 56  # pixels, one row
HEARD = ("ar", "bn")  # one is written from the right, both are in scripts of their own
RULES = (
    *("aria-command-name", "aria-input-field-name", "button-name", "empty-heading"),
    *("html-has-lang", "html-lang-valid", "image-alt", "input-button-name", "label"),
    *("label-content-name-mismatch", "label-title-only", "link-name", "select-name"),
    *("summary-name", "valid-lang"),
)
"""Those of axe-core about names and languages."""
WRONG = """async ([languages, heard, rules, limit]) => {
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
    const listen = async () => {
        const options = { preload: false, resultTypes: ['violations'], runOnly: rules };
        const { violations } = await axe.run(document, options);
        return violations.flatMap(
            rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`));
    };
    const read = async language => {
        const address = new URL(location.href);
        const parameter = address.pathname.startsWith('/embed/') ? 'lang' : 'uselang';
        address.searchParams.set(parameter, language);
        const answer = await fetch(address);
        const text = await answer.text();
        return [answer.status, new DOMParser().parseFromString(text, 'text/html')];
    };
    const found = {};
    let next = read(languages[0]);
    for (const [index, language] of languages.entries()) {
        const [status, page] = await next;
        if (index + 1 < languages.length) next = read(languages[index + 1]);
        const { lang, dir } = page.documentElement;
        if (lang !== language || status >= 500) {
            found[language] = [`is ${status} in ${lang}`];
            continue;
        }
        Object.assign(document.documentElement, { lang, dir });
        page.querySelectorAll('details').forEach(each => { each.open = true; });
        document.body.replaceWith(document.adoptNode(page.body));
        const wrong = look();
        if (heard.includes(language)) wrong.push(...await listen());
        if (wrong.length) found[language] = wrong;
    }
    return found;
}"""
"""Shows the page in each language, without its scripts; what is wrong, by language.

In those that are `heard` axe-core looks at it too, by the `rules` that hang on the
language; by all others all pages are looked at in one (`test_tool_pages.py`). The next
page is made meanwhile.
"""


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
    context.add_init_script(path=AXE)
    page = context.new_page()
    sign_in(page, served)
    languages = list(served.services.catalogue)
    wrong = {}
    for path in paths:
        visit(page, served, path)
        if found := page.evaluate(WRONG, [languages, HEARD, RULES, HEADER]):
            wrong[path] = found
    context.close()
    assert wrong == {}
