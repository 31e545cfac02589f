"""Agreement of Lua and codec on spaces, marks, references, letters and names."""

from collections.abc import Callable, Iterable
from itertools import batched
from typing import Any

import pytest

from space.codec.page import read_page
from space.codec.readers import read_value
from space.schema.kinds import Field
from tests.lua.scribunto import Scribunto
from tests.support.corpus.agreement import (
    CALL,
    NAMES,
    cased,
    marked_up,
    referred,
    spaced,
)

READ = """
local cases = ...
local Fields = mw.loadData('Module:Space/Fields')
local Reader = require('Module:Space/Reader')
local read = {}
for place, case in ipairs(cases) do
    local kind, name, raw = unpack(case)
    local value, problems = Reader.value(name, Fields[kind].fields[name], raw)
    local codes = {}
    for _, problem in ipairs(problems) do
        table.insert(codes, problem.code)
    end
    read[place] = { value = value or false, problems = codes }
end
return read
"""
AT_ONCE = 500

Case = tuple[Field, str]


def lua_reads(lua: Scribunto, cases: Iterable[Case]) -> list[Any]:
    """Value and codes of problems of each case."""
    read: list[Any] = []
    for batch in batched(cases, AT_ONCE):
        for each in lua.run(READ, [[f.kind, f.name, raw] for f, raw in batch]):
            value = each["value"] or None
            whole = tuple(value) if isinstance(value, list) else value
            read.append((whole, tuple(each["problems"])))
    return read


def python_reads(field: Field, raw: str) -> Any:
    reading = read_value(field, raw)
    return reading.value, tuple(problem.code for problem in reading.problems)


@pytest.mark.parametrize("cases", [spaced, cased, marked_up, referred])
def test_values_when_read_are_the_same_in_lua_and_in_python(
    lua: Scribunto, cases: Callable[[], Iterable[Case]]
) -> None:
    table = list(cases())

    found = lua_reads(lua, table)

    differ = [
        (field.name, raw, expected, said)
        for (field, raw), said in zip(table, found, strict=True)
        if (expected := python_reads(field, raw)) != said
    ]
    assert not differ


@pytest.mark.parametrize("name", NAMES)
def test_call_when_its_template_is_named_is_one_for_both(
    lua: Scribunto, name: str
) -> None:
    text = f"{{{{{name}{CALL}"
    first = "local c = require('Module:Space/Calls').first(...); return c and c.kind"

    assert lua.run(first, text) == read_page(text, title="A").kind


@pytest.mark.parametrize("name", ["Vorlage:Space event", ":vorlage : space_event"])
def test_call_when_the_namespace_has_another_name_on_this_wiki_is_one(
    lua: Scribunto, name: str
) -> None:
    template = """
    local aliases = mw.site.namespaces[10].aliases
    mw.site.namespaces[10].aliases = { 'Vorlage' }
    local found = require('Module:Space/Links').template(...)
    mw.site.namespaces[10].aliases = aliases
    return found
    """

    assert lua.run(template, name) == "Space event"
