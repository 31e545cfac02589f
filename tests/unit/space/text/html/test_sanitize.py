import re
from html import escape
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from space.text.html.sanitize import sanitize
from tests.support.corpus.odd_urls import ODD_URLS

PAGE = "https://meta.wikimedia.org/wiki/Space/Blog/X"
REL = 'rel="noopener noreferrer nofollow ugc"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<a href="/wiki/A">x</a>',
            f'<a href="https://meta.wikimedia.org/wiki/A" {REL}>x</a>',
        ),
        ('<a href="//x.org/y">x</a>', f'<a href="https://x.org/y" {REL}>x</a>'),
        ('<a href="javascript:1">x</a>', f"<a {REL}>x</a>"),
        ('<a href="#a">x</a>', f'<a href="#wiki-a" {REL}>x</a>'),
        ('<p id="content">x</p>', '<p id="wiki-content">x</p>'),
        (
            '<img src="//upload.wikimedia.org/a.png" onerror="x" srcset="/b 2x">',
            '<img src="https://upload.wikimedia.org/a.png">',
        ),
        ('<div style="position:fixed">x</div>', "<div>x</div>"),
        (
            '<div class="cdx-message wikitable">x</div>',
            '<div class="wikitable">x</div>',
        ),
        (
            '<div class="space-card site-header">x</div>',
            '<div class="wiki-space-card">x</div>',
        ),
        ('<div class="page">x</div>', "<div>x</div>"),
        ("<style>a{}</style><script>1</script>x", "x"),
        ('<form action="/x"><input name="a"><button>b</button></form>', "b"),
        ('<p lang="ar" dir="rtl">x</p>', '<p lang="ar" dir="rtl">x</p>'),
        ('<iframe src="/x"></iframe><object data="/x"></object>', ""),
        ('<h1 id="Top">x</h1>', '<h2 id="wiki-Top">x</h2>'),
        (
            '<a href="#Top">x</a><div class="mw-heading"><h1 id="Top">T</h1></div>',
            f'<a href="#wiki-Top" {REL}>x</a><div><h2 id="wiki-Top">T</h2></div>',
        ),
    ],
)
def test_sanitize_when_given_html_then_keeps_only_what_is_safe(
    html: str, expected: str
) -> None:
    assert sanitize(html, PAGE) == expected


@given(st.text(alphabet="<>/=\"' abcdefghijklmnoprstxy:#&;()0123"))
def test_sanitize_when_given_anything_then_nothing_can_run(html: str) -> None:
    clean = sanitize(html, PAGE).lower()
    assert not re.search(
        r"<(script|style|form|input|iframe|object|embed|base)\b", clean
    )
    assert not re.search(r"<[^>]*\s(on\w+|style)\s*=", clean)
    assert "javascript:" not in re.sub(r">[^<]*<", "><", f">{clean}<")


HOST = r"(?:[^/?#@:\s\\\[\]]+|\[[0-9a-f:]+\])"
PLAIN = re.compile(rf"https?://{HOST}(:[0-9]+)?([/?#][^\\\s]*)?|mailto:\S+|#\S*")


@pytest.mark.parametrize("page", [PAGE, "http://127.0.0.1:8080/wiki/X"])
def test_sanitize_when_urls_are_odd_then_is_one_that_all_read_alike(page: str) -> None:
    for url in ODD_URLS:
        clean = sanitize(
            f'<img src="{escape(url)}"><a href="{escape(url)}">x</a>', page
        )
        for value in re.findall(r'(?:src|href)="([^"]*)"', clean):
            assert PLAIN.fullmatch(value), (url, value)
        for value in re.findall(r'src="([^"]*)"', clean):
            host = urlsplit(value).hostname
            own = urlsplit(page).hostname
            assert host == own or f".{host}".endswith(".wikimedia.org"), (url, value)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "https://example.org",
            "http://example.org:80/a?b=c#d",
            "https://пример.рф/я",
        ),
        *("https://example.org/a_(b)?q='x'|y", "mailto:ana@example.org?subject=Tea"),
    ],
)
def test_sanitize_when_a_link_is_plain_then_stays_as_it_is_written(url: str) -> None:
    clean = sanitize(f'<a href="{escape(url)}">x</a>', PAGE)
    assert clean == f'<a href="{escape(url, quote=False)}" {REL}>x</a>'


def test_sanitize_when_tables_scroll_then_can_be_reached_by_keyboard() -> None:
    html = '<p title="<table">x</p><table tabindex="5"><tbody></tbody></table>'
    found = sanitize(html, PAGE, scrolls=True)
    assert '<table tabindex="0">' in found
    assert found.count("tabindex") == 1
    assert "tabindex" not in sanitize(html, PAGE)
