"""Agreement of Lua and codec on the values of `tests/corpus`."""

import pytest

from space.codec.values.zone_names import suggested_zones
from tests.lua.scribunto import Scribunto
from tests.support.corpus.cases import ValueCase, value_cases

READ = """
local kind, name, raw = ...
local field = mw.loadData('Module:Space/Fields')[kind].fields[name]
local value, problems = require('Module:Space/Reader').value(name, field, raw)
local codes = {}
for _, problem in ipairs(problems) do
    table.insert(codes, problem.code)
end
return { value = value, problems = codes }
"""


SUGGEST = """
local field = mw.loadData('Module:Space/Fields').event.fields.timezone
local _, problems = require('Module:Space/Reader').value('timezone', field, ...)
return problems
"""


CASES = value_cases()
HANDED = [case for case in CASES if case.lua is not None]


def check(lua: Scribunto, case: ValueCase, raw: str) -> None:
    read = lua.run(READ, case.field.kind, case.field.name, raw)

    value = read.get("value")
    assert (tuple(value) if isinstance(value, list) else value) == case.output
    assert tuple(read["problems"]) == case.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_value_when_it_stands_on_the_page_is_read_as_the_codec_reads_it(
    lua: Scribunto, case: ValueCase
) -> None:
    check(lua, case, case.input)


@pytest.mark.parametrize("case", HANDED, ids=lambda case: case.name)
def test_value_when_the_wiki_expanded_it_means_the_same(
    lua: Scribunto, case: ValueCase
) -> None:
    assert case.lua is not None
    check(lua, case, case.lua.strip())


@pytest.mark.parametrize(
    ("typed", "country", "zones"),
    [
        ("Lagos", None, "Africa/Lagos"),
        ("new York", "NG", "America/New_York"),
        ("Nowhere", "NG", "Africa/Lagos"),
        ("Nowhere", None, "Europe/Berlin, Asia/Kolkata, America/Sao_Paulo"),
    ],
)
def test_zone_that_nobody_knows_suggests_what_the_codec_suggests(
    lua: Scribunto, typed: str, country: str | None, zones: str
) -> None:
    (problem,) = lua.run(SUGGEST, typed, country)

    assert problem["params"][-1] == zones
    assert ", ".join(suggested_zones(typed, country)) == zones
