"""Style sheets and modules that are sent as one file."""

import re

import pytest

from space.text.html.sanitize import sanitize
from tests.support.tool.app import ToolApp
from tool.app.web.assets import FOREVER

SHEETS = "/static/joined/layout,lists.css"
MODULES = "/static/joined/local-time,share.js"


@pytest.mark.parametrize("names", ["lists,layout", "layout"])
def test_joined_sheets_when_asked_for_then_follow_the_order_of_their_names(
    tool: ToolApp, names: str
) -> None:
    answer = tool.get(f"/static/joined/{names}.css?v=1")
    assert answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == FOREVER
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
    assert preloaded == ["/static/js/local-time.js"]


@pytest.mark.parametrize("path", ["/", "/calendar"])
def test_page_when_it_shows_the_small_month_then_has_its_style(
    tool: ToolApp, path: str
) -> None:
    page = tool.get(path, follow_redirects=True).text
    assert 'class="small-month' in page
    assert re.search(r'href="/static/joined/[^"]*small-month', page)
