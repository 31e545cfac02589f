"""A field that is in the schema is everywhere: nothing else names the fields.

The schemas get two more fields of events, which are then looked for in all that reads
and shows events, on the wiki and in the tool.
"""

import csv
import io
import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from space.codec.page import read_page
from space.data_pages.map import map_pages
from space.data_pages.pages import event_pages
from space.feeds.icalendar import vevent
from space.feeds.spreadsheet import columns, row, sheet
from space.generate.list_templates import document
from space.generate.lua.fields import fields_module
from space.publication.filters import Filter, parse
from space.publication.series import inherited_fields
from space.text.messages import read_catalogue
from tests.lua.data import BASE, titles
from tests.lua.scribunto import Scribunto
from tests.support.feeds.publications import ADDRESSES, TODAY, event
from tests.support.schema.new_fields import two_new_fields
from tests.support.tool.app import ToolApp

HERE = {"coordinates": "-36.85, 174.77"}
EASY = event(12, level="beginner", parking="Behind; the house", **HERE)
HARD = event(13, level="expert", **HERE)


@pytest.fixture(scope="module", autouse=True)
def _fields(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with two_new_fields(tmp_path_factory.mktemp("more")):
        yield


@pytest.fixture
def tool() -> ToolApp:
    made = ToolApp()
    made.publish(EASY, HARD)
    return made


@pytest.fixture
def wiki(mediawiki: Path, tool: ToolApp) -> Scribunto:
    """A wiki with the data pages of both events and the modules of the schema."""
    rows = list(tool.store.events.between(None, None))
    data = {**event_pages(BASE, rows), **map_pages(BASE, rows, TODAY)}
    return Scribunto(
        mediawiki,
        {title: json.dumps(page) for title, page in data.items()},
        modules={"Module:Space/Fields": fields_module()},
    )


def test_page_when_it_has_the_field_then_it_is_read() -> None:
    text = "{{Space event|title=X|start=2026-11-28|timezone=UTC|level=Beginner}}"
    assert read_page(text, title="X").values["level"] == "beginner"


def test_store_when_the_field_is_asked_for_then_finds_its_events(
    tool: ToolApp,
) -> None:
    wanted = parse("event", [("level", "Beginner")])
    assert isinstance(wanted, Filter)
    rows = tool.store.events.between(None, None, wanted)
    assert [found.publication.page_id for found in rows] == [EASY.page_id]


def test_changed_date_when_its_series_has_the_field_then_has_it_too() -> None:
    assert "level" in inherited_fields()
    assert "parking" not in inherited_fields()


@pytest.mark.parametrize("style", ["list", "table"])
def test_list_on_the_wiki_when_the_field_is_asked_for_then_shows_it(
    wiki: Scribunto, style: str
) -> None:
    html = wiki.invoke("List", "events", level="Beginner", style=style)
    assert titles(html) == ["Event 12"]
    assert "choice-level-beginner" in html


def test_map_on_the_wiki_when_the_field_is_asked_for_then_shows_its_events(
    wiki: Scribunto,
) -> None:
    assert titles(wiki.invoke("Map", "show", level="expert")) == ["Event 13"]


def test_card_on_the_wiki_when_the_page_has_the_fields_then_shows_them(
    wiki: Scribunto,
) -> None:
    html = wiki.invoke(
        "Event",
        "show",
        start="2026-11-28 10:00",
        timezone="UTC",
        level="expert",
        parking="Behind the house",
    )
    assert "choice-level-expert" in html
    assert "<bdi>Behind the house</bdi>" in html


def test_list_template_when_it_is_described_then_has_the_filter() -> None:
    described = document("events", read_catalogue())
    assert described["params"]["level"]["suggestedvalues"] == ["beginner", "expert"]
    assert "parking" not in described["params"]


def test_table_when_a_page_has_the_fields_then_they_are_its_last_columns() -> None:
    assert columns()[-2:] == ("level", "parking")
    text = "".join(sheet().around([row(EASY, ADDRESSES)])).removeprefix("\ufeff")
    (found,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (found["level"], found["parking"]) == ("beginner", "Behind; the house")


def test_calendar_when_a_page_has_the_fields_then_they_are_its_properties() -> None:
    lines = vevent(EASY, ADDRESSES).splitlines()
    assert "CATEGORIES:beginner" in lines
    assert r"COMMENT:Behind\; the house" in lines


def test_tool_when_the_field_is_asked_for_then_lists_show_it(tool: ToolApp) -> None:
    page = unescape(tool.get("/events?level=beginner").text)
    assert "Event 12" in page
    assert "Event 13" not in page
    assert 'name="level"' in page
    assert '<span class="fact">' in page


def test_tool_when_a_page_has_the_fields_then_shows_them(tool: ToolApp) -> None:
    page = unescape(tool.get("/events/12-event-12").text)
    assert "choice-level-beginner" in page
    assert "Behind; the house" in page


def test_api_when_the_field_is_asked_for_then_has_it(tool: ToolApp) -> None:
    answer = tool.get("/api/v1/events?level=beginner").get_json()
    (found,) = answer["events"]
    assert (found["level"], found["parking"]) == ("beginner", "Behind; the house")
