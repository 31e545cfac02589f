"""Zones, rules of recurrence and dates on the real wiki: as Python has them."""

from pathlib import Path

import pytest

from sandbox.client import Client
from sandbox.place import place_from
from space.text.messages import read_catalogue
from tests.lua.scribunto import Scribunto
from tests.support.corpus.rule_shapes import SHAPES, read_by_python
from tests.support.corpus.wall_times import EDGES, EVERY, SEASONS, instants
from tests.support.wiki.deployed import deploy
from tests.support.wiki.pages import evaluated, expanded, words
from tests.support.wiki.sandbox import Sandbox

pytestmark = pytest.mark.wiki

I18N = Path(__file__).resolve().parents[2] / "i18n"

INSTANTS = """
local zones, walls = ...
local Times = require('Module:Space/Times')
local found = {}
for _, zone in ipairs(zones) do
    found[zone] = {}
    for place, wall in ipairs(walls) do
        found[zone][place] = Times.instant(wall, zone)
    end
end
return found
"""
RULES = """
local shapes = ...
local Recurrence = require('Module:Space/Recurrence')
local Reader = require('Module:Space/Reader')
local field = mw.loadData('Module:Space/Fields').event.fields.recurrence
local rules = {}
for place, shape in ipairs(shapes) do
    local rule = Reader.value('recurrence', field, mw.text.trim(shape))
    rules[place] = rule and { rule, Recurrence.describe(rule) } or false
end
return rules
"""
WRITE = """
local keys, walls = ...
local Times = require('Module:Space/Times')
local written = {}
for _, key in ipairs(keys) do
    for _, wall in ipairs(walls) do
        table.insert(written, Times.write(key, wall))
    end
end
return written
"""
FORMATS = [key for key in read_catalogue(I18N)["en"] if key.startswith("wiki-format-")]
EVENT = "{{{{Space event|title=X|country=US|start=2026-12-05 10:00|nocat=yes|{}}}}}"
MEND = "Please fix the following"


@pytest.fixture(scope="module")
def reader(fresh_wiki: Sandbox) -> Client:
    deploy(fresh_wiki)
    return fresh_wiki.anonymous()


def test_times_in_every_zone_are_the_instants_that_python_derives(
    reader: Client,
) -> None:
    walls = SEASONS + EDGES

    assert evaluated(reader, INSTANTS, EVERY, walls) == instants(walls)


def test_dates_are_written_as_the_stand_in_of_the_lua_tests_writes_them(
    reader: Client,
) -> None:
    walls = [*SEASONS, *EDGES, "2028-02-29", "2026-09-01"]

    written = evaluated(reader, WRITE, FORMATS, walls)

    assert written == Scribunto(place_from().tree).run(WRITE, FORMATS, walls)


def test_rules_of_every_shape_are_those_that_python_reads(reader: Client) -> None:
    # A page's wikitext has no template left when Lua is handed a value.
    shapes = [shape for shape in SHAPES if "{{" not in shape]

    rules = evaluated(reader, RULES, shapes)

    for shape, rule in zip(shapes, rules, strict=True):
        assert (rule[0] if rule else None) == read_by_python(shape), shape
        assert not rule or rule[1], shape


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Etc/GMT+5", "Etc/GMT+5 (UTC−05:00) · In UTC: 5 December 2026, 15:00"),
        ("US/Eastern", "US/Eastern (UTC−05:00) · In UTC: 5 December 2026, 15:00"),
        ("UTC+05:30", "UTC+05:30 · In UTC: 5 December 2026, 04:30"),
        ("Etc/GMT-14", "Etc/GMT-14 (UTC+14:00) · In UTC: 4 December 2026, 20:00"),
        ("Etc/GMT0", "Etc/GMT0 (UTC+00:00) · In UTC: 5 December 2026, 10:00"),
    ],
)
def test_event_in_a_zone_that_php_takes_for_another_has_its_own_times(
    reader: Client, zone: str, shown: str
) -> None:
    assert shown in words(expanded(reader, EVENT.format(f"timezone={zone}")))


@pytest.mark.parametrize("until", ["20261328", "00000000", "20260230", "99991231"])
def test_event_with_an_until_that_is_no_day_says_so_at_the_field(
    reader: Client, until: str
) -> None:
    rule = f"timezone=UTC|recurrence=FREQ=YEARLY;UNTIL={until}"

    shown = words(expanded(reader, EVENT.format(rule), title="Space/Events/X"))

    assert MEND in shown
    assert "Lua error" not in shown
    assert "In UTC" not in shown
    assert "10:00" in shown


LISTS = (
    "{{Space events|to=9999-12-31}}",
    "{{Space events|from=0000-01-01}}",
    "{{Space calendar|month=9999-12}}",
    "{{Space calendar|month=2199-12}}",
    "{{Space calendar|1900-01}}",
    "{{Space calendar|0000-01}}",
    "{{Space posts|year=9999}}",
    "{{Space posts|month=0000-00}}",
    "{{Space archive|year=0000|month=12}}",
    "{{Space map|to=9999-12-31}}",
)


def test_lists_with_dates_at_the_end_of_time_are_no_lua_errors(reader: Client) -> None:
    shown = expanded(reader, "\n\n".join(LISTS))

    assert "scribunto-error" not in shown
    assert "Lua error" not in shown
