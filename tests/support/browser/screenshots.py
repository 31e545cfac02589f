"""Looking at the tool's pages with a real browser."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, Route

from tests.support.tool.app import ToolApp

AXE = Path(__file__).parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = 360, 1280
SETTLED = """async () => {
    const all = document.getAnimations();
    const changes = all.filter(each => each instanceof CSSTransition);
    await Promise.allSettled(changes.map(each => each.finished));
    return 'axe' in window;
}"""
"""Waits until nothing fades or slides; whether the page has axe-core."""


def visit(page: Page, tool: ToolApp, path: str) -> None:
    page.goto(f"{tool.config.public_url}{path}")


def sign_in(page: Page, tool: ToolApp) -> None:
    """As Olu, without the page that this leads to."""
    page.request.get(f"{tool.config.public_url}/login")


@contextmanager
def only_here(
    context: BrowserContext, tool: ToolApp, asked: list[str]
) -> Iterator[None]:
    """Keep browsers from all hosts but the tool's; fails at the end if they tried.

    Every address is added to `asked`.
    """
    own = urlsplit(tool.config.public_url).netloc

    def watch(route: Route) -> None:
        asked.append(route.request.url)
        if urlsplit(route.request.url).netloc == own:
            route.continue_()
        else:
            route.abort()

    context.route("**/*", watch)
    yield
    assert [url for url in asked if urlsplit(url).netloc not in {own, ""}] == []


def violations(page: Page, *rules: str) -> list[str]:
    """What axe-core finds, by all its rules or by these.

    The script is handed to the page past its policy, unless the page has it already,
    once its styles are there, colours have changed and the pointer rests on nothing:
    Codex's own colours for that are a little pale.
    """
    page.wait_for_load_state()
    page.mouse.move(0, 0)
    if not page.evaluate(SETTLED):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    # Of what axe-core may load for its rules, those that run need only sound and film.
    options: dict[str, object] = {"preload": {"assets": ["media"]}}
    if rules:
        options["runOnly"] = list(rules)
    found = page.evaluate(
        "options => axe.run(document, options).then(result => result.violations)",
        options,
    )
    return [
        f"{rule['id']}: {node['html'][:160]} {json.dumps(node['any'])[:200]}"
        for rule in found
        for node in rule["nodes"]
    ]
