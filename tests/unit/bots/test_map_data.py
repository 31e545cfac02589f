"""Map data on Commons, written by the bot to a wiki in memory."""

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest

from bots.report import Did
from space.data_pages.commons_map import MAX_BYTES, MapText, faults, map_data_pages
from space.data_pages.map import groups
from space.dates.schedule import Schedule
from space.store import Occurrence
from tests.fakes.memory_wiki import MemoryWiki
from tests.support.bots.runner import BotRunner
from tests.support.feeds.publications import TODAY, event
from tests.support.wiki.bot_and_wiki import BotAndWiki

TITLE = "Data:Events.map"
TEXT = MapText("en", "Events", "[https://example.org Here]")
LINE = {
    "type": "string",
    "maxLength": 400,
    "pattern": r"^\S([^\t\r\n]*\S)?$",
}
RULES = {  # https://www.mediawiki.org/wiki/Help:Map_Data
    "type": "object",
    "required": ["license", "description", "sources", "data"],
    "additionalProperties": False,
    "properties": {
        "license": {"const": "CC0-1.0"},
        "description": {"type": "object", "additionalProperties": LINE},
        "sources": {"type": "string"},
        "zoom": {"type": "integer"},
        "latitude": {"type": "number"},
        "longitude": {"type": "number"},
        "data": {
            "type": "object",
            "properties": {
                "features": {
                    "items": {
                        "properties": {
                            "properties": {
                                "properties": {
                                    "title": LINE,
                                    "description": LINE,
                                    "marker-size": {
                                        "enum": ["small", "medium", "large"]
                                    },
                                    "marker-color": {
                                        "pattern": "^#?([0-9a-fA-F]{3}){1,2}$"
                                    },
                                }
                            }
                        }
                    }
                }
            },
        },
    },
}


@pytest.fixture
def bot_and_wiki(bot_and_wiki: BotAndWiki) -> BotAndWiki:
    revid = bot_and_wiki.event("Space/Events/Walk", coordinates="-36.8506, 174.7679")
    bot_and_wiki.approve("Space/Events/Walk", revid)
    return bot_and_wiki


@pytest.fixture
def runner(runner: BotRunner) -> BotRunner:
    runner.commons = MemoryWiki("SpaceBot")
    runner.settings = replace(runner.settings, map_page=TITLE)
    runner.run("sync")
    return runner


def page(runner: BotRunner, title: str = TITLE) -> Any:
    assert isinstance(runner.commons, MemoryWiki)
    info = runner.commons.pages_by_title([title])[title]
    revision = runner.commons.revisions([info.latest], text=True)[info.latest]
    return json.loads(revision.text or "")


def test_map_data_when_written_then_is_what_commons_takes(runner: BotRunner) -> None:
    runner.run("map_data")
    value = page(runner)
    jsonschema.validate(value, RULES)
    (feature,) = value["data"]["features"]
    assert feature["geometry"]["coordinates"] == [174.7679, -36.8506]
    assert feature["properties"]["title"] == "NZ"
    assert feature["properties"]["description"] == "2026-11-28 Photo walk"
    assert "Space" in value["sources"]


def test_map_data_when_nothing_changed_then_is_not_written(runner: BotRunner) -> None:
    runner.run("map_data")
    dids = {page.title: page.did for page in runner.run("map_data").pages}
    assert dids[TITLE] is Did.UNCHANGED


def test_map_data_when_an_event_goes_then_does_not_wait(
    bot_and_wiki: BotAndWiki, runner: BotRunner
) -> None:
    runner.settings = replace(runner.settings, write_interval=10**5)
    runner.run("map_data")
    bot_and_wiki.event("Space/Events/Walk", coordinates="", status="cancelled")
    runner.run("sync")
    runner.run("map_data")
    assert page(runner)["data"]["features"] == []


def test_map_data_when_the_title_is_another_then_is_not_written(
    runner: BotRunner,
) -> None:
    runner.settings = replace(runner.settings, map_page="Events")
    report = runner.run("map_data")
    assert report.problems == ("Events: Events: not a title of map data",)


def rows(number: int, **values: Any) -> list[Occurrence]:
    occurrences = []
    for page in range(1, number + 1):
        here = f"{page % 80}.{page:05}, 9"
        publication = event(page, **{"coordinates": here, **values})
        (span,) = Schedule.of(publication.values).times(TODAY)
        instants = (span.start_utc, span.end_utc)
        occurrences.append(Occurrence(publication, str(span.start), None, *instants))
    return occurrences


def test_map_data_when_there_is_much_then_each_part_fits_a_page() -> None:
    pages = map_data_pages(TITLE, groups(rows(7000, title="x" * 200), TODAY), TEXT)
    assert list(pages)[:2] == [TITLE, "Data:Events/2.map"]
    assert sum(len(value["data"]["features"]) for value in pages.values()) == 7000
    for title, value in pages.items():
        assert faults(title, value) == ()
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        assert len(text.encode()) <= MAX_BYTES


def test_map_data_when_titles_are_wikitext_then_show_as_they_are() -> None:
    some = rows(12, title="{{x}} [[y]] ''z''", coordinates="1, 2")
    (value,) = map_data_pages(TITLE, groups(some, TODAY), TEXT).values()
    (feature,) = value["data"]["features"]
    assert "{{" not in feature["properties"]["description"]
    assert "[[" not in feature["properties"]["description"]
    assert faults(TITLE, value) == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.pop("license"),
        lambda value: value.update(colour="red"),
        lambda value: value["data"]["features"][0]["geometry"].update(
            coordinates=[9, 91]
        ),
        lambda value: value["data"]["features"][0]["properties"].update(title="a\nb"),
    ],
)
def test_map_data_when_wrong_then_is_not_sent(change: Any) -> None:
    (value,) = map_data_pages(TITLE, groups(rows(1), TODAY), TEXT).values()
    change(value)
    assert len(faults(TITLE, value)) == 1
