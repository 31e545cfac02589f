"""Style sheets and modules that are sent as one file."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urljoin

import pytest

from space.text.html.sanitize import sanitize
from tests.support.feeds.publications import event, post
from tests.support.tool.app import CONFIG, ToolApp
from tool.app.web.assets import FOREVER


@pytest.fixture(scope="module")
def tiled() -> Iterator[ToolApp]:
    """A tool with map tiles, and a reader who may write."""
    tool = ToolApp(config=replace(CONFIG, tile_url="/{z}/{x}/{y}.png"), own_app=True)
    tool.publish(event(12, coordinates="-36.8506, 174.7679"), post(13))
    tool.sign_in()
    yield tool
    tool.engine.dispose()


SHEETS = "/static/joined/layout,lists.css"
ASKED_FOR = re.compile(r'(?:src|href|data-leaflet)="(/static/[^"]+)"')
NAMED = re.compile(r"(?:from|import|import\() ?'([^']+)'|url\(([\w/.?=-]+)\)")
MODULES = "/static/joined/local-time,share.js"


@pytest.mark.parametrize("names", ["lists,layout", "layout"])
def test_joined_sheets_when_asked_for_then_follow_the_order_of_their_names(
    tool: ToolApp, names: str
) -> None:
    answer = tool.get(f"/static/joined/{names}.css?v=1")
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "no-cache"  # it has another version
    assert "Set-Cookie" not in answer.headers
    for name in names.split(","):
        assert tool.get(f"/static/css/{name}.css", buffered=True).text in answer.text
    assert answer.text.startswith("/* The frame") == names.startswith("layout")


def test_sheet_of_templates_when_sent_then_knows_classes_as_sanitize_leaves_them(
    tool: ToolApp,
) -> None:
    html = sanitize('<div class="space-card">x</div>', "https://wiki.test/wiki/A")
    found = re.search('class="([^"]+)"', html)
    assert found
    sheet = tool.get("/static/joined/layout,templates.css").text
    assert f".{found[1]} {{" in sheet
    assert not re.search(r"(?<!wiki)[.]space-", sheet)


def test_joined_modules_when_both_have_a_name_then_each_is_a_block(
    tool: ToolApp,
) -> None:
    answer = tool.get(MODULES)
    assert answer.mimetype == "text/javascript"
    assert not re.search(r"^(im|ex)port ", answer.text, re.MULTILINE)
    assert len(re.findall(r"^\{$", answer.text, re.MULTILINE)) == 2


@pytest.mark.parametrize(
    "path",
    [
        "/static/joined/nothing.css",
        "/static/joined/lists,lists.css",
        "/static/joined/,.css",
        "/static/joined/lists.js",
        "/static/joined/lists.txt",
    ],
)
def test_joined_files_when_one_is_not_there_then_are_not_found(
    tool: ToolApp, path: str
) -> None:
    assert tool.get(path).status_code == 404


def test_joined_sheets_when_the_reader_has_them_then_are_not_sent_again(
    tool: ToolApp,
) -> None:
    tag = tool.get(SHEETS).headers["ETag"]
    again = tool.get(SHEETS, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_page_when_its_language_was_chosen_then_keeps_it_out_of_urls_of_sheets(
    tool: ToolApp,
) -> None:
    page = tool.get("/events?uselang=de").text
    assert re.search(r'href="/static/joined/[^"?]*\?v=\w+"', page)


def test_page_when_its_module_imports_others_then_asks_for_them_at_once(
    tool: ToolApp,
) -> None:
    page = tool.get("/events").text
    preloaded = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert [url.partition("?")[0] for url in preloaded] == ["/static/js/local-time.js"]
    module = re.search(r'src="([^"]+near-list[^"]+)"', page)
    assert module
    assert f"'.{preloaded[0].removeprefix('/static/js')}'" in tool.get(module[1]).text


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/events", "/events/12-event-12", "/blog", "/blog/13-post-13"),
        *("/calendar/2026-11", "/map", "/subscribe", "/embed/events", "/discuss"),
        *("/review", "/write/event", "/write/post", "/mine", "/status", "/nowhere"),
    ],
)
def test_page_when_all_that_it_needs_is_followed_then_caches_keep_it_for_ever(
    tiled: ToolApp, path: str
) -> None:
    waiting = ASKED_FOR.findall(tiled.get(path).text)
    assert waiting
    known = set()
    while waiting:
        url = waiting.pop()
        if url in known:
            continue
        known.add(url)
        file = tiled.get(url, buffered=True)
        assert (file.status_code, file.headers["Cache-Control"]) == (200, FOREVER), url
        if file.mimetype in {"text/css", "text/javascript"} and "leaflet.js" not in url:
            waiting += [
                urljoin(url, one or two) for one, two in NAMED.findall(file.text)
            ]


@pytest.mark.parametrize("path", ["/", "/calendar"])
def test_page_when_it_shows_the_small_month_then_has_its_style(
    tool: ToolApp, path: str
) -> None:
    page = tool.get(path, follow_redirects=True).text
    assert 'class="small-month' in page
    assert re.search(r'href="/static/joined/[^"]*small-month', page)
