"""How much a page makes a phone ask for; `benchmarks.pages` looks in a browser."""

from dataclasses import replace

import pytest

from tests.support.tool.app import CONFIG, ToolApp
from tests.support.tool.page_weight import page_weight
from tests.support.tool.server import publish_some

KB = 1000
PAGE, SCRIPT, SCRIPT_OF_FORMS = 100 * KB, 15 * KB, 60 * KB
REQUESTS, FIRST = 6, 60 * KB
TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
FIRST_SEEN = (  # front, lists and what they lead to
    "/", "/events", "/blog", "/calendar/2026-11", "/search?q=w", "/discuss",
    "/events/12", "/blog/13", "/embed/events",
)  # fmt: skip


@pytest.fixture
def some(tool: ToolApp) -> ToolApp:
    publish_some(tool)
    return tool


@pytest.mark.parametrize("path", FIRST_SEEN)
def test_page_when_it_is_first_opened_then_asks_for_little(
    some: ToolApp, path: str
) -> None:
    weight = page_weight(some, path)
    assert weight.requests <= REQUESTS
    assert len(weight.sheets) == 2
    assert weight.total <= FIRST
    assert weight.script <= SCRIPT


@pytest.mark.parametrize("path", ["/map", "/embed/map", "/write/event", "/write/post"])
def test_page_when_it_has_a_map_or_a_form_then_keeps_within_its_limits(
    path: str,
) -> None:
    tool = ToolApp(config=replace(CONFIG, tile_url=TILES))
    publish_some(tool)
    tool.sign_in()
    weight = page_weight(tool, path)
    assert weight.total <= PAGE
    assert weight.script <= SCRIPT_OF_FORMS
