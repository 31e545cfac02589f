"""Real Chromium before the real product: wiki, gateway, tool and bots."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from sandbox.product import Product
from tests.support.browser.chromium import chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def product(indexed_wiki: Product) -> Iterator[Product]:
    """Everything runs, and nothing is written yet."""
    try:
        indexed_wiki.start_tool()
        yield indexed_wiki
    finally:
        indexed_wiki.tool.stop()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of a person of their own: no cookie, no memory."""
    context = browser.new_context()
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
