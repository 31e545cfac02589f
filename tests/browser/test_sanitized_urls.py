"""URLs of the wiki's HTML: a real browser reads them as the sanitizer does."""

from html import escape

import pytest
from ada_url import URL
from playwright.sync_api import Page

from space.text.html.sanitize import sanitize
from tests.support.corpus.odd_urls import ODD_URLS

pytestmark = pytest.mark.browser

PAGE = "https://meta.wikimedia.org/wiki/Space"
OURS = "https://space.example.org/blog/1"
READ = """([urls, base]) => urls.map(url => {
    try { return new URL(url, base).href; } catch { return null; }
})"""
LOADED = """([parts, base]) => parts.map(part => {
    const page = new DOMParser().parseFromString(part, 'text/html');
    page.head.append(Object.assign(page.createElement('base'), { href: base }));
    return [page.querySelector('img').src, page.querySelector('a').href];
})"""


def test_browser_when_it_reads_odd_urls_then_does_as_the_sanitizer_does(
    page: Page,
) -> None:
    read = page.evaluate(READ, [list(ODD_URLS), PAGE])
    for url, href in zip(ODD_URLS, read, strict=True):
        if URL.can_parse(url, PAGE):  # Chromium takes some that the standard does not
            assert URL(url, base=PAGE).href == href, url
    parts = [
        sanitize(f'<img src="{escape(url)}"><a href="{escape(url)}">x</a>', PAGE)
        for url in ODD_URLS
    ]
    loaded = page.evaluate(LOADED, [parts, OURS])
    for url, (src, href) in zip(ODD_URLS, loaded, strict=True):
        host = URL(src).hostname if src else ""
        assert not host or f".{host}".endswith(".wikimedia.org"), (url, src)
        assert not href or href.startswith(("http", "mailto:", OURS)), (url, href)
